import { describe, expect, test } from 'vitest';
import { nodeName } from '../../src/model/ids.ts';
import { rememberObservation } from '../../src/provider/remember-observation.ts';
import { fakeNodeCopies } from '../fakes/fake-node-copies.ts';
import { fakeMachine, fakeProvider } from '../fakes/fake-provider.ts';
import { testWorkshop } from '../build/workshop.ts';

const node = nodeName('a');

/** One node that runs; `looks` counts how often the machine itself was asked. */
function watched() {
  const machine = fakeMachine();
  machine.nodes.set(node, { state: 'running', files: new Map() });
  const provider = fakeProvider(machine, testWorkshop());
  const seen = { looks: 0, milliseconds: 0 };
  const counting = {
    ...provider,
    observe: () => {
      seen.looks += 1;
      return provider.observe();
    },
  };
  const nodes = rememberObservation({ provider: counting, copies: fakeNodeCopies(machine) }, () => seen.milliseconds);
  const state = async () => (await nodes.provider.observe()).nodes.get(node);
  return { machine, seen, nodes, state };
}

describe('rememberObservation', () => {
  test('looks that follow within half a second share one answer', async () => {
    const { seen, state } = watched();
    await Promise.all([state(), state()]);
    seen.milliseconds = 499;
    expect(await state()).toBe('running');
    expect(seen.looks).toBe(1);
  });

  test('after half a second it sees what somebody else did', async () => {
    const { machine, seen, state } = watched();
    await state();
    machine.nodes.delete(node);
    seen.milliseconds = 500;
    expect(await state()).toBe('absent');
  });

  test('what lab itself did to a node is seen at once', async () => {
    const { nodes, state } = watched();
    await state();
    await nodes.provider.stopNode(node, 'kill');
    expect(await state()).toBe('stopped');
    await nodes.provider.startNode(node);
    expect(await state()).toBe('running');
  });

  test('nodes that were replaced as a whole are seen at once', async () => {
    const { nodes, state } = watched();
    await state();
    await nodes.copies.removeAll();
    expect(await state()).toBe('absent');
  });

  test('a change that fails may have changed something', async () => {
    const { machine, nodes, state } = watched();
    await state();
    machine.nodes.delete(node);
    await expect(nodes.provider.limitDisk(node, 1)).rejects.toThrow();
    expect(await state()).toBe('absent');
  });

  test('a look that failed is not remembered', async () => {
    const { seen, nodes } = watched();
    const failing = rememberObservation(
      {
        provider: {
          ...nodes.provider,
          observe: () => (seen.looks++ === 0 ? Promise.reject(new Error('no answer')) : nodes.provider.observe()),
        },
        copies: nodes.copies,
      },
      () => 0,
    );
    await expect(failing.provider.observe()).rejects.toThrow('no answer');
    expect((await failing.provider.observe()).nodes.get(node)).toBe('running');
  });
});
