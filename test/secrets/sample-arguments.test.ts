import { expect, test } from 'vitest';
import { waitUntil } from '../../src/clock/wait-until.ts';
import { runProgram } from '../../src/process/run-program.ts';
import { sampleArguments } from './sample-arguments.ts';
import { tellsSecret } from './tells-secret.ts';

const lab = { home: '/home/of/labs', name: 'one' };

/** A program that a command of a lab starts, with this among its arguments, until the signal ends it. */
const started = (name: string, argument: string, signal: AbortSignal) =>
  runProgram(['sh', '-c', 'sh -c "sleep 60; true" "$0" & wait', argument], {
    env: { LAB_HOME: lab.home, LAB_NAME: name },
    graceSeconds: 0,
    signal,
  });

test.each(['--user=root:secret', '{"name":"root","password":"secret"}', 'Authorization: iPFlDZaIgIqIzKIG.485'])(
  '%s is seen among the arguments of a program of the lab, and not of another one',
  async (argument) => {
    const end = new AbortController();
    const sampler = sampleArguments(lab, tellsSecret);
    const other = started('two', argument, end.signal);
    const seen = async (): Promise<boolean> => sampler.found().length > 0;
    const before = sampler.looks();
    await waitUntil(async () => sampler.looks() > before + 2, { withinSeconds: 20 });
    expect(sampler.found()).toEqual([]);
    const own = started('one', argument, end.signal);
    expect(await waitUntil(seen, { withinSeconds: 20 })).toBe(true);
    sampler.end();
    end.abort();
    await Promise.all([other, own]);
    expect(sampler.found()[0]).toContain(argument);
  },
);

test.each(['cat /etc/patroni/secrets.yml', 'psql -U postgres', 'printf %s no-secrets'])('%s tells none', (argv) => {
  expect(tellsSecret(argv)).toBe(false);
});
