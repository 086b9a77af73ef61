// The layers of DESIGN.md, "The house": what each folder of src/ may import beside itself. Types count too.
const lab = {
  cli: [
    'clock',
    'engine',
    'faults',
    'checks',
    'actions',
    'probes',
    'provider',
    'plan',
    'workshop',
    'journal',
    'checkpoints',
    'ui',
    'pki',
    'ledger',
    'model',
  ],
  engine: [
    'faults',
    'checks',
    'actions',
    'probes',
    'provider',
    'plan',
    'workshop',
    'journal',
    'checkpoints',
    'pki',
    'ledger',
    'clock',
    'model',
  ],
  faults: ['probes', 'provider', 'model'],
  checks: ['probes', 'provider', 'workshop', 'model'],
  actions: ['probes', 'provider', 'workshop', 'pki', 'ledger', 'clock', 'model'],
  probes: ['provider', 'model'],
  'provider/lxc': ['provider', 'process', 'clock', 'model'],
  provider: ['model'],
  process: ['clock', 'model'],
  plan: ['model'],
  workshop: ['model'],
  journal: ['model'],
  checkpoints: ['process', 'workshop', 'model'],
  ui: ['model'],
  ledger: ['model'],
  'ledger-client': ['ledger', 'model'],
  seat: ['clock', 'model'],
  pki: ['model'],
  clock: [],
  model: [],
};

const inside = (folder) => (folder === 'provider' ? '^src/provider/[^/]+$' : `^src/${folder}/`);

const layers = Object.entries(lab).map(([folder, below]) => ({
  name: `layer-${folder.replace('/', '-')}`,
  comment: `src/${folder} may import ${below.length === 0 ? 'nothing' : below.join(', ')} (DESIGN.md, "The house")`,
  severity: 'error',
  from: { path: inside(folder) },
  to: { path: '^src/', pathNot: [folder, ...below].map(inside) },
}));

/** `packages` may be imported under `owner` alone. */
const monopoly = (owner, packages) => ({
  name: `monopoly-${owner.replaceAll('/', '-')}`,
  comment: `${packages.join(', ')}: only in ${owner}`,
  severity: 'error',
  from: { path: '^src/', pathNot: `^${owner}` },
  to: { path: packages.map((name) => `(^|/)node_modules/${name}/`) },
});

module.exports = {
  forbidden: [
    ...layers,
    {
      name: 'only-main-knows-main',
      comment: 'the files beside main.ts compose the program: no folder knows them',
      severity: 'error',
      from: { path: '^src/[^/]+/' },
      to: { path: '^src/[^/]+$' },
    },
    {
      name: 'node-files-of-the-provider',
      comment:
        "a node's files: src/provider/lxc/node-files goes there, for the provider alone; it knows its own folder",
      severity: 'error',
      from: { path: '^src/', pathNot: '^src/provider/lxc/' },
      to: { path: '^src/provider/lxc/node-files/' },
    },
    {
      name: 'node-files-know-little',
      severity: 'error',
      from: { path: '^src/provider/lxc/node-files/' },
      to: { path: '^src/provider/', pathNot: '^src/provider/lxc/node-files/' },
    },
    monopoly('src/process/', ['execa']),
    monopoly('src/ledger-client/', ['pg']),
    monopoly('src/ui/', ['listr2', 'chalk', '@inquirer', 'log-update']),
    {
      name: 'programs-are-started-by-process',
      severity: 'error',
      from: { path: '^src/', pathNot: '^src/process/' },
      to: { path: '^(node:)?child_process$' },
    },
    {
      name: 'pure',
      comment: 'model, plan and ledger: no package, no file, no network; joining paths is arithmetic',
      severity: 'error',
      from: { path: '^src/(model|plan|ledger)/' },
      to: { pathNot: '^(node:)?path$', dependencyTypes: ['core', 'npm', 'npm-dev', 'npm-optional', 'npm-peer'] },
    },
    { name: 'no-cycles', severity: 'error', from: {}, to: { circular: true } },
    { name: 'resolvable', severity: 'error', from: {}, to: { couldNotResolve: true } },
    {
      name: 'declared',
      comment: 'src/ runs on the dependencies of package.json, not on what happens to be installed',
      severity: 'error',
      from: { path: '^src/' },
      to: { dependencyTypes: ['npm-dev', 'npm-no-pkg', 'npm-unknown', 'npm-optional'] },
    },
    {
      name: 'tests-stay-outside',
      severity: 'error',
      from: { path: '^src/' },
      to: { path: '^(test|scripts|fixtures)/' },
    },
  ],
  options: {
    tsConfig: { fileName: 'tsconfig.json' },
    tsPreCompilationDeps: true,
    enhancedResolveOptions: { exportsFields: ['exports'], conditionNames: ['import', 'types', 'node', 'default'] },
    doNotFollow: { path: 'node_modules' },
    exclude: { path: '^dist/' },
  },
};
