import { describe, expect, test } from 'vitest';
import { decideFormation, type SeenMember } from '../../src/actions/etcd-formation.ts';
import { nodeName } from '../../src/model/ids.ts';

/** `+` healthy, then what is on the disk. */
function members(...seen: readonly string[]): readonly SeenMember[] {
  return seen.map((text, index) => ({
    node: nodeName(`etcd${String(index + 1)}`),
    healthy: text.startsWith('+'),
    data: text.replace('+', '') as SeenMember['data'],
  }));
}

describe('etcd is formed anew only where nothing is lost by it', () => {
  test.each([
    ['a majority agrees, and one may not read its files', members('+keys', '+keys', 'keys'), 'it-lives'],
    ['all agree', members('+keys', '+keys', '+keys'), 'it-lives'],
    ['a majority agrees, and one lost its disk', members('+keys', '+keys', 'none'), 'it-lives'],
    ['one of three is healthy, the others have keys and do not come up', members('+keys', 'keys', 'keys'), 'stop'],
    ['nobody is healthy, all have keys', members('keys', 'keys', 'keys'), 'stop'],
    ['what two have could not be seen', members('none', 'unknown', 'unknown'), 'stop'],
    ['one of them has keys, and a second one has data', members('keys', 'empty', 'none'), 'stop'],
    ['there is nothing at all', members('none', 'none', 'none'), 'anew'],
    ['a formation was cut off before the first key', members('empty', 'empty', 'empty'), 'anew'],
    ['two disks are lost', members('keys', 'none', 'none'), 'anew'],
  ])('%s', (_what, seen, kind) => {
    expect(decideFormation(seen).kind).toBe(kind);
  });

  test('what may hold keys is put aside, and nothing else is', () => {
    expect(decideFormation(members('keys', 'none', 'none'))).toEqual({ kind: 'anew', aside: ['etcd1'] });
    expect(decideFormation(members('none', 'unknown', 'none'))).toEqual({ kind: 'anew', aside: ['etcd2'] });
    expect(decideFormation(members('empty', 'none', 'none'))).toEqual({ kind: 'anew', aside: [] });
  });

  test('whose data is in the way of it is said', () => {
    expect(decideFormation(members('keys', 'empty', 'unknown'))).toEqual({ kind: 'stop', holding: ['etcd1', 'etcd3'] });
  });
});
