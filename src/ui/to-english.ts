/** The same data with every `Words` replaced by its English text: JSON output is English in every language. */
export function toEnglish(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(toEnglish);
  if (typeof value !== 'object' || value === null) return value;
  const entries = Object.entries(value);
  const english = (value as { readonly en?: unknown }).en;
  if (typeof english === 'string' && entries.every(([key]) => key === 'en' || key === 'fr')) return english;
  return Object.fromEntries(entries.map(([key, inner]) => [key, toEnglish(inner)]));
}
