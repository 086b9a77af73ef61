import { succeeded } from '../model/command.ts';
import { type NodeName } from '../model/ids.ts';
import { words } from '../model/words.ts';
import { type Provider } from '../provider/provider.ts';
import { unknownName } from '../workshop/unknown-name.ts';

/** For `journalctl`, a unit that the node does not have is one without entries. Throws `unit-unknown` (exit status 2). */
export async function requireUnit(provider: Provider, node: NodeName, unit: string): Promise<void> {
  const state = await provider.exec(node, ['systemctl', 'show', '--property', 'LoadState', '--value', '--', unit]);
  if (!succeeded(state) || state.stdout.trim() !== 'not-found') return;
  const list = ['systemctl', 'list-unit-files', '--no-legend', '--plain', '--type', 'service'];
  const { stdout } = await provider.exec(node, list);
  const services = stdout.split('\n').flatMap((line) => /^(\S+)\.service /.exec(line)?.[1] ?? []);
  throw unknownName('unit-unknown', words(`${node} has no unit "${unit}".`, `${node} n'a pas d'unité « ${unit} ».`), {
    text: unit.replace(/\.service$/, ''),
    candidates: services,
    all: words(
      `All of its journal: lab logs ${node}. Its units: lab exec ${node} -- systemctl list-units`,
      `Tout son journal : lab logs ${node}. Ses unités : lab exec ${node} -- systemctl list-units`,
    ),
  });
}
