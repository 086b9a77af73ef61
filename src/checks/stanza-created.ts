import * as z from 'zod';
import { type Judgement } from '../model/verdict.ts';
import { words, type Words } from '../model/words.ts';
import { dcsContent } from '../probes/dcs.ts';
import { pgbackrestCommand } from '../probes/pgbackrest.ts';
import { seen } from '../probes/reach.ts';
import { defineCheck } from './kind.ts';
import { noMember, observeStanza, readView, type StanzaView } from './pgbackrest/observe-stanza.ts';

interface StanzaObservation {
  readonly view: StanzaView | null;
  /** Of the cluster, as Patroni keeps it; null = not known. */
  readonly systemId: string | null;
}

/** The repository has the stanza, and it is this cluster's. */
export const stanzaCreated = defineCheck({
  name: 'stanza-created',
  scope: 'cluster',
  schema: z.strictObject({ stanza: z.string() }),
  withinSeconds: 5,

  async observe(reach, setting, { stanza }) {
    const view = await observeStanza(reach, setting, stanza);
    if (view.kind === 'unseen') return view;
    const dcs = await dcsContent(reach);
    if (dcs.kind === 'unseen') return dcs;
    return seen<StanzaObservation>({ view: view.value, systemId: dcs.value?.initialize ?? null });
  },

  judge({ view, systemId }, _setting, { stanza }): Judgement {
    const expected = words(
      `the repository has the stanza ${stanza}, of this cluster`,
      `le dépôt a la stanza ${stanza}, celle de ce cluster`,
    );
    if (view === null) return { verdict: 'fail', expected, ...noMember() };
    const read = readView(view, stanza);
    if (!('stanza' in read)) return { verdict: 'fail', expected, ...read };
    const own = read.stanza.systemId;
    const found = words(`${stanza}, system identifier ${own ?? '?'}`, `${stanza}, identifiant système ${own ?? '?'}`);
    if (systemId === null) return { verdict: 'fail', expected, ...notNamed() };
    if (own === systemId) return { verdict: 'pass', expected, seen: found };
    return {
      verdict: 'fail',
      expected,
      seen: found,
      cause: words(
        `the stanza was created for another database; this cluster's system identifier is ${systemId}`,
        `la stanza a été créée pour une autre base ; l'identifiant système de ce cluster est ${systemId}`,
      ),
    };
  },

  command: (_setting, { stanza }) => pgbackrestCommand(stanza, 'info'),
});

function notNamed(): { readonly seen: Words; readonly hint: Words } {
  return {
    seen: words('etcd does not say which cluster this is', 'etcd ne dit pas de quel cluster il s’agit'),
    hint: words('`lab verify dcs` says why.', '`lab verify dcs` dit pourquoi.'),
  };
}
