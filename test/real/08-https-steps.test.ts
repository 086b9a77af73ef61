// Chapter 8 step by step while a client writes: what is done passes, what is open is called open and not broken, and the
// move costs no acknowledged write and no leader.

import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type LabStatus } from '../../src/model/lab-status.ts';
import { waitUntil } from '../../src/clock/wait-until.ts';
import { type VerifyDocument } from './lab-runner.ts';
import { realLab, removeLab } from './real-lab.ts';
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

describe('chapter 8 on trixie, step by step', () => {
  const lab = realLab('https-steps');
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

  async function leadership(): Promise<unknown> {
    const { patroni } = JSON.parse((await lab.mustLab(['status', '--format', 'json'])).stdout) as LabStatus;
    return { leader: patroni?.leader, timeline: patroni?.members.find(({ role }) => role === 'leader')?.timeline };
  }
});
