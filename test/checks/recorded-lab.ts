// Replays what a real lab answered, command by command: `fixtures/recorded/patroni-VERSION/NAME.json`, with the states of
// its nodes and how the cluster was when the chapter began.

import { readFileSync } from 'node:fs';
import { type CheckKind } from '../../src/checks/kind.ts';
import { type ChapterStart } from '../../src/model/chapter-start.ts';
import { type CommandResult } from '../../src/model/command.ts';
import { type NodeName } from '../../src/model/ids.ts';
import { type NodeState } from '../../src/model/observation.ts';
import { type Judgement } from '../../src/model/verdict.ts';
import { type NodeDefinition } from '../../src/model/workshop.ts';
import { type Reach } from '../../src/probes/reach.ts';
import { type PatroniVersion } from './recorded-patroni.ts';
import { bookworm, settingOf, trixie, workshop } from './patroni-setting.ts';
import { questionByQuestion } from './psql-questions.ts';

export interface Recording {
  readonly states: Readonly<Record<string, NodeState>>;
  readonly start: ChapterStart | null;
  readonly answers: readonly RecordedAnswer[];
}

export interface RecordedAnswer {
  /** null: asked from the trainer's seat. */
  readonly where: string | null;
  readonly argv: readonly string[];
  readonly exitStatus: number | null;
  readonly stdout: string;
  readonly stderr?: string;
}

export function recording(version: PatroniVersion, name: string): Recording {
  const path = new URL(`../../fixtures/recorded/patroni-${version}/${name}.json`, import.meta.url);
  return JSON.parse(readFileSync(path, 'utf8')) as Recording;
}

/** The same lab with some answers other than they were. */
export function altered(recorded: Recording, alter: (answer: RecordedAnswer) => RecordedAnswer): Recording {
  return { ...recorded, answers: recorded.answers.map(alter) };
}

/** What the check says: about one node or, with null, about the cluster. A command that isn't recorded fails the test. */
export async function judgeLab<With, Observation>(
  kind: CheckKind<With, Observation>,
  version: PatroniVersion,
  recorded: Recording,
  about: NodeDefinition | null,
  args: With,
): Promise<Judgement> {
  const edition = version === '4.0.7' ? trixie : bookworm;
  const setting = { ...settingOf(about, edition), start: recorded.start };
  const observed = await kind.observe(replay(recorded, edition), setting, args);
  if (observed.kind === 'unseen') return { verdict: 'unknown', expected: observed.why, seen: observed.why };
  return kind.judge(observed.value, setting, args);
}

function replay(recorded: Recording, edition: Reach['edition']): Reach {
  const answers = new Map(recorded.answers.map((answer) => [JSON.stringify([answer.where, answer.argv]), answer]));
  const answer = (where: NodeName | null, argv: readonly string[]): Promise<CommandResult> => {
    const found = answers.get(JSON.stringify([where, argv]));
    if (found === undefined) throw new Error(`no answer was recorded to ${String(where)} $ ${argv.join(' ')}`);
    return Promise.resolve({ stderr: '', timedOut: false, cancelled: false, seconds: 0, ...found });
  };
  return {
    workshop,
    edition,
    chapterStarts: new Map(),
    observation: { network: 'present', nodes: new Map(Object.entries(recorded.states) as [NodeName, NodeState][]) },
    exec: questionByQuestion(answer),
    anew: () => replay(recorded, edition),
    execOnNetwork: (argv) => answer(null, argv),
  };
}
