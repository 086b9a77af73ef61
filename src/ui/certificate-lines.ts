import { type CertificateStatus } from '../model/lab-status.ts';
import { words, type Language } from '../model/words.ts';
import { type Palette } from './colours.ts';
import { alignColumns } from './lay-out-text.ts';
import { say } from './say.ts';

/** Whose, for what, until when, for which names. */
export function certificateLines(
  certificates: readonly CertificateStatus[],
  { language, palette }: { readonly language: Language; readonly palette: Palette },
): string[] {
  const head = [
    words('  node', '  nœud'),
    words('usages', 'usages'),
    words('valid', 'validité'),
    words('names', 'noms'),
  ];
  return alignColumns([
    head.map((title) => palette.dim(say(title, language))),
    ...certificates.map(({ node, usages, notBefore, notAfter, valid, names }) => {
      const dates = `${day(notBefore)} – ${day(notAfter)}`;
      const mark = valid ? palette.green('✔') : palette.red('✘');
      return [`${mark} ${node}`, usages.join(', '), valid ? dates : palette.red(dates), names.join(' ')];
    }),
  ]);
}

function day(at: Date): string {
  return at.toISOString().slice(0, 10);
}
