import { type NodeDefinition } from '../model/workshop.ts';
import { words, type Words } from '../model/words.ts';
import { type EtcdAnswer } from '../probes/etcd.ts';
import { seen, type Observed, type Reach } from '../probes/reach.ts';
import { etcdSilence } from './etcd-silence.ts';
import { etcdTroubleWords, lookForEtcdTrouble, type EtcdTrouble } from './etcd-trouble.ts';

/** What one member answered, and what else there was to see if it did not. */
export interface MemberAnswer<T> {
  readonly node: NodeDefinition;
  readonly answer: EtcdAnswer<T>;
  /** null when there was an answer, and when the node itself isn't running. */
  readonly trouble: EtcdTrouble | null;
}

type Ask<T> = (reach: Reach, node: NodeDefinition) => Promise<Observed<EtcdAnswer<T>>>;

/** Asks one member; `members` are all that should be in its cluster. */
export async function askMember<T>(
  reach: Reach,
  node: NodeDefinition,
  members: readonly NodeDefinition[],
  ask: Ask<T>,
): Promise<Observed<MemberAnswer<T>>> {
  const answer = await ask(reach, node);
  if (answer.kind === 'unseen') return answer;
  const there = reach.observation.nodes.get(node.name) === 'running';
  if (answer.value.kind === 'answer' || !there) return seen({ node, answer: answer.value, trouble: null });
  const trouble = await lookForEtcdTrouble(reach, node, members, answer.value);
  return trouble.kind === 'unseen' ? trouble : seen({ node, answer: answer.value, trouble: trouble.value });
}

export async function askEveryMember<T>(
  reach: Reach,
  members: readonly NodeDefinition[],
  ask: Ask<T>,
): Promise<Observed<readonly MemberAnswer<T>[]>> {
  const rows: MemberAnswer<T>[] = [];
  for (const row of await Promise.all(members.map((node) => askMember(reach, node, members, ask)))) {
    if (row.kind === 'unseen') return row;
    rows.push(row.value);
  }
  return seen(rows);
}

export interface Silence {
  readonly seen: Words;
  readonly cause: Words;
}

/** What to say of a member that gave no answer; null when it did. */
export function silenceOf<T>({ node, answer, trouble }: MemberAnswer<T>): Silence | null {
  if (answer.kind === 'answer') return null;
  const said = etcdSilence(answer, node);
  return { seen: said, cause: trouble === null ? said : etcdTroubleWords(trouble, node, answer) };
}

/** The same for a check of the whole cluster, whose reader has to be told which node is meant. */
export function silencesOf<T>(rows: readonly MemberAnswer<T>[]): readonly Silence[] {
  return rows.flatMap((row) => {
    const silence = silenceOf(row);
    if (silence === null) return [];
    const { en, fr } = silence.cause;
    if (en.includes(row.node.name)) return [silence];
    return [{ seen: silence.seen, cause: words(`${row.node.name}: ${en}`, `${row.node.name} : ${fr}`) }];
  });
}
