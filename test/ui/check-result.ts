import { chapterId, checkId, nodeName, stepId } from '../../src/model/ids.ts';
import { type CheckResult } from '../../src/model/verdict.ts';
import { verbatim, words } from '../../src/model/words.ts';

/** The failed check of CLI.md, "lab verify --format json", changed as a test needs it. */
export function checkResult(change: Partial<CheckResult> = {}): CheckResult {
  return {
    id: checkId('pg-2-streams'),
    chapter: chapterId(2),
    step: stepId('join-replica'),
    node: nodeName('pg-patroni2'),
    title: words('pg-2 streams from the leader', 'pg-2 reçoit le flux du leader'),
    verdict: 'fail',
    expected: words('state streaming', 'état streaming'),
    seen: words('state stopped', 'état stopped'),
    cause: words('patroni is not running on pg-patroni2', 'patroni ne tourne pas sur pg-patroni2'),
    hint: words('Start it.', 'Démarrez-le.'),
    command: 'patronictl -c /etc/patroni/config.yml list',
    attempts: 1,
    seconds: 0.2,
    ...change,
  };
}

export function passing(id: string, node: string | null, title = id): CheckResult {
  return checkResult({
    id: checkId(id),
    step: stepId('install'),
    node: node === null ? null : nodeName(node),
    title: verbatim(title),
    verdict: 'pass',
    expected: words('installed', 'installé'),
    seen: words('installed', 'installé'),
    cause: null,
    hint: null,
    command: 'dpkg -l',
  });
}
