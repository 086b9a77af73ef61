// What goes wrong between the clients and the leader, made on a real cluster as it happens: verify must name the cause. And
// what one sees of the proxies from outside: lab status, lab open.

import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { type LabStatus } from '../../src/model/lab-status.ts';
import { runProgram } from '../../src/process/run-program.ts';
import { catching } from './caught.ts';
import { program, realLab, removeLab } from './real-lab.ts';

const file = '/etc/haproxy/haproxy.cfg';
const [one, two, three] = ['pg-patroni1', 'pg-patroni2', 'pg-patroni3'];

// test/real/by-hand/07-haproxy.test.ts has the other edition.
describe.each(['trixie'])('wrong states of HAProxy on %s', (edition) => {
  const lab = realLab(`wrong-haproxy-${edition}`, edition);

  beforeAll(() => lab.mustLab(['up', 'haproxy']));
  afterAll(() => removeLab(lab));
  // The way back is the product's own.
  afterEach(async () => {
    await lab.mustLab(['up', 'haproxy']);
    const { checks } = await lab.verify('haproxy');
    expect(checks.filter(({ verdict }) => verdict !== 'pass')).toEqual([]);
  });

  const names = catching(lab, 'haproxy');

  /** Changes the file of a node's proxy with sed, and makes it read it. */
  const change = (node: string, script: string): Promise<string> =>
    lab.inNode(node, `sed -i '${script}' ${file}; haproxy -c -f ${file} > /dev/null; systemctl reload haproxy`);

  test('no `mode tcp`; the check on another port; the check of a page that Patroni does not have', async () => {
    await change(one, 's/mode tcp/mode http/; /option tcplog/d');
    await change(two, '/listen leader/,/listen replicas/ s/port 8008/port 8009/');
    await change(three, 's,/primary,/primray,');
    await names(
      ['haproxy-configured', one, /haproxy\.cfg:\d+ `mode http`: port 5432 .*needs `mode tcp`/],
      ['leader-answers', one, /`mode http`.*not a web server/],
      ['replicas-answer', one, /`mode http`.*not a web server/],
      ['haproxy-configured', two, /`server pg-1 .*`: the check asks port 8009; .* answers on 8008/],
      ['leader-answers', two, /port 8009[\s\S]*none of the servers for good.*L4CON/],
      ['haproxy-configured', three, /`option httpchk OPTIONS \/primray`: .* a page that Patroni does not have/],
      ['leader-answers', three, /\/primray/],
    );
  });

  test('/primary and /replica swapped; a server missing from one proxy; no statistics', async () => {
    await change(one, 's,/primary,/SWAP,; s,/replica?lag=1MB,/primary,; s,/SWAP,/replica,');
    await change(two, '/listen replicas/,$ { /server pg-3/d }');
    await change(three, '/listen stats/,$d');
    await names(
      ['leader-answers', one, /`option httpchk OPTIONS \/replica`: .*replicas alone say yes .*5432 is for the leader/],
      ['replicas-answer', one, /`option httpchk OPTIONS \/primary`: .*leader alone says yes .*5433 is for replicas/],
      ['haproxy-configured', two, /haproxy\.cfg:\d+ `listen replicas`: pg-3 is missing from this section/],
      ['statistics-agree', two, /replicas\/pg-3 is not on the page/],
      ['haproxy-configured', three, /no section has `bind \*:7000`: the statistics page is not configured/],
      ['statistics-agree', three, /statistics page is not configured/],
    );
  });

  test('5433 answers from the leader; time-outs that cut idle sessions; another file on disk than in use', async () => {
    await change(one, 's,/replica?lag=1MB,/read-only,');
    await change(two, 's/timeout client 30m/timeout client 50000/; s/timeout server 30m/timeout server 50s/');
    await lab.inNode(three, `echo '# a change' >> ${file}`);
    await names(
      ['replicas-answer', one, /`option httpchk OPTIONS \/read-only`: .*the leader says yes too/],
      ['haproxy-configured', two, /`timeout client 50000`: .*says nothing for 50 s; a number alone means millis/],
      ['haproxy-configured', two, /`timeout server 50s`: .*says nothing for 50 s/],
      ['haproxy-runs', three, /older file than the one on disk: \/etc\/haproxy\/haproxy\.cfg changed/],
    );
  });

  test('a name is missing in /etc/hosts; a reload that was refused leaves the old file in use', async () => {
    await lab.inNode(
      two,
      'cp /etc/hosts /root/hosts; sed "s/ pg-3$//" /root/hosts > /etc/hosts; systemctl restart haproxy || true',
    );
    await lab.inNode(three, `sed -i 's/balance/ballance/' ${file}; systemctl reload haproxy || true`);
    try {
      await names(
        ['haproxy-runs', two, /haproxy\.cfg:\d+: the server leader\/pg-3|haproxy\.cfg:\d+: .*can't resolve.*pg-3/],
        ['names-resolve', two, /has no line for pg-3/],
        ['haproxy-configured', three, /`ballance roundrobin`: HAProxy refuses it: unknown keyword/],
        ['haproxy-runs', three, /older file than the one on disk/],
      );
    } finally {
      await lab.inNode(two, 'cat /root/hosts > /etc/hosts');
    }
  });

  test('lab status shows what each proxy thinks', async () => {
    const status = JSON.parse((await lab.mustLab(['status', '--format', 'json'])).stdout) as LabStatus;
    const up = status.haproxy?.proxies.map(({ servers }) => servers.filter((server) => server.up).length);
    expect(up).toEqual([3, 3, 3]);
  });

  test.each([
    ['haproxy', '/', ';csv', /^# pxname,svname,[\s\S]*\nreplicas,pg-1,/],
    ['patroni', '/cluster', '', /"members": \[.*"pg-3"/],
  ])('lab open %s shows the page on 127.0.0.1 alone, until it is interrupted', async (page, path, more, shown) => {
    const ctrlC = new AbortController();
    const said = { text: '' };
    const opened = runProgram([...program, 'open', page, two, '--format', 'json'], {
      timeoutSeconds: 60,
      signal: ctrlC.signal,
      env: { LAB_HOME: lab.home, LAB_NAME: lab.name, LAB_LANG: 'en' },
      onOutput: (text) => {
        said.text += text;
      },
    });
    await expect.poll(() => said.text, { timeout: 30_000 }).toContain('\n');
    const { url } = JSON.parse(said.text) as { url: string };
    const { host, hostname, port, pathname } = new URL(url);
    expect([hostname, pathname]).toEqual(['127.0.0.1', path]);
    expect(await (await fetch(`${url}${more}`)).text()).toMatch(shown);
    const sockets = ['ss', '--no-header', '--listening', '--tcp', '--numeric', `sport = :${port}`];
    const listening = (await runProgram(sockets)).stdout.trim().split('\n');
    expect(listening.map((line) => line.split(/\s+/)[3])).toEqual([host]);
    ctrlC.abort();
    await opened;
    await expect(fetch(url)).rejects.toThrow();
  });
});
