import { words } from '../../model/words.ts';
import { entryAt, textOf, type ConfigurationEntry } from './configuration-entry.ts';
import { blocking, separating, silentlyWrong, type ConfigurationRule, type FindingDraft } from './finding.ts';

/** The three accounts that Patroni makes and uses: postgresql.authentication. */
export const credentials: ConfigurationRule = (root, { workshop }) => {
  const section = entryAt(root, 'postgresql', 'authentication');
  const postgresql = entryAt(root, 'postgresql');
  // That there is no such section at all is said elsewhere.
  if (postgresql === undefined) return [];
  const account = (key: Account) =>
    accountFindings(section, section ?? postgresql, key, {
      name: workshop.values[`${key}_name`] ?? key,
      password: workshop.values[`${key}_password`],
    });
  return [...account('superuser'), ...account('replication'), ...account('rewind')];
};

type Account = 'superuser' | 'replication' | 'rewind';

const withoutIt = {
  superuser: words(
    'Patroni has no account to manage PostgreSQL with',
    "Patroni n'a pas de compte pour gérer PostgreSQL",
  ),
  replication: words(
    'Patroni has no account for replicas to stream with',
    "Patroni n'a pas de compte pour la réplication",
  ),
  rewind: words(
    'there is no account for pg_rewind: a former leader would need the superuser to come back',
    "il n'y a pas de compte pour pg_rewind : un ancien leader aurait besoin du superutilisateur pour revenir",
  ),
};

function accountFindings(
  section: ConfigurationEntry | undefined,
  near: ConfigurationEntry,
  key: Account,
  { name: expected, password: right }: { readonly name: string; readonly password: string | undefined },
): readonly FindingDraft[] {
  const account = entryAt(section, key);
  const name = textOf(entryAt(account, 'username'));
  const password = entryAt(account, 'password');
  const hint = words(
    `Under \`postgresql.authentication.${key}\` write \`username: ${expected}\` and a \`password\`.`,
    `Sous \`postgresql.authentication.${key}\`, écrivez \`username: ${expected}\` et un \`password\`.`,
  );
  if (name === undefined) {
    const make = key === 'rewind' ? silentlyWrong : blocking;
    return [make(`${key}-account-missing`, account ?? near, withoutIt[key], hint)];
  }
  if (name !== expected) {
    const cause = words(
      `the account is called ${name}; the workshop's is ${expected}`,
      `le compte s'appelle ${name} ; celui de l'atelier est ${expected}`,
    );
    const make = key === 'replication' ? separating : silentlyWrong;
    return [make(`${key}-account-other`, entryAt(account, 'username') ?? near, cause, hint)];
  }
  // The superuser comes through the socket; the two others come from other nodes.
  if (key === 'superuser') return [];
  if ((textOf(password) ?? '') !== '') return otherPassword(key, expected, password, right);
  const cause = words(
    `${name} has no password, and comes from other nodes`,
    `${name} n'a pas de mot de passe, et vient d'autres nœuds`,
  );
  const make = key === 'replication' ? separating : silentlyWrong;
  return [make(`${key}-password-missing`, password ?? account ?? near, cause, hint)];
}

/** The role has one password, the one that the first member made it with. */
function otherPassword(
  key: Account,
  name: string,
  password: ConfigurationEntry | undefined,
  right: string | undefined,
): readonly FindingDraft[] {
  if (password === undefined || right === undefined || textOf(password) === right) return [];
  const cause = words(
    `this is not the password of ${name} that the workshop gives: the leader does not let the node in with another one`,
    `ce n'est pas le mot de passe que l'atelier donne à ${name} : le leader ne laisse pas entrer le nœud avec un autre`,
  );
  const hint = words(
    "The same password stands in every member's file. After a correction: `systemctl restart patroni`.",
    'Le même mot de passe figure dans le fichier de chaque membre. Après correction : `systemctl restart patroni`.',
  );
  const make = key === 'replication' ? separating : silentlyWrong;
  return [make(`${key}-password-other`, password, cause, hint)];
}
