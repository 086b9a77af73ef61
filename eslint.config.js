import js from '@eslint/js';
import { defineConfig, globalIgnores } from 'eslint/config';
import tseslint from 'typescript-eslint';

// What only main.ts may touch (DESIGN.md, "The house"): everywhere else it comes in as an argument.
const processOfMain = ['exit', 'argv', 'env', 'on', 'once'];
// What is written to these as it is, a terminal obeys.
const outputOfMain = ['stdout', 'stderr'];
const onlyMain = (properties) =>
  properties.map((property) => ({
    object: 'process',
    property,
    message: `Only src/main.ts touches process.${property}.`,
  }));

const houseSyntax = [
  { selector: 'ExportDefaultDeclaration', message: 'Named exports only.' },
  { selector: 'ExportAllDeclaration', message: 'No barrels: import from the file that defines it.' },
  {
    // Its `z` holds all that zod has, its forty languages too, and no bundler can leave a part of that out.
    selector: "ImportDeclaration[source.value='zod'] > ImportSpecifier",
    message: "Write: import * as z from 'zod'.",
  },
];
// The bundle puts all code into one folder: a path computed from a module's own place is right only for the files
// that lie directly in src/.
const installedAt = {
  selector: "MetaProperty[meta.name='import']",
  message: 'Only the files directly in src/ know where the program lies; take the directory as an argument.',
};

// A node's root puts there what it likes, and swaps it meanwhile: links, pipes, devices.
const inNodesTree = [
  {
    selector: 'Literal[value=/^(overlay|upper|work|\\.volumes)$/]',
    message: "Only src/provider/lxc/node-files goes into a node's tree; node-tree.ts names what is there.",
  },
  {
    selector: 'TemplateElement[value.raw=/\\u002f(root|overlay|upper|\\.volumes)(\\u002f|$)/]',
    message: "Only src/provider/lxc/node-files goes into a node's tree; node-tree.ts names what is there.",
  },
  {
    selector: 'ArrayExpression > Literal:first-child[value=/^(cp|du|rm|tar|find|mv|chown|chmod|rsync)$/]',
    message: "A program that walks through a node's files is started by src/provider/lxc/node-files alone.",
  },
  {
    selector:
      "CallExpression[callee.name=/^(rm|rmSync|cp|cpSync|readdir|readdirSync)$/] Property[key.name='recursive']",
    message: 'Node walks by names, through links that are swapped in meanwhile: src/provider/lxc/node-files.',
  },
];

// It comes back at the first failure, while the others go on working on their nodes after the lab's lock is free.
const settled = {
  selector: "MemberExpression[object.name='Promise'][property.name='all']",
  message: 'Work side by side is waited for to its end: settleAll (src/model/settle-all.ts).',
};

export default defineConfig(
  globalIgnores(['dist/', 'coverage/', 'fixtures/']),
  {
    linterOptions: { reportUnusedDisableDirectives: 'error' },
    rules: {
      'max-lines': ['error', { max: 250 }],
      eqeqeq: 'error',
    },
  },
  {
    files: ['**/*.ts'],
    extends: [js.configs.recommended, tseslint.configs.strictTypeChecked],
    languageOptions: { parserOptions: { projectService: true, tsconfigRootDir: import.meta.dirname } },
    rules: {
      '@typescript-eslint/no-floating-promises': 'error',
      '@typescript-eslint/switch-exhaustiveness-check': ['error', { considerDefaultExhaustiveForUnions: true }],
      '@typescript-eslint/consistent-type-imports': ['error', { fixStyle: 'inline-type-imports' }],
      '@typescript-eslint/restrict-template-expressions': ['error', { allowNumber: true }],
      '@typescript-eslint/no-unused-vars': ['error', { argsIgnorePattern: '^_', varsIgnorePattern: '^_' }],
      // An arrow around a call without a result is not a mistake.
      '@typescript-eslint/no-confusing-void-expression': ['error', { ignoreArrowShorthand: true }],
      // A fake keeps the interface's promise without waiting for anything.
      '@typescript-eslint/require-await': 'off',
    },
  },
  {
    files: ['src/**/*.ts'],
    rules: {
      'max-lines-per-function': ['error', { max: 60, skipBlankLines: true, skipComments: true }],
      'no-console': 'error',
      'no-restricted-syntax': ['error', ...houseSyntax],
    },
  },
  {
    files: ['src/**/*.ts'],
    ignores: ['src/*.ts'],
    rules: { 'no-restricted-syntax': ['error', ...houseSyntax, installedAt] },
  },
  {
    // Where there may be more to it than looking.
    files: ['src/{engine,actions,faults,cli,checkpoints,provider}/**/*.ts'],
    // Facts of the host are read there, and nothing else is done; copies settle their work by themselves.
    ignores: ['src/provider/lxc/{host,checkpoints}/*.ts'],
    rules: { 'no-restricted-syntax': ['error', ...houseSyntax, installedAt, settled] },
  },
  {
    // The host's own facts and images, which no node writes, are walked through as any folder is.
    files: ['src/provider/lxc/**/*.ts'],
    ignores: ['src/provider/lxc/{host,images,node-files,checkpoints}/**/*.ts'],
    rules: { 'no-restricted-syntax': ['error', ...houseSyntax, installedAt, settled, ...inNodesTree] },
  },
  {
    files: ['src/provider/lxc/checkpoints/*.ts'],
    rules: { 'no-restricted-syntax': ['error', ...houseSyntax, installedAt, ...inNodesTree] },
  },
  {
    files: ['src/**/*.ts'],
    ignores: ['src/main.ts'],
    rules: {
      'no-restricted-properties': ['error', ...onlyMain(processOfMain)],
      'no-restricted-imports': ['error', { name: 'node:process', message: 'Only src/main.ts touches the process.' }],
    },
  },
  {
    // The programs of their own (src/seat.ts, src/ledger-client.ts) answer lab there, and nobody else.
    files: ['src/**/*.ts'],
    ignores: ['src/*.ts'],
    rules: { 'no-restricted-properties': ['error', ...onlyMain([...processOfMain, ...outputOfMain])] },
  },
  {
    // Pure: no clock, no randomness. (What they may import, dependency-cruiser says.)
    files: ['src/plan/**/*.ts'],
    rules: {
      'no-restricted-globals': ['error', 'process', 'performance', 'setTimeout', 'setInterval', 'fetch', 'crypto'],
      'no-restricted-syntax': [
        'error',
        ...houseSyntax,
        installedAt,
        { selector: "NewExpression[callee.name='Date'][arguments.length=0]", message: 'No clock here.' },
        { selector: "CallExpression[callee.object.name='Date']", message: 'No clock here.' },
        {
          selector: "CallExpression[callee.object.name='Math'][callee.property.name='random']",
          message: 'No chance here.',
        },
      ],
    },
  },
  {
    files: ['**/*.{js,mjs,cjs}'],
    extends: [js.configs.recommended],
    languageOptions: {
      ecmaVersion: 2023,
      globals: {
        process: 'readonly',
        console: 'readonly',
        performance: 'readonly',
        URL: 'readonly',
        module: 'writable',
      },
    },
  },
);
