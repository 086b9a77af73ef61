import { readdirSync, readFileSync } from 'node:fs';
import { signalGroup } from './signal-group.ts';

/**
 * Ends every program that this process has started, with all that they started in turn, at once and without asking: each
 * leads a group of its own. Those that `attachProgram` runs share our group and hear the terminal themselves.
 */
export function killChildren(): void {
  for (const thread of readdirSync('/proc/self/task')) {
    for (const child of childrenOf(thread)) signalGroup(child, 'SIGKILL');
  }
}

/** proc(5); nothing where a thread has ended meanwhile, or where the kernel doesn't tell. */
function childrenOf(thread: string): readonly number[] {
  try {
    const text = readFileSync(`/proc/self/task/${thread}/children`, 'utf8');
    return text
      .split(' ')
      .filter((word) => word !== '')
      .map(Number);
  } catch {
    return [];
  }
}
