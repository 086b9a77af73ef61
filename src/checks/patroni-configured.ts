import * as z from 'zod';
import { type Judgement } from '../model/verdict.ts';
import { words, type Words } from '../model/words.ts';
import { nodeFile, type NodeFile } from '../probes/node-file.ts';
import { checkedNode } from './checked-node.ts';
import { defineCheck } from './kind.ts';
import { diagnosePatroniConfiguration } from './patroni-configuration/diagnose-patroni-configuration.ts';
import { findingWords } from './patroni-configuration/finding-words.ts';
import { patroniConfigurationPath as path } from './patroni-trouble.ts';

/** What is on disk makes this node the member that the workshop wants, and only those who may can read it. */
export const patroniConfigured = defineCheck({
  name: 'patroni-configured',
  scope: 'node',
  schema: z.strictObject({}),
  withinSeconds: 0,

  observe: (reach, setting) => nodeFile(reach, checkedNode(setting).name, path),

  judge(file: NodeFile | null, setting): Judgement {
    const node = checkedNode(setting);
    const expected = words(
      `${path} makes ${node.name} the member ${node.member ?? ''}`,
      `${path} fait de ${node.name} le membre ${node.member ?? ''}`,
    );
    if (file === null)
      return {
        verdict: 'fail',
        expected,
        seen: words('no such file', 'pas de fichier'),
        ...notThere(node.name),
        final: true,
      };
    const findings = diagnosePatroniConfiguration(file.text, {
      node,
      edition: setting.edition,
      workshop: setting.workshop,
    });
    if (findings.length > 0) {
      const count = String(findings.length);
      const seen =
        findings.length === 1
          ? words('one thing is not right', 'un point à reprendre')
          : words(`${count} things are not right`, `${count} points à reprendre`);
      return { verdict: 'fail', expected, seen, ...findingWords(findings, path), final: true };
    }
    const seen = words(
      `${file.user}:${file.group}, mode ${file.mode}`,
      `${file.user}:${file.group}, mode ${file.mode}`,
    );
    const cause = accessTrouble(file);
    if (cause === null) return { verdict: 'pass', expected, seen };
    const right = `chown postgres:postgres ${path} && chmod 600 ${path}`;
    return {
      verdict: 'fail',
      expected,
      seen,
      cause,
      hint: words(`As root: \`${right}\``, `En root : \`${right}\``),
      final: true,
    };
  },

  command: () => `ls -l ${path} && less ${path}`,
});

function notThere(node: string): { readonly cause: Words; readonly hint: Words } {
  return {
    cause: words(
      `there is no ${path} on ${node}, and without it systemd does not start Patroni`,
      `il n'y a pas de ${path} sur ${node}, et sans lui systemd ne démarre pas Patroni`,
    ),
    hint: words(
      'The file beside it, `config.yml.in`, is a template of Debian; the workshop writes the file from scratch.',
      "Le fichier voisin, `config.yml.in`, est un modèle de Debian ; l'atelier écrit le fichier de zéro.",
    ),
  };
}

/** Patroni runs as postgres; everybody else has no business with the passwords. */
function accessTrouble({ user, group, mode }: NodeFile): Words | null {
  const digit = (place: number) => Number(mode.at(place) ?? 0);
  const [owners, groups, others] = [digit(-3), digit(-2), digit(-1)];
  if (others > 0) {
    return words(
      `the file holds passwords, and everybody on the node can read it (mode ${mode})`,
      `le fichier contient des mots de passe, et tout le monde sur le nœud peut le lire (mode ${mode})`,
    );
  }
  const readable = (user === 'postgres' && owners >= 4) || (group === 'postgres' && groups >= 4);
  if (readable) return null;
  return words(
    `Patroni runs as postgres and can't read the file of ${user}:${group} (mode ${mode})`,
    `Patroni tourne sous postgres et ne peut pas lire ce fichier de ${user}:${group} (mode ${mode})`,
  );
}
