// What the parts of workshop.yml say about one another and about the folders beside it.

import { nearest } from '../model/nearest.ts';
import { joinWords, words } from '../model/words.ts';
import { checkImages } from './check-images.ts';
import { checkNodes } from './check-nodes.ts';
import { checkTemplatesIn, refuseTemplates } from './check-templates.ts';
import { chapterNumber } from './chapter-folder.ts';
import { patterns } from './formats.ts';
import { type KnownNames } from './known-names.ts';
import { type Mistake } from './mistake.ts';
import { child, entries, items, mistakeIn, mistakeInKey, textOf, type Part } from './part.ts';
import { listed, suggest } from './suggest.ts';

export function checkWorkshopFile(workshop: Part, names: KnownNames, folders: readonly string[]): readonly Mistake[] {
  return [
    ...checkEditions(workshop, names),
    ...refuseTemplates(child(workshop, 'values')),
    ...refuseTemplates(child(workshop, 'editions')),
    ...checkNodes(workshop, names),
    ...checkImages(workshop, names),
    ...checkTemplatesIn(child(workshop, 'pool'), names, 'none'),
    ...checkChapterList(child(workshop, 'chapters'), folders),
  ];
}

function checkEditions(workshop: Part, names: KnownNames): readonly Mistake[] {
  const chosen = child(workshop, 'default_edition');
  const text = textOf(chosen);
  const unknown =
    text === undefined || names.editions.includes(text) || names.vague.has('editions')
      ? []
      : [
          mistakeIn(
            chosen,
            joinWords(
              [
                words(`there is no edition \`${text}\``, `il n'y a pas d'édition \`${text}\``),
                suggest(text, names.editions),
              ],
              '',
            ),
          ),
        ];
  return [...unknown, ...checkEditionKeys(child(workshop, 'editions'))];
}

/** A text that names `{{ edition.KEY }}` has to work in every edition: the first one sets the keys. */
function checkEditionKeys(editions: Part): readonly Mistake[] {
  const [first, ...others] = entries(editions);
  if (first === undefined) return [];
  const [firstName, firstEdition] = first;
  const keys = entries(firstEdition).map(([key]) => key);
  return others.flatMap(([, edition]) => {
    const own = entries(edition);
    const ownKeys = own.map(([key]) => key);
    const extra = own.filter(([key]) => !keys.includes(key));
    const absent = keys.filter((key) => !ownKeys.includes(key));
    const misspelt = extra.map(([key]) => nearest(key, absent));
    const missing = absent.filter((key) => !misspelt.includes(key));
    const lacks = words(
      `the edition \`${firstName}\` has ${listed(missing)}, this one does not`,
      `l'édition \`${firstName}\` a ${listed(missing)}, celle-ci non`,
    );
    return [
      ...(missing.length > 0 ? [mistakeInKey(edition, lacks)] : []),
      ...extra.map(([key, place]) => {
        const has = words(
          `the edition \`${firstName}\` has no \`${key}\``,
          `l'édition \`${firstName}\` n'a pas de \`${key}\``,
        );
        return mistakeInKey(place, joinWords([has, suggest(key, absent)], ''));
      }),
    ];
  });
}

function checkChapterList(list: Part, folders: readonly string[]): readonly Mistake[] {
  const chapters = items(list);
  const names = chapters.map(textOf);
  const unlisted = folders.filter((folder) => !names.includes(folder));
  // A folder that a misspelt item means isn't said a second time.
  const misspelt = names.map((name) =>
    name === undefined || folders.includes(name) ? undefined : nearest(name, unlisted),
  );
  return [
    ...chapters.flatMap((place, index) => checkChapterFolder(place, index, names, folders, unlisted)),
    ...unlisted
      .filter((folder) => !misspelt.includes(folder))
      .map((folder) =>
        mistakeInKey(
          list,
          words(
            `the folder \`chapters/${folder}\` is not listed here`,
            `le dossier \`chapters/${folder}\` n'est pas cité ici`,
          ),
        ),
      ),
  ];
}

function checkChapterFolder(
  place: Part,
  index: number,
  names: readonly (string | undefined)[],
  folders: readonly string[],
  unlisted: readonly string[],
): readonly Mistake[] {
  const name = textOf(place);
  if (name === undefined) return [];
  // Its form has been spoken of already.
  if (!patterns.chapterFolder.test(name)) return [];
  if (names.indexOf(name) < index) {
    return [mistakeIn(place, words(`\`${name}\` is given twice`, `\`${name}\` est donné deux fois`))];
  }
  if (!folders.includes(name)) {
    const missing = words(`there is no folder \`chapters/${name}\``, `il n'y a pas de dossier \`chapters/${name}\``);
    return [mistakeIn(place, joinWords([missing, suggest(name, unlisted)], ''))];
  }
  const before = names.slice(0, index).findLast((other) => other !== undefined && patterns.chapterFolder.test(other));
  if (before === undefined || chapterNumber(name) > chapterNumber(before)) return [];
  return [
    mistakeIn(
      place,
      words(
        `\`${name}\` comes after \`${before}\`: its number has to be higher`,
        `\`${name}\` vient après \`${before}\` : son numéro doit être plus grand`,
      ),
    ),
  ];
}
