import { words } from '../../model/words.ts';
import { blocking, type FindingDraft } from './finding.ts';

/** Places in the text that somebody was to fill in: `@VERSION@` of Debian's config.yml.in, `{{ node.address }}` of the workshop. */
export function leftTemplates(text: string): readonly FindingDraft[] {
  const found = text.split('\n').flatMap((line, index) => {
    const [placeholder] = /@[A-Z][A-Z_]+@|\{\{.*?\}\}/.exec(line.replace(/#.*$/, '')) ?? [];
    return placeholder === undefined ? [] : [{ line: index + 1, placeholder }];
  });
  const first = found[0];
  if (first === undefined) return [];
  const { line, placeholder } = first;
  const count = found.length;
  return [
    blocking(
      'template-not-filled-in',
      { line },
      words(
        `the file is a template: ${placeholder} ${count > 1 ? `and ${count - 1} other places were` : 'was'} not replaced by a value`,
        `le fichier est un modèle : ${placeholder} ${count > 1 ? `et ${count - 1} autres emplacements n'ont pas été remplacés` : "n'a pas été remplacé"} par une valeur`,
      ),
      words(
        "Write the whole file with the values of this node; `config.yml.in` is what Debian's own tool fills in, not a configuration.",
        "Écrivez le fichier entier avec les valeurs de ce nœud ; `config.yml.in` est ce que l'outil de Debian remplit, pas une configuration.",
      ),
    ),
  ];
}
