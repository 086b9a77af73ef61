// What every verb that changes a lab does around its work: lock, journal, transcript, face, and the page after a failure.

import { mkdir } from 'node:fs/promises';
import { actionKinds } from '../actions/registry.ts';
import { checkKinds } from '../checks/registry.ts';
import { listOwn, saveOwn } from '../checkpoints/own-checkpoints.ts';
import { mendRestore } from '../engine/restore-checkpoint.ts';
import { type LabSession } from '../engine/session.ts';
import { openJournal } from '../journal/open-journal.ts';
import { openTranscript } from '../journal/open-transcript.ts';
import { type Announce } from '../model/events.ts';
import { labPaths } from '../model/home-paths.ts';
import { redactEvent } from '../model/redact-event.ts';
import { createRedaction, workshopSecrets } from '../model/redaction.ts';
import { type Edition, type Workshop } from '../model/workshop.ts';
import { words } from '../model/words.ts';
import { createRunFace } from '../ui/create-run-face.ts';
import { type RunFaceOptions } from '../ui/run-face.ts';
import { chooseEdition } from './choose-edition.ts';
import { closingAll } from './closing-all.ts';
import { followRun } from './follow-run.ts';
import { explainFullDisk } from './full-disk.ts';
import { chooseFormat, formats, type Invocation } from './invocation.ts';
import { requireOwnWorkshop } from './require-own-workshop.ts';
import { RunStopped } from './run-stopped.ts';
import { type Services, type World } from './services.ts';

export interface SessionParts {
  readonly session: LabSession;
  readonly services: Services;
  readonly transcript: string;
}

/** `work` changes the lab. What it throws comes out as RunStopped, with what is done and untouched. */
export async function withSession<T>(
  world: World,
  invocation: Invocation,
  work: (parts: SessionParts) => Promise<T>,
): Promise<T> {
  const services = await world.services(invocation);
  const workshop = await services.loadWorkshop();
  const paths = labPaths(invocation.home, invocation.lab);
  const options = faceOptions(world, invocation);
  // The first lock is on a folder that may not be there yet.
  await mkdir(paths.directory, { recursive: true });
  const lock = await services.lock(paths.lock);
  const run = runName(world.now());
  const entered: { home?: { release(): Promise<void> } } = {};
  try {
    entered.home = await services.enterHome(world.signal);
    const journal = await openJournal(paths.journal, run, () => world.now());
    const transcript = await openTranscript(paths.transcripts, run, () => world.now());
    const face = createRunFace({ ...options, chapterTitles: chapterTitles(workshop) });
    const followed = followRun();
    const redaction = createRedaction(workshopSecrets(workshop));
    const announce: Announce = (event) => {
      const safe = redactEvent(event, redaction);
      for (const listener of [followed.announce, transcript.write, face.announce]) listener(safe);
    };
    return await closingAll([face, transcript, journal], async () => {
      try {
        requireOwnWorkshop(workshop, journal.history.workshop, invocation);
        const edition = chooseEdition(workshop, journal.history.edition, invocation);
        const session = createSession(world, invocation, services, workshop, edition, announce, journal);
        await services.stopsEnded(invocation.lab, world.signal, () =>
          announce({ kind: 'notice', text: nodesStopping }),
        );
        await mendRestore(session);
        return await work({ session, services, transcript: transcript.path });
      } catch (error) {
        const cause = world.signal.aborted ? error : await explainFullDisk(error, paths.directory);
        throw new RunStopped(cause, followed.failure(transcript.path, world.signal.aborted));
      }
    });
  } catch (error) {
    throw error instanceof RunStopped ? error : await explainFullDisk(error, paths.directory);
  } finally {
    await entered.home?.release();
    await lock.release();
  }
}

function createSession(
  world: World,
  invocation: Invocation,
  services: Services,
  workshop: Workshop,
  edition: Edition,
  announce: Announce,
  journal: Awaited<ReturnType<typeof openJournal>>,
): LabSession {
  const images = services.images(workshop);
  return {
    lab: invocation.lab,
    workshop,
    edition,
    provider: services.provider(invocation.lab, workshop),
    actionKinds,
    checkKinds,
    get history() {
      return journal.history;
    },
    record: journal.append,
    isVisited: () => services.isVisited(invocation.lab),
    images: {
      isPrepared: () => images.isPrepared(edition.name),
      prepare: (onImage) => images.prepare(edition.name, { announce, signal: world.signal, onImage }),
    },
    copies: services.nodeCopies(invocation.lab, workshop),
    chapterEnds: services.chapterEnds(workshop, edition.name),
    ownCheckpoints: {
      names: async () => (await listOwn(invocation)).flatMap(({ name }) => name ?? []),
      store: (name, facts, copyInto) => saveOwn(invocation, name, facts, copyInto),
      now: () => world.now(),
    },
    authorities: () => services.authorities(invocation.lab),
    ledgerClient: services.ledgerClient,
    announce,
    signal: world.signal,
  };
}

function chapterTitles(workshop: Workshop): NonNullable<RunFaceOptions['chapterTitles']> {
  return Object.fromEntries(workshop.chapters.map(({ id, words: text }) => [id, words(text.en.title, text.fr.title)]));
}

export function faceOptions(world: World, invocation: Invocation): RunFaceOptions {
  const fallback = world.stdout.isTTY === true ? 'pretty' : 'plain';
  return {
    format: chooseFormat(invocation, formats, fallback),
    language: invocation.language,
    colour: world.colour,
    stdout: world.stdout,
    stderr: world.stderr,
    verbose: invocation.verbose,
  };
}

const nodesStopping = words(
  'Nodes are still shutting down, since a command that was cut off: waiting for them.',
  "Des nœuds sont encore en train de s'arrêter, depuis une commande interrompue : on les attend.",
);

/** Sorts by time, and is a file name: 20261123-121314-567. */
function runName(now: Date): string {
  return now.toISOString().replace(/[-:]/g, '').replace('T', '-').replace('.', '-').replace('Z', '');
}
