// What etcd lets be done without a user, with a wrong password, and by Patroni's user.

import { type NodeDefinition } from '../model/workshop.ts';
import { askAsAnyone, toEtcdBytes } from './etcd.ts';
import { parseJson } from './parse-json.ts';
import { seen, type Observed, type Reach } from './reach.ts';

/** `unclear`: neither an answer nor a refusal. */
export type Access = 'granted' | 'refused' | 'unclear';

interface Account {
  readonly username: string;
  readonly password: string;
}

/** A read without a user's name. */
export async function anonymousAccess(reach: Reach, member: NodeDefinition): Promise<Observed<Access>> {
  const body = { key: toEtcdBytes('/service/') };
  const answer = await askAsAnyone(reach, member, { path: 'kv/range', body });
  return answer.kind === 'unseen' ? answer : seen(accessIn(answer.value));
}

export async function passwordAccess(
  reach: Reach,
  member: NodeDefinition,
  { username: name, password }: Account,
): Promise<Observed<Access>> {
  const question = { path: 'auth/authenticate', body: { name, password } };
  const answer = await askAsAnyone(reach, member, question, { secret: true });
  return answer.kind === 'unseen' ? answer : seen(accessIn(answer.value));
}

function accessIn(text: string): Access {
  const body = parseJson(text);
  if (typeof body !== 'object' || body === null) return 'unclear';
  if ('header' in body) return 'granted';
  const said = JSON.stringify(body);
  return /user name is empty|invalid user ID or password|permission denied/.test(said) ? 'refused' : 'unclear';
}
