import { expect, test } from 'vitest';
import { checkId } from '../../src/model/ids.ts';
import { verbatim, words } from '../../src/model/words.ts';
import { checkResult, passing } from './check-result.ts';
import { reportOf, shownReport as shown } from './verify-report.ts';

test('what has not been tried is one line, and the last line is the next thing to type; --all tells everything', () => {
  const report = reportOf([passing('patroni-installed', 'pg-patroni1', 'Patroni is installed'), checkResult()], {
    notBegun: ['chapter-2/join-replica'],
    next: words('To go on: lab hint', 'Pour avancer : lab hint'),
  });
  expect(shown(report)).toBe(`\
Chapter 2: Patroni · lab main · trixie

Install Patroni
  ✔ Patroni is installed · pg-patroni1

Not begun yet (lab verify --all looks ahead): The second member joins

1 check in 0.9 s: 1 passed, 0 failed, 0 could not be observed.
To go on: lab hint
`);
  expect(shown(report, { all: true })).toContain('cause     patroni is not running on pg-patroni2');
  expect(shown(report, { format: 'json' })).toContain('"verdict":"fail"');
});

test('one cause is told once', () => {
  const report = reportOf([checkResult(), checkResult({ id: checkId('slot'), title: verbatim('the slot is in use') })]);
  expect(shown(report).match(/patroni is not running/g)).toHaveLength(1);
  expect(shown(report)).toContain('✘ the slot is in use · pg-patroni2\n      for the same cause as above\n');
  for (const change of [{ all: true }, { explain: true }])
    expect(shown(report, change).match(/patroni is not running/g)).toHaveLength(2);
});
