import * as z from 'zod';
import { chapterFilePath } from '../model/chapter-file-path.ts';
import { renderTemplate, templateScope } from '../model/template.ts';
import { type Judgement } from '../model/verdict.ts';
import { joinWords, words } from '../model/words.ts';
import { nodeFile, type NodeFile } from '../probes/node-file.ts';
import { seen } from '../probes/reach.ts';
import { checkedNode } from './checked-node.ts';
import { defineCheck } from './kind.ts';
import { configurationFindings } from './pgbackrest/configuration-findings.ts';
import { readWorkshopFile } from '../workshop/read-regular-file.ts';

const path = '/etc/pgbackrest.conf';

interface ConfigurationObservation {
  readonly wanted: string;
  readonly found: NodeFile | null;
}

/** The node's pgBackRest works as the chapter's file says. More than that may stand there. */
export const pgbackrestConfigured = defineCheck({
  name: 'pgbackrest-configured',
  scope: 'node',
  schema: z.strictObject({ file: z.string() }),
  withinSeconds: 0,
  files: ({ file }) => [file],

  async observe(reach, setting, { file }) {
    const node = checkedNode(setting);
    if (setting.chapter === undefined) throw new Error('a check that names a file was run without its chapter');
    const template = await readWorkshopFile(chapterFilePath(setting.chapter, file));
    const wanted = renderTemplate(template, templateScope(setting.workshop, setting.edition, node));
    const found = await nodeFile(reach, node.name, path);
    return found.kind === 'unseen' ? found : seen<ConfigurationObservation>({ wanted, found: found.value });
  },

  judge({ wanted, found }, setting): Judgement {
    const { name } = checkedNode(setting);
    const expected = words(`${path} as in the chapter`, `${path} comme dans le chapitre`);
    if (found === null)
      return {
        verdict: 'fail',
        final: true,
        expected,
        seen: words(`no ${path} on ${name}`, `pas de ${path} sur ${name}`),
      };
    const openTo = found.user === 'postgres' || found.group === 'postgres' || Number(found.mode.at(-1)) >= 4;
    const findings = [
      ...(openTo
        ? []
        : [
            words(
              `postgres can't read ${path}: it belongs to ${found.user}:${found.group}, mode ${found.mode}`,
              `postgres ne peut pas lire ${path} : il appartient à ${found.user}:${found.group}, droits ${found.mode}`,
            ),
          ]),
      ...configurationFindings(path, wanted, found.text),
    ];
    if (findings.length === 0) return { verdict: 'pass', expected, seen: words('the same', 'identique') };
    return {
      verdict: 'fail',
      final: true,
      expected,
      seen: words(`${String(findings.length)} differences`, `${String(findings.length)} différences`),
      cause: joinWords(findings, '\n'),
    };
  },

  command: () => `cat ${path}`,
});
