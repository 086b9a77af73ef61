// A lab for actions that are only listened to: its programs answer as those of a recorded lab did, and whoever asks what
// nobody recorded hears something in `mood`. Nothing is waited for.

import { type ActionContext } from '../../src/actions/kind.ts';
import { checkKinds } from '../../src/checks/registry.ts';
import { actionKinds } from '../../src/actions/registry.ts';
import { type LabSession } from '../../src/engine/session.ts';
import { foldJournal } from '../../src/journal/fold-journal.ts';
import { type CommandOptions, type CommandResult } from '../../src/model/command.ts';
import { type LabEvent } from '../../src/model/events.ts';
import { labName, type NodeName } from '../../src/model/ids.ts';
import { type Chapter, type Edition, type Workshop } from '../../src/model/workshop.ts';
import { type Authority } from '../../src/pki/authority.ts';
import { fakeMachine, fakeProvider } from '../fakes/fake-provider.ts';
import { noCheckpoints } from '../fakes/no-checkpoints.ts';
import { readRecording, recordingPath } from '../mistakes/recording.ts';
import { NotRecorded, replay } from '../mistakes/replay.ts';

/** `echo`: says what it was given, and succeeds; `refuse`: the same as an error; `https`: is an etcd behind TLS. */
export type Mood = 'echo' | 'refuse' | 'https';

export interface Told {
  /** Every program that was started, and what it was given. */
  readonly commands: { readonly argv: readonly string[]; readonly input: string }[];
  readonly events: LabEvent[];
}

/** An action that has no end without a cluster is stopped then. */
const mostCommands = 200;

/** `chapter`: the one whose end was recorded; `as`: the workshop as it was then. */
export function toldSession(
  { workshop, edition }: { readonly workshop: Workshop; readonly edition: Edition },
  { chapter, as }: { readonly chapter: Chapter; readonly as: Workshop },
  mood: Mood,
  told: Told,
): LabSession {
  const enough = new AbortController();
  const { signal } = enough;
  let started = 0;
  const root = new URL('../..', import.meta.url).pathname;
  const recording = readRecording(recordingPath(root, edition.name, chapter, null));
  if (recording === null) throw new Error(`${chapter.slug} was never recorded`);
  const reach = replay({ workshop: as, edition, chapter }, recording, recording);
  const passwords = Object.keys(workshop.values).filter((key) => key.endsWith('_password'));
  const then = (text: string): string =>
    passwords.reduce((said, key) => said.replaceAll(workshop.values[key] ?? '', as.values[key] ?? ''), text);
  const now = (text: string): string =>
    text.replaceAll(as.values['superuser_password'] ?? '', workshop.values['superuser_password'] ?? '');
  const answer = async (
    where: NodeName | null,
    argv: readonly string[],
    options: CommandOptions = {},
  ): Promise<CommandResult> => {
    told.commands.push({ argv, input: options.input ?? '' });
    started += 1;
    if (started > mostCommands) enough.abort(new Error('enough'));
    // Those who go on until they are stopped let others go on too.
    await new Promise((resolve) => setImmediate(resolve));
    signal.throwIfAborted();
    const known = options.input === undefined ? {} : { input: then(options.input) };
    try {
      const asked = argv.map(then);
      const result = await (where === null ? reach.execOnNetwork(asked, known) : reach.exec(where, asked, known));
      return { ...result, argv, stdout: now(result.stdout), stderr: now(result.stderr) };
    } catch (error) {
      if (!(error instanceof NotRecorded)) throw error;
      return unrecorded(argv, options, mood);
    }
  };
  return {
    lab: labName('told'),
    workshop,
    edition,
    provider: {
      ...fakeProvider(fakeMachine(), workshop),
      observe: () => Promise.resolve(reach.observation),
      exec: answer,
      execOnNetwork: (argv, options) => answer(null, argv, options),
    },
    actionKinds,
    checkKinds,
    history: foldJournal([]),
    record: () => Promise.resolve(),
    ...noCheckpoints,
    authorities: () =>
      Promise.resolve({ own: () => Promise.resolve(signer), withCertificate: () => Promise.resolve(signer) }),
    isVisited: () => Promise.resolve(false),
    images: { isPrepared: () => Promise.resolve(true), prepare: () => Promise.resolve() },
    ledgerClient: ['node', 'ledger-client.js'],
    announce: (event) => {
      told.events.push(event);
    },
    signal,
  };
}

/** Whatever is waited for has come after one look. */
export function impatient(context: ActionContext): ActionContext {
  return {
    ...context,
    waitFor: async (_what, _seconds, condition) => {
      await condition();
    },
  };
}

const signer: Authority = {
  certificate: 'the certificate of an authority\n',
  issue: () => Promise.resolve({ certificate: 'a certificate\n', key: pem }),
};

export const keyText = 'MC4CAQAwBQYDK2VwBCIEIKeyOfThisTestAndOfNothingElse0123456789abcd';
const pem = `-----BEGIN PRIVATE KEY-----\n${keyText}\n-----END PRIVATE KEY-----\n`;

function unrecorded(argv: readonly string[], { input = '', onOutput }: CommandOptions, mood: Mood): CommandResult {
  const said = `${argv.join(' ')}\n${input}`;
  onOutput?.(said);
  const program = argv[0] ?? '';
  const exitStatus = mood === 'refuse' ? 1 : mood === 'https' && program === 'curl' ? 52 : 0;
  const output = mood === 'refuse' ? { stdout: '', stderr: said } : { stdout: said, stderr: '' };
  return { argv, exitStatus, ...output, timedOut: false, cancelled: false, seconds: 0 };
}
