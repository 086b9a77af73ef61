import { type NodeDefinition } from '../../model/workshop.ts';
import { words, type Words } from '../../model/words.ts';
import { directoryAccess, type DirectoryAccess } from '../../probes/directory-access.ts';
import { type PgbackrestAnswer, type Stanza, stanzaInfo, stanzaNames } from '../../probes/pgbackrest.ts';
import { seen, type Observed, type Reach } from '../../probes/reach.ts';
import { type CheckSetting } from '../kind.ts';
import { leaderNode } from '../leader-answer.ts';
import { whyNotWritable } from './access-words.ts';

export interface StanzaView {
  /** Where it was looked from: the leader, or any member when nobody leads. */
  readonly node: NodeDefinition;
  readonly answer: PgbackrestAnswer<Stanza>;
  /** Looked for only when the stanza is not well. */
  readonly access: DirectoryAccess | null;
  readonly others: readonly string[];
}

export const repository = '/var/lib/pgbackrest';

/** null: no member's node runs. */
export async function observeStanza(
  reach: Reach,
  setting: CheckSetting,
  stanza: string,
): Promise<Observed<StanzaView | null>> {
  const leader = await leaderNode(reach);
  if (leader.kind === 'unseen') return leader;
  const running = ({ name }: NodeDefinition) => reach.observation.nodes.get(name) === 'running';
  const node = leader.value ?? setting.nodes.find((one) => one.member !== undefined && running(one));
  if (node === undefined) return seen(null);
  const answer = await stanzaInfo(reach, node, stanza);
  if (answer.kind === 'unseen') return answer;
  const well = answer.value.kind === 'answer' && (answer.value.value.code === 0 || answer.value.value.code === 2);
  if (well) return seen({ node, answer: answer.value, access: null, others: [] });
  const access = await directoryAccess(reach, node.name, repository, 'postgres');
  if (access.kind === 'unseen') return access;
  const names = await stanzaNames(reach, node);
  if (names.kind === 'unseen') return names;
  return seen({
    node,
    answer: answer.value,
    access: access.value,
    others: names.value.filter((one) => one !== stanza),
  });
}

export function noMember(): { readonly seen: Words } {
  return { seen: words("no member's node runs", "aucun nœud d'un membre n'est en marche") };
}

/** What the stanza holds; otherwise what is seen of it, and why. */
export function readView(
  { node, answer, access, others }: StanzaView,
  stanza: string,
): { readonly stanza: Stanza } | { readonly seen: Words; readonly cause?: Words } {
  if (answer.kind === 'answer' && (answer.value.code === 0 || answer.value.code === 2)) return { stanza: answer.value };
  const said = answer.kind === 'answer' ? answer.value.message : answer.message;
  const closed = access?.writable === true ? null : whyNotWritable(access, repository, node.name);
  const found = words(`pgBackRest on ${node.name}: ${said}`, `pgBackRest sur ${node.name} : ${said}`);
  if (closed !== null) return { seen: found, cause: closed };
  if (answer.kind === 'error') return { seen: found };
  const there = others.join(', ');
  return {
    seen: found,
    cause:
      others.length === 0
        ? words(
            `no stanza \`${stanza}\` was created in the repository`,
            `aucune stanza \`${stanza}\` n'a été créée dans le dépôt`,
          )
        : words(
            `the repository has no stanza \`${stanza}\`, but \`${there}\`: the wrong stanza was created`,
            `le dépôt n'a pas de stanza \`${stanza}\`, mais \`${there}\` : c'est la mauvaise stanza qui a été créée`,
          ),
  };
}
