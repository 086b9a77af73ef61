import { type Command } from 'commander';
import { faults } from '../faults/registry.ts';
import { words } from '../model/words.ts';
import { type Call, type Say } from './verb-call.ts';

export function addFaults(program: Command, say: Say, call: Call): void {
  const node = words(
    'a node: pg-patroni1, etcd2 … (default: the Patroni leader)',
    'un nœud : pg-patroni1, etcd2 … (par défaut : le leader Patroni)',
  );
  const list = faults.map(({ name, describe }) => `  ${name.padEnd(14)}${say(describe)}`).join('\n');
  program
    .command('fault')
    .argument(
      '[name]',
      say(words('which fault; without it they are explained', 'quelle panne ; sans nom, elles sont expliquées')),
    )
    .argument('[node]', say(node))
    .argument('[other]', say(words('partition: cut off from this node alone', 'partition : coupé de ce seul nœud')))
    .description(
      say(words('break something on purpose; "lab heal" mends it', 'provoquer une panne ; « lab heal » la répare')),
    )
    .option('--percent <number>', say(words('loss: how many of 100 packets', 'loss : combien de paquets sur 100')))
    .option('--rate <rate>', say(words('slow: 500kbit, 2mbit …', 'slow : 500kbit, 2mbit …')))
    .option('--ms <number>', say(words('delay: milliseconds', 'delay : millisecondes')))
    .addHelpText('after', `\n${say(words('Faults:', 'Pannes :'))}\n${list}`)
    .action(
      (
        name: string | undefined,
        first: string | undefined,
        other: string | undefined,
        values: { percent?: string; rate?: string; ms?: string },
        command: Command,
      ) => {
        const nodes = [first, other].filter((one) => one !== undefined);
        return call(command.optsWithGlobals(), async () => (await import('./fault.ts')).fault, name, nodes, values);
      },
    );
  program
    .command('heal')
    .description(say(words('remove every injected fault', 'retirer toutes les pannes injectées')))
    .action((_: unknown, command: Command) =>
      call(command.optsWithGlobals(), async () => (await import('./fault.ts')).heal),
    );
}
