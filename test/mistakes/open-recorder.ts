import { waitUntil } from '../../src/clock/wait-until.ts';
import { type WrongState } from '../../src/model/wrong-state.ts';
import { runProgram } from '../../src/process/run-program.ts';
import { judgeRecording } from './judge-recording.ts';
import { type Look } from './look.ts';
import { type ChapterLab, isWholeAgain, makeMistake, readRoles, undoMistake } from './make-mistake.ts';
import { packageVersions } from './package-versions.ts';
import {
  hashOfFile,
  hashOfMistake,
  lessWhat,
  readRecording,
  type Recording,
  recordingPath,
  type Roles,
  writeRecording,
} from './recording.ts';
import { describe, idleConsequences, objections, type Said } from './verdicts.ts';

export interface Recorder {
  /** There is a recording that is not stale. */
  has(mistake: WrongState): boolean;
  /** The chapter without a mistake; `anew`: the first time, also when there is one. */
  recordWhole(anew: boolean): Promise<void>;
  /** Makes it and writes down the look in which it was caught. Returns what is not as mistakes.yml has it. */
  record(mistake: WrongState): Promise<readonly string[]>;
  /** The lab is whole again; throws when it is not. */
  undo(mistake: WrongState): Promise<void>;
}

/** Seconds until what follows from a mistake has shown itself. */
const withinSeconds = 60;

export function openRecorder(
  at: ChapterLab,
  { root, home }: { readonly root: string; readonly home: string },
): Recorder {
  const began = String(Date.now() / 1000);
  const wholePath = recordingPath(root, at.edition.name, at.chapter, null);
  const pathOf = ({ id }: WrongState): string => recordingPath(root, at.edition.name, at.chapter, id);
  let wholeIsNew = false;
  let roles: Roles = { leader: null, replica: null };

  const lookOnce = async (): Promise<Look> => {
    const { exitStatus, stdout, stderr } = await runProgram(
      [process.execPath, `${root}/dist/look-once.js`, at.chapter.slug, began],
      { env: { LAB_HOME: home, LAB_NAME: at.lab.name, LAB_LANG: 'en' }, timeoutSeconds: 120 },
    );
    if (exitStatus !== 0) throw new Error(`look-once: ${stderr}`);
    return JSON.parse(stdout) as Look;
  };
  const toRecording = async ({ now, nodes, start, answers }: Look, made: string): Promise<Recording> => ({
    made,
    whole: null,
    versions: await packageVersions(at),
    now,
    roles,
    nodes,
    start,
    answers,
  });
  /** What was kept leads to the same words as what was seen. */
  const mustReplay = async (recording: Recording, whole: Recording, look: Look): Promise<void> => {
    const said = await judgeRecording(at, recording, whole);
    const different = said.filter((one, index) => JSON.stringify(one) !== JSON.stringify(look.said[index]));
    const other = different.map((one) => {
      const live = look.said.find(({ id, node }) => id === one.id && node === one.node);
      return live !== undefined && sameButForTimes(one, live)
        ? []
        : [`${describe(one)}\n  live: ${live ? describe(live) : '-'}`];
    });
    if (other.flat().length > 0) throw new Error(`replayed otherwise:\n${other.flat().join('\n')}`);
  };
  return {
    has: (mistake) => {
      const recording = readRecording(pathOf(mistake));
      return recording?.made === hashOfMistake(mistake) && recording.whole === hashOfFile(wholePath);
    },
    recordWhole: async (anew) => {
      if (wholeIsNew || (!anew && readRecording(wholePath) !== null)) return;
      await isWholeAgain(at);
      roles = await readRoles(at);
      const look = await lookOnce();
      const open = look.said.filter(({ verdict }) => verdict !== 'pass');
      if (open.length > 0) throw new Error(`without a mistake:\n${open.map(describe).join('\n')}`);
      const recording = await toRecording(look, '');
      await mustReplay(recording, recording, look);
      await writeRecording(wholePath, recording);
      wholeIsNew = true;
    },
    record: async (mistake) => {
      roles = await readRoles(at);
      await makeMistake(at, mistake, roles);
      const last: { look?: Look; missing: readonly string[] } = { missing: [] };
      await waitUntil(
        async () => {
          last.look = await lookOnce();
          last.missing = [
            ...objections(last.look.said, mistake, roles),
            ...idleConsequences(last.look.said, mistake).map((id) => `passes, and is under also: ${id}`),
          ];
          return last.missing.length === 0;
        },
        { withinSeconds },
      );
      const whole = readRecording(wholePath);
      if (last.look === undefined || whole === null) throw new Error('nothing was seen');
      const recording = await toRecording(last.look, hashOfMistake(mistake));
      const short = lessWhat(recording, whole, hashOfFile(wholePath) ?? '');
      await mustReplay(short, whole, last.look);
      await writeRecording(pathOf(mistake), short);
      return last.missing;
    },
    undo: async (mistake) => {
      await undoMistake(at, mistake, roles);
      await isWholeAgain(at);
    },
  };
}

/** Times were moved, and passwords have other names than the live ones. */
function sameButForTimes(one: Said, live: Said): boolean {
  const bare = (said: Said): string =>
    JSON.stringify(said)
      .replaceAll(/\d\d:\d\d:\d\d|\d{4}-\d\d-\d\d|\d{8}-\d{6}|\d{10,}/g, 'T')
      .replaceAll(/«\w+»/g, 'P');
  return bare(one) === bare(live);
}
