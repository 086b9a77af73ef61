import { type ItemPart } from '../model/events.ts';
import { stepKey } from '../model/lab-history.ts';

/** A line of work as plain output names it: `chapter-1/start`, `etcd1`, `image base`, `network`. */
export function itemName(part: ItemPart): string {
  switch (part.kind) {
    case 'image':
      return `image ${part.image}`;
    case 'network':
      return 'network';
    case 'checkpoint':
      return 'checkpoint';
    case 'node':
      return part.node;
    case 'step':
      return stepKey(part.chapter, part.step);
  }
}
