import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { writeAttachVethHook } from '../../../src/provider/lxc/attach-veth-hook.ts';

test('the hook enters the network without mounting anything, which AppArmor forbids to what lxc-start runs', async () => {
  const nodes = await mkdtemp(join(tmpdir(), 'lab-hook-'));
  try {
    const hook = await readFile(await writeAttachVethHook(nodes, 'lab-x'), 'utf8');
    expect(hook).toContain('nsenter --net=/run/netns/lab-x ip link set "$5" master');
    // `ip -n`, `ip -netns` and `ip netns exec` mount /sys anew.
    expect(hook).not.toMatch(/ip (-n|-netns|netns exec)\b/);
  } finally {
    await rm(nodes, { recursive: true });
  }
});
