import { describe, expect, test } from 'vitest';
import { healFaults, injectFault } from '../../src/engine/lab-fault.ts';
import { faultNamed } from '../../src/faults/registry.ts';
import { foldJournal } from '../../src/journal/fold-journal.ts';
import { LabError } from '../../src/model/errors.ts';
import { type FaultName } from '../../src/model/fault.ts';
import { nodeName } from '../../src/model/ids.ts';
import { faultSession, type FaultSessionChange, type FaultWorld, faultWorld } from '../faults/fault-session.ts';

class PowerCut extends Error {}

const options = { percent: 20, bitsPerSecond: 1_000_000, milliseconds: 200 };

function inject(world: FaultWorld, name: FaultName, on: readonly string[], change?: FaultSessionChange) {
  const nodes = on.flatMap((one) => world.workshop.nodes.find((node) => node.name === one) ?? []);
  return injectFault(faultSession(world, change), faultNamed(name), nodes, options);
}

const heal = (world: FaultWorld, change?: FaultSessionChange) => healFaults(faultSession(world, change));
const state = (world: FaultWorld, node: string) => world.machine.nodes.get(nodeName(node))?.state;
const injected = (world: FaultWorld) =>
  foldJournal(world.journal).faults.map(({ fault, nodes }) => [fault, ...nodes].join(' '));

/** What is left of faults: nothing in a lab that is well. */
function traces(world: FaultWorld) {
  const states = [...world.machine.nodes.values()].map((node) => node.state);
  return { states, disks: world.machine.disks.size, tables: [...world.tables], injected: injected(world) };
}
const well = { states: ['running', 'running'], disks: 0, tables: [], injected: [] };

/** Every effect from the `cut`th on fails, as if the power had gone. */
function powerCut(cut: number): () => void {
  let count = 0;
  return () => {
    if (count++ >= cut) throw new PowerCut();
  };
}

describe('injectFault', () => {
  test('the intent is in the journal before the first effect, and the lab is no longer lab alone', async () => {
    const world = faultWorld();
    await inject(world, 'kill-node', ['a']);
    expect(world.order).toEqual(['touched-by-hand', 'fault-started', 'provider']);
    expect(state(world, 'a')).toBe('stopped');
    expect(foldJournal(world.journal)).toMatchObject({ touched: true, faults: [{ fault: 'kill-node', nodes: ['a'] }] });
  });

  test('one that is there already is left as it is', async () => {
    const world = faultWorld();
    await inject(world, 'freeze', ['a']);
    const before = world.order.length;
    expect(await inject(world, 'freeze', ['a'])).toMatchObject({ already: true });
    expect(world.order.length).toBe(before);
  });

  test('losses are replaced by others', async () => {
    const world = faultWorld();
    await inject(world, 'loss', ['a']);
    expect(await inject(world, 'loss', ['a'])).toMatchObject({ already: false });
    expect(injected(world)).toEqual(['loss a']);
  });

  test('a partition between two nodes is the same one, whichever is named first', async () => {
    const world = faultWorld();
    await inject(world, 'partition', ['b', 'a']);
    expect(await inject(world, 'partition', ['a', 'b'])).toMatchObject({ already: true });
    expect(injected(world)).toEqual(['partition a b']);
  });

  test.each<[string, FaultName, string, number, string]>([
    ['a node without Patroni', 'stop-patroni', 'a', 2, 'fault-misses-node'],
    ['a stopped node', 'freeze', 'b', 1, 'node-not-running'],
  ])('%s: nothing is changed or written', async (_, name, node, exit, code) => {
    const world = faultWorld();
    const there = world.machine.nodes.get(nodeName('b'));
    if (there) there.state = 'stopped';
    await expect(inject(world, name, [node])).rejects.toMatchObject({ code, exit });
    expect(world.order).toEqual([]);
  });

  test('without a node and without a leader it says what to do', async () => {
    const world = faultWorld();
    await expect(inject(world, 'freeze', [])).rejects.toMatchObject({ code: 'no-leader', exit: 1 });
    expect(world.order).toEqual([]);
  });

  test('what needs a place that another fault has is refused', async () => {
    const world = faultWorld();
    world.journal = [{ at: '', run: 'r', kind: 'fault-started', fault: 'slow', nodes: [nodeName('a')] }];
    await expect(inject(world, 'delay', ['a'])).rejects.toMatchObject({ code: 'fault-in-the-way', exit: 2 });
    await expect(inject(world, 'delay', ['b'], { answer: linked })).resolves.toMatchObject({ already: false });
  });

  test('what could not be injected is taken away again, and is not said to be there', async () => {
    const world = faultWorld();
    const answer = (argv: readonly string[]) => (argv[0] === 'sh' ? { exitStatus: 1, stderr: 'no' } : undefined);
    await expect(inject(world, 'disk-full', ['a'], { answer })).rejects.toMatchObject({ code: 'disk-not-filled' });
    expect(traces(world)).toEqual(well);
  });

  test('an interruption leaves it in the journal, for lab heal', async () => {
    const world = faultWorld();
    const interruption = new AbortController();
    const answer = (argv: readonly string[]) => {
      if (argv[0] === 'sh') interruption.abort(new LabError('interrupted', { en: '', fr: '' }, { exit: 130 }));
      return undefined;
    };
    await expect(inject(world, 'disk-full', ['a'], { answer, signal: interruption.signal })).rejects.toMatchObject({
      code: 'interrupted',
    });
    expect(injected(world)).toEqual(['disk-full a']);
    await heal(world);
    expect(traces(world)).toEqual(well);
  });
});

describe('healFaults', () => {
  const all: readonly [FaultName, readonly string[]][] = [
    ['kill-node', ['a']],
    ['freeze', ['a']],
    ['disk-full', ['a']],
    ['partition', ['a', 'b']],
    ['loss', ['b']],
  ];

  test('without a fault it does nothing', async () => {
    const world = faultWorld();
    expect(await heal(world)).toEqual([]);
    expect(world.order).toEqual([]);
  });

  test('the latest first, each with its line in the journal', async () => {
    const world = faultWorld();
    await inject(world, 'loss', ['b']);
    await inject(world, 'partition', ['a', 'b']);
    await inject(world, 'freeze', ['a']);
    const healed = await heal(world);
    expect(healed.map(({ fault }) => fault)).toEqual(['freeze', 'partition', 'loss']);
    expect(world.journal.slice(-3).map(({ kind }) => kind)).toEqual(Array(3).fill('fault-healed'));
    expect(traces(world)).toEqual(well);
  });

  test.each(all)('%s: after a crash before any one effect of its injection it is removed', async (name, on) => {
    for (let cut = 0; ; cut++) {
      const world = faultWorld();
      const cutOff = await inject(world, name, on, { beforeEffect: powerCut(cut) }).then(
        () => false,
        () => true,
      );
      expect(injected(world)).toHaveLength(1);
      await heal(world);
      expect(traces(world), `cut before effect ${String(cut)}`).toEqual(well);
      if (!cutOff) break;
    }
  });

  test.each(all)('%s: healing that was cut off before any one effect is finished by the next', async (name, on) => {
    for (let cut = 0; ; cut++) {
      const world = faultWorld();
      await inject(world, name, on);
      expect(traces(world)).not.toEqual(well);
      const cutOff = await heal(world, { beforeEffect: powerCut(cut) }).then(
        () => false,
        () => true,
      );
      await heal(world);
      expect(traces(world), `cut before effect ${String(cut)}`).toEqual(well);
      if (!cutOff) break;
      expect(cut).toBeLessThan(20);
    }
  });

  test('one that can not be removed does not keep the others', async () => {
    const world = faultWorld();
    await inject(world, 'freeze', ['a']);
    await inject(world, 'loss', ['b']);
    const answer = (argv: readonly string[]) => (argv[0] === 'nft' ? { exitStatus: 1, stderr: 'no' } : undefined);
    await expect(heal(world, { answer })).rejects.toMatchObject({ code: 'network-fault-failed' });
    expect(injected(world)).toEqual(['loss b']);
    expect(state(world, 'a')).toBe('running');
  });

  test('a lab that was stopped meanwhile stays so', async () => {
    const world = faultWorld();
    await inject(world, 'kill-node', ['a']);
    await inject(world, 'disk-full', ['b']);
    for (const node of world.machine.nodes.values()) node.state = 'stopped';
    await heal(world);
    expect(traces(world)).toEqual({ ...well, states: ['stopped', 'stopped'] });
  });

  test('a node that is gone, or a network that is, has nothing left to heal', async () => {
    const world = faultWorld();
    await inject(world, 'disk-full', ['a']);
    await inject(world, 'loss', ['b']);
    world.machine.nodes.delete(nodeName('a'));
    world.machine.network = 'absent';
    await heal(world);
    expect(injected(world)).toEqual([]);
  });
});

function linked(argv: readonly string[]) {
  if (argv[0] === 'cat') return { stdout: '7\n' };
  return argv[0] === 'ip' ? { stdout: JSON.stringify([{ ifindex: 7, ifname: 'vethX' }]) } : undefined;
}
