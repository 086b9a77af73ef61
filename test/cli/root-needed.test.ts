import { expect, test } from 'vitest';
import { rootNeeded, withSudo } from '../../src/cli/root-needed.ts';

test('sudo is proposed with what it would drop of the environment', () => {
  const env = { LAB_NAME: 'alice', LAB_HOME: '/srv/my labs', LAB_LANG: 'fr', LAB_EDITION: '', PATH: '/bin' };
  expect(withSudo({ program: 'lab', args: ['exec', 'etcd1', '--', 'ls', "it's"], env })).toBe(
    String.raw`sudo lab --lab alice --home '/srv/my labs' --lang fr exec etcd1 -- ls 'it'\''s'`,
  );
});

test('what is given on the line wins; what follows -- is the program in the node', () => {
  const env = { LAB_NAME: 'alice' };
  expect(withSudo({ program: 'scripts/lab', args: ['up', '--lab=bob'], env })).toBe('sudo scripts/lab up --lab=bob');
  expect(withSudo({ program: 'lab', args: ['exec', 'etcd1', '--', 'x', '--lab'], env })).toBe(
    'sudo lab --lab alice exec etcd1 -- x --lab',
  );
});

test('it is this host that can not', () => {
  expect(rootNeeded({ program: 'lab', args: ['up'], env: {} })).toMatchObject({
    code: 'root-needed',
    exit: 4,
    hint: { en: 'Start it with sudo: sudo lab up' },
  });
});
