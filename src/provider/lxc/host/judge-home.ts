import { type HostFinding } from '../../../model/host-finding.ts';
import { words } from '../../../model/words.ts';
import { type HostFacts, type HomeFacts } from './host-facts.ts';
import { tried } from './judge-kernel.ts';

/** Gigabytes below which nothing can be started, and below which an edition can't be built beside a lab. */
const least = 1;
const comfortable = 4;

/** LAB_HOME and its file system. Pure. */
export function judgeHome(facts: HostFacts): readonly HostFinding[] {
  const { home } = facts;
  const type = fileSystemOf(facts.mounts, home.path);
  return [
    homePath(home),
    ...closedToOthers(home),
    ...setUserId(facts),
    tried({
      id: 'overlay',
      trial: facts.trials.overlay,
      works: words(
        `overlays of nodes work on ${home.path} (${type})`,
        `les overlays des nœuds fonctionnent sur ${home.path} (${type})`,
      ),
      fails: words(
        `overlays of nodes don't work on ${home.path} (${type})`,
        `les overlays des nœuds ne fonctionnent pas sur ${home.path} (${type})`,
      ),
      remedy: words(
        'Choose a place on ext4, xfs or btrfs with --home; network file systems and overlays themselves do not do.',
        'Choisissez avec --home un endroit sur ext4, xfs ou btrfs ; un système de fichiers réseau ou un overlay ne conviennent pas.',
      ),
    }),
    freeSpace(home),
    ...memory(facts.availableMemory),
  ];
}

function homePath({ path, closed }: HomeFacts): HostFinding {
  const id = 'home';
  // The path is written into overlay options, apt's sources and LXC's configuration.
  if (!/^\/[\w./+@-]+$/.test(path)) {
    return {
      id,
      ok: false,
      severity: 'needed',
      what: words(
        `LAB_HOME is ${path}: only letters, digits and . _ - + @ / do`,
        `LAB_HOME est ${path} : seuls les lettres, les chiffres et . _ - + @ / conviennent`,
      ),
      remedy: words('Choose another place with --home.', 'Choisissez un autre endroit avec --home.'),
    };
  }
  if (closed.length === 0)
    return {
      id,
      ok: true,
      severity: 'needed',
      what: words(`LAB_HOME is ${path}`, `LAB_HOME est ${path}`),
      remedy: null,
    };
  return {
    id,
    ok: false,
    severity: 'needed',
    what: words(
      `the nodes' users may not pass ${closed.join(', ')} on the way to LAB_HOME`,
      `les utilisateurs des nœuds ne peuvent pas traverser ${closed.join(', ')} vers LAB_HOME`,
    ),
    remedy: words(
      `Choose another place with --home, or: chmod o+x ${closed.join(' ')}`,
      `Choisissez un autre endroit avec --home, ou : chmod o+x ${closed.join(' ')}`,
    ),
  };
}

function closedToOthers({ open }: HomeFacts): readonly HostFinding[] {
  const ok = open.length === 0;
  return [
    {
      id: 'home-closed',
      ok,
      severity: 'advice',
      what: ok
        ? words(
            'files of nodes are out of reach of the other users of this machine',
            'les fichiers des nœuds sont hors de portée des autres utilisateurs de cette machine',
          )
        : words(
            `any user of this machine may enter ${open.join(', ')}, and run programs that a node has made there`,
            `tout utilisateur de cette machine peut entrer dans ${open.join(', ')} et y exécuter des programmes créés par un nœud`,
          ),
      remedy: ok ? null : words('"lab prepare" and "lab up" close it.', '« lab prepare » et « lab up » le ferment.'),
    },
  ];
}

/** Where LAB_HOME is a mount of its own, the mount can keep programs of nodes from changing the user as well. */
function setUserId({ mounts, home }: HostFacts): readonly HostFinding[] {
  const options = mounts
    .split('\n')
    .map((line) => line.split(' '))
    .findLast(([, point]) => point === home.path)?.[3];
  if (options === undefined) return [];
  const ok = options.split(',').includes('nosuid');
  return [
    {
      id: 'home-nosuid',
      ok,
      severity: 'advice',
      what: ok
        ? words(`${home.path} is mounted nosuid`, `${home.path} est monté avec nosuid`)
        : words(`${home.path} is a mount without nosuid`, `${home.path} est monté sans nosuid`),
      remedy: ok
        ? null
        : words(
            `mount -o remount,nosuid ${home.path}; for good, add nosuid to its line in /etc/fstab`,
            `mount -o remount,nosuid ${home.path} ; pour de bon, ajoutez nosuid à sa ligne dans /etc/fstab`,
          ),
    },
  ];
}

function freeSpace({ path, freeBytes }: HomeFacts): HostFinding {
  const free = freeBytes / 1e9;
  const ok = free >= comfortable;
  const text = free.toFixed(1);
  return {
    id: 'disk',
    ok,
    severity: free >= least ? 'advice' : 'needed',
    what: words(`${text} GB free in ${path}`, `${text.replace('.', ',')} Go libres dans ${path}`),
    remedy: ok
      ? null
      : words(
          `An edition takes 2.5 GB while it is built, a lab up to 1 GB: free some space, or choose another place with --home.`,
          `Une édition demande 2,5 Go pendant sa construction, un lab jusqu'à 1 Go : libérez de la place, ou choisissez un autre endroit avec --home.`,
        ),
  };
}

/** Five idle nodes take less than 300 MB; replicas that are made and failovers take more for a while. */
function memory(available: number | undefined): readonly HostFinding[] {
  if (available === undefined) return [];
  const ok = available >= 1e9;
  const gigabytes = (available / 1e9).toFixed(1);
  return [
    {
      id: 'memory',
      ok,
      severity: 'advice',
      what: words(`${gigabytes} GB of memory available`, `${gigabytes.replace('.', ',')} Go de mémoire disponibles`),
      remedy: ok ? null : words('A lab runs well with 1 GB.', "Un lab est à l'aise avec 1 Go."),
    },
  ];
}

/** The file system that a path is on, from /proc/self/mounts: the last of the longest mount points counts. */
export function fileSystemOf(mounts: string, path: string): string {
  let found = { point: '', type: '?' };
  for (const line of mounts.split('\n')) {
    const [, point = '', type = ''] = line.split(' ');
    const above = point === '/' || path === point || path.startsWith(`${point}/`);
    if (point !== '' && above && point.length >= found.point.length) found = { point, type };
  }
  return found.type;
}
