import { joinWords, words, type Words } from '../../model/words.ts';
import { type Finding } from './finding.ts';

/** Findings for people: a line each as cause, and what to write instead as hint. */
export function findingWords(
  findings: readonly Finding[],
  path: string,
): { readonly cause: Words; readonly hint: Words } {
  const [only] = findings;
  if (only !== undefined && findings.length === 1) return { cause: causeOf(only, path), hint: only.hint };
  const causes = findings.map((finding) => causeOf(finding, path));
  return { cause: joinWords(causes, '\n'), hint: joinWords(hintsOf(findings), '\n') };
}

/** What helps several lines is said once. */
function hintsOf(findings: readonly Finding[]): readonly Words[] {
  const hints = [...new Map(findings.map(({ hint }) => [hint.en, hint])).values()];
  const [only] = hints;
  if (only !== undefined && hints.length === 1) return [only];
  return hints.map((hint) => {
    const lines = findings.filter((finding) => finding.hint.en === hint.en).map(({ line }) => String(line));
    const several = lines.length > 1 ? 's' : '';
    return words(`line${several} ${lines.join(', ')}: ${hint.en}`, `ligne${several} ${lines.join(', ')} : ${hint.fr}`);
  });
}

/** `file:line`, the line, and what is wrong with it. */
function causeOf({ line, text, cause }: Finding, path: string): Words {
  const place = `${path}:${String(line)}${text === '' ? '' : ` \`${text}\``}`;
  return words(`${place}: ${cause.en}`, `${place} : ${cause.fr}`);
}
