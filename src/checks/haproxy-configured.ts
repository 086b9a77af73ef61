import * as z from 'zod';
import { type Judgement } from '../model/verdict.ts';
import { joinWords, type Words, words } from '../model/words.ts';
import { parseHaproxyConfiguration } from '../probes/haproxy-configuration.ts';
import { lookInNode } from '../probes/look-in-node.ts';
import { nodeFile } from '../probes/node-file.ts';
import { seen } from '../probes/reach.ts';
import { checkedNode } from './checked-node.ts';
import {
  haproxyConfigurationPath as path,
  haproxyFindingWords,
  leaderPort,
  replicasPort,
} from './haproxy-configuration/known-lines.ts';
import { refusedLines } from './haproxy-configuration/refused-lines.ts';
import { serviceFindings } from './haproxy-configuration/service-findings.ts';
import { statisticsFindings } from './haproxy-configuration/statistics-findings.ts';
import { type CheckSetting, defineCheck } from './kind.ts';

interface HaproxyFile {
  /** null: there is no such file. */
  readonly text: string | null;
  /** What `haproxy -c` says of it. */
  readonly refused: string | null;
}

/** What is on disk sends clients where the workshop wants them; HAProxy itself can read it. */
export const haproxyConfigured = defineCheck({
  name: 'haproxy-configured',
  scope: 'node',
  schema: z.strictObject({}),
  withinSeconds: 0,

  async observe(reach, setting) {
    const node = checkedNode(setting).name;
    const [file, tried] = await Promise.all([
      nodeFile(reach, node, path),
      lookInNode(reach, node, ['sh', '-c', 'haproxy -c -f "$1" 2>&1', 'sh', path]),
    ]);
    if (file.kind === 'unseen') return file;
    if (tried.kind === 'unseen') return tried;
    const refused = tried.value.exitStatus === 0 ? null : tried.value.stdout;
    return seen<HaproxyFile>({ text: file.value?.text ?? null, refused });
  },

  judge({ text, refused }, setting): Judgement {
    const { name } = checkedNode(setting);
    const expected = words(
      `${path} sends ${String(leaderPort)} to the leader and ${String(replicasPort)} to the replicas`,
      `${path} envoie ${String(leaderPort)} vers le leader et ${String(replicasPort)} vers les réplicas`,
    );
    const fail = (seen: Words, causes: readonly Words[]): Judgement => ({
      verdict: 'fail',
      expected,
      seen,
      cause: joinWords(causes, '\n'),
      final: true,
    });
    if (text === null)
      return fail(words('no such file', 'pas de fichier'), [
        words(`there is no ${path} on ${name}`, `il n'y a pas de ${path} sur ${name}`),
      ]);
    const findings = findingsIn(text, setting);
    const causes = [...findings.map(haproxyFindingWords), ...(refused === null ? [] : refusedLines(refused, text))];
    if (causes.length === 0)
      return {
        verdict: 'pass',
        expected,
        seen: words('every member, on both ports', 'tous les membres, sur les deux ports'),
      };
    const count = String(causes.length);
    return fail(
      causes.length === 1
        ? words('one thing is not right', 'un point à reprendre')
        : words(`${count} things are not right`, `${count} points à reprendre`),
      causes,
    );
  },

  command: () => `haproxy -c -f ${path} && cat ${path}`,
});

function findingsIn(text: string, { workshop }: CheckSetting) {
  const configured = {
    sections: parseHaproxyConfiguration(text),
    members: workshop.nodes.filter(({ member }) => member !== undefined),
    postgresqlPort: workshop.values['postgresql_port'] ?? '5432',
  };
  return [
    ...serviceFindings(configured, leaderPort),
    ...serviceFindings(configured, replicasPort),
    ...statisticsFindings(configured),
  ];
}
