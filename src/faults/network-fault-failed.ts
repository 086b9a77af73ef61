import { type CommandResult } from '../model/command.ts';
import { exitStatus, LabError } from '../model/errors.ts';
import { verbatim, words } from '../model/words.ts';

/** nsenter's exit status when this machine doesn't have the program. */
const notFound = 127;

/** The host can't do it (exit status 4): names the package when the program is missing, else what it said. */
export function networkFaultFailed(result: CommandResult, debianPackage: string): LabError {
  const program = result.argv[0] ?? '';
  if (result.exitStatus === notFound) {
    return new LabError(
      'program-missing',
      words(`This fault needs ${program}, which this host lacks.`, `Cette panne a besoin de ${program}, absent ici.`),
      { exit: exitStatus.hostCannot, hint: verbatim(`apt install ${debianPackage}`) },
    );
  }
  const said = result.stderr.trim();
  return new LabError(
    'network-fault-failed',
    words(
      `The lab's network did not take it: ${program}: ${said}`,
      `Le réseau du lab ne l'a pas accepté : ${program} : ${said}`,
    ),
    {
      exit: exitStatus.hostCannot,
      hint: words('Ask "lab doctor" what this host lacks.', 'Demandez à « lab doctor » ce qui manque à cette machine.'),
    },
  );
}
