import { type NodeDefinition } from '../../model/workshop.ts';
import { words, type Words } from '../../model/words.ts';
import { entryAt, textOf, type ConfigurationEntry } from './configuration-entry.ts';
import { blocking, separating, type ConfigurationRule, type FindingDraft } from './finding.ts';

/** scope, namespace and name: where in etcd the cluster stands, and who this member is. */
export const clusterIdentity: ConfigurationRule = (root, { node, workshop }) => {
  const scope = workshop.values['patroni_scope'];
  return [
    ...(scope === undefined ? [] : named(root, 'scope', scope)),
    ...(node.member === undefined ? [] : named(root, 'name', node.member, workshop.nodes)),
    ...otherNamespace(root),
  ];
};

function named(
  root: ConfigurationEntry,
  key: 'scope' | 'name',
  expected: string,
  nodes: readonly NodeDefinition[] = [],
): readonly FindingDraft[] {
  const entry = entryAt(root, key);
  const found = textOf(entry);
  const hint = words(`Write \`${key}: ${expected}\`.`, `Écrivez \`${key}: ${expected}\`.`);
  if (entry === undefined || found === undefined)
    return [blocking(`${key}-missing`, entry ?? root, missing[key], hint)];
  if (found === expected) return [];
  const cause = key === 'scope' ? otherScope(found) : otherName(found, expected, nodes);
  return [separating(`${key}-other`, entry, cause, hint)];
}

const missing = {
  scope: words('the cluster has no name: `scope` is missing', "le cluster n'a pas de nom : `scope` manque"),
  name: words('the member has no name: `name` is missing', "le membre n'a pas de nom : `name` manque"),
};

function otherScope(found: string): Words {
  return words(
    `with the scope \`${found}\` this node belongs to another cluster than its neighbours`,
    `avec le scope \`${found}\`, ce nœud appartient à un autre cluster que ses voisins`,
  );
}

function otherName(found: string, expected: string, nodes: readonly NodeDefinition[]): Words {
  const owner = nodes.find(({ member }) => member === found);
  return owner === undefined
    ? words(
        `the workshop knows the member of this node as \`${expected}\`, not as \`${found}\``,
        `pour l'atelier, le membre de ce nœud s'appelle \`${expected}\`, et non \`${found}\``,
      )
    : words(
        `\`${found}\` is the member of ${owner.name}: two members with one name keep each other out`,
        `\`${found}\` est le membre de ${owner.name} : deux membres du même nom s'excluent`,
      );
}

function otherNamespace(root: ConfigurationEntry): readonly FindingDraft[] {
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
