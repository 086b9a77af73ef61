// The locks of a home and of its labs: who may do what beside whom.

import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { basename } from 'node:path';
import { exitStatus, LabError } from '../model/errors.ts';
import { homeLock, labPaths } from '../model/home-paths.ts';
import { type LabName } from '../model/ids.ts';
import { words } from '../model/words.ts';
import { type HeldLock, holdLock, waitForLock, waitForSharedLock } from './hold-lock.ts';

/** `imagesLock`: held by who builds images of the home. See Services for what each of them says. */
export function labLocks({ home, imagesLock }: { readonly home: string; readonly imagesLock: string }) {
  return {
    enterHome: (signal: AbortSignal): Promise<HeldLock> => waitForSharedLock(homeLock(home), { signal }),
    haveHomeAlone: (): Promise<HeldLock> => lockAll([homeLock(home), imagesLock]),
    whileVisited: async <T>(lab: LabName, work: () => Promise<T>): Promise<T> => {
      const visit = await waitForSharedLock(labPaths(home, lab).visitors);
      try {
        return await work();
      } finally {
        await visit.release();
      }
    },
    isVisited: async (lab: LabName): Promise<boolean> => {
      const alone = await holdLock(labPaths(home, lab).visitors);
      if (!('release' in alone)) return true;
      await alone.release();
      return false;
    },
    stopsEnded: async (lab: LabName, signal: AbortSignal, onWaiting: () => void): Promise<void> => {
      const { stopping } = labPaths(home, lab);
      // Nobody has stopped a node there yet, or it is a lab of an older version.
      if (!existsSync(stopping)) return;
      const alone = await waitForLock(stopping, { signal, onWaiting });
      await alone.release();
    },
    lock: async (file: string): Promise<HeldLock> => {
      const lock = await holdLock(file);
      if ('release' in lock) return lock;
      throw lockHeld(lock.heldBy, lock.heldBy === null ? null : await commandOf(lock.heldBy));
    },
  };
}

/** All of them or none. */
async function lockAll(files: readonly string[]): Promise<HeldLock> {
  const held: HeldLock[] = [];
  const release = async (): Promise<void> => {
    for (const lock of held) await lock.release();
  };
  for (const file of files) {
    const lock = await holdLock(file);
    if ('release' in lock) held.push(lock);
    else {
      await release();
      throw homeInUse();
    }
  }
  return { release };
}

function homeInUse(): LabError {
  return new LabError(
    'home-in-use',
    words(
      'A command is changing a lab of this home, or building its images.',
      'Une commande modifie un lab de ce dossier, ou en construit les images.',
    ),
    {
      exit: exitStatus.locked,
      hint: words('Wait until it has finished, then try again.', "Attendez qu'elle ait terminé, puis réessayez."),
    },
  );
}

/** What was typed behind `lab` to start that process; null for another program, and for one that has ended. */
async function commandOf(pid: number): Promise<string | null> {
  const line = await readFile(`/proc/${String(pid)}/cmdline`, 'utf8').catch(() => '');
  const argv = line.split('\0').filter((word) => word !== '');
  const program = argv.findIndex((word) => basename(word) === 'main.js');
  return program < 0 ? null : argv.slice(program + 1).join(' ');
}

function lockHeld(pid: number | null, command: string | null): LabError {
  const process = words(`process ${String(pid)}`, `le processus ${String(pid)}`);
  const who =
    pid === null
      ? words('another command', 'une autre commande')
      : command === null
        ? process
        : words(`"lab ${command}" (${process.en})`, `« lab ${command} » (${process.fr})`);
  return new LabError(
    'lab-locked',
    words(`This lab is being changed by ${who.en}.`, `Ce lab est en cours de modification par ${who.fr}.`),
    {
      exit: exitStatus.locked,
      hint: words('Wait until it has finished, then try again.', "Attendez qu'il ait terminé, puis réessayez."),
    },
  );
}
