import { readdirSync, readFileSync } from 'node:fs';
import { signalGroup } from './signal-group.ts';

/**
 * Ends every program that this process has started, with all that they started in turn, at once and without asking: each
 * that we or `startBeside` started leads a group of its own. One that `attachProgram` runs on a terminal shares our group
 * and hears the terminal itself.
 */
export function killChildren(): void {
  // All of them are found before the first one ends: what it leaves behind is nobody's child that we know.
  for (const one of descendantsOf('self')) signalGroup(one, 'SIGKILL');
}

function descendantsOf(process: string): readonly number[] {
  const children = threadsOf(process).flatMap((thread) => childrenOf(process, thread));
  return [...children, ...children.flatMap((child) => descendantsOf(String(child)))];
}

/** proc(5); nothing where it has ended meanwhile. */
function threadsOf(process: string): readonly string[] {
  try {
    return readdirSync(`/proc/${process}/task`);
  } catch {
    return [];
  }
}

/** Nothing where a thread has ended meanwhile, or where the kernel doesn't tell. */
function childrenOf(process: string, thread: string): readonly number[] {
  try {
    const text = readFileSync(`/proc/${process}/task/${thread}/children`, 'utf8');
    return text
      .split(' ')
      .filter((word) => word !== '')
      .map(Number);
  } catch {
    return [];
  }
}
