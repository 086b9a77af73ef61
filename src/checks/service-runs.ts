import * as z from 'zod';
import { joinWords, verbatim, words, type Words } from '../model/words.ts';
import { type Judgement } from '../model/verdict.ts';
import { filesReadAgain } from '../probes/files-read.ts';
import { nodeFile, type NodeFile } from '../probes/node-file.ts';
import { seen } from '../probes/reach.ts';
import { serviceState, type ServiceState } from '../probes/service-state.ts';
import { checkedNode } from './checked-node.ts';
import { defineCheck } from './kind.ts';
import { whyServiceIsDown } from './why-service-is-down.ts';

interface ServiceObservation {
  readonly state: ServiceState;
  /** Of `configuration`, those that are there. */
  readonly files: readonly Pick<NodeFile, 'path' | 'modifiedUs'>[];
  /** When it read them again, where a file is younger than its start; null: not since. */
  readonly readAgainUs?: number | null;
}

/** The service is active, and read its files, at its start or since, after they last changed. */
export const serviceRuns = defineCheck({
  name: 'service-runs',
  scope: 'node',
  schema: z.strictObject({
    unit: z.string(),
    configuration: z.array(z.string()).optional(),
    restarted: z.boolean().optional(),
  }),
  withinSeconds: 30,

  async observe(reach, setting, { unit, configuration = [], restarted = false }) {
    const node = checkedNode(setting).name;
    const state = await serviceState(reach, node, unit);
    if (state.kind === 'unseen') return state;
    const files: NodeFile[] = [];
    for (const path of configuration) {
      const file = await nodeFile(reach, node, path);
      if (file.kind === 'unseen') return file;
      if (file.value !== null) files.push(file.value);
    }
    if (restarted || youngerThan(state.value.unit.mainStartedUs, files).length === 0)
      return seen<ServiceObservation>({ state: state.value, files });
    const again = await filesReadAgain(reach, node, unit);
    return again.kind === 'unseen'
      ? again
      : seen<ServiceObservation>({ state: state.value, files, readAgainUs: again.value });
  },

  judge({ state, files, readAgainUs = null }, setting, { unit }): Judgement {
    const node = checkedNode(setting).name;
    const expected = words(`${unit} runs`, `${unit} est en marche`);
    const trouble = whyServiceIsDown(state, node);
    if (trouble !== null) return { verdict: 'fail', expected, ...trouble };
    const old = oldConfiguration(state, files, readAgainUs, unit);
    if (old !== null) return { verdict: 'fail', expected: upToDate(unit), ...old };
    return { verdict: 'pass', expected, seen: verbatim(`active (${state.unit.sub})`) };
  },

  command: (_setting, { unit }) => `systemctl status ${unit}`,
});

function upToDate(unit: string): Words {
  return words(
    `${unit} runs with the files that are on disk`,
    `${unit} est en marche avec les fichiers présents sur le disque`,
  );
}

type Outdated = Pick<Extract<Judgement, { verdict: 'fail' }>, 'seen' | 'cause' | 'hint' | 'final'>;

function youngerThan(moment: number | null, files: ServiceObservation['files']): readonly string[] {
  return moment === null ? [] : files.filter((file) => file.modifiedUs > moment).map((file) => file.path);
}

function oldConfiguration(
  state: ServiceState,
  files: ServiceObservation['files'],
  readAgainUs: number | null,
  unit: string,
): Outdated | null {
  const { mainStartedUs, needsDaemonReload } = state.unit;
  const newer = mainStartedUs === null ? [] : youngerThan(Math.max(mainStartedUs, readAgainUs ?? 0), files);
  if (newer.length === 0 && !needsDaemonReload) return null;
  const commands = `${needsDaemonReload ? 'systemctl daemon-reload && ' : ''}systemctl restart ${unit}`;
  const causes = [
    ...(newer.length > 0 ? [olderFile(unit, newer)] : []),
    ...(needsDaemonReload ? [olderUnit(unit)] : []),
  ];
  return {
    seen: words('it was started before they changed', 'il a été démarré avant leur modification'),
    cause: joinWords(causes, '\n'),
    hint: words(`Make it read them: \`${commands}\``, `Pour qu'il les relise : \`${commands}\``),
    final: true,
  };
}

function olderFile(unit: string, newer: readonly string[]): Words {
  const paths = newer.join(', ');
  return words(
    `${unit} runs with an older file than the one on disk: ${paths} changed after it was started`,
    `${unit} tourne avec un fichier plus ancien que celui du disque : ${paths} a changé après son démarrage`,
  );
}

function olderUnit(unit: string): Words {
  return words(
    `the unit of ${unit}, or a drop-in beside it, changed on disk, and systemd has not read it yet (\`systemctl daemon-reload\`)`,
    `l'unité de ${unit}, ou un complément (drop-in), a changé sur le disque, et systemd ne l'a pas encore relue (\`systemctl daemon-reload\`)`,
  );
}
