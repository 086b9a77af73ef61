// The workshop's nodes and values, as the checks of Patroni and PostgreSQL need them, without reading its files.

import { readFileSync } from 'node:fs';
import { type CheckSetting } from '../../src/checks/kind.ts';
import { chapterId, editionName, nodeName } from '../../src/model/ids.ts';
import { renderTemplate, templateScope } from '../../src/model/template.ts';
import { type Chapter, type Edition, type NodeDefinition, type Workshop } from '../../src/model/workshop.ts';

export const trixie: Edition = {
  name: editionName('trixie'),
  values: { etcd: '3.5', patroni: '4.0', postgresql: '17' },
};
export const bookworm: Edition = {
  name: editionName('bookworm'),
  values: { etcd: '3.4', patroni: '3.0', postgresql: '15' },
};

export const etcd1 = node('etcd1', '10.0.3.64');
export const etcd2 = node('etcd2', '10.0.3.78');
export const etcd3 = node('etcd3', '10.0.3.32');
export const pg1 = node('pg-patroni1', '10.0.3.141', 'pg-1', ['p1', 'pg-1']);
export const pg2 = node('pg-patroni2', '10.0.3.201', 'pg-2', ['p2', 'pg-2']);
export const pg3 = node('pg-patroni3', '10.0.3.68', 'pg-3', ['p3', 'pg-3']);

export const workshop: Workshop = {
  name: 'patroni-etcd',
  directory: '/nowhere',
  network: { address: '10.0.3.1', prefixLength: 24 },
  editions: [trixie, bookworm],
  defaultEdition: trixie.name,
  images: [],
  limits: { processes: 1024, memoryMegabytes: 1024 },
  volumes: [],
  poolPackages: [],
  values: {
    patroni_scope: 'my-ha-cluster',
    postgresql_port: '5434',
    superuser_name: 'dba',
    superuser_password: 'secret',
    replication_name: 'repl',
    replication_password: 'secret',
    rewind_name: 'rewind',
    rewind_password: 'secret',
  },
  nodes: [etcd1, etcd2, etcd3, pg1, pg2, pg3],
  groups: {
    etcd: ['etcd1', 'etcd2', 'etcd3'].map(nodeName),
    pg: ['pg-patroni1', 'pg-patroni2', 'pg-patroni3'].map(nodeName),
  },
  chapters: [],
};

const noWords = { title: '', intro: '', learnt: [], steps: {}, checks: {} };

/** With the real directory, so that the chapter's file is the one that learners get. */
const chapter2: Chapter = {
  id: chapterId(2),
  number: 2,
  slug: 'patroni',
  directory: new URL('../../labs/patroni-etcd/chapters/02-patroni', import.meta.url).pathname,
  nodes: [pg1.name, pg2.name],
  steps: [],
  mistakes: [],
  words: { en: noWords, fr: noWords },
};

const template = readFileSync(`${chapter2.directory}/files/patroni.yml`, 'utf8');

/** The chapter's configuration, as it is on that node. */
export function chaptersFile(node: NodeDefinition, edition: Edition): string {
  return renderTemplate(template, templateScope(workshop, edition, node));
}

/** A check of one node, or of the five nodes of chapter 2. */
export function settingOf(about: NodeDefinition | null, edition: Edition = trixie): CheckSetting {
  const nodes = about === null ? [etcd1, etcd2, etcd3, pg1, pg2] : [about];
  return { workshop, edition, chapter: chapter2, node: about, nodes };
}

function node(name: string, address: string, member?: string, aliases: readonly string[] = []): NodeDefinition {
  const group = member === undefined ? 'etcd' : 'pg';
  return { name: nodeName(name), address, aliases, image: group, member, groups: [group] };
}
