// Every `{{ name }}` has to be a name that is known where it stands.

import { templateNames, type TemplateName } from '../model/template.ts';
import { joinWords, words, type Words } from '../model/words.ts';
import { type KnownNames, type Section } from './known-names.ts';
import { mistakeAt, type Mistake } from './mistake.ts';
import { mistakeIn, textsIn, type Part } from './part.ts';
import { typedText } from './source.ts';
import { suggest } from './suggest.ts';

/**
 * The nodes that a text is rendered for: `none` where it is about no node in particular, `some` where it is not known
 * before the step runs (the leader).
 */
export type NodeContext = 'none' | 'some' | readonly string[];

/** Templates in every text of the part. */
export function checkTemplatesIn(part: Part, names: KnownNames, context: NodeContext): readonly Mistake[] {
  return textsIn(part, hasTemplate).flatMap((place) => {
    const used = templateNames(String(place.value));
    return used.flatMap((template, index) => {
      const wrong = wrongName(template, names, context);
      return wrong === undefined ? [] : [mistakeAt(place.source, offsetOfName(place, index, used.length), wrong)];
    });
  });
}

/** The nth name of the value is the nth one as typed, unless a line was folded inside the braces. */
function offsetOfName(place: Part, index: number, count: number): number {
  const typed = typedText(place.source, place.path);
  const names = templateNames(typed.text);
  return typed.offset + (names.length === count ? (names[index]?.offset ?? 0) : 0);
}

/** Templates in a file of files/. */
export function checkTemplateFile(
  file: { readonly file: string; readonly text: string },
  names: KnownNames,
  context: NodeContext,
): readonly Mistake[] {
  return templateNames(file.text).flatMap((template) => {
    const wrong = wrongName(template, names, context);
    return wrong === undefined ? [] : [mistakeAt(file, template.offset, wrong)];
  });
}

/** Where values come from, values aren't put in. */
export function refuseTemplates(part: Part): readonly Mistake[] {
  const inPlace = words(
    'a value is put in as it stands: `{{ … }}` is not replaced here',
    "une valeur est reprise telle quelle : `{{ … }}` n'est pas remplacé ici",
  );
  return textsIn(part, hasTemplate).map((place) => mistakeIn(place, inPlace));
}

function hasTemplate(text: string): boolean {
  return text.includes('{{');
}

function wrongName({ name, closed }: TemplateName, names: KnownNames, context: NodeContext): Words | undefined {
  if (!closed) return words('this `{{` has no `}}` on its line', "ce `{{` n'a pas de `}}` sur sa ligne");
  if (names.templates.has(name)) return undefined;
  if (nodeFacts.includes(name)) return wrongFact(name, names, context);
  if (sources.some((section) => names.vague.has(section))) return undefined;
  const unknown = words(`nothing is known as \`{{ ${name} }}\``, `rien ne s'appelle \`{{ ${name} }}\``);
  const candidates = context === 'none' ? names.templates : [...names.templates, ...nodeFacts];
  return joinWords([unknown, suggest(name, candidates)], '');
}

const sources: readonly Section[] = ['nodes', 'values', 'editions'];
const nodeFacts: readonly string[] = ['node.name', 'node.address', 'node.member'];

function wrongFact(name: string, names: KnownNames, context: NodeContext): Words | undefined {
  if (context === 'some') return undefined;
  if (context === 'none') {
    return words(
      `\`{{ ${name} }}\` can't be used here: this is not about one node in particular`,
      `\`{{ ${name} }}\` n'est pas possible ici : il ne s'agit pas d'un nœud en particulier`,
    );
  }
  const without =
    name === 'node.member' ? context.find((node) => names.nodes.get(node)?.member === undefined) : undefined;
  if (without === undefined) return undefined;
  return words(
    `\`{{ node.member }}\` is used for the node \`${without}\`, which has no member name`,
    `\`{{ node.member }}\` sert ici pour le nœud \`${without}\`, qui n'a pas de nom de membre`,
  );
}
