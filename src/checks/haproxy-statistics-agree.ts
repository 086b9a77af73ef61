import * as z from 'zod';
import { type Judgement } from '../model/verdict.ts';
import { joinWords, verbatim, type Words, words } from '../model/words.ts';
import { backOf, frontOf, parseHaproxyConfiguration } from '../probes/haproxy-configuration.ts';
import {
  haproxyStatistics,
  type ProxiedServer,
  type StatisticsAnswer,
  statisticsPort,
  statisticsUrl,
  takesSessions,
} from '../probes/haproxy-statistics.ts';
import { observePatroniCluster } from '../probes/patroni.ts';
import { type PatroniMember } from '../model/lab-status.ts';
import { seen } from '../probes/reach.ts';
import { checkedNode } from './checked-node.ts';
import { haproxyFindingWords, leaderPort, replicasPort } from './haproxy-configuration/known-lines.ts';
import { statisticsFindings } from './haproxy-configuration/statistics-findings.ts';
import { type CheckSetting, defineCheck } from './kind.ts';
import { checkWords, lookForProxyTrouble, type ProxyTrouble } from './why-proxy-fails.ts';
import { whyServiceIsDown } from './why-service-is-down.ts';

interface StatisticsObservation {
  readonly answer: StatisticsAnswer;
  readonly members: readonly PatroniMember[];
  readonly trouble: ProxyTrouble;
}

/** The statistics page of this node's proxy shows what Patroni says: the leader up on one port, the replicas on the other. */
export const haproxyStatisticsAgree = defineCheck({
  name: 'haproxy-statistics-agree',
  scope: 'node',
  schema: z.strictObject({}),
  withinSeconds: 30,

  async observe(reach, setting) {
    const node = checkedNode(setting);
    const [answer, cluster, trouble] = await Promise.all([
      haproxyStatistics(reach, node),
      observePatroniCluster(reach),
      lookForProxyTrouble(reach, node),
    ]);
    if (answer.kind === 'unseen') return answer;
    if (cluster.kind === 'unseen') return cluster;
    if (trouble.kind === 'unseen') return trouble;
    return seen<StatisticsObservation>({
      answer: answer.value,
      members: cluster.value?.members ?? [],
      trouble: trouble.value,
    });
  },

  judge({ answer, members, trouble }, setting): Judgement {
    const node = checkedNode(setting);
    const url = statisticsUrl(node);
    const expected = words(`${url} shows who leads and who follows`, `${url} montre qui mène et qui suit`);
    if (answer.kind !== 'answer') return { verdict: 'fail', expected, ...noPage(answer, trouble, setting) };
    const wrong = wrongServers(answer.servers, members, trouble.text ?? '');
    const up = answer.servers.filter(takesSessions).map(({ backend, server }) => `${backend}/${server}`);
    const seenUp = words(`up: ${up.join(', ')}`, `en service : ${up.join(', ')}`);
    if (wrong.length === 0) return { verdict: 'pass', expected, seen: seenUp };
    return { verdict: 'fail', expected, seen: seenUp, cause: joinWords(wrong, '\n') };
  },

  command: (setting) => `curl -s '${statisticsUrl(checkedNode(setting))};csv' | cut -d, -f1,2,18`,
});

function noPage(
  answer: Exclude<StatisticsAnswer, { kind: 'answer' }>,
  { state, text }: ProxyTrouble,
  { workshop }: CheckSetting,
) {
  const members = workshop.nodes.filter(({ member }) => member !== undefined);
  const findings = statisticsFindings({ sections: parseHaproxyConfiguration(text ?? ''), members, postgresqlPort: '' });
  const down = whyServiceIsDown(state, '');
  const cause = down?.cause ?? (findings[0] === undefined ? null : haproxyFindingWords(findings[0]));
  const port = String(statisticsPort);
  const found: Words =
    answer.kind === 'node-not-running'
      ? words(`the node is ${answer.state}`, `le nœud est dans l'état ${answer.state}`)
      : answer.kind === 'silence'
        ? words(`nobody answers on ${port}: ${answer.text}`, `personne ne répond sur ${port} : ${answer.text}`)
        : verbatim(answer.text.split('\n')[0] ?? '');
  return { seen: found, ...(cause === null ? {} : { cause }) };
}

/** A sentence for each server that is up where it should not be, down where it should be up, or not there. */
function wrongServers(
  servers: readonly ProxiedServer[],
  members: readonly PatroniMember[],
  text: string,
): readonly Words[] {
  const sections = parseHaproxyConfiguration(text);
  return [leaderPort, replicasPort].flatMap((port) => {
    const front = frontOf(sections, port);
    const section = front && backOf(sections, front);
    const own = servers.filter(({ backend }) => backend === section?.name);
    return members.flatMap((member): Words[] => {
      const server = own.find((one) => one.server === member.name || one.server === member.node);
      const wanted = (member.role === 'leader') === (port === leaderPort);
      const place = `${section?.name ?? String(port)}/${member.name}`;
      if (server === undefined) return [words(`${place} is not on the page`, `${place} n'est pas sur la page`)];
      if (takesSessions(server) === wanted) return [];
      return [
        words(
          `${place} is ${checkWords(server)}, and ${member.name} is ${member.role}, ${member.state}`,
          `${place} est ${checkWords(server)}, et ${member.name} est ${member.role}, ${member.state}`,
        ),
      ];
    });
  });
}
