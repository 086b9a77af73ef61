import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { parseStatistics, takesSessions } from '../../src/probes/haproxy-statistics.ts';
import { parseWorkerStarts } from '../../src/probes/haproxy-worker.ts';
import { parseProxiedSessions } from '../../src/probes/proxied-sessions.ts';

const recorded = (version: string): string =>
  readFileSync(new URL(`../../fixtures/recorded/haproxy-${version}/statistics.csv`, import.meta.url), 'utf8');

describe('the statistics of HAProxy 2.6.12', () => {
  const servers = parseStatistics(recorded('2.6.12')) ?? [];

  it('name each server of each section, and neither the sections themselves nor the page', () => {
    const places = servers.map(({ backend, server }) => `${backend}/${server}`);
    const wanted = ['leader', 'replicas'].flatMap((section) =>
      ['pg-1', 'pg-2', 'pg-3'].map((name) => `${section}/${name}`),
    );
    expect(places).toEqual(wanted);
  });

  it('say who gets sessions, and what Patroni answered', () => {
    expect(servers.find(({ backend, server }) => backend === 'leader' && server === 'pg-1')).toMatchObject({
      status: 'UP',
      check: 'L7OK',
      code: 200,
    });
    const up = servers.filter(takesSessions).map(({ backend, server }) => `${backend}/${server}`);
    expect(up).toEqual(['leader/pg-1', 'replicas/pg-2', 'replicas/pg-3']);
  });
});

describe('what is no page of statistics', () => {
  it.each(['', '<html><body><h1>503 Service Unavailable</h1>', '{"state": "running"}'])('%s', (text) => {
    expect(parseStatistics(text)).toBeNull();
  });
});

describe('a server that HAProxy is not sure of', () => {
  it.each([
    ['UP 2/3', true],
    ['DOWN 1/2', false],
    ['no check', true],
    ['MAINT', false],
  ])('%s', (status, takes) => {
    expect(takesSessions({ status })).toBe(takes);
  });
});

describe('sessions through a proxy', () => {
  it('say who answered; whatever else psql says is an error', () => {
    const refused =
      'psql: error: connection to server at "10.0.3.141", port 5432 failed: received invalid response to SSL negotiation: H';
    const said = `10.0.3.141 f off\n10.0.3.68 t on\n\\connect: ${refused}\n\tnothing else\n`;
    expect(parseProxiedSessions(said, 5)).toEqual([
      { kind: 'answer', address: '10.0.3.141', inRecovery: false, takesWrites: true },
      { kind: 'answer', address: '10.0.3.68', inRecovery: true, takesWrites: false },
      { kind: 'error', message: `\\connect: ${refused} nothing else` },
    ]);
    expect(parseProxiedSessions(said, 2)).toHaveLength(2);
  });
});

describe("a worker's start", () => {
  it('is told by the ticks between it and the shell that looks; the newest counts', () => {
    expect(parseWorkerStarts('1000.500000 5000 4900 100\n1000.500000 5000 4950 100\n')).toBe(1_000_000_000);
  });

  it('is not known where no worker runs', () => {
    expect(parseWorkerStarts('')).toBeNull();
  });
});
