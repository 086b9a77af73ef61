import { words } from '../../model/words.ts';
import { entryAt, textOf } from './configuration-entry.ts';
import { blocking, separating, type ConfigurationRule, type FindingDraft } from './finding.ts';

/** scope, namespace and name: where in etcd the cluster stands, and who this member is. */
export const clusterIdentity: ConfigurationRule = (root, { node, workshop }) => {
  const scope = workshop.values['patroni_scope'];
  return [
    ...(scope === undefined ? [] : named(root, 'scope', scope)),
    ...(node.member === undefined ? [] : named(root, 'name', node.member)),
    ...otherNamespace(root),
  ];
};

const meaning = {
  scope: {
    wrong: (found: string) =>
      words(
        `with the scope \`${found}\` this node belongs to another cluster than its neighbours`,
        `avec le scope \`${found}\`, ce nœud appartient à un autre cluster que ses voisins`,
      ),
    missing: words('the cluster has no name: `scope` is missing', "le cluster n'a pas de nom : `scope` manque"),
  },
  name: {
    wrong: (found: string) =>
      words(
        `this node's member would be called \`${found}\`: two members with one name keep each other out`,
        `le membre de ce nœud s'appellerait \`${found}\` : deux membres du même nom s'excluent`,
      ),
    missing: words('the member has no name: `name` is missing', "le membre n'a pas de nom : `name` manque"),
  },
};

function named(
  root: Parameters<ConfigurationRule>[0],
  key: 'scope' | 'name',
  expected: string,
): readonly FindingDraft[] {
  const entry = entryAt(root, key);
  const found = textOf(entry);
  const hint = words(`Write \`${key}: ${expected}\`.`, `Écrivez \`${key}: ${expected}\`.`);
  if (entry === undefined || found === undefined)
    return [blocking(`${key}-missing`, entry ?? root, meaning[key].missing, hint)];
  return found === expected ? [] : [separating(`${key}-other`, entry, meaning[key].wrong(found), hint)];
}

function otherNamespace(root: Parameters<ConfigurationRule>[0]): readonly FindingDraft[] {
  const entry = entryAt(root, 'namespace');
  const found = textOf(entry);
  // Patroni puts the slashes itself.
  if (entry === undefined || found === undefined || found.replace(/^\/+|\/+$/g, '') === 'service') return [];
  return [
    separating(
      'namespace-other',
      entry,
      words(
        `the keys of this node stand under \`${found}\` in etcd, those of the workshop under \`/service/\``,
        `les clés de ce nœud se trouvent sous \`${found}\` dans etcd, celles de l'atelier sous \`/service/\``,
      ),
      words(
        'Take the line out: `/service/` is what Patroni uses by itself.',
        'Supprimez la ligne : `/service/` est la valeur par défaut de Patroni.',
      ),
    ),
  ];
}
