import { parse } from 'yaml';
import * as z from 'zod';
import { chapterFilePath } from '../model/chapter-file-path.ts';
import { exitStatus, LabError } from '../model/errors.ts';
import { type NodeName } from '../model/ids.ts';
import { type NodeDefinition } from '../model/workshop.ts';
import { renderTemplate, templateScope } from '../model/template.ts';
import { words } from '../model/words.ts';
import { type PatroniTiming, patroniTimingSchema } from '../probes/patroni-timing.ts';
import { bringMembersBack } from './bring-members-back.ts';
import { containsConfiguration } from './contains-configuration.ts';
import { type ActionContext, defineAction } from './kind.ts';
import { nudge } from './patroni-api.ts';
import { readWorkshopFile } from '../workshop/read-regular-file.ts';

const patronictl = ['patronictl', '-c', '/etc/patroni/config.yml'];

/**
 * Puts what the file says into the dynamic configuration, beside what is there. Members that have to restart for it do,
 * replicas first; the leader is restarted by its Patroni, which holds the leader key meanwhile.
 */
export const mergeDynamicConfiguration = defineAction({
  name: 'merge-dynamic-configuration',
  schema: z.strictObject({ file: z.string() }),
  files: ({ file }) => [file],
  run: async (context, { file }) => {
    const template = await readWorkshopFile(chapterFilePath(context.chapter, file));
    const input = renderTemplate(template, templateScope(context.workshop, context.edition));
    const { leader, replicas } = await bringMembersBack(context);
    await context.exec(leader.name, [...patronictl, 'edit-config', '--force', '--apply', '-'], { input });
    const nodes = [...replicas, leader];
    const wanted: unknown = parse(input, { version: '1.1' });
    await takenBy(context, nodes, wanted);
    const { patroni_scope: scope = '' } = context.workshop.values;
    for (const role of ['replica', 'leader'])
      await context.attempt(leader.name, [...patronictl, 'restart', scope, '--role', role, '--pending', '--force'], {
        timeoutSeconds: 120,
      });
    const after = await bringMembersBack(context);
    if (after.leader.name === leader.name) return;
    throw new LabError(
      'leader-lost',
      words(
        `The lead went from ${leader.name} to ${after.leader.name} while members restarted.`,
        `Le rôle de leader est passé de ${leader.name} à ${after.leader.name} pendant les redémarrages.`,
      ),
      { exit: exitStatus.failed },
    );
  },
});

/** Patroni writes the configuration that it works with beside the data, once it knows what has to restart for it. */
async function takenBy(context: ActionContext, nodes: readonly NodeDefinition[], wanted: unknown): Promise<void> {
  const taken = new Set<NodeName>();
  await context.waitFor(
    words('every member works with the new configuration', 'chaque membre applique la nouvelle configuration'),
    60,
    async () => {
      const waiting = nodes.filter(({ name }) => !taken.has(name));
      await nudge(context, waiting, await liveTiming(context, waiting));
      for (const { name } of waiting) {
        const kept = await context.attempt(name, ['sh', '-c', 'cat /var/lib/postgresql/*/main/patroni.dynamic.json']);
        if (kept.exitStatus === 0 && containsConfiguration(JSON.parse(kept.stdout), wanted)) taken.add(name);
      }
      return taken.size === nodes.length;
    },
  );
}

async function liveTiming(context: ActionContext, [node]: readonly NodeDefinition[]): Promise<PatroniTiming> {
  if (node === undefined) throw new Error('no member to configure');
  const shown = await context.exec(node.name, [...patronictl, 'show-config']);
  return patroniTimingSchema.parse(parse(shown.stdout, { version: '1.1' }));
}
