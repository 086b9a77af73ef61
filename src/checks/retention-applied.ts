import * as z from 'zod';
import { type Judgement } from '../model/verdict.ts';
import { joinWords, words, type Words } from '../model/words.ts';
import { lookInNode } from '../probes/look-in-node.ts';
import { nodeFile } from '../probes/node-file.ts';
import { pgbackrestCommand } from '../probes/pgbackrest.ts';
import { seen } from '../probes/reach.ts';
import { defineCheck } from './kind.ts';
import { noMember, observeStanza, readView, repository, type StanzaView } from './pgbackrest/observe-stanza.ts';
import { parseSettings } from './pgbackrest/parse-settings.ts';

interface RetentionObservation {
  readonly view: StanzaView | null;
  /** The lines of the node's pgbackrest.conf about what is removed. */
  readonly lines: readonly { readonly line: number; readonly text: string }[];
  /** Full backups that were ever taken; pgBackRest keeps their manifests when they go. */
  readonly taken: number;
}

const path = '/etc/pgbackrest.conf';

/** As many full backups as the retention allows are kept, and one has gone that was too many. */
export const retentionApplied = defineCheck({
  name: 'retention-applied',
  scope: 'cluster',
  schema: z.strictObject({ stanza: z.string(), full: z.int().positive() }),
  withinSeconds: 5,

  async observe(reach, setting, { stanza }) {
    const view = await observeStanza(reach, setting, stanza);
    if (view.kind === 'unseen') return view;
    if (view.value === null) return seen<RetentionObservation>({ view: null, lines: [], taken: 0 });
    const { node } = view.value;
    const file = await nodeFile(reach, node.name, path);
    if (file.kind === 'unseen') return file;
    const history = ['find', `${repository}/backup/${stanza}/backup.history`, '-name', '*F.manifest.gz'];
    const taken = await lookInNode(reach, node.name, history);
    if (taken.kind === 'unseen') return taken;
    const settings = parseSettings(file.value?.text ?? '');
    return seen<RetentionObservation>({
      view: view.value,
      lines: settings.filter(({ key }) => /^(repo1-retention-|expire-auto)/.test(key)),
      taken: taken.value.stdout.split('\n').filter((line) => line !== '').length,
    });
  },

  judge({ view, lines, taken }, _setting, { stanza, full }): Judgement {
    const expected = words(
      `${String(full)} full backups are kept, and an older one has gone`,
      `${String(full)} sauvegardes complètes sont gardées, et une plus ancienne est partie`,
    );
    if (view === null) return { verdict: 'fail', expected, ...noMember() };
    const read = readView(view, stanza);
    if (!('stanza' in read)) return { verdict: 'fail', expected, ...read };
    const kept = read.stanza.backups.filter(({ type }) => type === 'full').map(({ label }) => label);
    const found = words(
      `${String(kept.length)} of ${String(taken)} full backups kept: ${kept.join(', ')}`,
      `${String(kept.length)} sauvegardes complètes gardées sur ${String(taken)} : ${kept.join(', ')}`,
    );
    if (kept.length === full && taken > full) return { verdict: 'pass', expected, seen: found };
    const cause = kept.length > full ? tooMany(kept, full, lines) : tooFew(kept.length, full);
    return { verdict: 'fail', expected, seen: found, cause };
  },

  command: (_setting, { stanza }) => pgbackrestCommand(stanza, 'info'),
});

function tooMany(kept: readonly string[], full: number, lines: RetentionObservation['lines']): Words {
  const old = kept.slice(0, -full).join(', ');
  const older = words(
    `older than the retention allows: ${old}`,
    `plus ancienne que la rétention ne le permet : ${old}`,
  );
  const blamed = lines.filter(({ text }) => text !== `repo1-retention-full=${String(full)}`);
  const set = lines.some(({ text }) => text.startsWith('repo1-retention-full='));
  const causes = blamed.map(({ line, text }) =>
    words(`line ${String(line)} of ${path}: \`${text}\``, `ligne ${String(line)} de ${path} : \`${text}\``),
  );
  const unset = words(`${path} sets no \`repo1-retention-full\``, `${path} ne fixe pas \`repo1-retention-full\``);
  const idle = words(
    'no `expire` ran since: it comes with the next backup, or by itself with `pgbackrest expire`',
    "aucun `expire` n'a tourné depuis : il vient avec la prochaine sauvegarde, ou seul avec `pgbackrest expire`",
  );
  return joinWords([older, ...causes, ...(set ? [] : [unset]), ...(set && causes.length === 0 ? [idle] : [])], '\n');
}

function tooFew(kept: number, full: number): Words {
  return kept < full
    ? words(`only ${String(kept)} full backups are there`, `il n'y a que ${String(kept)} sauvegardes complètes`)
    : words(
        'no full backup has expired yet: take one more',
        "aucune sauvegarde complète n'a encore expiré : prenez-en une de plus",
      );
}
