// Chapter 8 step by step while a client writes: what is done passes, what is open is called open and not broken, and the
// move costs no acknowledged write and no leader. Then wrong states that etcd and Patroni have started with: verify has to
// see them from outside too, not only in the files.

import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { caught } from './caught.ts';
import { type LabStatus } from '../../src/model/lab-status.ts';
import { waitUntil } from '../../src/model/wait-until.ts';
import { realLab, removeLab, type VerifyDocument } from './real-lab.ts';
import { memberFiles, signForNode } from './sign-for-node.ts';
import { workshop } from './the-workshop.ts';
import { startWritingClient, type WritingClient } from './writing-client.ts';

const steps = workshop.chapters.find(({ slug }) => slug === 'https')?.steps.map(({ id }) => id) ?? [];

/** How verify speaks of what the text comes to later. */
const notYet = [
  /^there is no \/etc\/(etcd|patroni)\/tls\//,
  /http:\/\/\S+ is still http(; the certificate \(ETCD_PEER_CERT_FILE\) is there, and comes into use .*)?$/,
  /^the cluster remembers etcd\d at http:/,
  /^no line sets ETCD_(PEER_)?TRUSTED_CA_FILE: /,
  /^ETCD_(PEER_)?CLIENT_CERT_AUTH is not true: /,
  /^a (client without a certificate|certificate of another authority) gets in$/,
  /^not yet started with ETCD_CLIENT_CERT_AUTH=true: /,
  /Patroni still speaks http to etcd: `protocol: https` is missing under `etcd3:`$/,
  /`(cacert`, `cert`, `key|username: patroni)`( is)? missing under `etcd3:`$/,
  /^authentication is off: /,
  /^no Patroni node has shown etcd a certificate that has run out yet$/,
  /runs out on .*; it should last at least 60 more$/,
];

describe('chapter 8 on trixie, state by state', () => {
  const lab = realLab('https-states');
  let writer: WritingClient;
  let ledBefore: unknown;
  beforeAll(async () => {
    await lab.mustLab(['start', 'https']);
    ledBefore = await leadership();
    writer = await startWritingClient(lab, 'pg-patroni1');
  });
  afterAll(() => removeLab(lab));

  test.each(['nothing', ...steps])('%s done: so far all is right, the rest is open', async (step) => {
    if (step !== 'nothing') await lab.mustLab(['solve', step]);
    const done = steps.slice(0, steps.findIndex((id) => id === step) + 1);
    let last: VerifyDocument | undefined;
    const failed = () => (last?.checks ?? []).filter(({ verdict }) => verdict !== 'pass');
    await waitUntil(
      async () => {
        last = await lab.verify('https');
        return failed().every((check) => !done.some((id) => id === check.step));
      },
      { withinSeconds: 45 },
    );
    expect(failed().filter((check) => done.some((id) => id === check.step))).toEqual([]);
    const calledBroken = failed().flatMap(({ id, node, cause }) =>
      (cause?.split('\n') ?? [])
        .filter((line) => !notYet.some((open) => open.test(line)))
        .map((line) => `${id} ${String(node)}: ${line}`),
    );
    expect(calledBroken).toEqual([]);
    // Half of etcd on https, and all done.
    if (step === 'first-member' || step === steps.at(-1))
      for (const earlier of ['patroni', 'haproxy']) await lab.passes(earlier);
  });

  test('all the while a client wrote: no acknowledged write is lost, and nobody else leads', async () => {
    const { acknowledged, lost } = await writer.stop();
    expect(lost).toEqual([]);
    expect(acknowledged).toBeGreaterThan(50);
    expect(await leadership()).toEqual(ledBefore);
  });

  test('etcd remembers http for a member whose files say https: only verify tells', async () => {
    await lab.inNode('etcd1', `${etcdctl}\n${peerUrl('http')}`);
    await caught(lab, {
      chapter: 'https',
      check: 'peers-over-https',
      node: 'etcd1',
      cause: /remembers etcd1 at http:.*only at the very first start.*member update [0-9a-f]+ --peer-urls=https:/,
    });
    await lab.inNode('etcd1', `${etcdctl}\n${peerUrl('https')}`);
    await allPass();
  });

  test('started like that: a member that asks nobody, one on http with its certificate', async () => {
    const etcd = '/etc/default/etcd';
    const undo = [
      await startedWith(['etcd1', etcd, 'etcd'], '/^ETCD_(TRUSTED_CA_FILE|CLIENT_CERT_AUTH)=/d'),
      await startedWith(['etcd3', etcd, 'etcd'], '/^ETCD_(LISTEN|ADVERTISE)_CLIENT/ s/https:/http:/g'),
    ];
    await caught(
      lab,
      { chapter: 'https', check: 'certificate-asked-for', node: 'etcd1', cause: /without a certificate gets in/ },
      { chapter: 'https', check: 'certificate-asked-for', node: 'etcd1', cause: /CLIENT_CERT_AUTH is not true/ },
      { chapter: 'https', check: 'all-serve-https', node: 'etcd3', cause: /has a certificate .* leaves it unused/ },
    );
    const seen = (await lab.verify('https')).checks.map(({ id, node, seen }) => `${id} ${String(node)}: ${seen}`);
    expect(seen).toContain('all-serve-https etcd3: plain http is answered');
    expect(seen).toContain('certificate-asked-for etcd1: a client without a certificate gets in');
    for (const back of undo) await back();
    await allPass();
  });

  // While all of etcd is on https: one member on http would be enough for this Patroni.
  test('started like that: a Patroni on http', async () => {
    const replica = await aReplica();
    const back = await startedWith([replica, '/etc/patroni/config.yml', 'patroni'], '/^  protocol: https/d');
    const cause = new RegExp(`${replica}: Patroni can't reach`);
    await caught(
      lab,
      { chapter: 'https', check: 'patroni-says-https', node: replica, cause: /Patroni still speaks http/ },
      { chapter: 'https', check: 'leader-over-https', node: null, cause },
    );
    await back();
    await allPass();
  });

  // As it happens: nobody restarts etcd, and whoever connects anew is shown the old certificate.
  test("a member's certificate that has run out", async () => {
    await lab.inNode('etcd1', 'cp -a /etc/etcd/tls /root/kept');
    await signForNode(lab, ['etcd1', memberFiles], { notAfter: new Date(Date.now() - 3_600_000) });
    await caught(
      lab,
      { chapter: 'https', check: 'member-certificates', node: 'etcd1', cause: /server\.crt has run out/ },
      { chapter: 'https', check: 'all-serve-https', node: 'etcd1', cause: /refuses the certificate .*has expired/ },
    );
    await lab.inNode('etcd1', 'rm -rf /etc/etcd/tls; mv /root/kept /etc/etcd/tls');
    await allPass();
  });

  /** A service started with its file changed by a sed script; what comes back puts the file back as it was. */
  async function startedWith([node, file, unit]: readonly [string, string, string], edit: string) {
    await lab.inNode(node, `cp -a ${file} /root/kept; sed -i -E '${edit}' ${file}; systemctl restart ${unit}`);
    return () => lab.inNode(node, `mv /root/kept ${file}; systemctl restart ${unit}`);
  }

  async function allPass(): Promise<void> {
    const { exitStatus, stdout } = await lab.lab(['verify', 'https', '--wait', '90s']);
    expect(exitStatus, stdout).toBe(0);
  }

  async function members(): Promise<LabStatus['patroni']> {
    return (JSON.parse((await lab.mustLab(['status', '--format', 'json'])).stdout) as LabStatus).patroni;
  }

  async function leadership(): Promise<unknown> {
    const patroni = await members();
    return { leader: patroni?.leader, timeline: patroni?.members.find(({ role }) => role === 'leader')?.timeline };
  }

  async function aReplica(): Promise<string> {
    const replica = (await members())?.members.find(({ role }) => role !== 'leader');
    if (!replica?.node) throw new Error('no replica');
    return replica.node;
  }
});

const etcdctl = `etcdctl() { command etcdctl --endpoints=https://10.0.3.64:2379 --cacert=/etc/etcd/tls/ca.crt \
--cert=${memberFiles}.crt --key=${memberFiles}.key --user=root:secret "$@"; }`;

function peerUrl(scheme: 'http' | 'https'): string {
  return `id=$(etcdctl member list | awk -F', ' '$3 == "etcd1" { print $1 }')
etcdctl member update $id --peer-urls=${scheme}://10.0.3.64:2380`;
}
