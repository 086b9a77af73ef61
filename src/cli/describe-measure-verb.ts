import { type Command } from 'commander';
import { scenarios } from '../ledger/scenarios.ts';
import { words } from '../model/words.ts';
import { type MeasureValues } from './measure-options.ts';
import { type Call, type Say } from './verb-call.ts';

export function addMeasure(program: Command, say: Say, call: Call): void {
  const list = scenarios.map(({ name, describe }) => `  ${name.padEnd(18)}${say(describe)}`).join('\n');
  program
    .command('measure')
    .argument(
      '[scenario]',
      say(words('which failure; without it they are explained', 'quelle panne ; sans nom, elles sont expliquées')),
    )
    .description(
      say(
        words(
          'what a failover costs: time without writes, and acknowledged writes that are lost',
          'ce que coûte un failover : le temps sans écritures, et les écritures confirmées qui sont perdues',
        ),
      ),
    )
    .option('--clients <number>', say(words('how many write (default 4)', 'combien écrivent (4 par défaut)')))
    .option(
      '--rate <number>',
      say(
        words(
          'rows a second and client, or max (default 100)',
          'lignes par seconde et par client, ou max (100 par défaut)',
        ),
      ),
    )
    .option(
      '--duration <time>',
      say(words('write at least so long after the fault: 30s', 'écrire au moins aussi longtemps après la panne : 30s')),
    )
    .option('--repetitions <number>', say(words('how often (default 1)', 'combien de fois (1 par défaut)')))
    .option(
      '--seed <number>',
      say(words('decides the moment of the fault (default 1)', 'décide du moment de la panne (1 par défaut)')),
    )
    .option('--report <file>', say(words('a page of HTML with time lines', 'une page HTML avec les chronologies')))
    .addHelpText('after', `\n${say(words('Scenarios:', 'Scénarios :'))}\n${list}\n\n${say(teaching)}`)
    .action((scenario: string | undefined, values: MeasureValues, command: Command) =>
      call(command.optsWithGlobals(), async () => (await import('./measure.ts')).measure, scenario, values),
    );
}

const teaching = words(
  `How it works:
  Clients write numbered rows, each in a transaction of its own, and note on this machine, outside the nodes, which of
  them the database acknowledged. The fault comes at a moment of Patroni's round that the seed decides. When writes are
  back, everything is healed and every row is looked for: an acknowledged one that is missing is lost.

  Where HAProxy listens the clients go through it; before chapter 7 they go from host to host, as libpq does with several.
  "Without writes" lasts from the beginning of the first write that failed to the first one that was accepted. It is
  compared with what ttl, loop_wait, retry_timeout and HAProxy's checks promise, as they are set now.
  The figures stay in the database: ledger_runs, ledger_rows (what is there), ledger_acknowledged (what was promised).

  The exit status is 0 once the measurement is complete, also when rows were lost. Interrupted with Ctrl-C, the fault
  stays in the journal: lab heal, or the next lab up, removes it.

Examples:
  lab measure kill-node                                      how long, and is anything lost?
  lab measure partition-leader --repetitions 5               asynchronous replication loses rows here
  lab measure freeze --report freeze.html                    a page to pass on
  lab measure kill-node --format json | jq .summary          for scripts`,
  `Comment ça marche :
  Des clients écrivent des lignes numérotées, chacune dans sa transaction, et notent sur cette machine, hors des nœuds,
  celles que la base a confirmées. La panne survient à un moment de la boucle de Patroni que la graine décide. Une fois les
  écritures revenues, tout est réparé et chaque ligne est recherchée : une ligne confirmée qui manque est perdue.

  Là où HAProxy écoute, les clients passent par lui ; avant le chapitre 7, ils vont d'hôte en hôte, comme libpq.
  « Sans écritures » va du début de la première écriture échouée à la première acceptée. Cette durée est comparée à ce que
  promettent ttl, loop_wait, retry_timeout et les contrôles de HAProxy, tels qu'ils sont réglés à présent.
  Les chiffres restent dans la base : ledger_runs, ledger_rows (ce qui est là), ledger_acknowledged (ce qui a été promis).

  Le code de retour est 0 dès que la mesure est complète, même si des lignes sont perdues. Interrompue par Ctrl-C, la panne
  reste dans le journal : lab heal, ou le prochain lab up, la retire.

Exemples :
  lab measure kill-node                                      combien de temps, et perd-on quelque chose ?
  lab measure partition-leader --repetitions 5               la réplication asynchrone perd ici des lignes
  lab measure freeze --report freeze.html                    une page à transmettre
  lab measure kill-node --format json | jq .summary          pour des scripts`,
);
