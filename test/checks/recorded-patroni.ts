// Replays what Patroni, PostgreSQL and etcd answered in a real lab. A recording, `fixtures/recorded/patroni-VERSION/NAME.txt`,
// is a text file: a line for each node that isn't running, then the answers:
//   === pg-patroni1 $ psql select …
//   --- exit 0
//   (standard output)
//   --- stderr
//   (standard error, if there was any)
// Long outputs are shortened: the journal to its last lines, pg_settings to some parameters.

import { readFileSync } from 'node:fs';
import { type CheckKind } from '../../src/checks/kind.ts';
import { type CommandResult } from '../../src/model/command.ts';
import { nodeName } from '../../src/model/ids.ts';
import { type NodeState } from '../../src/model/observation.ts';
import { type Judgement } from '../../src/model/verdict.ts';
import { type Edition, type NodeDefinition } from '../../src/model/workshop.ts';
import { type Reach } from '../../src/probes/reach.ts';
import { bookworm, etcd1, etcd2, etcd3, pg1, pg2, settingOf, trixie, workshop } from './patroni-setting.ts';
import { questionByQuestion } from './psql-questions.ts';

type Answer = Omit<CommandResult, 'argv'>;

/** Patroni of Debian 13 and of Debian 12, each with its edition's PostgreSQL and etcd. */
export const patroniVersions = ['4.0.7', '3.0.2'] as const;
export type PatroniVersion = (typeof patroniVersions)[number];

function editionOf(version: PatroniVersion): Edition {
  return version === '4.0.7' ? trixie : bookworm;
}

/** A look at a lab as it was when the recording was made. A command that isn't in it fails the test. */
export function recordedPatroni(version: PatroniVersion, name: string): Reach {
  const path = new URL(`../../fixtures/recorded/patroni-${version}/${name}.txt`, import.meta.url);
  const { states, answers } = parseRecording(readFileSync(path, 'utf8'));
  const replay = (where: string | null, argv: readonly string[]): Promise<CommandResult> => {
    const title = titleOf(where, argv);
    const answer = answers.get(title);
    if (answer === undefined) throw new Error(`${name} (${version}) has no answer to: ${title}`);
    return Promise.resolve({ ...answer, argv });
  };
  const running = [etcd1, etcd2, etcd3, pg1, pg2].map(({ name }): [typeof name, NodeState] => [name, 'running']);
  return {
    workshop,
    edition: editionOf(version),
    chapterStarts: new Map(),
    observation: { network: 'present', nodes: new Map([...running, ...states]) },
    exec: questionByQuestion(replay),
    anew: () => recordedPatroni(version, name),
    execOnNetwork: (argv) => replay(null, argv),
  };
}

/** What the check says of a recorded lab: about one node or, with null, about the cluster. */
export async function judgeRecorded<With, Observation>(
  kind: CheckKind<With, Observation>,
  version: PatroniVersion,
  name: string,
  about: NodeDefinition | null,
  args: With,
): Promise<Judgement> {
  const setting = settingOf(about, editionOf(version));
  const observed = await kind.observe(recordedPatroni(version, name), setting, args);
  if (observed.kind === 'unseen') return { verdict: 'unknown', expected: observed.why, seen: observed.why };
  return kind.judge(observed.value, setting, args);
}

/** The cause in English, with the French one looked at: it is there and says something else. */
export function causeOf(judgement: Judgement): string {
  if (judgement.verdict !== 'fail' || judgement.cause === undefined) return `(no cause: ${judgement.verdict})`;
  const { en, fr } = judgement.cause;
  return fr === '' || fr === en ? `(no French cause: ${en})` : en;
}

/** What a command is called in a recording: what is asked, without the options that only shape the answer. */
function titleOf(where: string | null, argv: readonly string[]): string {
  const place = where ?? 'network';
  const [program = ''] = argv;
  if (program === 'psql') {
    const host = argv[argv.indexOf('-h') + 1] ?? '';
    return `${place} $ psql${host.startsWith('/') ? '' : ' over TCP'} ${asked(argv.at(-1) ?? '')}`;
  }
  if (program === 'curl') {
    const data = argv.includes('--data') ? ` ${argv[argv.indexOf('--data') + 1] ?? ''}` : '';
    return `${place} $ curl ${argv.at(-1) ?? ''}${data}`;
  }
  if (program === 'sh') return `${place} $ sh ${argv.slice(argv.length > 4 ? 4 : 3).join(' ')}`;
  if (program === 'journalctl') return `${place} $ journalctl`;
  return `${place} $ ${argv.filter((word) => !word.startsWith('-')).join(' ')}`;
}

const views = [
  'pg_control_system',
  'pg_stat_replication',
  'pg_replication_slots',
  'pg_hba_file_rules',
  'pg_roles',
  'pg_settings',
];

/** A query is known by the view that it reads first of all, or by its table. */
function asked(sql: string): string {
  return views.find((view) => sql.includes(view)) ?? /from (\w+) t\b/.exec(sql)?.[1] ?? sql;
}

function parseRecording(text: string) {
  const [head = '', ...sections] = text.split(/^=== /m);
  const states = Array.from(
    head.matchAll(/^(\S+) is (\w+)$/gm),
    ([, node = '', state]) => [nodeName(node), state as NodeState] as const,
  );
  return { states, answers: new Map(sections.map(parseAnswer)) };
}

function parseAnswer(section: string): [title: string, answer: Answer] {
  const [, title = '', exit = '', stdout = '', , stderr = ''] =
    /^(.*)\n--- exit (\S+)\n([\s\S]*?)(--- stderr\n([\s\S]*))?$/.exec(section) ?? [];
  const exitStatus = exit === 'null' ? null : Number(exit);
  return [title, { exitStatus, stdout, stderr, timedOut: false, cancelled: false, seconds: 0 }];
}
