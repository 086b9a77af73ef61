// What one sees of the proxies and of Patroni from outside: lab status, lab open.

import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type LabStatus } from '../../src/model/lab-status.ts';
import { runProgram } from '../../src/process/run-program.ts';
import { program, realLab, removeLab } from './real-lab.ts';

describe('the pages of HAProxy and Patroni', () => {
  const lab = realLab('haproxy-pages');

  beforeAll(() => lab.mustLab(['up', 'haproxy']));
  afterAll(() => removeLab(lab));

  test('lab status shows what each proxy thinks', async () => {
    const up = async () => {
      const status = JSON.parse((await lab.mustLab(['status', '--format', 'json'])).stdout) as LabStatus;
      return status.haproxy?.proxies.map(({ servers }) => servers.filter((server) => server.up).length);
    };
    // Right after the nodes' start a proxy takes every server for good until it has asked.
    await expect.poll(up, { timeout: 30_000 }).toEqual([3, 3, 3]);
  });

  test.each([
    ['haproxy', '/', ';csv', /^# pxname,svname,[\s\S]*\nreplicas,pg-1,/],
    ['patroni', '/cluster', '', /"members": \[.*"pg-3"/],
  ])('lab open %s shows the page on 127.0.0.1 alone, until it is interrupted', async (page, path, more, shown) => {
    const ctrlC = new AbortController();
    const said = { text: '' };
    const opened = runProgram([...program, 'open', page, 'pg-patroni2', '--format', 'json'], {
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
