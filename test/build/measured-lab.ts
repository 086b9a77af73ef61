// A measurement for the tests of faces: one repetition, with a row lost for each of two clients.

import { type Repetition } from '../../src/model/measurement.ts';
import { type MeasuredLab } from '../../src/ui/measured-lab.ts';

const tenth = (at: number, acknowledged: number) => ({ at, acknowledged, failed: 0, reads: 1, failedReads: 0 });

export const repetition: Repetition = {
  run: 'kill-node-1',
  faultAt: '2026-11-23T20:00:00.000Z',
  leaderBefore: 'pg-1',
  leaderAfter: 'pg-2',
  hit: [],
  rows: {
    attempted: 9,
    acknowledged: 6,
    kept: 4,
    lost: [
      { client: 1, n: 7 },
      { client: 2, n: 8 },
    ],
    recovered: 1,
    refused: 2,
    unexpected: [],
  },
  withoutWrites: { from: 0.1, to: 0.4, seconds: 0.3 },
  withoutReads: null,
  brokenConnections: 3,
  layers: [
    { layer: 'fault', at: 0, who: 'pg-patroni1' },
    { layer: 'new-leader-key', at: 0.2, who: 'pg-2' },
    { layer: 'first-write', at: 0.4, who: null },
  ],
  throughput: [tenth(-0.1, 2), tenth(0, 2), tenth(0.1, 0), tenth(0.2, 0), tenth(0.3, 0), tenth(0.4, 2)],
};
const one = { min: 0.3, median: 0.3, max: 0.3 };

export const measured: MeasuredLab = {
  lab: 'main',
  edition: 'trixie',
  scenario: 'kill-node',
  synchronous: 'off',
  way: 'haproxy',
  clients: 2,
  seed: 1,
  bound: { seconds: 5, parts: [{ what: 'ttl', seconds: 5 }] },
  repetitions: [repetition],
  summary: { withoutWrites: one, withoutReads: one, lost: one, brokenConnections: one },
};
