// What checkpoints promise: a lab at the last chapter, and back to its beginning, in seconds.

/** `lab(...args)` gives { seconds, output }; `up(name, chapter)` and `destroy(name)` as in bench.mjs. Seconds, bytes. */
export async function checkpointFigures({ lab, up, destroy, verify, repeat, tell }) {
  tell('lab prepare --chapters');
  const prepared = (await lab('prepare', '--chapters')).seconds;
  const restored = await repeat(3, async (time) => {
    if (time > 1) await destroy(`last-${time - 1}`);
    return up(`last-${time}`, 'chapter-5');
  });
  const verified = await repeat(5, () => verify('last-3'));
  tell('lab save');
  await repeat(3, (time) => lab('save', `own-${time}`, '--lab', 'last-3'));
  const { output } = await lab('checkpoints', '--lab', 'last-3', '--format', 'json');
  const { checkpoints } = JSON.parse(output);
  tell('lab reset in chapter 5');
  const reset = await repeat(
    3,
    async () => (await lab('reset', '--yes', '--lab', 'last-3', '--format', 'plain')).seconds,
  );
  await destroy('last-3');
  const later = [];
  let failovers = [];
  for (const chapter of [7, 8, 9, 10]) {
    const name = `later-${chapter}`;
    const built = await up(name, `chapter-${chapter}`);
    later.push({ chapter, restored: built, verified: await repeat(3, () => verify(name)) });
    if (chapter === 7) failovers = await measureFailovers(lab, name, tell);
    await destroy(name);
  }
  return {
    later,
    failovers,
    prepared,
    restored,
    verified,
    reset,
    frozen: checkpoints.map(({ frozenSeconds }) => frozenSeconds),
    bytes: checkpoints.map(({ bytes }) => bytes),
  };
}

/** Seconds that nobody could write through HAProxy, beside the bound of the settings that the chapter leaves. */
async function measureFailovers(lab, name, tell) {
  const failovers = [];
  for (const scenario of ['switchover', 'kill-node']) {
    tell(`lab measure ${scenario}`);
    const options = ['--repetitions', '3', '--format', 'json'];
    const { bound, repetitions } = JSON.parse((await lab('measure', scenario, '--lab', name, ...options)).output);
    const withoutWrites = repetitions.map((repetition) => repetition.withoutWrites?.seconds ?? 0);
    failovers.push({ scenario, withoutWrites, bound: bound.seconds });
  }
  return failovers;
}
