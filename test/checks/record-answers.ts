// Looks at a real lab once, as `lab verify CHAPTER` does, and prints what its programs answered: recorded-lab.ts replays it.
// Run by scripts/record-fixtures.

import { checkKinds } from '../../src/checks/registry.ts';
import { parseInvocation } from '../../src/cli/invocation.ts';
import { chapterOf, readLab } from '../../src/cli/read-lab.ts';
import { compose } from '../../src/compose.ts';
import { awaitChecks } from '../../src/engine/await-checks.ts';
import { type CommandResult } from '../../src/model/command.ts';
import type { RecordedAnswer, Recording } from './recorded-lab.ts';
import { recordingProvider } from './recording-provider.ts';

const invocation = parseInvocation({}, process.env, process.cwd());
const services = compose(
  { node: process.execPath, terminal: 'dumb', pager: 'cat', signals: process, whileAttached: (work) => work() },
  invocation,
);
const lab = await readLab({ services: () => Promise.resolve(services) }, invocation);
const chapter = chapterOf(lab, process.argv[2]);

const answers = new Map<string, RecordedAnswer>();
const recorded = (where: string | null, { argv, exitStatus, stdout, stderr }: CommandResult): void => {
  answers.set(JSON.stringify([where, argv]), { where, argv, exitStatus, stdout, ...(stderr !== '' && { stderr }) });
};
const provider = recordingProvider(lab.provider, recorded);

const observation = await lab.provider.observe();
const placed = chapter.steps.flatMap((step) => step.checks.map((check) => ({ chapter, step, check })));
const signal = new AbortController().signal;
const results = await awaitChecks({ ...lab, provider, checkKinds, signal }, placed, { kind: 'seconds', seconds: 0 });
for (const { verdict, id, node, seen } of results) console.error(`${verdict}  ${id} ${node ?? ''}: ${seen.en}`);

const recording: Recording = {
  states: Object.fromEntries(observation.nodes),
  start: lab.history.starts.get(chapter.id) ?? null,
  answers: [...answers.values()],
};
console.log(JSON.stringify(recording, null, 1));
