import { randomBytes } from 'node:crypto';
import { chown, mkdir, rename } from 'node:fs/promises';
import { exitStatus, LabError } from '../../../model/errors.ts';
import { settleAll } from '../../../model/settle-all.ts';
import { words } from '../../../model/words.ts';
import { startDialogue } from '../../../process/start-dialogue.ts';
import { confined, untilParentEnds } from './confined.ts';

export interface TreeCopy {
  readonly from: string;
  /** Must not exist; its folder is lab's own. */
  readonly to: string;
}

export interface TreeCopies {
  /** Copies all of them side by side; the first failure ends the others. Once. */
  copy(signal?: AbortSignal): Promise<void>;
  /** In place of `copy`. */
  giveUp(): void;
}

export async function copyTrees(firstId: number, copies: readonly TreeCopy[], signal?: AbortSignal): Promise<void> {
  await (await prepareCopies(firstId, copies)).copy(signal);
}

/**
 * Everything but the copying itself, which nodes stand still for. It keeps owners, modes, times, extended attributes
 * (overlay's own among them), hard links, devices (an overlay's whiteouts), capabilities of files. Blocks are shared where
 * the file system can; elsewhere what is zero takes no room: PostgreSQL and etcd fill files of 16 and 64 MB with zeros
 * ahead. A tree has its new name once all are whole.
 */
export async function prepareCopies(firstId: number, copies: readonly TreeCopy[]): Promise<TreeCopies> {
  if (copies.length === 0) return { copy: async () => undefined, giveUp: () => undefined };
  // Under new names: see room-for-files.ts.
  const drafts = copies.map(({ from, to }) => ({ from, to, draft: `${to}.${randomBytes(6).toString('hex')}` }));
  await settleAll(
    drafts.map(async ({ draft }) => {
      await mkdir(draft);
      await chown(draft, firstId, firstId);
    }),
  );
  const seen = drafts.flatMap(({ from, draft }, index) => [
    { as: `from/${String(index)}`, path: from },
    { as: `to/${String(index)}`, path: draft, writable: true },
  ]);
  const worker = startWorker(confined(firstId, seen, ['sh', '-c', copyAll, 'sh', ...untilParentEnds, 'cp', ...how]));
  if (!(await worker.ready)) throw copyFailed(worker.said());
  return {
    copy: async (signal) => {
      await worker.copy(signal);
      await settleAll(drafts.map(({ draft, to }) => rename(draft, to)));
    },
    giveUp: worker.kill,
  };
}

const how = [
  '--archive',
  // --archive alone is silent where extended attributes can't be kept; named, a failure to keep them is one.
  '--preserve=mode,ownership,timestamps,links,xattr',
  '--reflink=auto',
  '--sparse=always',
  '--no-target-directory',
];

const ready = 'ready to copy\n';
const whole = 'all copied\n';

/** Arguments: a copying program. Its lines before the first and the last word are what went wrong. */
const copyAll = String.raw`
exec 2>&1
echo ready to copy
read -r go || exit 1
pids=
trap 'kill -KILL $pids; exit 1' TERM
index=0
while [ -d from/$index ]; do
  { "$@" from/$index to/$index < /dev/null || kill -TERM $$; } &
  pids="$pids $!"
  index=$((index + 1))
done
wait
echo all copied
`;

interface Worker {
  /** False: it has ended before. */
  readonly ready: Promise<boolean>;
  copy(signal?: AbortSignal): Promise<void>;
  said(): string;
  readonly kill: () => void;
}

/** Of what it says, in characters. */
const mostSaid = 65_536;

function startWorker(argv: readonly string[]): Worker {
  let said = '';
  let ended: () => void = () => undefined;
  const end = new Promise<void>((resolve) => (ended = resolve));
  let isReady: (is: boolean) => void = () => undefined;
  const whenReady = new Promise<boolean>((resolve) => (isReady = resolve));
  const worker = startDialogue(argv, {
    onPiece: (piece) => {
      said = (said + piece.toString('utf8')).slice(-mostSaid);
      if (said.endsWith(ready)) isReady(true);
    },
    onEnd: () => {
      isReady(false);
      ended();
    },
  });
  const kill = (): void => {
    worker.kill();
  };
  return {
    ready: whenReady,
    said: () => said,
    kill,
    copy: async (signal) => {
      if (signal?.aborted) kill();
      signal?.addEventListener('abort', kill);
      worker.say('go');
      await end;
      signal?.removeEventListener('abort', kill);
      if (said.endsWith(whole)) return;
      throw signal?.aborted ? interrupted() : copyFailed(said);
    },
  };
}

function copyFailed(said: string): LabError {
  const lines = said.trim().split('\n');
  const why = lines.find((line) => line.startsWith('cp: ')) ?? lines.at(-1) ?? '';
  return new LabError(
    'copy-failed',
    words(`The nodes' files could not be copied: ${why}`, `Les fichiers des nœuds n'ont pas pu être copiés : ${why}`),
    {
      exit: exitStatus.hostCannot,
      hint: words('The lab itself is unchanged.', "Le lab lui-même n'a pas changé."),
    },
  );
}

function interrupted(): LabError {
  return new LabError('interrupted', words('Interrupted while copying.', 'Interrompu pendant la copie.'), {
    exit: exitStatus.interrupted,
  });
}
