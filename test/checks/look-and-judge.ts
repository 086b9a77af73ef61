import { type CheckKind } from '../../src/checks/kind.ts';
import { type Judgement } from '../../src/model/verdict.ts';
import { etcdSetting } from './etcd-lab.ts';
import { recordedReach } from './recorded-reach.ts';

/** The versions of etcd with which every recording was made: Debian 13's and Debian 12's. */
export const etcdVersions = ['3.5.16', '3.4.23'] as const;

/** What the check says of a recorded lab: about one node or, with null, about the cluster. */
export async function lookAndJudge<With, Observation>(
  kind: CheckKind<With, Observation>,
  recording: { readonly etcd: string; readonly name: string },
  about: string | null,
  args: With,
): Promise<Judgement> {
  const setting = etcdSetting(recording.etcd, about);
  const observed = await kind.observe(recordedReach(recording.etcd, recording.name), setting, args);
  if (observed.kind === 'unseen') return { verdict: 'unknown', expected: observed.why, seen: observed.why };
  return kind.judge(observed.value, setting, args);
}

/** The cause in English, with the French one checked to be there and to say something else. */
export function causeOf(judgement: Judgement): string {
  if (judgement.verdict !== 'fail' || judgement.cause === undefined) return `(no cause: ${judgement.verdict})`;
  const { en, fr } = judgement.cause;
  if (fr === '' || fr === en) return `(no French cause: ${en})`;
  return en;
}
