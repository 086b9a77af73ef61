import { EventEmitter } from 'node:events';
import { describe, expect, it } from 'vitest';
import { attachProgram } from '../../src/process/attach-program.ts';

describe('a program with our terminal', () => {
  it('gives its own exit status', async () => {
    expect(await attachProgram(['sh', '-c', 'exit 42'])).toBe(42);
  });

  it('gives 128+n when a signal ended it', async () => {
    expect(await attachProgram(['sh', '-c', 'kill -TERM $$'])).toBe(143);
    expect(await attachProgram(['sh', '-c', 'kill -INT $$'])).toBe(130);
  });

  it('is a failure of this host when it is not there', async () => {
    await expect(attachProgram(['no-such-program-anywhere'])).rejects.toMatchObject({
      code: 'program-not-started',
      exit: 4,
    });
  });

  it('has Ctrl-C for itself, and lab has it again afterwards', async () => {
    const signals = new EventEmitter();
    let interruptions = 0;
    signals.on('SIGINT', () => (interruptions += 1));
    const running = attachProgram(['sh', '-c', 'exit 0'], signals);
    expect(signals.listenerCount('SIGINT')).toBe(1);
    signals.emit('SIGINT');
    expect(interruptions).toBe(0);
    await running;
    signals.emit('SIGINT');
    expect(interruptions).toBe(1);
    expect(signals.listenerCount('SIGINT')).toBe(1);
    expect(signals.listenerCount('SIGQUIT')).toBe(0);
  });
});
