import { readFileSync } from 'node:fs';
import { diagnosePatroniConfiguration } from '../../src/checks/patroni-configuration/diagnose-patroni-configuration.ts';
import { chaptersFile, pg1, trixie, workshop } from './patroni-setting.ts';

/** The configuration of pg-patroni1 as the workshop's text had it. */
export const workshopText = readFileSync(
  new URL('../../fixtures/patroni-configurations/workshop-text.yml', import.meta.url),
  'utf8',
);

export function diagnose(text: string, node = pg1, edition = trixie) {
  return diagnosePatroniConfiguration(text, { node, edition, workshop });
}

/** The chapter's file for pg-patroni1 on Debian 13 with one place changed. */
export function changed(from: string | RegExp, to: string): string {
  const good = chaptersFile(pg1, trixie);
  const text = good.replace(from, to);
  if (text === good) throw new Error(`nothing to change: ${String(from)}`);
  return text;
}
