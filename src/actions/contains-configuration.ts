/** Whether a configuration says all that is wanted, whatever else it says. Lists count as a whole, as in a PATCH of Patroni's. */
export function containsConfiguration(found: unknown, wanted: unknown): boolean {
  if (typeof wanted !== 'object' || wanted === null || Array.isArray(wanted))
    return JSON.stringify(found) === JSON.stringify(wanted);
  if (typeof found !== 'object' || found === null) return false;
  return Object.entries(wanted).every(([key, value]) =>
    containsConfiguration((found as Record<string, unknown>)[key], value),
  );
}
