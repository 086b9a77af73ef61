import { type VerifyReport } from '../model/verify-report.ts';
import { shown } from './shown.ts';
import { type OutputFormat, type Page } from './page.ts';
import { verdictsAsJson } from './verdicts-as-json.ts';
import { verdictsAsJunit } from './verdicts-as-junit.ts';
import { verdictsAsTap } from './verdicts-as-tap.ts';
import { verdictsAsText } from './verdicts-as-text.ts';

export type VerdictFormat = OutputFormat | 'junit' | 'tap';

export interface VerdictPage extends Omit<Page, 'format'> {
  readonly format: VerdictFormat;
  /** Shows what was expected and seen, and the command, for passing checks too. */
  readonly explain?: boolean;
  /** For people: also what fails in steps that have not been tried, and each cause wherever it shows. */
  readonly all?: boolean;
}

/** The report of `lab verify`. What machines read (json, junit, tap) is English in every language. */
export function reportVerdicts(report: VerifyReport, page: VerdictPage): void {
  page.write(inFormat(report, page));
}

function inFormat(report: VerifyReport, page: VerdictPage): string {
  switch (page.format) {
    case 'json':
      return verdictsAsJson(report);
    case 'junit':
      return verdictsAsJunit(report);
    case 'tap':
      return verdictsAsTap(report);
    case 'pretty':
    case 'plain':
      return verdictsAsText(shown(report), { ...page, format: page.format });
  }
}
