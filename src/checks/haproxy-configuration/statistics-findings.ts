import { frontOf, linesOf } from '../../probes/haproxy-configuration.ts';
import { statisticsPort } from '../../probes/haproxy-statistics.ts';
import { finding, type HaproxyConfigured, type HaproxyFinding } from './known-lines.ts';

/** The page with HAProxy's view of each server. */
export function statisticsFindings({ sections }: HaproxyConfigured): readonly HaproxyFinding[] {
  const port = String(statisticsPort);
  const front = frontOf(sections, statisticsPort);
  if (front === undefined) {
    return [
      finding(
        null,
        `no section has \`bind *:${port}\`: the statistics page is not configured. It needs a section of its own: \`listen stats\`, \`mode http\`, \`bind *:${port}\`, \`stats enable\`, \`stats uri /\``,
        `aucune section n'a \`bind *:${port}\` : la page de statistiques n'est pas configurée. Il lui faut une section à elle : \`listen stats\`, \`mode http\`, \`bind *:${port}\`, \`stats enable\`, \`stats uri /\``,
      ),
    ];
  }
  const mode = linesOf(front, 'mode')[0];
  if ((mode?.words[1] ?? 'tcp') !== 'http') {
    return [
      finding(
        mode ?? front.head,
        'the statistics are a web page: this section alone needs `mode http`',
        'les statistiques sont une page web : cette section, et elle seule, demande `mode http`',
      ),
    ];
  }
  const uri = linesOf(front, 'stats', 'uri')[0];
  if (linesOf(front, 'stats').length === 0) {
    return [
      finding(
        front.head,
        `port ${port} is open and \`stats enable\` is missing: there is no page`,
        `le port ${port} est ouvert et \`stats enable\` manque : il n'y a pas de page`,
      ),
    ];
  }
  if (uri?.words[2] === '/') return [];
  const where = uri?.words[2] ?? '/haproxy?stats';
  return [
    finding(
      uri ?? front.head,
      `the page is at http://…:${port}${where}; write \`stats uri /\``,
      `la page est à http://…:${port}${where} ; écrivez \`stats uri /\``,
    ),
  ];
}
