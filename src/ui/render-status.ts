import { type LabStatus } from '../model/lab-status.ts';
import { jsonLine } from './json-line.ts';
import { type Page } from './page.ts';
import { shownInRows } from './shown.ts';
import { statusAsText } from './status-as-text.ts';

/** `lab status`. The JSON document is that of CLI.md, "lab status --format json". */
export function renderStatus(status: LabStatus, page: Page): void {
  page.write(
    page.format === 'json' ? statusAsJson(status) : statusAsText(shownInRows(status), page.language, page.colour),
  );
}

function statusAsJson({
  lab,
  edition,
  chapter,
  nodes,
  etcd,
  patroni,
  haproxy,
  certificates,
  faults,
}: LabStatus): string {
  return jsonLine({
    lab,
    edition,
    chapter: chapter && { id: chapter.id, state: chapter.state },
    nodes: nodes.map(({ name, state, address }) => ({ name, state, address })),
    etcd: etcd && {
      healthy: etcd.healthy,
      members: etcd.members.map(({ name, healthy, leader }) => ({ name, healthy, leader })),
    },
    patroni: patroni && {
      scope: patroni.scope,
      leader: patroni.leader,
      members: patroni.members.map(({ name, node, role, state, timeline, lagMb }) => ({
        name,
        node,
        role,
        state,
        timeline,
        lag_mb: lagMb,
      })),
    },
    haproxy: haproxy && {
      proxies: haproxy.proxies.map(({ node, answers, servers }) => ({
        node,
        answers,
        servers: servers.map(({ backend, server, up, check, sessions }) => ({ backend, server, up, check, sessions })),
      })),
    },
    ...(certificates !== null && {
      certificates: certificates.map(({ node, path, subject, names, usages, notBefore, notAfter, valid }) => ({
        node,
        path,
        subject,
        names,
        usages,
        not_before: notBefore.toISOString(),
        not_after: notAfter.toISOString(),
        valid,
      })),
    }),
    faults: faults.map(({ fault, nodes }) => ({ fault, nodes })),
  });
}
