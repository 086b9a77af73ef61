// Which arguments the programs had that a lab's commands started, on this machine and in nodes: everybody may read them.

import { readdirSync, readFileSync } from 'node:fs';

export interface Sampler {
  /** Those that tell something, so far. */
  readonly found: () => readonly string[];
  /** How often it looked. */
  readonly looks: () => number;
  end(): void;
}

const pauseMilliseconds = 50;

/** Looks at all processes again and again until `end`. `tells`: the arguments have what nobody should read. */
export function sampleArguments(
  lab: { readonly home: string; readonly name: string },
  tells: (argv: string) => boolean,
): Sampler {
  const found = new Set<string>();
  let looks = 0;
  const look = (): void => {
    looks += 1;
    for (const pid of readdirSync('/proc').filter((name) => /^\d+$/.test(name))) {
      const argv = textOf(`/proc/${pid}/cmdline`).replaceAll('\0', ' ').trim();
      if (tells(argv) && isOf(lab, pid)) found.add(argv);
    }
  };
  const timer = setInterval(look, pauseMilliseconds);
  return {
    found: () => [...found],
    looks: () => looks,
    end: () => clearInterval(timer),
  };
}

/** It, or a process that it comes from, was started with this lab's name and home: that is a command of lab. */
function isOf(lab: { readonly home: string; readonly name: string }, pid: string): boolean {
  for (let one = pid; one !== '' && one !== '0'; one = parentOf(one)) {
    const environment = textOf(`/proc/${one}/environ`).split('\0');
    if (environment.includes(`LAB_HOME=${lab.home}`) && environment.includes(`LAB_NAME=${lab.name}`)) return true;
  }
  return false;
}

function parentOf(pid: string): string {
  return /^PPid:\t(\d+)$/m.exec(textOf(`/proc/${pid}/status`))?.[1] ?? '';
}

/** Nothing of one that has ended. */
function textOf(path: string): string {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return '';
  }
}
