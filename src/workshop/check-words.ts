// The words of a chapter: for each step and each check of chapter.yml, in both languages, with as many hints in each.

import { nearest } from '../model/nearest.ts';
import { joinWords, languages, verbatim, words, type Words } from '../model/words.ts';
import { checkContext, type StepSetting } from './check-steps.ts';
import { checkTemplatesIn, type NodeContext } from './check-templates.ts';
import { type Mistake } from './mistake.ts';
import { child, entries, items, mistakeInKey, textOf, type Part } from './part.ts';
import { suggest } from './suggest.ts';
import { type ChapterSources } from './workshop-sources.ts';

export function checkWords(sources: ChapterSources, setting: StepSetting): readonly Mistake[] {
  const checks = items(child(sources.chapter, 'steps')).flatMap((step) => items(child(step, 'checks')));
  return [
    ...languages.flatMap((language) => checkKeys(sources[language], sources.chapter, checks)),
    ...checkHints(sources.en, sources.fr),
    ...languages.flatMap((language) => checkNames(sources[language], checks, setting)),
  ];
}

function checkKeys(file: Part, chapter: Part, checks: readonly Part[]): readonly Mistake[] {
  // Where the chapter's steps can't be read, nothing can be missing.
  if (!Array.isArray(child(chapter, 'steps').value) || file.value === undefined) return [];
  return [
    ...compareKeys(child(file, 'steps'), idsOf(items(child(chapter, 'steps'))), stepPhrases),
    ...compareKeys(child(file, 'checks'), idsOf(checks), checkPhrases),
  ];
}

function idsOf(parts: readonly Part[]): readonly string[] {
  return parts.flatMap((part) => textOf(child(part, 'id')) ?? []);
}

interface Phrases {
  readonly unknown: Words;
  readonly absent: Words;
}

const stepPhrases: Phrases = {
  unknown: words('chapter.yml has no step', "chapter.yml n'a pas d'étape"),
  absent: words('there are no words for the step', "il manque les textes de l'étape"),
};

const checkPhrases: Phrases = {
  unknown: words('chapter.yml has no check', "chapter.yml n'a pas de vérification"),
  absent: words('there are no words for the check', 'il manque les textes de la vérification'),
};

function compareKeys(section: Part, ids: readonly string[], phrases: Phrases): readonly Mistake[] {
  const given = entries(section);
  const keys = given.map(([key]) => key);
  const absent = ids.filter((id) => !keys.includes(id));
  const unknown = given.filter(([key]) => !ids.includes(key));
  // A misspelt key and the words that it leaves missing are one mistake.
  const misspelt = unknown.map(([key]) => nearest(key, absent));
  return [
    ...unknown.map(([key, place]) =>
      mistakeInKey(
        place,
        joinWords([phrases.unknown, joinWords([verbatim(`\`${key}\``), suggest(key, absent)], '')], ' '),
      ),
    ),
    ...absent
      .filter((id) => !misspelt.includes(id))
      .map((id) => mistakeInKey(section, joinWords([phrases.absent, verbatim(`\`${id}\``)], ' '))),
  ];
}

/** A learner gets the same number of hints in both languages. */
function checkHints(en: Part, fr: Part): readonly Mistake[] {
  return entries(child(en, 'steps')).flatMap(([id, step]) => {
    const there = items(child(step, 'hints')).length;
    const place = child(child(child(fr, 'steps'), id), 'hints');
    const here = items(place).length;
    if (there === 0 || here === 0 || there === here) return [];
    return [
      mistakeInKey(
        place,
        words(
          `number of hints: ${String(here)} here, ${String(there)} in en.yml`,
          `nombre d'indices : ${String(here)} ici, ${String(there)} dans en.yml`,
        ),
      ),
    ];
  });
}

/** A step's words are read before any node is chosen; a check's words are said of the node that it looked at. */
function checkNames(file: Part, checks: readonly Part[], setting: StepSetting): readonly Mistake[] {
  const { target } = setting;
  if (target === undefined) return [];
  const contexts = new Map<string, NodeContext>(
    checks.map((check) => [textOf(child(check, 'id')) ?? '', checkContext(check, setting)]),
  );
  return [
    ...['title', 'intro', 'learnt', 'steps'].flatMap((key) => checkTemplatesIn(child(file, key), target.names, 'none')),
    ...entries(child(file, 'checks')).flatMap(([id, part]) =>
      checkTemplatesIn(part, target.names, contexts.get(id) ?? 'some'),
    ),
  ];
}
