// A kernel lock on a file: it is gone with the process that holds it, however that ended.

import { closeSync, fstatSync, ftruncateSync, openSync, statSync, writeSync } from 'node:fs';
import { mkdir, readFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import { type CommandResult } from '../model/command.ts';
import { exitStatus, LabError } from '../model/errors.ts';
import { waitUntil } from '../clock/wait-until.ts';
import { words } from '../model/words.ts';
import { runProgram } from './run-program.ts';

const signingSeconds = 0.5;

export interface HeldLock {
  release(): Promise<void>;
}

export interface LockTaken {
  /** The process that has it; null when it let go of it just now. */
  readonly heldBy: number | null;
}

/**
 * Takes the lock or says who has it; never waits. Node can't lock a file itself: `flock` locks the open file that we
 * hand over to it, and a lock belongs to the open file, so it stays when flock has ended and goes when we close it or
 * end. The file stays where it is as long as its folder: who moves that away holds the lock, and who waited for it takes
 * the lock of the new one.
 */
export async function holdLock(file: string): Promise<HeldLock | LockTaken> {
  return lock(file, ['--nonblock', '--conflict-exit-code', '75']);
}

/** Waits until the lock is free. `onWaiting` hears once who has it. Throws when the signal ends the waiting. */
export async function waitForLock(
  file: string,
  options: { readonly signal?: AbortSignal; readonly onWaiting?: (heldBy: number | null) => void } = {},
): Promise<HeldLock> {
  const atOnce = await holdLock(file);
  if ('release' in atOnce) return atOnce;
  options.onWaiting?.(atOnce.heldBy);
  const held = await lock(file, [], options.signal);
  if ('release' in held) return held;
  throw interrupted(file);
}

/**
 * A lock that many may hold at once; nobody has it alone meanwhile, and `holdLock` is refused. Waits until it is free.
 * Throws when the signal ends the waiting.
 */
export async function waitForSharedLock(
  file: string,
  options: { readonly signal?: AbortSignal } = {},
): Promise<HeldLock> {
  const { descriptor, result } = await flock(file, ['--shared'], options.signal);
  // Not signed: it is nobody's alone.
  if (result.exitStatus === 0) return heldUntilReleased(() => closeSync(descriptor));
  closeSync(descriptor);
  throw result.cancelled ? interrupted(file) : lockFailed(file, result);
}

async function lock(file: string, how: readonly string[], signal?: AbortSignal): Promise<HeldLock | LockTaken> {
  const { descriptor, result } = await flock(file, how, signal);
  if (result.exitStatus === 0) return signed(descriptor);
  closeSync(descriptor);
  if (result.exitStatus === 75 || result.cancelled) return { heldBy: await holderOf(file) };
  throw lockFailed(file, result);
}

async function flock(file: string, how: readonly string[], signal: AbortSignal | undefined) {
  for (;;) {
    await mkdir(dirname(file), { recursive: true });
    const descriptor = openSync(file, 'a+', 0o600);
    const result = await runProgram(['flock', ...how, '0'], {
      inputFile: descriptor,
      graceSeconds: 0,
      ...(signal && { signal }),
    });
    if (result.exitStatus !== 0 || isStill(file, descriptor)) return { descriptor, result };
    closeSync(descriptor);
  }
}

/** Not when its folder was moved away meanwhile by who had the lock: then the next one locks another file. */
function isStill(file: string, descriptor: number): boolean {
  const there = statSync(file, { throwIfNoEntry: false });
  const locked = fstatSync(descriptor);
  return there?.ino === locked.ino && there.dev === locked.dev;
}

function lockFailed(file: string, { stderr }: CommandResult): LabError {
  return new LabError(
    'lock-failed',
    words(`${file} could not be locked: ${stderr.trim()}`, `${file} n'a pas pu être verrouillé : ${stderr.trim()}`),
    { exit: exitStatus.hostCannot },
  );
}

function interrupted(file: string): LabError {
  return new LabError(
    'interrupted',
    words(`Interrupted while waiting for ${file}.`, `Interrompu pendant l'attente de ${file}.`),
    { exit: exitStatus.interrupted },
  );
}

function signed(descriptor: number): HeldLock {
  sign(descriptor);
  return heldUntilReleased(() => {
    ftruncateSync(descriptor);
    closeSync(descriptor);
  });
}

function heldUntilReleased(letGo: () => void): HeldLock {
  let held = true;
  return {
    release: async () => {
      if (held) letGo();
      held = false;
    },
  };
}

/** On a full disk the lock holds as well; the other one doesn't learn by whom. */
function sign(descriptor: number): void {
  try {
    ftruncateSync(descriptor);
    writeSync(descriptor, `${String(process.pid)}\n`);
  } catch {
    return;
  }
}

/** Who has it signs an instant later: worth waiting for, so that the person learns whom to look for. */
async function holderOf(file: string): Promise<number | null> {
  let pid = Number.NaN;
  const signed = async (): Promise<boolean> => {
    pid = Number.parseInt(await readFile(file, 'utf8'), 10);
    return !Number.isNaN(pid);
  };
  return (await waitUntil(signed, { withinSeconds: signingSeconds })) ? pid : null;
}
