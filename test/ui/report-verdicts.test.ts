import { expect, test } from 'vitest';
import { parse } from 'yaml';
import { checkId, nodeName } from '../../src/model/ids.ts';
import { verbatim, words } from '../../src/model/words.ts';
import { checkResult, passing } from './check-result.ts';
import { reportOf, shownReport as shown } from './verify-report.ts';
import { readXml } from './well-formed-xml.ts';

const mixed = reportOf([
  passing('patroni-installed', 'pg-patroni1', 'Patroni is installed'),
  passing('patroni-installed', 'pg-patroni2', 'Patroni is installed'),
  passing('one-leader', null, 'there is exactly one leader'),
  checkResult(),
  checkResult({
    id: checkId('row-replicated'),
    node: null,
    title: words('a row of the leader is on the replica', 'une ligne du leader est sur le réplica'),
    verdict: 'unknown',
    expected: words('the row', 'la ligne'),
    seen: words('pg-patroni2 is stopped', 'pg-patroni2 est arrêté'),
    cause: null,
    hint: null,
    command: 'psql -h pg-2',
  }),
]);

test('for people: checks under their steps, what passes on several nodes in one line, the rest explained', () => {
  expect(shown(mixed)).toBe(`\
Chapter 2: Patroni · lab main · trixie

Install Patroni
  ✔ Patroni is installed · pg-patroni1, pg-patroni2
  ✔ there is exactly one leader

The second member joins
  ✘ pg-2 streams from the leader · pg-patroni2
      expected  state streaming
      seen      state stopped
      cause     patroni is not running on pg-patroni2
      hint      Start it.
      command   patronictl -c /etc/patroni/config.yml list
  ? a row of the leader is on the replica
      expected  the row
      not seen  pg-patroni2 is stopped
      command   psql -h pg-2

5 checks in 0.9 s: 3 passed, 1 failed, 1 could not be observed.
`);
});

test('for people, in French', () => {
  const text = shown(mixed, { language: 'fr' });
  expect(text).toContain('Chapitre 2\u00a0: Patroni · lab main · trixie\n');
  expect(text).toContain('      attendu   état streaming\n      observé   état stopped\n');
  expect(text).toContain('5 vérifications en 0,9 s\u00a0: 3 réussies, 1 échouée, 1 non observée.\n');
});

test('what fails on several nodes is explained for each', () => {
  const other = checkResult({ node: nodeName('pg-patroni1'), cause: verbatim('nobody answers there') });
  const text = shown(reportOf([checkResult(), other]));
  expect(text).toContain('  ✘ pg-2 streams from the leader · pg-patroni1\n      expected ');
  expect(text).toContain('  ✘ pg-2 streams from the leader · pg-patroni2\n      expected ');
});

test('explained: each passing check has its own lines', () => {
  const text = shown(reportOf([passing('installed', 'etcd1'), passing('installed', 'etcd2')]), { explain: true });
  expect(text).toContain(`\
  ✔ installed · etcd1
      expected  installed
      seen      installed
      command   dpkg -l
  ✔ installed · etcd2
`);
});

test('what a later chapter replaced is named', () => {
  const report = { ...reportOf([passing('a', null)]), replaced: [words('One', 'Un'), words('Two', 'Deux')] };
  expect(shown(report)).toContain('\nNot looked at, as a later chapter replaced it: One · Two\n\nThe only check');
});

test('the closing line of a report in which all is well, of one check, of none', () => {
  expect(shown(reportOf([passing('a', null), passing('b', null)]))).toMatch(/\nAll 2 checks passed \(0\.9 s\)\.\n$/);
  expect(shown(reportOf([passing('a', null)]))).toMatch(/\nThe only check passed \(0\.9 s\)\.\n$/);
  expect(shown(reportOf([]))).toMatch(/\nThere is nothing to check in this chapter yet\.\n$/);
});

test('pretty breaks long lines below each other; commands stay whole; plain breaks nothing', () => {
  const cause = 'the file /etc/patroni/config.yml names a directory of programs that does not exist on this node';
  const command = 'curl --silent --show-error --fail http://10.0.3.201:8008/replica | jq .state';
  const report = reportOf([checkResult({ cause: verbatim(cause), command })]);
  expect(shown(report, { format: 'pretty', columns: 60 })).toContain(`\
      cause     the file /etc/patroni/config.yml names a
                directory of programs that does not exist on
                this node
      hint      Start it.
      command   ${command}
`);
  expect(shown(report)).toContain(`cause     ${cause}\n`);
});

test('coloured marks', () => {
  const text = shown(mixed, { colour: true });
  for (const mark of ['\u001b[32m✔', '\u001b[31m✘', '\u001b[33m?']) expect(text).toContain(mark);
});

test('json is the document of CLI.md, on one line, in English', () => {
  const report = reportOf([checkResult({ seconds: 0.2000001 })], { seconds: 0.1 + 0.2 });
  const text = shown(report, { format: 'json', language: 'fr' });
  expect(text).toBe(
    '{"lab":"main","edition":"trixie","chapter":"chapter-2","passed":false,' +
      '"counts":{"pass":0,"fail":1,"unknown":0},"seconds":0.3,' +
      '"checks":[{"id":"pg-2-streams","chapter":"chapter-2","step":"join-replica","node":"pg-patroni2",' +
      '"title":"pg-2 streams from the leader","verdict":"fail","expected":"state streaming","seen":"state stopped",' +
      '"cause":"patroni is not running on pg-patroni2","hint":"Start it.",' +
      '"command":"patronictl -c /etc/patroni/config.yml list","attempts":1,"seconds":0.2}]}\n',
  );
});

const nasty = reportOf([
  passing('plain', 'etcd1', 'backslash \\ and # hash\nsecond line'),
  checkResult({
    node: nodeName('etcd1'),
    title: verbatim('a <b> & "c" \u001b[31mred\u001b[0m \u0007 \ud800 \ufffe é ✔'),
    seen: verbatim('line 1: <x a="1">\nline 2: key: value # no comment\t]]>'),
    cause: null,
    hint: null,
    command: "echo '---' | cat",
  }),
]);

test('tap: a plan, a line for each check, and diagnostics that YAML reads back', () => {
  const lines = shown(nasty, { format: 'tap' }).split('\n');
  expect(lines.slice(0, 3)).toEqual([
    'TAP version 14',
    '1..2',
    'ok 1 - install plain on etcd1: backslash \\\\ and \\# hash second line',
  ]);
  expect(lines[3]).toBe(
    'not ok 2 - join-replica pg-2-streams on etcd1: a <b> & "c" \\\\x1b[31mred\\\\x1b[0m \\\\x07 \\\\ud800 \\\\ufffe é ✔',
  );
  expect([lines[4], lines.at(-2), lines.at(-1)]).toEqual(['  ---', '  ...', '']);
  expect(parse(lines.slice(5, -2).join('\n'))).toEqual({
    verdict: 'fail',
    expected: 'state streaming',
    seen: 'line 1: <x a="1">\nline 2: key: value # no comment\t]]>',
    command: "echo '---' | cat",
    attempts: 1,
    duration_ms: 200,
  });
});

test('tap: what could not be observed is not ok', () => {
  const points = shown(mixed, { format: 'tap' })
    .split('\n')
    .filter((line) => /^(not )?ok /.test(line));
  expect(points.map((line) => line.replace(/ - .*/, ''))).toEqual(['ok 1', 'ok 2', 'ok 3', 'not ok 4', 'not ok 5']);
  expect(shown(mixed, { format: 'tap' })).toContain('verdict: "unknown"');
});

test('junit: a suite a step, a case a check, failures and errors counted apart', () => {
  const root = readXml(shown(mixed, { format: 'junit', language: 'fr' }));
  expect(root).toMatchObject({
    name: 'testsuites',
    attributes: { tests: '5', failures: '1', errors: '1', time: '0.900' },
  });
  expect(root.children.map(({ name, attributes }) => [name, attributes])).toEqual([
    [
      'testsuite',
      { name: 'chapter-2/install: Install Patroni', tests: '3', failures: '0', errors: '0', time: '0.600' },
    ],
    [
      'testsuite',
      {
        name: 'chapter-2/join-replica: The second member joins',
        tests: '2',
        failures: '1',
        errors: '1',
        time: '0.400',
      },
    ],
  ]);
  const cases = root.children.flatMap(({ children }) => children);
  expect(cases.map(({ attributes, children }) => [attributes['name'], children.map(({ name }) => name)])).toEqual([
    ['patroni-installed on pg-patroni1: Patroni is installed', []],
    ['patroni-installed on pg-patroni2: Patroni is installed', []],
    ['one-leader: there is exactly one leader', []],
    ['pg-2-streams on pg-patroni2: pg-2 streams from the leader', ['failure']],
    ['row-replicated: a row of the leader is on the replica', ['error']],
  ]);
  expect(cases[3]?.children[0]).toMatchObject({
    attributes: { type: 'fail', message: 'expected: state streaming; seen: state stopped' },
    text: 'expected: state streaming\nseen: state stopped\ncause: patroni is not running on pg-patroni2\nhint: Start it.\ncommand: patronictl -c /etc/patroni/config.yml list',
  });
});

test('junit: markup is escaped, and what XML cannot hold is shown', () => {
  const [, step] = readXml(shown(nasty, { format: 'junit' })).children;
  const failed = step?.children[0];
  expect(failed?.attributes['name']).toBe(
    'pg-2-streams on etcd1: a <b> & "c" \\x1b[31mred\\x1b[0m \\x07 \\ud800 \\ufffe é ✔',
  );
  expect(failed?.children[0]?.attributes['message']).toBe(
    'expected: state streaming; seen: line 1: <x a="1">\nline 2: key: value # no comment\t]]>',
  );
});
