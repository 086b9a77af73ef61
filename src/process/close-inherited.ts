import { closeSync, readdirSync, readFileSync } from 'node:fs';

/** open(2), in octal as the kernel shows it (proc_pid_fdinfo(5)). */
const closeOnExec = 0o2000000;

/**
 * Closes what whoever started lab had open beside the three streams: every program that lab starts would have it too, and
 * so would a node. Node opens all of its own files close-on-exec; of inherited ones it marks so no more than the first.
 */
export function closeInherited(): void {
  for (const descriptor of openDescriptors()) {
    if (descriptor > 2 && !endsAtExec(descriptor)) close(descriptor);
  }
}

function openDescriptors(): readonly number[] {
  return readdirSync('/proc/self/fd').map(Number);
}

/** True of one that is gone: the folder's own, while it was read. */
function endsAtExec(descriptor: number): boolean {
  try {
    const flags = /^flags:\s*([0-7]+)$/m.exec(readFileSync(`/proc/self/fdinfo/${String(descriptor)}`, 'utf8'))?.[1];
    return flags === undefined || (Number.parseInt(flags, 8) & closeOnExec) !== 0;
  } catch {
    return true;
  }
}

function close(descriptor: number): void {
  try {
    closeSync(descriptor);
  } catch {
    // An error of its last write is for whoever opened it.
  }
}
