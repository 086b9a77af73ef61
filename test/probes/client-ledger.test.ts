import { describe, expect, it } from 'vitest';
import { parseClientLedger, rotationReturns, writerMoves } from '../../src/probes/client-ledger.ts';

const [a, b, c] = ['10.0.3.141', '10.0.3.201', '10.0.3.68'];

describe("the clients' ledger", () => {
  it('is read line by line; a line that was cut off is left out', () => {
    const ledger = parseClientLedger(
      `writes 1795463784.074 ${a} 17\nreads 1795463784.1 failed\nsessions 1795463784.2 cut\nwrites\n`,
    );
    expect(ledger).toEqual({
      writes: [{ at: 1795463784.074, server: a, value: 17 }],
      reads: [{ at: 1795463784.1, server: null, value: 0 }],
      cutAt: [1795463784.2],
    });
  });

  it('shows where the writer went, and what failed on the way', () => {
    const writes = [a, a, null, null, b, b].map((server, at) => ({ at, server, value: at }));
    expect(writerMoves({ writes })).toEqual([{ from: a, to: b, lastAt: 1, firstAt: 4, failed: 2 }]);
    expect(writerMoves({ writes: writes.slice(0, 4) })).toEqual([]);
  });

  it('shows a replica that left the rotation, what it missed, and how far behind it came back', () => {
    const away = Array.from({ length: 10 }, (_, index) => [c, 1000 + index * 100] as const);
    const read = (back: number) =>
      [[b, 1000] as const, [c, 1000] as const, ...away, [b, back] as const].map(([server, value], at) => ({
        at,
        server,
        value,
      }));
    expect(rotationReturns({ reads: read(1900) })).toEqual([
      { server: b, leftAt: 0, backAt: 12, missed: 900, behind: 0 },
    ]);
    expect(rotationReturns({ reads: read(1200) })).toMatchObject([{ behind: 700 }]);
  });

  it('takes a round robin for no absence', () => {
    const reads = Array.from({ length: 20 }, (_, at) => ({ at, server: at % 2 === 0 ? b : c, value: at }));
    expect(rotationReturns({ reads })).toEqual([]);
  });
});
