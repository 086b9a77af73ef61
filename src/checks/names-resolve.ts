import * as z from 'zod';
import { type Judgement } from '../model/verdict.ts';
import { type Workshop } from '../model/workshop.ts';
import { joinWords, verbatim, words } from '../model/words.ts';
import { nodeFile } from '../probes/node-file.ts';
import { resolvedNames } from '../probes/resolved-names.ts';
import { seen } from '../probes/reach.ts';
import { checkedNode } from './checked-node.ts';
import { hostsFileTrouble, type WrongName } from './hosts-file-trouble.ts';
import { defineCheck } from './kind.ts';

interface NamesObservation {
  readonly resolved: ReadonlyMap<string, string | null>;
  /** /etc/hosts; null when there is none. */
  readonly hosts: string | null;
}

/** Every node of the workshop and its aliases resolve, in this node, to the workshop's addresses. */
export const namesResolve = defineCheck({
  name: 'names-resolve',
  scope: 'node',
  schema: z.strictObject({}),
  withinSeconds: 0,

  async observe(reach, setting) {
    const node = checkedNode(setting).name;
    const names = expectedNames(setting.workshop).map(([name]) => name);
    const [resolved, hosts] = await Promise.all([
      resolvedNames(reach, node, names),
      nodeFile(reach, node, '/etc/hosts'),
    ]);
    if (resolved.kind === 'unseen') return resolved;
    if (hosts.kind === 'unseen') return hosts;
    return seen<NamesObservation>({ resolved: resolved.value, hosts: hosts.value?.text ?? null });
  },

  judge({ resolved, hosts }, { workshop }): Judgement {
    const names = expectedNames(workshop);
    const expected = words(
      `${String(names.length)} names resolve to the addresses of the workshop`,
      `${String(names.length)} noms donnent les adresses de l'atelier`,
    );
    const wrong = names.flatMap(([name, address]): WrongName[] => {
      const found = resolved.get(name) ?? null;
      return found === address ? [] : [{ name, address, resolved: found }];
    });
    if (wrong.length === 0)
      return {
        verdict: 'pass',
        expected,
        seen: words(`${String(names.length)} names`, `${String(names.length)} noms`),
      };
    const shown = wrong.map(({ name, resolved }) => `${name} → ${resolved ?? '?'}`).join(', ');
    const causes = hostsFileTrouble(hosts, wrong, workshop.nodes);
    return {
      verdict: 'fail',
      expected,
      seen: verbatim(shown),
      ...(causes.length === 0 ? {} : { cause: joinWords(causes, '\n') }),
      final: true,
    };
  },

  command: ({ workshop }) =>
    `getent ahostsv4 ${expectedNames(workshop)
      .map(([name]) => name)
      .join(' ')}`,
});

/** etcd also looks `localhost` up. */
function expectedNames(workshop: Workshop): readonly (readonly [name: string, address: string])[] {
  const ofNodes = workshop.nodes.flatMap((node) =>
    [node.name, ...node.aliases].map((name) => [name, node.address] as const),
  );
  return [['localhost', '127.0.0.1'], ...ofNodes];
}
