import { type HostFinding } from '../../../model/host-finding.ts';
import { type Words, words } from '../../../model/words.ts';
import { type HostFacts, type Trial } from './host-facts.ts';

/** Overlays with `userxattr`, which nodes need, are there from this version on. */
const oldestKernel = { major: 5, minor: 11 };

/** What the kernel has to be able to do. Pure. */
export function judgeKernel(facts: HostFacts): readonly HostFinding[] {
  return [
    kernelVersion(facts.kernelRelease),
    controlGroups(facts.mounts),
    tried({
      id: 'user-namespaces',
      trial: facts.trials.userNamespace,
      works: words('user namespaces work', 'les espaces de noms utilisateur fonctionnent'),
      fails: words("user namespaces can't be made", 'les espaces de noms utilisateur ne peuvent pas être créés'),
      remedy: words(
        'See sysctl user.max_user_namespaces; inside a container, its manager has to allow nesting.',
        "Voyez sysctl user.max_user_namespaces ; dans un conteneur, son gestionnaire doit autoriser l'imbrication.",
      ),
    }),
    tried({
      id: 'network',
      trial: facts.trials.network,
      works: words('bridges and veth pairs work', 'les ponts et les paires veth fonctionnent'),
      fails: words("a bridge with a veth pair can't be made", 'un pont avec une paire veth ne peut pas être créé'),
      remedy: words(
        'The kernel needs its modules bridge and veth.',
        'Le noyau a besoin de ses modules bridge et veth.',
      ),
    }),
    {
      ...tried({
        id: 'netem',
        trial: facts.trials.netem,
        works: words(
          'netem works: faults can slow the network down',
          'netem fonctionne : les pannes peuvent ralentir le réseau',
        ),
        fails: words(
          'this kernel has no netem: faults that slow the network down or lose packets are not available',
          "ce noyau n'a pas netem : les pannes qui ralentissent le réseau ou perdent des paquets ne sont pas disponibles",
        ),
        remedy: words("Debian's linux-image-amd64 has it.", "Le linux-image-amd64 de Debian l'a."),
      }),
      severity: 'advice',
    },
  ];
}

function kernelVersion(release: string): HostFinding {
  const [major = 0, minor = 0] = release.split('.').map((part) => Number.parseInt(part, 10));
  const ok = major > oldestKernel.major || (major === oldestKernel.major && minor >= oldestKernel.minor);
  const oldest = `${oldestKernel.major}.${oldestKernel.minor}`;
  return {
    id: 'kernel',
    ok,
    severity: 'needed',
    what: words(`Linux ${release}`, `Linux ${release}`),
    remedy: ok
      ? null
      : words(
          `Linux ${oldest} or newer is needed: Debian 12 and 13 bring it.`,
          `Il faut Linux ${oldest} ou plus récent : Debian 12 et 13 le fournissent.`,
        ),
  };
}

/** LXC puts each node into control groups of its own. */
function controlGroups(mounts: string): HostFinding {
  const writable = mounts.split('\n').flatMap((line) => {
    const [, path = '', type = '', options = ''] = line.split(' ');
    const all = options.split(',');
    return path.startsWith('/sys/fs/cgroup') && !all.includes('ro') ? [{ path, type, options: all }] : [];
  });
  const unified = writable.some(({ path, type }) => type === 'cgroup2' && path === '/sys/fs/cgroup');
  const has = (name: string): boolean =>
    writable.some(({ type, options }) => type === 'cgroup' && options.includes(name));
  const ok = unified || (has('name=systemd') && has('freezer'));
  const version = unified ? 'v2' : 'v1';
  return {
    id: 'control-groups',
    ok,
    severity: 'needed',
    what: ok
      ? words(`control groups ${version}`, `groupes de contrôle ${version}`)
      : words(
          "control groups are missing or can't be written",
          'les groupes de contrôle manquent ou sont en lecture seule',
        ),
    remedy: ok
      ? null
      : words(
          'They are mounted on /sys/fs/cgroup by systemd; in a container of another manager they are not for us.',
          "systemd les monte sur /sys/fs/cgroup ; dans le conteneur d'un autre gestionnaire, ils ne sont pas pour nous.",
        ),
  };
}

/** What was tried out. Where there was no trial for want of root, nothing is claimed. */
export function tried(point: {
  readonly id: string;
  readonly trial: Trial | undefined;
  readonly works: Words;
  readonly fails: Words;
  readonly remedy: Words;
}): HostFinding {
  const { id, trial } = point;
  if (trial === undefined) {
    return {
      id,
      ok: false,
      severity: 'advice',
      what: words(`${id}: only root can try it out`, `${id} : seul root peut l'essayer`),
      remedy: null,
    };
  }
  if (trial.worked) return { id, ok: true, severity: 'needed', what: point.works, remedy: null };
  const said = lastLine(trial.said);
  return {
    id,
    ok: false,
    severity: 'needed',
    what: said === '' ? point.fails : words(`${point.fails.en} (${said})`, `${point.fails.fr} (${said})`),
    remedy: point.remedy,
  };
}

/** mount's last line sends people to dmesg; the one before it says what is wrong. */
function lastLine(text: string): string {
  const lines = text.split('\n').map((line) => line.trim());
  return lines.findLast((line) => line !== '' && !line.startsWith('dmesg(1)')) ?? '';
}
