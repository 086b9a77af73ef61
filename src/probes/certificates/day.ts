/** `2026-11-23 19:40 UTC`: as a certificate's dates are compared. */
export function day(at: Date): string {
  return `${at.toISOString().slice(0, 16).replace('T', ' ')} UTC`;
}
