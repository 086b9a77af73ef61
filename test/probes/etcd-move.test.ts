import { expect, test } from 'vitest';
import { nodeName } from '../../src/model/ids.ts';
import { moveOf } from '../../src/probes/etcd-move.ts';

const asks = 'starting with client TLS ... client-cert-auth = true';
const asksNobody = 'starting with client TLS ... client-cert-auth = false';

function member(name: string, starts: readonly (readonly [number, string])[], joinedLater = false) {
  return {
    name: nodeName(name),
    lines: starts.map(([seconds, message]) => ({ atUs: seconds * 1e6, message })),
    joinedLater,
  };
}

const etcd1 = member('etcd1', [
  [10, asksNobody],
  [40, asks],
  [90, asks],
]);
const etcd2 = member('etcd2', [
  [20, asksNobody],
  [50, asks],
]);

test('from the first start with TLS to the moment when the last member first asked for certificates', () => {
  expect(moveOf([etcd1, etcd2])).toEqual({ fromSeconds: 10, toSeconds: 50, waiting: [] });
});

test('not over while a member asks nobody', () => {
  const waits = member('etcd3', [[30, asksNobody]]);
  expect(moveOf([etcd1, etcd2, waits])).toEqual({ fromSeconds: 10, toSeconds: null, waiting: ['etcd3'] });
  expect(moveOf([])).toEqual({ fromSeconds: null, toSeconds: null, waiting: [] });
});

test('a member that joined after it moved nowhere, unless all of them did', () => {
  const later = member('etcd3', [[500, asks]], true);
  expect(moveOf([etcd1, etcd2, later])).toMatchObject({ fromSeconds: 10, toSeconds: 50 });
  expect(moveOf([later])).toMatchObject({ fromSeconds: 500, toSeconds: 500 });
});
