import * as z from 'zod';
import { type Judgement } from '../model/verdict.ts';
import { words } from '../model/words.ts';
import { haproxyWorkerStarted } from '../probes/haproxy-worker.ts';
import { nodeFile } from '../probes/node-file.ts';
import { seen } from '../probes/reach.ts';
import { serviceState, type ServiceState } from '../probes/service-state.ts';
import { checkedNode } from './checked-node.ts';
import { haproxyConfigurationPath as path } from './haproxy-configuration/known-lines.ts';
import { defineCheck } from './kind.ts';
import { whyServiceIsDown } from './why-service-is-down.ts';

interface RunningHaproxy {
  readonly state: ServiceState;
  readonly changedUs: number | null;
  readonly workerUs: number | null;
}

/** A process's start is known to the hundredth of a second. */
const toleranceUs = 20_000;

/** HAProxy runs, and the worker that takes the connections has read the file as it is on disk: restarted or reloaded. */
export const haproxyRunsItsFile = defineCheck({
  name: 'haproxy-runs-its-file',
  scope: 'node',
  schema: z.strictObject({}),
  withinSeconds: 10,

  async observe(reach, setting) {
    const node = checkedNode(setting).name;
    const [state, file, worker] = await Promise.all([
      serviceState(reach, node, 'haproxy'),
      nodeFile(reach, node, path),
      haproxyWorkerStarted(reach, node),
    ]);
    if (state.kind === 'unseen') return state;
    if (file.kind === 'unseen') return file;
    if (worker.kind === 'unseen') return worker;
    return seen<RunningHaproxy>({
      state: state.value,
      changedUs: file.value?.modifiedUs ?? null,
      workerUs: worker.value,
    });
  },

  judge({ state, changedUs, workerUs }, setting): Judgement {
    const { name } = checkedNode(setting);
    const expected = words(
      'haproxy runs with the file that is on disk',
      'haproxy tourne avec le fichier présent sur le disque',
    );
    const trouble = whyServiceIsDown(state, name);
    if (trouble !== null) return { verdict: 'fail', expected, ...trouble };
    if (changedUs === null || workerUs === null || changedUs <= workerUs + toleranceUs)
      return { verdict: 'pass', expected, seen: words('it has read it', "il l'a lu") };
    return {
      verdict: 'fail',
      expected,
      seen: words('it read the file before it changed', 'il a lu le fichier avant sa modification'),
      cause: words(
        `haproxy on ${name} runs with an older file than the one on disk: ${path} changed ${seconds(changedUs - workerUs)} s after it was read`,
        `haproxy sur ${name} tourne avec un fichier plus ancien que celui du disque : ${path} a changé ${seconds(changedUs - workerUs)} s après avoir été lu`,
      ),
      hint: words(
        `\`haproxy -c -f ${path} && systemctl reload haproxy\`: a reload keeps the sessions that are open. It is refused, and the old file stays in use, when the new one is wrong.`,
        `\`haproxy -c -f ${path} && systemctl reload haproxy\` : un reload garde les sessions ouvertes. Il est refusé, et l'ancien fichier reste en service, si le nouveau est faux.`,
      ),
      final: true,
    };
  },

  command: () =>
    'systemctl status haproxy; ps -o lstart,cmd -C haproxy; ls -l --time-style=full-iso /etc/haproxy/haproxy.cfg',
});

function seconds(microseconds: number): string {
  return (microseconds / 1_000_000).toFixed(1);
}
