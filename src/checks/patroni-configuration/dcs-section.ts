import { words } from '../../model/words.ts';
import { entryAt, type ConfigurationEntry } from './configuration-entry.ts';
import { blocking, type ConfigurationRule, type FindingDraft } from './finding.ts';

const otherStores = ['consul', 'zookeeper', 'exhibitor', 'raft', 'kubernetes'];

/** Which store Patroni keeps the cluster's state in: `etcd3`, and only that. */
export const dcsSection: ConfigurationRule = (root) => {
  const old = entryAt(root, 'etcd');
  const right = entryAt(root, 'etcd3');
  const others = otherStores.flatMap((name) => entryAt(root, name) ?? []);
  const missing = old === undefined && right === undefined && others.length === 0 ? [noStore(root)] : [];
  return [...(old === undefined ? [] : [versionTwo(old, right !== undefined)]), ...others.map(otherStore), ...missing];
};

function versionTwo(section: ConfigurationEntry, beside: boolean): FindingDraft {
  return blocking(
    'etcd-v2-section',
    section,
    words(
      "the section `etcd:` makes Patroni speak version 2 of etcd's API, which etcd no longer serves: it answers 404, and Patroni waits for ever",
      "la section `etcd:` fait parler à Patroni la version 2 de l'API d'etcd, qu'etcd ne sert plus : il répond 404, et Patroni attend indéfiniment",
    ),
    beside
      ? words('Take `etcd:` out and keep `etcd3:`.', 'Supprimez `etcd:` et gardez `etcd3:`.')
      : words('Name the section `etcd3:`.', 'Nommez cette section `etcd3:`.'),
  );
}

function otherStore(section: ConfigurationEntry): FindingDraft {
  return blocking(
    'other-store',
    section,
    words(
      `\`${section.key}:\` sends Patroni to a store that this lab does not have`,
      `\`${section.key}:\` envoie Patroni vers un magasin de configuration que ce lab n'a pas`,
    ),
    words('Replace it by an `etcd3:` section.', 'Remplacez-la par une section `etcd3:`.'),
  );
}

function noStore(root: ConfigurationEntry): FindingDraft {
  return blocking(
    'store-missing',
    root,
    words(
      'Patroni is not told where etcd is: there is no `etcd3:` section',
      "Patroni ne sait pas où est etcd : il n'y a pas de section `etcd3:`",
    ),
    words(
      'Add `etcd3:` with the three members under `hosts:`.',
      'Ajoutez `etcd3:` avec les trois membres sous `hosts:`.',
    ),
  );
}
