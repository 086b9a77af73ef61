import { type HostFinding } from '../../../model/host-finding.ts';
import { verbatim, words } from '../../../model/words.ts';
import { type HostFacts } from './host-facts.ts';
import { appArmorProgram, faultPrograms, neededPrograms } from './needed-programs.ts';

const oldestLxc = 5;

/** One finding for each Debian package. Pure. */
export function judgePrograms(facts: HostFacts): readonly HostFinding[] {
  const packages = Object.entries(neededPrograms).map(([name, programs]) =>
    packageFinding(
      name,
      programs.filter((program) => !facts.programs.has(program)),
    ),
  );
  const forFaults = Object.entries(faultPrograms).map(([name, programs]) =>
    packageFinding(
      name,
      programs.filter((program) => !facts.programs.has(program)),
      'advice',
    ),
  );
  const appArmor = facts.appArmor && !facts.programs.has(appArmorProgram) ? [appArmorFinding] : [];
  return [
    ...packages.map((found) => (found.id === 'lxc' && found.ok ? lxcFinding(facts.lxcVersion) : found)),
    ...forFaults,
    ...appArmor,
  ];
}

function packageFinding(
  name: string,
  missing: readonly string[],
  severity: HostFinding['severity'] = 'needed',
): HostFinding {
  const needed = { id: name, severity } as const;
  if (missing.length === 0) {
    return { ...needed, ok: true, what: words(`${name} is installed`, `${name} est installé`), remedy: null };
  }
  const list = missing.join(', ');
  return {
    ...needed,
    ok: false,
    what: words(`${list}: not found on this host`, `${list} : absent de cette machine`),
    remedy: verbatim(`apt install ${name}`),
  };
}

function lxcFinding(version: string | undefined): HostFinding {
  const major = Number.parseInt(version ?? '', 10);
  const needed = { id: 'lxc', severity: 'needed' } as const;
  if (major >= oldestLxc) return { ...needed, ok: true, what: verbatim(`LXC ${version ?? ''}`), remedy: null };
  return {
    ...needed,
    ok: false,
    what: words(
      `LXC ${version ?? 'of an unknown version'} is installed; ${oldestLxc}.0 is the oldest that works`,
      `LXC ${version ?? 'de version inconnue'} est installé ; il faut au moins la version ${oldestLxc}.0`,
    ),
    remedy: words(
      'Debian 12 and 13 bring a version that works.',
      'Debian 12 et 13 fournissent une version qui convient.',
    ),
  };
}

const appArmorFinding: HostFinding = {
  id: 'apparmor',
  severity: 'needed',
  ok: false,
  what: words(
    "AppArmor is at work here, but its parser is missing: LXC can't make the nodes' profiles",
    'AppArmor est actif ici, mais son analyseur manque : LXC ne peut pas créer les profils des nœuds',
  ),
  remedy: verbatim('apt install apparmor'),
};
