import { z } from 'zod';
import { joinWords, verbatim, words, type Words } from '../model/words.ts';
import { type Judgement } from '../model/verdict.ts';
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
}

/** The service is active, and started after the files that it reads at its start last changed. */
export const serviceRuns = defineCheck({
  name: 'service-runs',
  scope: 'node',
  schema: z.strictObject({ unit: z.string(), configuration: z.array(z.string()).optional() }),
  withinSeconds: 30,

  async observe(reach, setting, { unit, configuration = [] }) {
    const node = checkedNode(setting).name;
    const state = await serviceState(reach, node, unit);
    if (state.kind === 'unseen') return state;
    const files: NodeFile[] = [];
    for (const path of configuration) {
      const file = await nodeFile(reach, node, path);
      if (file.kind === 'unseen') return file;
      if (file.value !== null) files.push(file.value);
    }
    return seen<ServiceObservation>({ state: state.value, files });
  },

  judge({ state, files }, setting, { unit }): Judgement {
    const node = checkedNode(setting).name;
    const expected = words(`${unit} runs`, `${unit} est en marche`);
    const trouble = whyServiceIsDown(state, node);
    if (trouble !== null) return { verdict: 'fail', expected, ...trouble };
    const old = oldConfiguration(state, files, unit);
    if (old !== null) return { verdict: 'fail', expected: upToDate(unit), ...old };
    return { verdict: 'pass', expected, seen: verbatim(`active (${state.unit.sub})`) };
  },

  command: (_setting, { unit }) => `systemctl status ${unit}`,
});

function upToDate(unit: string): Words {
  return words(`${unit} runs with the files that are on disk`, `${unit} est en marche avec les fichiers présents sur le disque`);
}

function oldConfiguration(state: ServiceState, files: ServiceObservation['files'], unit: string): { seen: Words; cause: Words; hint: Words; final: boolean } | null {
  const { mainStartedUs, needsDaemonReload, fragmentPath } = state.unit;
  const newer = mainStartedUs === null ? [] : files.filter((file) => file.modifiedUs > mainStartedUs).map((file) => file.path);
  if (newer.length === 0 && !needsDaemonReload) return null;
  const changed = newer.length > 0 ? newer.join(', ') : fragmentPath;
  const commands = `${needsDaemonReload ? 'systemctl daemon-reload && ' : ''}systemctl restart ${unit}`;
  const causes = [
    words(
      `${unit} runs with an older file than the one on disk: ${changed} changed after ${unit} was started`,
      `${unit} tourne avec un fichier plus ancien que celui du disque : ${changed} a changé après le démarrage de ${unit}`,
    ),
    ...(needsDaemonReload
      ? [words('systemd has not read the changed unit yet (`systemctl daemon-reload`)', "systemd n'a pas encore relu l'unité modifiée (`systemctl daemon-reload`)")]
      : []),
  ];
  return {
    seen: words(`${unit} was started before ${changed} last changed`, `${unit} a été démarré avant la dernière modification de ${changed}`),
    cause: joinWords(causes, '\n'),
    hint: words(`Make it read the file: \`${commands}\``, `Faites-lui relire le fichier : \`${commands}\``),
    final: true,
  };
}
