import { type Language } from '../model/words.ts';

// Quantities as people of each language write them: 0.8 s, 0,8 s.

/** `0.8 s`, `12.4 s`, `1 min 23 s`, `1 h 02 min`. */
export function formatSeconds(seconds: number, language: Language): string {
  if (seconds < 59.95) return `${decimal(seconds, 1, language)} s`;
  const whole = Math.round(seconds);
  if (whole < 3600) return `${String(Math.floor(whole / 60))} min ${twoDigits(whole % 60)} s`;
  return `${String(Math.floor(whole / 3600))} h ${twoDigits(Math.floor((whole % 3600) / 60))} min`;
}

/** `640 kB`, `85.3 MB`, `1.2 GB`; French `85,3 Mo`. Thousands, as `ls --si` and disk makers count. */
export function formatBytes(bytes: number, language: Language): string {
  const unit = language === 'fr' ? 'o' : 'B';
  if (bytes < 1000) return `${String(bytes)} ${unit}`;
  if (bytes < 999_500) return `${String(Math.round(bytes / 1000))} k${unit}`;
  if (bytes < 999_950_000) return `${decimal(bytes / 1e6, 1, language)} M${unit}`;
  return `${decimal(bytes / 1e9, 1, language)} G${unit}`;
}

export function decimal(value: number, digits: number, language: Language): string {
  const text = value.toFixed(digits);
  return language === 'fr' ? text.replace('.', ',') : text;
}

function twoDigits(value: number): string {
  return String(value).padStart(2, '0');
}
