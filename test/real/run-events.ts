// What a run with --format json announced.

export interface RunEvent {
  readonly kind: string;
  readonly item?: string;
  readonly outcome?: string;
}

export function runEvents(text: string): readonly RunEvent[] {
  return text
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as RunEvent);
}

/** How many lines of work there were, and which of them changed something. */
export function whatChanged(text: string): { readonly looked: number; readonly changed: readonly RunEvent[] } {
  const finished = runEvents(text).filter(({ kind }) => kind === 'item-finished');
  return { looked: finished.length, changed: finished.filter(({ outcome }) => outcome !== 'unchanged') };
}
