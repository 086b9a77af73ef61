import { writeFile } from 'node:fs/promises';
import { exitStatus, LabError } from '../../../model/errors.ts';
import { type HostFinding } from '../../../model/host-finding.ts';
import { joinWords, type Words, words } from '../../../model/words.ts';
import { type HostFacts } from './host-facts.ts';
import { hostSettings, settingPath } from './host-settings.ts';
import { closeHome } from './close-home.ts';
import { ensureIdRange, readFirstId } from './id-range.ts';
import { judgeHost } from './judge-host.ts';
import { type HostDependencies, readHostFacts } from './read-host-facts.ts';

/**
 * Sets what can be set (kernel limits until the next reboot, the range of ids, who may enter LAB_HOME) and returns what it changed. Throws
 * (exit status 4) with every point that stands against running labs here, before anything is changed.
 */
export async function prepareHost(deps: HostDependencies): Promise<readonly Words[]> {
  const facts = await readHostFacts(deps, { netem: false });
  const against = judgeHost(facts).filter((finding) => !finding.ok && finding.severity === 'needed');
  if (against.length > 0) throw hostUnfit(against);
  const changed = [...(await raiseSettings(facts)), ...(await ensureIdRange())];
  return [...changed, ...(await closeHome(deps.home, await readFirstId()))];
}

async function raiseSettings(facts: HostFacts): Promise<readonly Words[]> {
  const notices: Words[] = [];
  for (const { name, wanted } of hostSettings) {
    const setting = facts.settings.get(name);
    if (setting === undefined || setting.value >= wanted) continue;
    await writeFile(settingPath(name), `${wanted}\n`);
    notices.push(
      words(
        `Raised ${name} from ${setting.value} to ${wanted}, until the next reboot.`,
        `${name} passe de ${setting.value} à ${wanted}, jusqu'au prochain redémarrage.`,
      ),
    );
  }
  return notices;
}

/** Without root the rest can hardly be known: then that is the one thing to say. */
function hostUnfit(against: readonly HostFinding[]): LabError {
  const root = against.find((finding) => finding.id === 'root');
  if (root !== undefined) {
    return new LabError('not-root', words('lab has to run as root.', 'lab doit être exécuté en tant que root.'), {
      exit: exitStatus.hostCannot,
      ...(root.remedy && { hint: root.remedy }),
    });
  }
  const what = joinWords(
    against.map((finding) => finding.what),
    '; ',
  );
  const remedies = against.flatMap((finding) => (finding.remedy === null ? [] : [finding.remedy]));
  return new LabError(
    'host-unfit',
    words(`This host can't run labs yet: ${what.en}`, `Cette machine ne peut pas encore exécuter de labs : ${what.fr}`),
    {
      exit: exitStatus.hostCannot,
      hint: joinWords([...remedies, words('More: lab doctor', 'Plus de détails : lab doctor')], '\n'),
    },
  );
}
