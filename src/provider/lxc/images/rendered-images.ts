import { renderTemplate, templateScope } from '../../../model/template.ts';
import { type Edition, type ImageDefinition, type Workshop } from '../../../model/workshop.ts';

/** The workshop's images with one edition's values in them, each after the one that it stands on. Pure. */
export function renderedImages(workshop: Workshop, edition: Edition): readonly ImageDefinition[] {
  const scope = templateScope(workshop, edition);
  const render = (text: string): string => renderTemplate(text, scope);
  return parentsFirst(workshop.images).map((image) => ({
    ...image,
    packages: image.packages.map(render),
    finish: image.finish.map(render),
  }));
}

/** Every package that the pool has to offer, with what those need: of all images and the pool's own. Pure. */
export function poolPackages(workshop: Workshop, edition: Edition): readonly string[] {
  const scope = templateScope(workshop, edition);
  const own = workshop.poolPackages.map((name) => renderTemplate(name, scope));
  const ofImages = renderedImages(workshop, edition).flatMap((image) => image.packages);
  return [...new Set([...ofImages, ...own])].sort();
}

/** The named images with those that they stand on; all of them without names. Keeps the order. */
export function withParents(
  images: readonly ImageDefinition[],
  names: readonly string[] | undefined,
): readonly ImageDefinition[] {
  if (names === undefined) return images;
  const wanted = new Set(names.flatMap((name) => chainOf(images, name).map((image) => image.name)));
  return images.filter((image) => wanted.has(image.name));
}

/** The image and those below it, topmost first; empty for a name that isn't known. */
export function chainOf(images: readonly ImageDefinition[], name: string): readonly ImageDefinition[] {
  const image = images.find((candidate) => candidate.name === name);
  if (image === undefined) return [];
  return image.on === undefined ? [image] : [image, ...chainOf(images, image.on)];
}

function parentsFirst(images: readonly ImageDefinition[]): readonly ImageDefinition[] {
  const depth = (image: ImageDefinition): number => chainOf(images, image.name).length;
  return [...images].sort((one, other) => depth(one) - depth(other));
}
