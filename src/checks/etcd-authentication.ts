import * as z from 'zod';
import { type Judgement } from '../model/verdict.ts';
import { type NodeDefinition } from '../model/workshop.ts';
import { joinWords, words, type Words } from '../model/words.ts';
import { anonymousAccess, passwordAccess, type Access } from '../probes/etcd-access.ts';
import { type EtcdAnswer } from '../probes/etcd.ts';
import {
  etcdRolePermissions,
  etcdUserRoles,
  isPatroniPrefix,
  patroniPrefix,
  patroniPrefixEnd,
  type EtcdPermission,
} from '../probes/etcd-roles.ts';
import { seen, type Observed, type Reach } from '../probes/reach.ts';
import { checkedNode } from './checked-node.ts';
import { defineCheck } from './kind.ts';

const schema = z.strictObject({ username: z.string(), password: z.string() });

interface RoleSeen {
  readonly role: string;
  readonly permissions: EtcdAnswer<readonly EtcdPermission[]>;
}

interface AuthenticationObservation {
  readonly anonymous: Access;
  readonly user: Access;
  readonly wrong: Access;
  readonly roles: EtcdAnswer<readonly RoleSeen[]>;
}

/** Asked on one member: nobody without a name, nobody with a wrong password, and Patroni's user for its own keys only. */
export const etcdAuthentication = defineCheck({
  name: 'etcd-authentication',
  scope: 'node',
  schema,
  withinSeconds: 20,

  async observe(reach, setting, { username, password }) {
    const node = checkedNode(setting);
    const anonymous = await anonymousAccess(reach, node);
    if (anonymous.kind === 'unseen') return anonymous;
    const [user, wrong, roles] = await Promise.all([
      passwordAccess(reach, node, { username, password }),
      passwordAccess(reach, node, { username, password: `not ${password}` }),
      rolesOf(reach, node, username),
    ]);
    if (user.kind === 'unseen') return user;
    if (wrong.kind === 'unseen') return wrong;
    if (roles.kind === 'unseen') return roles;
    return seen<AuthenticationObservation>({
      anonymous: anonymous.value,
      user: user.value,
      wrong: wrong.value,
      roles: roles.value,
    });
  },

  judge(observation, _setting, { username }): Judgement {
    const expected = words(
      `etcd asks for a user and a password, and ${username} has the keys under ${patroniPrefix}`,
      `etcd demande un utilisateur et un mot de passe, et ${username} a les clés sous ${patroniPrefix}`,
    );
    const causes = accessTrouble(observation, username);
    const shown = words(
      `without a user: ${observation.anonymous}; wrong password: ${observation.wrong}`,
      `sans utilisateur : ${french[observation.anonymous]} ; mauvais mot de passe : ${french[observation.wrong]}`,
    );
    if (causes.length === 0) return { verdict: 'pass', expected, seen: shown };
    return { verdict: 'fail', expected, seen: shown, cause: joinWords(causes, '\n') };
  },

  command: (_setting, { username }) =>
    `etcdctl get --prefix ${patroniPrefix} --keys-only; etcdctl --user=root role get ${username}`,
});

const french: Readonly<Record<Access, string>> = {
  granted: 'accordé',
  refused: 'refusé',
  unclear: 'pas de réponse claire',
};

function accessTrouble(observation: AuthenticationObservation, username: string): readonly Words[] {
  const { anonymous, user, wrong, roles } = observation;
  if (anonymous === 'granted')
    return [
      words(
        'authentication is off: whoever reaches etcd reads and writes everything without a name (`etcdctl auth enable`)',
        "l'authentification est désactivée : qui joint etcd lit et écrit tout, sans nom (`etcdctl auth enable`)",
      ),
    ];
  if (anonymous === 'unclear')
    return [words('etcd gives neither an answer nor a refusal', 'etcd ne donne ni réponse ni refus')];
  const found: Words[] = [];
  if (user === 'unclear')
    found.push(words('etcd did not check a password in time', "etcd n'a pas vérifié un mot de passe à temps"));
  if (user === 'refused')
    found.push(
      words(
        `there is no user ${username}, or with another password`,
        `il n'y a pas d'utilisateur ${username}, ou son mot de passe est autre`,
      ),
    );
  if (wrong === 'granted')
    found.push(
      words(`a wrong password of ${username} is accepted`, `un mauvais mot de passe de ${username} est accepté`),
    );
  return [...found, ...roleTrouble(roles, username)];
}

function roleTrouble(roles: EtcdAnswer<readonly RoleSeen[]>, username: string): readonly Words[] {
  if (roles.kind !== 'answer') {
    const why = roles.kind === 'error' ? roles.message : roles.text;
    return [
      words(
        `the roles of ${username} could not be read: ${why}`,
        `les rôles de ${username} n'ont pas pu être lus : ${why}`,
      ),
    ];
  }
  const all = roles.value.flatMap(({ role, permissions }) =>
    permissions.kind === 'answer' ? permissions.value.map((permission) => ({ role, permission })) : [],
  );
  if (roles.value.some(({ role }) => role === 'root')) return [tooWide(username, 'root', 'everything', 'tout')];
  const wide = all
    .filter(({ permission }) => !isInside(permission))
    .map(({ role, permission }) => tooWide(username, role, range(permission), range(permission)));
  if (all.some(({ permission }) => isPatroniPrefix(permission) && permission.type === 'read and write')) return wide;
  return [
    ...wide,
    words(
      `${username} may not read and write all keys under ${patroniPrefix}: \`etcdctl role grant-permission ${username} --prefix=true readwrite ${patroniPrefix}\``,
      `${username} ne peut pas lire et écrire toutes les clés sous ${patroniPrefix} : \`etcdctl role grant-permission ${username} --prefix=true readwrite ${patroniPrefix}\``,
    ),
  ];
}

function isInside({ from, to }: EtcdPermission): boolean {
  if (!from.startsWith(patroniPrefix)) return false;
  return to === null || (to !== '\0' && to <= patroniPrefixEnd);
}

function tooWide(username: string, role: string, en: string, fr: string): Words {
  return words(
    `the role ${role} gives ${username} more than its own keys under ${patroniPrefix}: ${en}`,
    `le rôle ${role} donne à ${username} plus que ses propres clés sous ${patroniPrefix} : ${fr}`,
  );
}

function range({ from, to, type }: EtcdPermission): string {
  const start = from === '\0' || from === '' ? '(the first key)' : from;
  const end = to === '\0' ? '(the last key)' : to;
  return `${type}, ${end === null ? start : `${start} … ${end}`}`;
}

async function rolesOf(
  reach: Reach,
  node: NodeDefinition,
  username: string,
): Promise<Observed<EtcdAnswer<readonly RoleSeen[]>>> {
  const roles = await etcdUserRoles(reach, node, username);
  if (roles.kind === 'unseen' || roles.value.kind !== 'answer') return roles as Observed<EtcdAnswer<never>>;
  const told: RoleSeen[] = [];
  for (const role of roles.value.value) {
    const permissions = await etcdRolePermissions(reach, node, role);
    if (permissions.kind === 'unseen') return permissions;
    told.push({ role, permissions: permissions.value });
  }
  return seen({ kind: 'answer', value: told });
}
