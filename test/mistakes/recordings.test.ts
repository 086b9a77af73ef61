// What verify says of every mistake, judged from what the probes once saw of it. Seconds, where a cluster takes an hour.

import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { type Chapter, type Edition } from '../../src/model/workshop.ts';
import { type WrongState } from '../../src/model/wrong-state.ts';
import { workshop } from '../real/the-workshop.ts';
import { judgeRecording } from './judge-recording.ts';
import {
  fromLines,
  hashOfFile,
  hashOfMistake,
  readRecording,
  type Recording,
  recordingCommand,
  recordingPath,
} from './recording.ts';
import { NotRecorded } from './replay.ts';
import { describe as tell, idleConsequences, objections, type Said } from './verdicts.ts';

const root = new URL('../..', import.meta.url).pathname;
const folder = join(root, 'fixtures/recorded/mistakes');
const chapters = workshop.editions.flatMap((edition) =>
  workshop.chapters
    .map((chapter) => ({ edition, chapter, mistakes: mistakesOn(edition, chapter) }))
    .filter(({ mistakes }) => mistakes.length > 0),
);

describe.each(chapters.map((one) => [one.edition.name, one.chapter.slug, one] as const))(
  'mistakes on %s at the end of %s',
  (_edition, _slug, { edition, chapter, mistakes }) => {
    const wholePath = recordingPath(root, edition.name, chapter, null);

    test('without one, every check passes', async () => {
      const command = `scripts/record-mistakes --edition ${edition.name} ${chapter.slug}`;
      const whole = readRecording(wholePath);
      if (whole === null) throw new Error(`never recorded: ${command}`);
      const said = await judge(edition, chapter, { recording: whole, whole, command });
      expect(said.filter(({ verdict }) => verdict !== 'pass').map(tell)).toEqual([]);
    });

    test.each(mistakes.map((mistake) => [mistake.id, mistake.what, mistake] as const))(
      '%s: %s',
      async (id, _what, mistake) => {
        const command = recordingCommand(edition.name, chapter, id);
        const recording = readRecording(recordingPath(root, edition.name, chapter, id));
        const whole = readRecording(wholePath);
        if (recording === null || whole === null) throw new Error(`never recorded: ${command}`);
        expect(recording.made, `stale, the mistake has changed: ${command}`).toBe(hashOfMistake(mistake));
        expect(recording.whole, `stale, whole.json beside it has changed: ${command}`).toBe(hashOfFile(wholePath));
        const said = await judge(edition, chapter, { recording, whole, command });
        expect(objections(said, mistake, recording.roles)).toEqual([]);
        expect(idleConsequences(said, mistake), 'under `also`, and pass').toEqual([]);
      },
    );
  },
);

describe('the recordings', () => {
  const files = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((name) => name.endsWith('.json'));
  const wanted = chapters.flatMap(({ edition, chapter, mistakes }) =>
    [null, ...mistakes.map(({ id }) => id)].map((id) => recordingPath(root, edition.name, chapter, id)),
  );

  test('are those of the mistakes that there are', () => {
    expect(files.map((name) => join(folder, name)).sort()).toEqual(wanted.sort());
  });

  test('hold no password of the workshop and no private key', () => {
    const passwords = Object.entries(workshop.values).flatMap(([key, value]) =>
      key.endsWith('_password') ? [value] : [],
    );
    const encoded = passwords.map((password) => Buffer.from(password).toString('base64'));
    const revealing = files.filter((name) => {
      const text = readFileSync(join(folder, name), 'utf8');
      return /-----BEGIN [A-Z ]*PRIVATE KEY/.test(text) || [...passwords, ...encoded].some((one) => text.includes(one));
    });
    expect(revealing).toEqual([]);
  });

  test('have neither password nor token in an argument: everybody on a machine reads those', () => {
    const revealing = files.flatMap((name) =>
      (readRecording(join(folder, name))?.answers ?? []).flatMap(({ asked }) => {
        const words = asked.map(fromLines);
        const argv = words.includes('<') ? words.slice(0, words.indexOf('<')) : words;
        return argv.some((word) => /«\w+_password»|^Authorization:/.test(word)) ? [`${name}: ${argv.join(' ')}`] : [];
      }),
    );
    expect(revealing).toEqual([]);
  });

  test('begin at midnight: no time of the day in which they were made', () => {
    const hours = files.map((name) => (readRecording(join(folder, name))?.now ?? '').slice(11, 13));
    expect(hours.filter((hour) => Number(hour) > 4)).toEqual([]);
  });

  test('are small', () => {
    const sizes = files.map((name) => statSync(join(folder, name)).size);
    expect(Math.max(...sizes)).toBeLessThan(200_000);
    expect(sizes.reduce((sum, size) => sum + size, 0)).toBeLessThan(8_000_000);
  });
});

function mistakesOn(edition: Edition, chapter: Chapter): readonly WrongState[] {
  return chapter.mistakes.filter(({ editions }) => editions.includes(edition.name));
}

/** A probe that asks what nobody recorded has changed since. */
async function judge(
  edition: Edition,
  chapter: Chapter,
  { recording, whole, command }: { readonly recording: Recording; readonly whole: Recording; readonly command: string },
): Promise<readonly Said[]> {
  try {
    return await judgeRecording({ workshop, edition, chapter }, recording, whole);
  } catch (error) {
    if (!(error instanceof NotRecorded)) throw error;
    throw new Error(`stale, a probe asks what was not recorded: ${command}\n  ${error.message}`, { cause: error });
  }
}
