import { exitStatus, LabError } from '../model/errors.ts';
import { words } from '../model/words.ts';
import { bringEtcdBack, etcdNodes, leadersSeen } from './etcd-nodes.ts';
import { bringMembersBack } from './bring-members-back.ts';
import { type ActionContext, defineAction } from './kind.ts';
import { addNote, noteSchema } from './add-note.ts';

/**
 * Freezes the member that leads etcd, and writes a row once the others have a new leader. Patroni's leader has to go on
 * leading meanwhile. Then the frozen one is thawed.
 */
export const loseEtcdLeader = defineAction({
  name: 'lose-etcd-leader',
  drill: true,
  schema: noteSchema,
  run: async (context, { table, note }) => {
    const lost = await bringEtcdBack(context);
    const { leader } = await bringMembersBack(context);
    const thawed = context.cleanUp((own) => own.startNode(lost.name));
    await context.freezeNode(lost.name);
    await otherLeader(context, lost.name);
    const answer = await addNote(context, leader.name, { table, note });
    await bringEtcdBack(context);
    thawed.forget();
    if (answer.exitStatus !== 0) throw notWritten(leader.name, answer.stderr);
  },
});

async function otherLeader(context: ActionContext, lost: string): Promise<void> {
  const others = etcdNodes(context).filter(({ name }) => name !== lost);
  await context.waitFor(
    words('the other members of etcd have a new leader', "les autres membres d'etcd ont un nouveau leader"),
    20,
    async () => (await leadersSeen(context, others)).every((one) => one !== null && one.name !== lost),
  );
}

function notWritten(node: string, said: string): LabError {
  return new LabError(
    'write-refused',
    words(
      `With one member of etcd lost, ${node} should have taken a write: ${said.trim()}`,
      `Avec un seul membre d'etcd perdu, ${node} aurait dû accepter une écriture : ${said.trim()}`,
    ),
    { exit: exitStatus.failed },
  );
}
