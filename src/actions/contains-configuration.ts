import { parametersPath, sectionAt, type Tree } from '../model/configuration-tree.ts';

/** Whether a configuration says all that is wanted, whatever else it says. Lists count as a whole, as in a PATCH of Patroni's. */
export function containsConfiguration(found: unknown, wanted: unknown): boolean {
  if (typeof wanted !== 'object' || wanted === null || Array.isArray(wanted))
    return JSON.stringify(found) === JSON.stringify(wanted);
  if (typeof found !== 'object' || found === null) return false;
  return Object.entries(wanted).every(([key, value]) =>
    containsConfiguration((found as Record<string, unknown>)[key], value),
  );
}

/** What a PATCH of Patroni's takes to set what is wanted and remove these parameters; null: nothing is to be done. */
export function configurationPatch(live: Tree, wanted: Tree, unknown: readonly string[]): Tree | null {
  if (unknown.length === 0) return containsConfiguration(live, wanted) ? null : wanted;
  const removed = Object.fromEntries(unknown.map((name) => [name, null]));
  const parameters = { ...removed, ...sectionAt(wanted, parametersPath) };
  return { ...wanted, postgresql: { ...sectionAt(wanted, ['postgresql']), parameters } };
}
