import { type NodeDefinition } from '../model/workshop.ts';
import { words, type Words } from '../model/words.ts';
import { etcdClientPort, type EtcdAnswer } from '../probes/etcd.ts';

/** What there is to see of a member that gave no answer: as `seen`, a few words. */
export function etcdSilence(answer: Exclude<EtcdAnswer<unknown>, { kind: 'answer' }>, node: NodeDefinition): Words {
  if (answer.kind === 'error')
    return words(`${node.name} answers "${answer.message}"`, `${node.name} répond « ${answer.message} »`);
  const url = `${node.address}:${String(etcdClientPort)}`;
  switch (answer.how) {
    case 'node-not-running':
      return words(
        `${node.name} is ${answer.text}`,
        `${node.name} ${stateInFrench[answer.text] ?? "n'est pas en marche"}`,
      );
    case 'refused':
      return words(`${node.name} takes no connection at ${url}`, `${node.name} n'accepte pas de connexion sur ${url}`);
    case 'timed-out':
      return words(`${node.name} gave no answer in time (${url})`, `${node.name} n'a pas répondu à temps (${url})`);
    case 'other':
      return words(`${node.name} (${url}): ${answer.text}`, `${node.name} (${url}) : ${answer.text}`);
  }
}

const stateInFrench: Readonly<Record<string, string>> = {
  absent: "n'existe pas",
  stopped: 'est arrêté',
  frozen: 'est gelé',
};
