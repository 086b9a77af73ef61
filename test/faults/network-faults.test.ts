import { describe, expect, test } from 'vitest';
import { injectFault } from '../../src/engine/lab-fault.ts';
import { type FaultName } from '../../src/model/fault.ts';
import { type Provider } from '../../src/provider/provider.ts';
import { faultNamed } from '../../src/faults/registry.ts';
import { faultSession, type FaultSessionChange, faultWorld } from './fault-session.ts';

const options = { percent: 12.5, bitsPerSecond: 500_000, milliseconds: 150 };

/** What nft and tc are told when the fault is injected on the first `count` nodes. */
async function told(name: FaultName, count: number, answer?: FaultSessionChange['answer']): Promise<string[]> {
  const world = faultWorld();
  const said: string[] = [];
  const session = faultSession(world, answer && { answer });
  const provider: Provider = {
    ...session.provider,
    exec: (node, argv, how) => {
      said.push(`${node}$ ${argv.join(' ')}`);
      return session.provider.exec(node, argv, how);
    },
    execOnNetwork: (argv, how) => {
      said.push(how?.input ?? argv.join(' '));
      return session.provider.execOnNetwork(argv, how);
    },
  };
  await injectFault({ ...session, provider }, faultNamed(name), world.workshop.nodes.slice(0, count), options);
  return said;
}

const link = (argv: readonly string[]) => {
  if (argv[0] === 'cat') return { stdout: '7\n' };
  return argv[0] === 'ip' ? { stdout: JSON.stringify([{ ifindex: 7, ifname: 'vethX' }]) } : undefined;
};

describe('drops in the bridge', () => {
  test('a node cut off from the rest: both directions, ARP too, as one transaction that replaces what was there', async () => {
    expect(await told('partition', 1)).toEqual([
      `table bridge lab-fault-partition-a
delete table bridge lab-fault-partition-a
table bridge lab-fault-partition-a {
chain forward {
type filter hook forward priority 0; policy accept;
ip daddr 10.0.3.10 drop
ip saddr 10.0.3.10 drop
arp daddr ip 10.0.3.10 drop
arp saddr ip 10.0.3.10 drop
}
}
`,
    ]);
  });

  test('two nodes cut off from each other: nobody else', async () => {
    const [rules = ''] = await told('partition', 2);
    expect(rules.split('\n').filter((line) => line.endsWith(' drop'))).toEqual([
      'ip daddr 10.0.3.10 ip saddr 10.0.3.11 drop',
      'ip saddr 10.0.3.10 ip daddr 10.0.3.11 drop',
      'arp daddr ip 10.0.3.10 arp saddr ip 10.0.3.11 drop',
      'arp saddr ip 10.0.3.10 arp daddr ip 10.0.3.11 drop',
    ]);
  });

  test('losses: by chance, both directions', async () => {
    const [rules = ''] = await told('loss', 1);
    expect(rules).toContain('ip daddr 10.0.3.10 numgen random mod 1000 < 125 drop\n');
    expect(rules).toContain('ip saddr 10.0.3.10 numgen random mod 1000 < 125 drop\n');
  });

  test('without nft on the host: exit status 4, and the package that brings it', async () => {
    const missing = () => ({ exitStatus: 127, stderr: 'nsenter: failed to execute nft' });
    await expect(told('partition', 1, missing)).rejects.toMatchObject({
      code: 'program-missing',
      exit: 4,
      hint: { en: 'apt install nftables' },
    });
  });
});

describe("a node's link", () => {
  test("slow: the host's end of the node's veth and the node's own", async () => {
    const shape = 'root tbf rate 500000bit burst 32768b latency 400ms';
    const said = await told('slow', 1, link);
    expect(said).toContain(`tc qdisc replace dev vethX ${shape}`);
    expect(said).toContain(`a$ tc qdisc replace dev eth0 ${shape}`);
  });

  test('a kernel without netem: exit status 4, and words', async () => {
    const answer = (argv: readonly string[]) =>
      argv.includes('netem') ? { exitStatus: 2, stderr: 'Error: Specified qdisc kind is unknown.' } : shownLink(argv);
    await expect(told('delay', 1, answer)).rejects.toMatchObject({ code: 'kernel-lacks-discipline', exit: 4 });
  });

  test('another refusal is not taken for a kernel without netem', async () => {
    const answer = (argv: readonly string[]) =>
      argv.includes('netem') ? { exitStatus: 2, stderr: 'Cannot find device' } : shownLink(argv);
    await expect(told('delay', 1, answer)).rejects.toMatchObject({ code: 'network-fault-failed', exit: 4 });
  });
});

function shownLink(argv: readonly string[]) {
  return argv.includes('show') && argv[0] === 'tc' ? { stdout: '[]' } : link(argv);
}
