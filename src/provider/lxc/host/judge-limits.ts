import { type HostFinding } from '../../../model/host-finding.ts';
import { verbatim, words } from '../../../model/words.ts';
import { type HostFacts } from './host-facts.ts';
import { type HostSetting, hostSettings } from './host-settings.ts';

/** What `lab up` sets by itself is advice; what it can't set is needed. Pure. */
export function judgeLimits(facts: HostFacts): readonly HostFinding[] {
  return [root(facts.isRoot), idRange(facts), ...hostSettings.flatMap((setting) => limit(setting, facts))];
}

function root(isRoot: boolean): HostFinding {
  return {
    id: 'root',
    ok: isRoot,
    severity: 'needed',
    what: isRoot
      ? words('running as root', 'exécuté en tant que root')
      : words('not running as root', 'exécuté sans les droits de root'),
    remedy: isRoot ? null : words('Start it with sudo.', 'Lancez-le avec sudo.'),
  };
}

function idRange(facts: HostFacts): HostFinding {
  if (facts.firstId !== undefined) {
    const range = `${facts.firstId}–${facts.firstId + 65_535}`;
    return {
      id: 'id-range',
      ok: true,
      severity: 'needed',
      what: words(
        `the users of nodes are ${range} here, the same for all labs`,
        `les utilisateurs des nœuds sont ${range} ici, les mêmes pour tous les labs`,
      ),
      remedy: null,
    };
  }
  const settable = facts.isRoot && facts.idFilesWritable;
  return {
    id: 'id-range',
    ok: false,
    severity: settable ? 'advice' : 'needed',
    what: words(
      "root has no range of 65536 ids in /etc/subuid and /etc/subgid for the nodes' users",
      "root n'a pas de plage de 65536 identifiants dans /etc/subuid et /etc/subgid pour les utilisateurs des nœuds",
    ),
    remedy: settable
      ? words('"lab prepare" and "lab up" add one.', '« lab prepare » et « lab up » en ajoutent une.')
      : words('Add to both files: root:100000:65536', 'Ajoutez aux deux fichiers : root:100000:65536'),
  };
}

function limit({ id, name, wanted }: HostSetting, facts: HostFacts): readonly HostFinding[] {
  const setting = facts.settings.get(name);
  // A kernel without it has no such limit.
  if (setting === undefined) return [];
  const { value, writable } = setting;
  if (value >= wanted)
    return [{ id, ok: true, severity: 'needed', what: verbatim(`${name} = ${value}`), remedy: null }];
  const persistent = `echo '${name} = ${wanted}' > /etc/sysctl.d/60-lab-${id}.conf && sysctl --system`;
  return [
    {
      id,
      ok: false,
      severity: writable ? 'advice' : 'needed',
      what: words(
        `${name} = ${value}: many nodes need ${wanted}`,
        `${name} = ${value} : de nombreux nœuds demandent ${wanted}`,
      ),
      remedy: writable
        ? words(
            `"lab up" raises it until the next reboot; for good: ${persistent}`,
            `« lab up » l'augmente jusqu'au prochain redémarrage ; pour de bon : ${persistent}`,
          )
        : verbatim(persistent),
    },
  ];
}
