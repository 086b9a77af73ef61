import { words } from '../model/words.ts';
import { unknownImage } from './check-nodes.ts';
import { checkTemplatesIn } from './check-templates.ts';
import { type KnownNames } from './known-names.ts';
import { type Mistake } from './mistake.ts';
import { child, entries, mistakeIn, mistakeInKey, textOf, type Part } from './part.ts';

/** Images stand on one another, down to one base. */
export function checkImages(workshop: Part, names: KnownNames): readonly Mistake[] {
  const images = entries(child(workshop, 'images'));
  return [
    ...images.flatMap(([, image]) => unknownImage(child(image, 'on'), names)),
    ...checkBase(child(workshop, 'images')),
    ...checkCycles(images),
    ...images.flatMap(([, image]) => checkTemplatesIn(image, names, 'none')),
  ];
}

function checkBase(images: Part): readonly Mistake[] {
  const all = entries(images);
  const bases = all.filter(([, image]) => child(image, 'on').value === undefined);
  const [first, ...others] = bases;
  if (first === undefined && Object.keys(images.value ?? {}).length > 0) {
    const none = words(
      'no image is the base: one has to be without `on`',
      "aucune image n'est la base : il en faut une sans `on`",
    );
    return [mistakeInKey(images, none)];
  }
  return others.map(([name, image]) =>
    mistakeInKey(
      image,
      words(
        `\`${first?.[0] ?? ''}\` is the base already, so \`${name}\` needs \`on\``,
        `\`${first?.[0] ?? ''}\` est déjà la base : il faut \`on\` à \`${name}\``,
      ),
    ),
  );
}

/** Each circle is said once, at the image of it that comes first. */
function checkCycles(images: readonly (readonly [string, Part])[]): readonly Mistake[] {
  const below = new Map(images.flatMap(([name, image]) => [[name, textOf(child(image, 'on'))] as const]));
  const inCircle = new Set<string>();
  return images.flatMap(([name, image]) => {
    const chain = [name];
    for (let next = below.get(name); next !== undefined && !chain.includes(next); next = below.get(next))
      chain.push(next);
    const closes = below.get(chain.at(-1) ?? '') === name;
    if (!closes || inCircle.has(name)) return [];
    for (const one of chain) inCircle.add(one);
    const circle = [...chain, name].map((one) => `\`${one}\``).join(' → ');
    return [
      mistakeIn(
        child(image, 'on'),
        words(`these images stand on one another: ${circle}`, `ces images reposent l'une sur l'autre : ${circle}`),
      ),
    ];
  });
}
