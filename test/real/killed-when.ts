// `lab` killed with SIGKILL at a moment of its own choosing.

import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect } from 'vitest';
import { labPaths } from '../../src/model/home-paths.ts';
import { labName } from '../../src/model/ids.ts';
import { waitUntil } from '../../src/clock/wait-until.ts';
import { type RealLab } from './lab-runner.ts';

/** Runs `lab ARGS` and kills it as soon as the moment has come, which has to come before its end. */
export async function killedWhen(
  lab: RealLab,
  args: readonly string[],
  moment: () => Promise<boolean>,
  withinSeconds = 60,
): Promise<void> {
  const kill = new AbortController();
  const running = lab.lab(args, { signal: kill.signal, killAtOnce: true, timeoutSeconds: withinSeconds + 60 });
  const came = await waitUntil(moment, { withinSeconds });
  kill.abort();
  const { exitStatus } = await running;
  expect(came, `lab ${args.join(' ')} came to the moment`).toBe(true);
  expect(exitStatus).not.toBe(0);
}

/** What the newest run of lab in this lab has written so far; nothing before there is one. */
export async function newestTranscript(lab: RealLab): Promise<string> {
  const { transcripts } = labPaths(lab.home, labName(lab.name));
  const newest = (await readdir(transcripts).catch(() => [])).sort().at(-1);
  return newest === undefined ? '' : readFile(join(transcripts, newest), 'utf8');
}
