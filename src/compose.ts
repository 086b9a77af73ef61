// Where the parts are put together: the only file beside main.ts that knows the provider, the images and the host.

import { dirname } from 'node:path';
import { fileURLToPath } from 'node:url';
import { actionKinds } from './actions/registry.ts';
import { openChapterEnds } from './checkpoints/open-chapter-ends.ts';
import { checkKinds } from './checks/registry.ts';
import { type Invocation } from './cli/invocation.ts';
import { type Services } from './cli/services.ts';
import { type AttachProgram } from './model/command.ts';
import { authoritiesDirectory, workshopsDirectory } from './model/home-paths.ts';
import { type Workshop } from './model/workshop.ts';
import { attachProgram } from './process/attach-program.ts';
import { labLocks } from './process/lab-locks.ts';
import { type Signals } from './process/relay-signals.ts';
import { runProgram } from './process/run-program.ts';
import { showInPager } from './process/show-in-pager.ts';
import { startBeside } from './process/start-beside.ts';
import { createLxcNodeCopies } from './provider/lxc/checkpoints/create-lxc-node-copies.ts';
import { createLxcProvider } from './provider/lxc/create-lxc-provider.ts';
import { examineHost } from './provider/lxc/host/examine-host.ts';
import { readAvailableMemory } from './provider/lxc/host/available-memory.ts';
import { readFirstId } from './provider/lxc/host/id-range.ts';
import { prepareHost } from './provider/lxc/host/prepare-host.ts';
import { imagesHome } from './provider/lxc/images/image-places.ts';
import { createImageStore, readArchitecture } from './provider/lxc/images/image-store.ts';
import { unneededImages } from './provider/lxc/images/unneeded-images.ts';
import { includedWorkshop } from './workshop/included-workshop.ts';
import { loadWorkshop } from './workshop/load-workshop.ts';
import { createWorkshopMemory } from './workshop/workshop-memory.ts';

/** Above src/ in a checkout, above dist/ once built. */
const program = dirname(dirname(fileURLToPath(import.meta.url)));

export interface ComposeInput {
  /** The Node that runs this program. */
  readonly node: string;
  /** TERM of the person's terminal. */
  readonly terminal: string;
  /** Where lab hears what the terminal says. */
  readonly signals: Signals;
  /** The command of the shell that a person reads long texts with. */
  readonly pager: string;
  /** Keeps Ctrl-C for the program that has the terminal. */
  readonly whileAttached: <T>(work: () => Promise<T>) => Promise<T>;
}

export function compose(input: ComposeInput, invocation: Invocation): Services {
  const attach: AttachProgram = (argv, terminal) =>
    input.whileAttached(() => attachProgram(argv, input.signals, terminal));
  const run = startBeside();
  const imagesOf = (workshop: Workshop) =>
    createImageStore({
      home: invocation.home,
      workshop,
      runProgram,
      firstId: readFirstId,
      availableMemory: readAvailableMemory,
    });
  let workshopOnce: Promise<Workshop> | undefined;
  return {
    ...labLocks({ home: invocation.home, imagesLock: imagesHome(invocation.home).lock }),
    run: runProgram,
    attach,
    showPaged: (text, line) => input.whileAttached(() => showInPager(input.pager, text, line)),
    ledgerClient: [input.node, fileURLToPath(new URL('ledger-client.js', import.meta.url))],
    loadWorkshop: () =>
      (workshopOnce ??= loadWorkshop(
        { actionKinds, checkKinds },
        invocation.workshop ?? includedWorkshop(program),
        createWorkshopMemory(workshopsDirectory(invocation.home), fileURLToPath(new URL('main.js', import.meta.url))),
      )),
    provider: (lab, workshop) =>
      createLxcProvider({
        run,
        attach,
        home: invocation.home,
        lab,
        workshop,
        images: imagesOf(workshop),
        seat: [input.node, fileURLToPath(new URL('seat.js', import.meta.url))],
        terminal: input.terminal,
        firstId: readFirstId,
      }),
    images: imagesOf,
    nodeCopies: (lab, workshop) =>
      createLxcNodeCopies({ run, home: invocation.home, lab, workshop, firstId: readFirstId }),
    chapterEnds: (workshop, edition) =>
      openChapterEnds({ home: invocation.home, workshop, edition, images: imagesOf(workshop), now: () => new Date() }),
    authorities: async (lab) => {
      const { openAuthorities } = await import('./pki/open-authorities.ts');
      return openAuthorities(authoritiesDirectory(invocation.home), lab, () => new Date());
    },
    examineHost: () => examineHost({ run: runProgram, home: invocation.home }),
    prepareHost: () => prepareHost({ run: runProgram, home: invocation.home }),
    unneededImages: async (workshop, going) => {
      const [architecture, firstId] = [await readArchitecture(runProgram), await readFirstId()];
      return unneededImages({ home: invocation.home, workshop, architecture, firstId, going });
    },
  };
}
