import { expect, test } from 'vitest';
import { parseInstalledPackages } from '../../src/probes/installed-packages.ts';
import { parseJournalLines } from '../../src/probes/journal-lines.ts';
import { parseListeningSockets } from '../../src/probes/listening-sockets.ts';
import { parseNodeFile } from '../../src/probes/node-file.ts';
import { parseResolvedNames } from '../../src/probes/resolved-names.ts';
import { sinceLastStart } from '../../src/probes/service-state.ts';
import { parseUnitFiles } from '../../src/probes/systemd-unit-files.ts';
import { parseSystemdUnit } from '../../src/probes/systemd-unit.ts';

test('a file keeps its text, its owner and the microsecond of its last change', () => {
  expect(parseNodeFile('/etc/hosts', 'root root 644 1795437967.327738\n127.0.0.1 localhost\n\n')).toEqual({
    path: '/etc/hosts',
    user: 'root',
    group: 'root',
    mode: '0644',
    modifiedUs: 1795437967327738,
    text: '127.0.0.1 localhost\n\n',
  });
  expect(parseNodeFile('/etc/hosts', 'stat: nonsense')).toBeNull();
});

test('a unit tells when its process started, in microseconds', () => {
  const unit = parseSystemdUnit(
    [
      'Id=etcd.service',
      'ExecMainStartTimestamp=Mon 2026-11-23 12:47:44.598495 UTC',
      'DropInPaths=/etc/systemd/system/etcd.service.d/a.conf /etc/systemd/system/etcd.service.d/b.conf',
      'EnvironmentFiles=/etc/default/etcd (ignore_errors=yes)',
      'EnvironmentFiles=/etc/default/more (ignore_errors=no)',
      'ConditionResult=no',
      'ConditionTimestampMonotonic=0',
      '',
    ].join('\n'),
  );
  expect(unit.mainStartedUs).toBe(Date.parse('2026-11-23T12:47:44.598Z') * 1000 + 495);
  expect(unit.dropInPaths).toHaveLength(2);
  expect(unit.environmentFiles).toEqual(['/etc/default/etcd', '/etc/default/more']);
  // systemd says "no" as well before it has looked at the conditions for the first time.
  expect(unit.conditionUnmet).toBe(false);
});

test('a unit that never ran has no start', () => {
  expect(parseSystemdUnit('Id=etcd.service\nExecMainStartTimestamp=\n').mainStartedUs).toBeNull();
});

test("an entry of the journal about a unit is that unit's, though systemd wrote it", () => {
  const [line] = parseJournalLines(
    '{"__REALTIME_TIMESTAMP":"1795438157791549","_SYSTEMD_UNIT":"init.scope","UNIT":"etcd.service","INVOCATION_ID":"","MESSAGE":"Started.","SYSLOG_IDENTIFIER":"systemd"}\n',
  );
  expect(line).toMatchObject({ atUs: 1795438157791549, unit: 'etcd.service', invocation: null, message: 'Started.' });
});

test('a message that journalctl gives as bytes is read, a line cut off is left out', () => {
  const lines = parseJournalLines(
    '{"__REALTIME_TIMESTAMP":"1","MESSAGE":[195,169,27]}\n{"__REALTIME_TIMESTAMP":"2","MESS',
  );
  expect(lines.map(({ message }) => message)).toEqual(['é\u001b']);
});

test('what a service wrote before its last start does not count', () => {
  const entries = [
    ['old'],
    ['Starting', '7d4958e842da4a758f6c1cdc7b36dcc5'],
    ['new'],
    ['Started', '39f53479d3a045ac8e11786248231fbf'],
    ['newest'],
  ].map(([message, id]) => JSON.stringify({ __REALTIME_TIMESTAMP: '1', MESSAGE: message, MESSAGE_ID: id }));
  expect(sinceLastStart(parseJournalLines(entries.join('\n'))).map(({ message }) => message)).toEqual([
    'Starting',
    'new',
    'Started',
    'newest',
  ]);
});

test('sockets are read with their address, for IPv6 and for every address too', () => {
  const output = [
    'LISTEN 0      4096   10.0.3.64:2379 0.0.0.0:* users:(("etcd",pid=871,fd=7))',
    'LISTEN 0      4096       [::1]:5432    [::]:*',
    'LISTEN 0      4096           *:2380       *:*',
    'LISTEN 0      4096 127.0.0.53%lo:53 0.0.0.0:*',
    '',
  ];
  expect(parseListeningSockets(output.join('\n'))).toEqual([
    { address: '10.0.3.64', port: 2379, program: 'etcd' },
    { address: '::1', port: 5432, program: null },
    { address: '*', port: 2380, program: null },
    { address: '127.0.0.53', port: 53, program: null },
  ]);
});

test('only packages whose state is "installed" are', () => {
  const installed = parseInstalledPackages('etcd-client\tinstalled\t3.5.16-4\netcd-server\tconfig-files\t3.5.16-4\n');
  expect([...installed]).toEqual([['etcd-client', '3.5.16-4']]);
});

test('a name without an address resolves to nothing', () => {
  expect([...parseResolvedNames('etcd1 10.0.3.64\npg-1 \n')]).toEqual([
    ['etcd1', '10.0.3.64'],
    ['pg-1', null],
  ]);
});

test("a unit's files are kept apart, and a comment is not taken for a file", () => {
  const output =
    '# /usr/lib/systemd/system/etcd.service\n[Service]\n# /etc/default/etcd\nUser=etcd\n\n# /etc/systemd/system/etcd.service.d/x.conf\n[Service]\n';
  expect(parseUnitFiles(output)).toEqual([
    { path: '/usr/lib/systemd/system/etcd.service', text: '[Service]\n# /etc/default/etcd\nUser=etcd' },
    { path: '/etc/systemd/system/etcd.service.d/x.conf', text: '[Service]' },
  ]);
});
