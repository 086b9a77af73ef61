import { joinWords, words, type Words } from '../../model/words.ts';
import { type Finding } from './finding.ts';

/** Findings for people: a line each as cause, and what to write instead as hint. */
export function findingWords(findings: readonly Finding[], path: string): { readonly cause: Words; readonly hint: Words } {
  const [only] = findings;
  if (only !== undefined && findings.length === 1) return { cause: causeOf(only, path), hint: only.hint };
  const causes = findings.map((finding) => causeOf(finding, path));
  const hints = findings.map(({ line, hint }) => words(`line ${String(line)}: ${hint.en}`, `ligne ${String(line)} : ${hint.fr}`));
  return { cause: joinWords(causes, '\n'), hint: joinWords(hints, '\n') };
}

/** `file:line`, the line, and what is wrong with it. */
function causeOf({ line, text, cause }: Finding, path: string): Words {
  const place = `${path}:${String(line)}${text === '' ? '' : ` \`${text}\``}`;
  return words(`${place}: ${cause.en}`, `${place} : ${cause.fr}`);
}
