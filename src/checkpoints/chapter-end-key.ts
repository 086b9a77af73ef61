import { createHash } from 'node:crypto';
import { chaptersUpTo, nodesUpTo } from '../model/chapters-up-to.ts';
import { type ChapterId } from '../model/ids.ts';
import { settleAll } from '../model/settle-all.ts';
import { type Workshop } from '../model/workshop.ts';

/** To be raised when lab makes the same definitions into other nodes, or copies them in another way. */
const format = 1;

/**
 * Says what made the end of a chapter: with any part of it the key changes, and what was kept under the old one is
 * stale. `layersOf` gives the layers of an image in the edition, topmost first. Words don't count, as in a step's
 * fingerprint.
 */
export function chapterEndKey(
  workshop: Workshop,
  chapter: ChapterId,
  layersOf: ReadonlyMap<string, readonly string[]>,
): string {
  const images = [...new Set(nodesUpTo(workshop, chapter).map(({ image }) => image))].sort();
  const made = {
    format,
    steps: chaptersUpTo(workshop, chapter).map(({ id, nodes, steps }) => [
      id,
      nodes,
      steps.map((step) => [step.id, step.fingerprint]),
    ]),
    network: [workshop.network.address, workshop.network.prefixLength],
    // All of them, also those of later chapters: every node's /etc/hosts names them.
    nodes: workshop.nodes.map(({ name, address, aliases, image, member, groups }) => [
      name,
      address,
      aliases,
      image,
      member ?? null,
      groups,
    ]),
    images: images.map((image) => [image, (layersOf.get(image) ?? []).map(lastPart)]),
  };
  return createHash('sha256').update(JSON.stringify(made)).digest('hex').slice(0, 12);
}

/** Of every chapter, as the workshop is now. `layersOf` throws when the edition's images aren't built. */
export async function currentChapterEndKeys(
  workshop: Workshop,
  layersOf: (image: string) => Promise<readonly string[]>,
): Promise<ReadonlyMap<ChapterId, string>> {
  const images = [...new Set(workshop.nodes.map(({ image }) => image))];
  const layers = new Map(await settleAll(images.map(async (image) => [image, await layersOf(image)] as const)));
  return new Map(workshop.chapters.map(({ id }) => [id, chapterEndKey(workshop, id, layers)]));
}

/** A layer's name comes from a hash of what made it; where the home lies doesn't count. */
function lastPart(layer: string): string {
  return layer.slice(layer.lastIndexOf('/') + 1);
}
