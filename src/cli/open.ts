import { once } from 'node:events';
import { servePage } from '../engine/serve-page.ts';
import { startSeatForwarder } from '../engine/seat-forwarder.ts';
import { succeeded } from '../model/command.ts';
import { exitStatus, LabError } from '../model/errors.ts';
import { nearest } from '../model/nearest.ts';
import { type Words, words } from '../model/words.ts';
import { type NodeDefinition } from '../model/workshop.ts';
import { curl } from '../probes/curl.ts';
import { statisticsUrl } from '../probes/haproxy-statistics.ts';
import { patroniUrl } from '../probes/patroni-rest.ts';
import { renderOpened } from '../ui/render-opened.ts';
import { findNode } from '../workshop/find-node.ts';
import { pageOf } from './page-of.ts';
import { readLab, type ReadLab } from './read-lab.ts';
import { type Verb } from './services.ts';
import { visiting } from './visiting.ts';

export interface OpenOptions {
  readonly port?: string;
}

interface LabPage {
  readonly name: string;
  readonly title: Words;
  urlOn(node: NodeDefinition): string;
}

const pages: readonly LabPage[] = [
  {
    name: 'haproxy',
    title: words("HAProxy's statistics", 'les statistiques de HAProxy'),
    urlOn: (node) => statisticsUrl(node),
  },
  {
    name: 'patroni',
    title: words("Patroni's REST API", "l'API REST de Patroni"),
    urlOn: (node) => patroniUrl(node, '/cluster'),
  },
];

/** Until Ctrl-C, which is how one leaves it. */
export const open: Verb<[page: string, node: string | undefined, options: OpenOptions]> = async (
  world,
  invocation,
  name,
  nodeName,
  options,
) => {
  const page = findPage(name);
  const asked = options.port === undefined ? null : parsePort(options.port);
  const lab = await readLab(world, invocation);
  const node = await chooseNode(lab, nodeName);
  const inside = new URL(page.urlOn(node));
  const port = Number(inside.port);
  await requireAnswer(lab, inside.href, node);
  const shown = { page: page.name, title: page.title, node: node.name };
  // Patroni's REST API does more than show: whoever has its port is in the lab.
  await visiting(world, invocation, async () => {
    const forwarder = await startSeatForwarder(lab.provider, { host: node.address, port }, world.signal);
    try {
      const served = await servePage(forwarder, asked, port);
      try {
        const url = `${inside.protocol}//127.0.0.1:${String(served.port)}${inside.pathname}`;
        renderOpened({ ...shown, url }, pageOf(world, invocation));
        if (!world.signal.aborted) await once(world.signal, 'abort');
      } finally {
        await served.close();
      }
    } finally {
      await forwarder.close();
    }
  });
  return exitStatus.done;
};

function findPage(name: string): LabPage {
  const page = pages.find((one) => one.name === name);
  if (page !== undefined) return page;
  const names = pages.map((one) => one.name);
  const near = nearest(name, names);
  const list = names.join(', ');
  const meant = near === undefined ? words('', '') : words(` Did you mean ${near}?`, ` Vouliez-vous dire ${near} ?`);
  throw new LabError(
    'page-unknown',
    words(`There is no page ${name}: ${list}.${meant.en}`, `Il n'y a pas de page ${name} : ${list}.${meant.fr}`),
    { exit: exitStatus.usage },
  );
}

function parsePort(text: string): number {
  const port = Number(text);
  if (/^\d+$/.test(text) && port >= 1 && port <= 65535) return port;
  throw new LabError(
    'port-wrong',
    words(`${text} is no port: a number from 1 to 65535.`, `${text} n'est pas un port : un nombre de 1 à 65535.`),
    { exit: exitStatus.usage },
  );
}

/** The named one, or the first member's node that runs. */
async function chooseNode(lab: ReadLab, name: string | undefined): Promise<NodeDefinition> {
  if (name !== undefined) return findNode(lab.workshop, name);
  const { nodes } = await lab.provider.observe();
  const node = lab.workshop.nodes.find(({ name: one, member }) => member !== undefined && nodes.get(one) === 'running');
  if (node !== undefined) return node;
  throw new LabError(
    'no-node-running',
    words('No node with Patroni runs in this lab.', 'Aucun nœud avec Patroni ne tourne dans ce lab.'),
    {
      exit: exitStatus.failed,
      hint: words(
        '"lab up" starts the nodes; "lab status" shows them.',
        '« lab up » démarre les nœuds ; « lab status » les montre.',
      ),
    },
  );
}

/** Whatever answers there is worth looking at; nobody is not. */
async function requireAnswer({ provider }: ReadLab, url: string, node: NodeDefinition): Promise<void> {
  const ask = [...curl(3), '--insecure', '--output', '/dev/null', url];
  const answer = await provider.execOnNetwork(ask, { timeoutSeconds: 10 });
  // curl's exit statuses: 7 nobody listens there, 28 no answer in time.
  if (succeeded(answer) || (answer.exitStatus !== 7 && answer.exitStatus !== 28 && answer.exitStatus !== null)) return;
  throw new LabError(
    'nobody-answers',
    words(`Nobody answers at ${url} (${node.name}).`, `Personne ne répond à ${url} (${node.name}).`),
    {
      exit: exitStatus.failed,
      hint: words(
        '"lab status" shows what runs; HAProxy comes with the chapter haproxy.',
        '« lab status » montre ce qui tourne ; HAProxy vient avec le chapitre haproxy.',
      ),
    },
  );
}
