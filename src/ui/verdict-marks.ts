import { type CheckResult } from '../model/verdict.ts';
import { type Palette } from './colours.ts';

export function verdictMark(verdict: CheckResult['verdict'], palette: Palette): string {
  if (verdict === 'pass') return palette.green('✔');
  return verdict === 'fail' ? palette.red('✘') : palette.yellow('?');
}
