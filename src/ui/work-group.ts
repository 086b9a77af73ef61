import { type ItemOutcome, type ItemPart } from '../model/events.ts';
import { type ChapterId } from '../model/ids.ts';
import { words, type Words } from '../model/words.ts';
import { chapterHeading } from './chapter-heading.ts';

// Under which heading of the live view a line of work stands.

export interface WorkGroup {
  readonly name: string;
  readonly title: Words;
}

export function workGroupOf(part: ItemPart, chapterTitles: Readonly<Record<ChapterId, Words>> | undefined): WorkGroup {
  switch (part.kind) {
    case 'image':
      return { name: 'images', title: words('Images', 'Images') };
    case 'network':
    case 'checkpoint':
    case 'node':
      return { name: 'nodes', title: words('Nodes', 'Nœuds') };
    case 'step':
      return { name: part.chapter, title: chapterHeading(part.chapter, chapterTitles?.[part.chapter]) };
  }
}

/** How a group came out, from how its lines did. */
export function groupOutcome(outcomes: readonly ItemOutcome[]): ItemOutcome {
  return (['failed', 'interrupted', 'done'] as const).find((outcome) => outcomes.includes(outcome)) ?? 'unchanged';
}
