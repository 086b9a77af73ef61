// What Patroni is told of etcd: the section `etcd3:` of its configuration, as values. Line by line is what
// checks/patroni-configuration looks at.

import { parse } from 'yaml';
import * as z from 'zod';
import { type NodeName } from '../model/ids.ts';
import { nodeFile } from './node-file.ts';
import { seen, type Observed, type Reach } from './reach.ts';

export const patroniConfiguration = '/etc/patroni/config.yml';

export interface EtcdSection {
  readonly protocol: string;
  readonly cacert: string | null;
  readonly cert: string | null;
  readonly key: string | null;
  readonly username: string | null;
  readonly password: string | null;
}

const text = z.union([z.string(), z.number()]).transform(String).nullable().default(null).catch(null);
const schema = z
  .object({
    etcd3: z.object({
      protocol: z.string().default('http').catch('http'),
      cacert: text,
      cert: text,
      key: text,
      username: text,
      password: text,
    }),
  })
  .transform(({ etcd3 }): EtcdSection => etcd3);

/** null: no configuration, or none that has the section; the checks of chapter 2 say why. */
export async function etcdSection(reach: Reach, node: NodeName): Promise<Observed<EtcdSection | null>> {
  const file = await nodeFile(reach, node, patroniConfiguration);
  if (file.kind === 'unseen') return file;
  return seen(file.value === null ? null : readEtcdSection(file.value.text));
}

function readEtcdSection(configuration: string): EtcdSection | null {
  try {
    const read = schema.safeParse(parse(configuration, { version: '1.1' }));
    return read.success ? read.data : null;
  } catch {
    return null;
  }
}
