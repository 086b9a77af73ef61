// Replays what real programs answered in a real lab. A recording is a text file of answers:
//   === etcd1 $ systemctl cat etcd.service
//   --- exit 0
//   (standard output)
//   --- stderr
//   (standard error, if there was any)

import { readFileSync } from 'node:fs';
import { type CommandResult } from '../../src/model/command.ts';
import { nodeName, type NodeName } from '../../src/model/ids.ts';
import { type NodeState } from '../../src/model/observation.ts';
import { type Reach } from '../../src/probes/reach.ts';
import { editionOfEtcd, workshop } from './etcd-lab.ts';

/**
 * A look at a lab as it was when `fixtures/recorded/etcd-VERSION/NAME.txt` was made. A command that isn't in it fails
 * the test.
 */
export function recordedReach(version: string, name: string): Reach {
  const path = new URL(`../../fixtures/recorded/etcd-${version}/${name}.txt`, import.meta.url);
  const { states, answers } = parseRecording(readFileSync(path, 'utf8'));
  const replay = (where: NodeName | null, argv: readonly string[]): Promise<CommandResult> => {
    const title = recordedTitle(where, argv);
    const answer = answers.get(title);
    if (answer === undefined) throw new Error(`${name} has no answer to: ${title}`);
    return Promise.resolve({ ...answer, argv });
  };
  return {
    workshop,
    edition: editionOfEtcd(version),
    chapterStarts: new Map(),
    observation: { network: 'present', nodes: states },
    exec: (node, argv) => replay(node, argv),
    anew: () => recordedReach(version, name),
    execOnNetwork: (argv) => replay(null, argv),
  };
}

/** What a command is called in a recording: without the options that only shape its output. */
function recordedTitle(where: NodeName | null, argv: readonly string[]): string {
  const place = where ?? 'network';
  const [program = '', ...rest] = argv;
  if (program === 'sh') return `${place} $ sh ${rest.slice(3).join(' ')}`;
  if (program === 'curl') {
    const data = rest[rest.indexOf('--data') + 1] ?? '';
    const leader = rest.some((word) => word.includes('hasleader')) ? ' if there is a leader' : '';
    return `${place} $ curl ${rest.at(-1) ?? ''} ${data}${leader}`;
  }
  return `${place} $ ${[program, ...rest.filter((word) => !word.startsWith('-'))].join(' ').replaceAll('\n', ' ')}`;
}

type Answer = Omit<CommandResult, 'argv'>;

function parseRecording(text: string): {
  states: ReadonlyMap<NodeName, NodeState>;
  answers: ReadonlyMap<string, Answer>;
} {
  const [head = '', ...sections] = text.split(/^=== /m);
  const states = new Map(
    Array.from(head.matchAll(/^(\S+) is (\w+)$/gm), ([, node = '', state]): [NodeName, NodeState] => [
      nodeName(node),
      state as NodeState,
    ]),
  );
  return { states, answers: new Map(sections.map(parseAnswer)) };
}

function parseAnswer(section: string): [title: string, answer: Answer] {
  const [, title = '', exit = '', stdout = '', , stderr = ''] =
    /^(.*)\n--- exit (\S+)\n([\s\S]*?)(--- stderr\n([\s\S]*))?$/.exec(section) ?? [];
  const exitStatus = exit === 'null' ? null : Number(exit);
  return [title, { exitStatus, stdout, stderr, timedOut: false, cancelled: false, seconds: 0 }];
}
