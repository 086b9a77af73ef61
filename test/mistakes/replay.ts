import { type ChapterStart } from '../../src/model/chapter-start.ts';
import { type CommandResult } from '../../src/model/command.ts';
import { type ChapterId, type NodeName } from '../../src/model/ids.ts';
import { type NodeState } from '../../src/model/observation.ts';
import { type Chapter, type Edition, type Workshop } from '../../src/model/workshop.ts';
import { type Reach } from '../../src/probes/reach.ts';
import { questionByQuestion } from '../checks/psql-questions.ts';
import { allAnswers, fromLines, questionOf, type RecordedAnswer, type Recording, withInput } from './recording.ts';
import { tidy, untidy } from './tidy-answer.ts';

/** A probe asks what nobody has recorded. */
export class NotRecorded extends Error {}

/**
 * A look at a lab as it was when the recording was made; `whole` has the answers that it leaves out. A question that
 * was asked twice is answered as it was, the last answer for ever.
 */
export function replay(
  { workshop, edition, chapter }: { readonly workshop: Workshop; readonly edition: Edition; readonly chapter: Chapter },
  recording: Recording,
  whole: Recording,
): Reach {
  const answers = allAnswers(recording, whole);
  const given = new Map<string, number>();
  const noShift = { values: workshop.values, shift: 0, near: 0 };
  const answer = (at: string, argv: readonly string[]): Promise<CommandResult> => {
    const asked = argv.map((word) => tidy(word, noShift));
    const question = questionOf({ at, asked });
    const all = answers.get(question);
    if (all === undefined) throw new NotRecorded(`${at} $ ${asked.join(' ')}`);
    const turn = given.get(question) ?? 0;
    given.set(question, turn + 1);
    return Promise.resolve(resultOf(argv, all[Math.min(turn, all.length - 1)], workshop.values));
  };
  const reach: Reach = {
    workshop,
    edition,
    chapterStarts: new Map<ChapterId, ChapterStart>(recording.start === null ? [] : [[chapter.id, recording.start]]),
    observation: {
      network: 'present',
      nodes: new Map(Object.entries(recording.nodes) as [NodeName, NodeState][]),
    },
    exec: () => Promise.reject(new Error('remembered below')),
    execOnNetwork: () => Promise.reject(new Error('remembered below')),
    anew: () => remembering(reach, answer),
  };
  return remembering(reach, answer);
}

/** Within one look the same is asked once, as by createReach. */
function remembering(reach: Reach, answer: (at: string, argv: readonly string[]) => Promise<CommandResult>): Reach {
  const asked = new Map<string, Promise<CommandResult>>();
  const once = (at: string, argv: readonly string[]): Promise<CommandResult> => {
    const question = questionOf({ at, asked: argv });
    const known = asked.get(question) ?? answer(at, argv);
    asked.set(question, known);
    return known;
  };
  return {
    ...reach,
    exec: questionByQuestion((node, argv, options) => once(node, withInput(argv, options?.input))),
    execOnNetwork: (argv, options) => once('seat', withInput(argv, options?.input)),
  };
}

function resultOf(
  argv: readonly string[],
  answer: RecordedAnswer | undefined,
  values: Workshop['values'],
): CommandResult {
  if (answer === undefined) throw new Error('a question without an answer was recorded');
  return {
    argv,
    exitStatus: answer.exit,
    stdout: untidy(fromLines(answer.out), values),
    stderr: untidy(fromLines(answer.err ?? ''), values),
    timedOut: answer.late ?? false,
    cancelled: false,
    seconds: 0,
  };
}
