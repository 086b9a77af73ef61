import { expect, test } from 'vitest';
import { parseEnvironmentFile } from '../../src/probes/environment-file.ts';
import { etcdInvocation, type EtcdSources } from '../../src/probes/etcd-invocation.ts';
import { etcdSettings } from '../../src/probes/etcd-settings.ts';
import { splitWords } from '../../src/probes/systemd-directives.ts';

const unit =
  '[Service]\nEnvironment=ETCD_NAME=%H "ETCD_DATA_DIR=/var/lib/etcd/a b"\nEnvironmentFile=-/etc/default/%p\nExecStart=/usr/bin/etcd $ARGS\n';

test('the file wins over the unit, the last line over the one before, and an empty value unsets', () => {
  const { environment, environmentFiles } = etcdInvocation(
    sources(unit, 'ETCD_NAME=one\nETCD_NAME=two\nETCD_DATA_DIR=\n'),
  );
  expect(environmentFiles).toEqual(['/etc/default/etcd']);
  expect(environment.get('ETCD_NAME')).toMatchObject({ value: 'two', origin: { file: '/etc/default/etcd', line: 2 } });
  expect(environment.has('ETCD_DATA_DIR')).toBe(false);
});

test("specifiers of the unit are the node's", () => {
  const { environment } = etcdInvocation(sources(unit, ''));
  expect(environment.get('ETCD_NAME')?.value).toBe('etcd1');
  expect(environment.get('ETCD_DATA_DIR')?.value).toBe('/var/lib/etcd/a b');
});

test('$ARGS becomes as many words as it has, ${NAME} a part of one', () => {
  const text = unit.replace('$ARGS', '$ARGS --data-dir=${ETCD_DATA_DIR}x --name \\\n  ${ETCD_NAME}');
  const { arguments: words, program } = etcdInvocation(sources(text, 'ARGS="--log-level debug"\n'));
  expect(words.map((word) => word.text)).toEqual([
    '--log-level',
    'debug',
    '--data-dir=/var/lib/etcd/a bx',
    '--name',
    'etcd1',
  ]);
  expect(words[0]?.origin).toMatchObject({ file: '/etc/default/etcd', line: 1 });
  expect(words[4]?.origin).toMatchObject({ line: 5 });
  expect(program?.text).toBe('/usr/bin/etcd');
});

test('a shell around etcd is looked through', () => {
  const text = `[Service]\nExecStart=/bin/sh -c "GOMAXPROCS=2 /usr/bin/etcd --name x"\n`;
  const { program, arguments: words } = etcdInvocation(sources(text, ''));
  expect(program?.text).toBe('/usr/bin/etcd');
  expect(words.map((word) => word.text)).toEqual(['--name', 'x']);
});

test('an empty ExecStart= in a drop-in takes the first one back', () => {
  const two = {
    ...sources(unit, ''),
    unit: [
      { path: 'a', text: unit },
      { path: 'b', text: '[Service]\nExecStart=\nExecStart=/opt/etcd\n' },
    ],
  };
  expect(etcdInvocation(two).program).toMatchObject({ text: '/opt/etcd', origin: { file: 'b', line: 3 } });
});

test.each([
  ['--config-file /x.yml', '/x.yml'],
  ['-config-file=/x.yml', '/x.yml'],
  ['--name a', null],
])('the configuration file of "%s"', (flags, path) => {
  const found = etcdInvocation(sources(unit, `ARGS="${flags}"\n`)).configurationFile;
  expect(found?.text ?? null).toBe(path);
});

test('the configuration file may be named by a variable', () => {
  expect(etcdInvocation(sources(unit, 'ETCD_CONFIG_FILE=/x.yml\n')).configurationFile?.text).toBe('/x.yml');
});

test('a switch takes no word with it', () => {
  const { settings } = etcdSettings(sources(unit, 'ARGS="--client-cert-auth --name=x --debug"\n'));
  expect(Array.from(settings.values(), ({ name, value }) => `${name}=${value}`)).toContain('client-cert-auth=true');
  expect(settings.get('name')?.value).toBe('x');
});

test('a configuration file alone counts, quotes and all', () => {
  const named = sources(unit, 'ARGS="--config-file /x.yml --name flag"\nETCD_NAME=variable\n');
  const text = "# Human-readable name\nname: 'file'\nelection-timeout: 1000\nwal-dir:\n";
  const { settings, style, conflicts } = etcdSettings({ ...named, configuration: { path: '/x.yml', text } });
  expect(style).toBe('file');
  expect(conflicts).toEqual([]);
  expect(settings.get('name')).toMatchObject({
    value: 'file',
    origin: { file: '/x.yml', line: 2, text: "name: 'file'" },
  });
  expect(settings.get('election-timeout')?.value).toBe('1000');
  expect(settings.has('wal-dir')).toBe(false);
});

test('etcd itself says which variables it knows', () => {
  const from = (help: string) =>
    etcdSettings({ ...sources(unit, 'ETCD_RAFT_READ_TIMEOUT=5s\n'), help }).unknown.map(({ spelling }) => spelling);
  expect(from("  --raft-read-timeout '5s'\n")).toEqual([]);
  expect(from("  --other ''\n")).toEqual(['ETCD_RAFT_READ_TIMEOUT']);
});

test('an environment file is read as systemd reads it, not as a shell does', () => {
  const text = '# comment\n; too\n\nA = b\nexport B=c\nC="x y" \nD=\'$(id)\'\nE=one\\\ntwo\nF=a b # c\nnonsense\n';
  const { assignments, ignored } = parseEnvironmentFile({ path: '/f', text });
  expect(assignments.map(({ name, value, origin }) => [name, value, origin.line])).toEqual([
    ['A', 'b', 4],
    ['C', 'x y', 6],
    ['D', '$(id)', 7],
    ['E', 'onetwo', 8],
    ['F', 'a b # c', 10],
  ]);
  expect(ignored.map(({ line }) => line)).toEqual([5, 11]);
});

test('words are split at white space outside quotes', () => {
  expect(splitWords(`a "b c" 'd e'f g\\ h "i\\"j"`)).toEqual(['a', 'b c', 'd ef', 'g h', 'i"j']);
});

function sources(unitText: string, environment: string): EtcdSources {
  return {
    host: 'etcd1',
    unit: [{ path: '/usr/lib/systemd/system/etcd.service', text: unitText }],
    environment: [{ path: '/etc/default/etcd', text: environment }],
    programIsThere: true,
    configuration: null,
    help: null,
    unused: [],
  };
}
