import { createHash } from 'node:crypto';
import { templateNames, type TemplateScope } from '../model/template.ts';
import { type Action, type Check } from '../model/workshop.ts';

export interface StepContent {
  readonly actions: readonly Action[];
  readonly checks: readonly Check[];
  /** Text of the files that the step uses, by name. */
  readonly files: Readonly<Record<string, string>>;
}

/**
 * Changes when the step has to be done again: with its definition, with the files that it uses, and with the values
 * that both name (a changed password changes the file that is written). Words don't count.
 */
export function fingerprint(step: StepContent, scopes: readonly TemplateScope[]): string {
  const definition = canonicalJson(step);
  const names = new Set(templateNames(definition).map(({ name }) => name));
  // What is said of the node at hand differs from node to node; the node itself stands in the definition.
  const values = [...names]
    .filter((name) => !name.startsWith('node.'))
    .map((name) => [name, scopes.map((scope) => scope.get(name))]);
  return createHash('sha256').update(definition).update(canonicalJson(values)).digest('hex').slice(0, 16);
}

/** JSON with sorted keys: the order in which somebody wrote them means nothing. */
function canonicalJson(value: unknown): string {
  return JSON.stringify(value, (_key, part: unknown) =>
    typeof part === 'object' && part !== null && !Array.isArray(part)
      ? Object.fromEntries(Object.entries(part).sort(([a], [b]) => (a < b ? -1 : 1)))
      : part,
  );
}
