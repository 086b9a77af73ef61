import { type NodeName } from '../model/ids.ts';
import { words } from '../model/words.ts';
import { lookInNode } from './look-in-node.ts';
import { seen, unseen, type Observed, type Reach } from './reach.ts';

/** What systemd says of a unit; the words of `active`, `sub`, `result` are systemd's own. */
export interface SystemdUnit {
  /** `etcd.service`. */
  readonly name: string;
  /** `loaded`, `not-found`, `masked`, `bad-setting` … */
  readonly load: string;
  /** `active`, `activating`, `inactive`, `failed` … */
  readonly active: string;
  readonly sub: string;
  /** `success`, `exit-code`, `timeout`, `start-limit-hit` … */
  readonly result: string;
  /** Exit status of the main process, meaningful once it has ended. */
  readonly mainExitStatus: number;
  /** A condition such as ConditionPathExists= was looked at and did not hold. */
  readonly conditionUnmet: boolean;
  /** `enabled`, `disabled`, `masked` … */
  readonly enablement: string;
  readonly fragmentPath: string;
  readonly dropInPaths: readonly string[];
  /** Files of EnvironmentFile=, in order. */
  readonly environmentFiles: readonly string[];
  /** The unit's files changed on disk after systemd read them: `systemctl daemon-reload` is missing. */
  readonly needsDaemonReload: boolean;
  readonly mainPid: number;
  /** When the main process started, in microseconds since 1970; null when it never did since the node's boot. */
  readonly mainStartedUs: number | null;
  /** Names one run of the unit in the journal; empty when it never ran since the node's boot. */
  readonly invocation: string;
}

const properties = [
  'Id',
  'LoadState',
  'ActiveState',
  'SubState',
  'Result',
  'ExecMainStatus',
  'ConditionResult',
  'ConditionTimestampMonotonic',
  'UnitFileState',
  'FragmentPath',
  'DropInPaths',
  'EnvironmentFiles',
  'NeedDaemonReload',
  'MainPID',
  'ExecMainStartTimestamp',
  'InvocationID',
];

export async function systemdUnit(reach: Reach, node: NodeName, unit: string): Promise<Observed<SystemdUnit>> {
  const looked = await lookInNode(reach, node, [
    'systemctl',
    'show',
    '--no-pager',
    '--timestamp=us+utc',
    `--property=${properties.join(',')}`,
    '--',
    unit,
  ]);
  if (looked.kind === 'unseen') return looked;
  const { exitStatus, stdout, stderr } = looked.value;
  if (exitStatus === 0) return seen(parseSystemdUnit(stdout));
  const why = stderr.trim();
  return unseen(words(`systemd on ${node} did not answer: ${why}`, `systemd n'a pas répondu sur ${node} : ${why}`));
}

/** `output`: of `systemctl show --timestamp=us+utc`. */
export function parseSystemdUnit(output: string): SystemdUnit {
  const properties = new Map<string, string[]>();
  for (const line of output.split('\n')) {
    const at = line.indexOf('=');
    if (at > 0) properties.set(line.slice(0, at), [...(properties.get(line.slice(0, at)) ?? []), line.slice(at + 1)]);
  }
  const property = (name: string) => properties.get(name)?.[0] ?? '';
  return {
    name: property('Id'),
    load: property('LoadState'),
    active: property('ActiveState'),
    sub: property('SubState'),
    result: property('Result'),
    mainExitStatus: Number(property('ExecMainStatus')),
    conditionUnmet: property('ConditionResult') === 'no' && Number(property('ConditionTimestampMonotonic')) > 0,
    enablement: property('UnitFileState'),
    fragmentPath: property('FragmentPath'),
    dropInPaths: property('DropInPaths')
      .split(' ')
      .filter((path) => path !== ''),
    environmentFiles: (properties.get('EnvironmentFiles') ?? []).map((file) =>
      file.replace(/ \(ignore_errors=\w+\)$/, ''),
    ),
    needsDaemonReload: property('NeedDaemonReload') === 'yes',
    mainPid: Number(property('MainPID')),
    mainStartedUs: microseconds(property('ExecMainStartTimestamp')),
    invocation: property('InvocationID'),
  };
}

/** `Mon 2026-11-23 12:47:44.598495 UTC`; Date.parse knows milliseconds only. */
function microseconds(timestamp: string): number | null {
  const found = /(\d{4}-\d\d-\d\d) (\d\d:\d\d:\d\d)(?:\.(\d{1,6}))? UTC$/.exec(timestamp);
  if (found === null) return null;
  const [, day = '', time = '', fraction = ''] = found;
  return Date.parse(`${day}T${time}Z`) * 1000 + Number(fraction.padEnd(6, '0'));
}
