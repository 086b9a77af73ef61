// What a mistakes.yml refers to: checks of its chapter, nodes, editions, names; and what only together makes sense.

import { joinWords, words, type Words } from '../model/words.ts';
import { checkShape } from './check-shape.ts';
import { type StepSetting } from './check-steps.ts';
import { checkTemplatesIn } from './check-templates.ts';
import { type KnownNames } from './known-names.ts';
import { mistakesFileSchema } from './mistakes-schema.ts';
import { type Mistake } from './mistake.ts';
import { child, items, mistakeIn, mistakeInKey, textOf, type Part } from './part.ts';
import { placeContext } from './places.ts';
import { suggest } from './suggest.ts';
import { checkTarget } from './targets.ts';
import { type ChapterSources } from './workshop-sources.ts';

const effects = ['run', 'fault', 'certificate', 'authority_key'];

export function checkMistakes({ mistakes, chapter }: ChapterSources, setting: StepSetting): readonly Mistake[] {
  if (mistakes === undefined) return [];
  // Of a chapter that can't be read nothing is known that they could refer to.
  if (chapter.value === undefined) return checkShape(mistakes, mistakesFileSchema);
  const all = items(child(mistakes, 'mistakes'));
  const checks = items(child(chapter, 'steps'))
    .flatMap((step) => items(child(step, 'checks')))
    .flatMap((check) => textOf(child(check, 'id')) ?? []);
  return [
    ...checkShape(mistakes, mistakesFileSchema),
    ...givenTwice(all.map((one) => child(one, 'id'))),
    ...all.flatMap((one) => changesOf(one).flatMap((change) => checkChange(change, setting))),
    ...all.flatMap((one) => checkCaught(one, checks, setting)),
    ...all.flatMap((one) => (setting.target === undefined ? [] : checkEditions(one, setting.target.names))),
  ];
}

function changesOf(mistake: Part): readonly Part[] {
  return [...items(child(mistake, 'make')), ...items(child(mistake, 'undo'))];
}

function givenTwice(ids: readonly Part[]): readonly Mistake[] {
  const seen = new Set<string>();
  return ids.flatMap((place) => {
    const id = textOf(place);
    if (id === undefined) return [];
    if (!seen.has(id)) {
      seen.add(id);
      return [];
    }
    const twice = words(
      `the id \`${id}\` is used twice in this file`,
      `l'identifiant \`${id}\` sert deux fois dans ce fichier`,
    );
    return [mistakeIn(place, twice)];
  });
}

function checkChange(change: Part, { target }: StepSetting): readonly Mistake[] {
  const given = effects.filter((key) => child(change, key).value !== undefined);
  const on = child(change, 'on');
  return [
    ...(given.length === 1 ? [] : [mistakeIn(change, oneEffect)]),
    ...(target === undefined || textOf(on) === 'replica' ? [] : checkTarget(on, target)),
    ...(target === undefined ? [] : checkTemplatesIn(child(change, 'run'), target.names, placeContext(on, target))),
  ];
}

const oneEffect = words(
  `exactly one of ${effects.map((key) => `\`${key}\``).join(', ')} is needed here`,
  `il faut ici exactement l'un de ${effects.map((key) => `\`${key}\``).join(', ')}`,
);

function checkCaught(mistake: Part, checks: readonly string[], { target }: StepSetting): readonly Mistake[] {
  const caught = items(child(mistake, 'caught'));
  return [
    ...caught.flatMap((one) => checkName(child(one, 'check'), checks)),
    ...items(child(mistake, 'also')).flatMap((one) => checkName(one, checks)),
    ...caught.flatMap((one) => checkPattern(child(one, 'cause'))),
    ...(target === undefined ? [] : caught.flatMap((one) => checkNode(child(one, 'on'), target.names))),
  ];
}

function checkName(place: Part, checks: readonly string[]): readonly Mistake[] {
  const id = textOf(place);
  if (id === undefined || checks.includes(id)) return [];
  return [
    unknown(
      place,
      words(`no check of this chapter is \`${id}\``, `aucune vérification de ce chapitre n'est \`${id}\``),
      checks,
    ),
  ];
}

/** Who is caught is one node, or a role that one node had. */
function checkNode(place: Part, { nodes, vague }: KnownNames): readonly Mistake[] {
  const name = textOf(place);
  const candidates = [...nodes.keys(), 'leader', 'replica'];
  if (name === undefined || vague.has('nodes') || candidates.includes(name)) return [];
  return [unknown(place, words(`there is no node \`${name}\``, `il n'y a pas de nœud \`${name}\``), candidates)];
}

function checkEditions(mistake: Part, { editions, vague }: KnownNames): readonly Mistake[] {
  if (vague.has('editions')) return [];
  return items(child(mistake, 'editions')).flatMap((place) => {
    const name = textOf(place);
    if (name === undefined || editions.includes(name)) return [];
    return [unknown(place, words(`there is no edition \`${name}\``, `il n'y a pas d'édition \`${name}\``), editions)];
  });
}

function unknown(place: Part, what: Words, candidates: readonly string[]): Mistake {
  return mistakeIn(place, joinWords([what, suggest(textOf(place) ?? '', candidates)], ''));
}

function checkPattern(place: Part): readonly Mistake[] {
  const pattern = textOf(place);
  if (pattern === undefined) return [];
  try {
    new RegExp(pattern);
    return [];
  } catch (error) {
    const why = error instanceof Error ? error.message.replace(/^.*: /, '') : String(error);
    return [
      mistakeInKey(
        place,
        words(`this is no regular expression: ${why}`, `ce n'est pas une expression rationnelle : ${why}`),
      ),
    ];
  }
}
