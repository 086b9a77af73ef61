// Makes the mistakes of mistakes.yml in a real lab, and undoes them.

import { type LabStatus } from '../../src/model/lab-status.ts';
import { renderTemplate, templateScope } from '../../src/model/template.ts';
import { type Chapter, type Edition, type NodeDefinition, type Workshop } from '../../src/model/workshop.ts';
import { type Change, type Place, type WrongState } from '../../src/model/wrong-state.ts';
import { nodesUpTo } from '../../src/model/chapters-up-to.ts';
import { type RealLab } from '../real/lab-runner.ts';
import { type Roles } from './recording.ts';
import { putAuthorityKey, signForNode } from './sign-for-node.ts';

/** A lab at the end of a chapter. */
export interface ChapterLab {
  readonly lab: RealLab;
  readonly workshop: Workshop;
  readonly edition: Edition;
  readonly chapter: Chapter;
}

/** The checkpoint that `undo: restore` goes back to. */
export const beforeMistakes = 'before-mistakes';

export async function readRoles({ lab, workshop, chapter }: ChapterLab): Promise<Roles> {
  const { patroni } = JSON.parse((await lab.mustLab(['status', '--format', 'json'])).stdout) as LabStatus;
  const leader = patroni?.members.find(({ role }) => role === 'leader')?.node ?? null;
  const members = nodesUpTo(workshop, chapter.id).filter(({ member }) => member !== undefined);
  const replica = leader === null ? null : (members.find(({ name }) => name !== leader)?.name ?? null);
  return { leader, replica };
}

export async function makeMistake(at: ChapterLab, mistake: WrongState, roles: Roles): Promise<void> {
  for (const [index, change] of mistake.make.entries()) await makeChange(at, change, roles, keptName(index));
}

/** What was kept is put back in the reverse order, faults are healed, and then comes what `undo` says. */
export async function undoMistake(at: ChapterLab, mistake: WrongState, roles: Roles): Promise<void> {
  if (mistake.undo.kind === 'restore') {
    await at.lab.mustLab(['restore', beforeMistakes, '--yes']);
    return;
  }
  for (const [index, change] of Array.from(mistake.make.entries()).toReversed())
    await putBack(at, change, roles, keptName(index));
  if (mistake.make.some(({ kind }) => kind === 'fault')) await at.lab.mustLab(['heal']);
  if (mistake.undo.kind === 'up') await at.lab.mustLab(['up', at.chapter.slug]);
  else for (const change of mistake.undo.changes) await makeChange(at, change, roles, null);
}

/** Everything passes again; throws with what does not. */
export async function isWholeAgain({ lab, chapter }: ChapterLab): Promise<void> {
  const verified = await lab.lab(['verify', chapter.slug, '--wait', '90s']);
  if (verified.exitStatus !== 0) throw new Error(`not whole again:\n${verified.stdout}${verified.stderr}`);
}

const keptName = (index: number): string => `/root/kept-${index}`;

async function makeChange(at: ChapterLab, change: Change, roles: Roles, kept: string | null): Promise<void> {
  const nodes = nodesOf(at, change.on, roles);
  if (change.kind === 'fault') {
    for (const { name } of nodes) await at.lab.mustLab(['fault', change.fault, name]);
    return;
  }
  await Promise.all(nodes.map((node) => changeNode(at, change, node, kept)));
}

async function changeNode(
  { lab, workshop, edition }: ChapterLab,
  change: Exclude<Change, { kind: 'fault' }>,
  node: NodeDefinition,
  kept: string | null,
): Promise<void> {
  if (change.kind === 'certificate') return signForNode(lab, node, change.certificate);
  if (change.kind === 'authority-key') return putAuthorityKey(lab, node, change.path);
  const script = renderTemplate(change.script, templateScope(workshop, edition, node));
  const keeping = change.keep === undefined || kept === null ? '' : `cp -a ${change.keep} ${kept}\n`;
  await lab.inNode(node.name, `${keeping}${script}`);
}

/** A folder is exchanged whole; of a file that is mounted somewhere, as /etc/hosts may be, the text. */
async function putBack(at: ChapterLab, change: Change, roles: Roles, kept: string): Promise<void> {
  if (change.kind !== 'run' || change.keep === undefined) return;
  const { keep } = change;
  const script = `if [ -d ${kept} ]; then rm -rf ${keep}; cp -a ${kept} ${keep}; rm -rf ${kept}
    elif [ -e ${kept} ]; then cp -p ${kept} ${keep}; rm ${kept}; fi`;
  await Promise.all(nodesOf(at, change.on, roles).map(({ name }) => at.lab.inNode(name, script)));
}

function nodesOf({ workshop, chapter }: ChapterLab, on: Place, roles: Roles): readonly NodeDefinition[] {
  const names = namesOf(on, roles);
  const members = nodesUpTo(workshop, chapter.id);
  if (names !== 'replicas') return members.filter(({ name }) => names.some((one) => one === name));
  return members.filter(({ name, member }) => member !== undefined && name !== roles.leader);
}

function namesOf(on: Place, roles: Roles): readonly string[] | 'replicas' {
  if (on.kind === 'node') return [on.node];
  if (on.kind === 'group') return on.nodes;
  if (on.role === 'replicas') return 'replicas';
  const node = roles[on.role];
  if (node === null) throw new Error(`there is no ${on.role}`);
  return [node];
}
