import { describe, expect, test } from 'vitest';
import { type ActionContext } from '../../src/actions/kind.ts';
import { resumeThroughLeader } from '../../src/actions/restart-patroni-paused.ts';
import { patroniVersions, recordedPatroni } from '../checks/recorded-patroni.ts';

/** One look at a recorded lab; the nodes that were asked to end the pause, and whether that was enough. */
async function resume(version: (typeof patroniVersions)[number], recording: string, patchStatus: number) {
  const asked: string[] = [];
  let resumed = false;
  const context = {
    look: () => Promise.resolve(recordedPatroni(version, recording)),
    attempt: (node, argv) => {
      asked.push(`${node} ${argv.find((part) => part.includes('pause')) ?? ''}`);
      const result = { argv, exitStatus: patchStatus, stdout: '', stderr: '', timedOut: false, cancelled: false };
      return Promise.resolve({ ...result, seconds: 0 });
    },
    waitFor: async (_what, _seconds, condition) => {
      resumed = await condition();
    },
  } satisfies Partial<ActionContext>;
  await resumeThroughLeader(context as unknown as ActionContext);
  return { asked, resumed };
}

describe.each(patroniVersions)('a restart under a pause that was cut off (Patroni %s)', (version) => {
  test("is resumed by the leader's own Patroni, also while no member says that it is paused", async () => {
    expect(await resume(version, 'whole', 0)).toEqual({ asked: ['pg-patroni1 {"pause":null}'], resumed: true });
  });

  test('stays paused where that one can not reach etcd, and no other is asked', async () => {
    expect(await resume(version, 'whole', 22)).toEqual({
      asked: ['pg-patroni1 {"pause":null}'],
      resumed: false,
    });
  });

  test('stays paused where nobody leads', async () => {
    expect(await resume(version, 'waiting-for-a-leader', 0)).toEqual({ asked: [], resumed: false });
  });
});
