import { spawn } from 'node:child_process';
import { EventEmitter, once } from 'node:events';
import { expect, test } from 'vitest';
import { openSink, type OutputStream } from '../../src/ui/open-sink.ts';

function brokenStream(code: string): OutputStream & { readonly calls: string[] } {
  const emitter = new EventEmitter();
  const calls: string[] = [];
  return Object.assign(emitter, {
    calls,
    write(text: string) {
      calls.push(text);
      emitter.emit('error', Object.assign(new Error(code), { code }));
    },
  });
}

test.each(['EPIPE', 'EIO', 'ERR_STREAM_DESTROYED'])(
  'a reader that has gone (%s) is no failure, and is left alone',
  (code) => {
    const stream = brokenStream(code);
    const sink = openSink(stream);
    sink.write('first');
    sink.write('second');
    expect(stream.calls).toEqual(['first']);
    expect(sink.failure()).toBeUndefined();
  },
);

test('output that is lost for another reason is told', () => {
  const sink = openSink(brokenStream('ENOSPC'));
  sink.write('first');
  expect(sink.failure()).toMatchObject({ code: 'output-lost', exit: 4, cause: { code: 'ENOSPC' } });
});

test('a real pipe that nobody reads any more does not end the process', async () => {
  const reader = spawn('true', { stdio: ['pipe', 'ignore', 'ignore'] });
  const sink = openSink(reader.stdin);
  await once(reader, 'exit');
  const broken = once(reader.stdin, 'close');
  sink.write('x'.repeat(100_000));
  await broken;
  sink.write('y');
  expect(sink.failure()).toBeUndefined();
});
