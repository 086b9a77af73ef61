// What keeps the cluster from replicating as the chapter wants, by the dynamic configuration and by PostgreSQL; pure.

import { type SynchronousMode } from '../model/measurement.ts';
import { words, type Words } from '../model/words.ts';
import { type SynchronousConfiguration } from '../probes/synchronous-mode.ts';
import { type SynchronousState } from '../probes/synchronous-state.ts';

/** What is written wrongly; empty when the configuration is as wanted. */
export function configurationCauses(
  found: SynchronousConfiguration,
  wanted: { readonly mode: SynchronousMode; readonly standbys: number },
): readonly Words[] {
  return [...modeCauses(found, wanted.mode), ...countCauses(found, wanted.standbys), ...ownNamesCauses(found)];
}

function modeCauses(
  { mode, written, strict, count }: SynchronousConfiguration,
  wanted: SynchronousMode,
): readonly Words[] {
  if (mode === wanted) return [];
  if (mode === 'off') return [whyOff(written, strict, count)];
  if (mode === 'strict')
    return [
      words(
        '`synchronous_mode_strict` is on: once the last standby is gone, nobody can write any more, for as long as that lasts',
        '`synchronous_mode_strict` est activé : une fois le dernier standby perdu, plus personne ne peut écrire, aussi longtemps que cela dure',
      ),
    ];
  if (wanted === 'strict')
    return [
      words(
        '`synchronous_mode_strict` is not on: once the last standby is gone, Patroni goes on without one, and rows that are acknowledged then stand on one node only',
        "`synchronous_mode_strict` n'est pas activé : une fois le dernier standby perdu, Patroni continue sans, et les lignes alors confirmées ne sont que sur un seul nœud",
      ),
    ];
  return [words(`\`synchronous_mode\` is ${written ?? ''}`, `\`synchronous_mode\` vaut ${written ?? ''}`)];
}

function whyOff(written: string | null, strict: boolean, count: number | null): Words {
  if (written !== null && written.toLowerCase() === 'quorum')
    return words(
      '`synchronous_mode: quorum` is known from Patroni 4 on; this older one takes the word for "off"',
      '`synchronous_mode: quorum` existe à partir de Patroni 4 ; cette version plus ancienne prend le mot pour « off »',
    );
  if (written !== null)
    return words(
      `\`synchronous_mode\` is ${written}: replication is asynchronous`,
      `\`synchronous_mode\` vaut ${written} : la réplication est asynchrone`,
    );
  if (count !== null)
    return words(
      `\`synchronous_node_count: ${count}\` stands there without \`synchronous_mode\`, and has no effect alone: replication is asynchronous`,
      `\`synchronous_node_count: ${count}\` est là sans \`synchronous_mode\`, et n'a pas d'effet tout seul : la réplication est asynchrone`,
    );
  if (strict)
    return words(
      '`synchronous_mode_strict` stands there without `synchronous_mode`, and has no effect alone: replication is asynchronous',
      "`synchronous_mode_strict` est là sans `synchronous_mode`, et n'a pas d'effet tout seul : la réplication est asynchrone",
    );
  return words(
    '`synchronous_mode` is not in the dynamic configuration: replication is asynchronous',
    "`synchronous_mode` n'est pas dans la configuration dynamique : la réplication est asynchrone",
  );
}

function countCauses({ mode, count }: SynchronousConfiguration, standbys: number): readonly Words[] {
  if (mode === 'off' || (count ?? 1) === standbys) return [];
  return [
    words(
      `\`synchronous_node_count\` is ${count ?? 1}, not ${standbys}`,
      `\`synchronous_node_count\` vaut ${count ?? 1}, et non ${standbys}`,
    ),
  ];
}

function ownNamesCauses({ ownNames, mode }: SynchronousConfiguration): readonly Words[] {
  if (ownNames === null) return [];
  const line = `\`synchronous_standby_names: '${ownNames}'\``;
  return [
    mode === 'off'
      ? words(
          `${line} was set by hand: commits wait for somebody, but Patroni does not know for whom, and may promote a member that lacks acknowledged rows`,
          `${line} a été réglé à la main : les commits attendent quelqu'un, mais Patroni ne sait pas qui, et peut promouvoir un membre à qui il manque des lignes confirmées`,
        )
      : words(
          `${line} was set by hand: with \`synchronous_mode\` Patroni sets that parameter itself and passes this line over`,
          `${line} a été réglé à la main : avec \`synchronous_mode\`, Patroni règle lui-même ce paramètre et ignore cette ligne`,
        ),
  ];
}

/** PostgreSQL does not wait for whom Patroni chose. */
export function stateCauses({ names, file }: SynchronousState): readonly Words[] {
  if (file?.endsWith('postgresql.auto.conf') === true)
    return [
      words(
        `\`synchronous_standby_names\` is '${names}' by ALTER SYSTEM, which is stronger than Patroni: nobody updates it when a standby goes`,
        `\`synchronous_standby_names\` vaut '${names}' à cause d'un ALTER SYSTEM, plus fort que Patroni : personne ne le met à jour quand un standby disparaît`,
      ),
    ];
  if (names.trim() === '*')
    return [
      words(
        `\`synchronous_standby_names: '*'\`: commits wait for whichever standby answers first, and Patroni does not know which one`,
        `\`synchronous_standby_names: '*'\` : les commits attendent n'importe quel standby, et Patroni ne sait pas lequel`,
      ),
    ];
  return [];
}
