// etcd of a running cluster from http to https, in stages that each leave it working. Never backwards: a member that is
// further already stays where it is.

import * as z from 'zod';
import { exitStatus, LabError } from '../model/errors.ts';
import { settleAll } from '../model/settle-all.ts';
import { type NodeDefinition } from '../model/workshop.ts';
import { words } from '../model/words.ts';
import { etcdMembers } from '../probes/etcd-members.ts';
import { etcdClientPort, etcdPeerPort } from '../probes/etcd.ts';
import { etcdSettings } from '../probes/etcd-settings.ts';
import { etcdSources } from '../probes/etcd-sources.ts';
import { nodeFile } from '../probes/node-file.ts';
import { memberTls, tlsPlaces, type TlsPlaces } from '../probes/tls-places.ts';
import { etcdctl } from './etcdctl.ts';
import { secured, securedMembers, variableIn, type Variables, withVariables } from './etcd-environment.ts';
import { installFile } from './install-file.ts';
import { type ActionContext, defineAction } from './kind.ts';
import { etcdEnvironment, leaderLast, restartWhenStale } from './restart-stale-members.ts';

const stages = ['clients', 'peers', 'client-certificates'] as const;
type Stage = (typeof stages)[number];

/** One member after the other, each back in the majority before the next one goes; etcd's own leader last. */
export const moveEtcd = defineAction({
  name: 'move-etcd',
  schema: z.strictObject({
    /** Serves clients over https; members over https; takes nobody without a certificate. */
    stage: z.enum(stages),
  }),
  run: async (context, { stage }) => {
    for (const node of await leaderLast(context, context.nodes)) await move(context, node, stage);
  },
});

async function move(context: ActionContext, node: NodeDefinition, stage: Stage): Promise<void> {
  const reach = await context.look();
  const [places, sources, file] = await settleAll([
    tlsPlaces(reach, node),
    etcdSources(reach, node.name),
    nodeFile(reach, node.name, etcdEnvironment),
  ]);
  const text = file.kind === 'seen' ? (file.value?.text ?? '') : '';
  if (sources.kind === 'seen' && etcdSettings(sources.value).style !== 'environment') throw otherStyle(node);
  if (places.kind === 'unseen') throw new LabError('etcd-unreadable', places.why, { exit: exitStatus.hostCannot });
  if (stage === 'peers') await announcePeer(context, node);
  const moved = withVariables(text, variables(text, node, places.value, stage));
  if (moved !== text)
    await installFile(context, node.name, { path: etcdEnvironment, owner: 'root:root', mode: '644', text: moved });
  await restartWhenStale(context, node);
}

function variables(text: string, node: NodeDefinition, places: TlsPlaces, stage: Stage): Variables {
  const { certificate, key, authority } = places.configured ? places : memberTls;
  const client = `http://${node.address}:${String(etcdClientPort)}`;
  const peer = `http://${node.address}:${String(etcdPeerPort)}`;
  const value = (name: string, otherwise: string): string => variableIn(text, name) ?? otherwise;
  switch (stage) {
    case 'clients':
      return {
        LISTEN_CLIENT_URLS: secured(
          value('LISTEN_CLIENT_URLS', `${client},http://127.0.0.1:${String(etcdClientPort)}`),
        ),
        ADVERTISE_CLIENT_URLS: secured(value('ADVERTISE_CLIENT_URLS', client)),
        CERT_FILE: certificate,
        KEY_FILE: key,
        // Without effect on peers that still say http; ready for those that come to say https.
        PEER_CERT_FILE: value('PEER_CERT_FILE', certificate),
        PEER_KEY_FILE: value('PEER_KEY_FILE', key),
        PEER_TRUSTED_CA_FILE: value('PEER_TRUSTED_CA_FILE', authority),
      };
    case 'peers':
      return {
        LISTEN_PEER_URLS: secured(value('LISTEN_PEER_URLS', peer)),
        INITIAL_ADVERTISE_PEER_URLS: secured(value('INITIAL_ADVERTISE_PEER_URLS', peer)),
        INITIAL_CLUSTER: securedMembers(value('INITIAL_CLUSTER', '')),
      };
    case 'client-certificates':
      return { TRUSTED_CA_FILE: authority, CLIENT_CERT_AUTH: 'true', PEER_CLIENT_CERT_AUTH: 'true' };
  }
}

/** etcd remembers under which URL a member is reached; the configuration counts only at its very first start. */
async function announcePeer(context: ActionContext, node: NodeDefinition): Promise<void> {
  const membership = await etcdMembers(await context.look(), node);
  if (membership.kind === 'unseen' || membership.value.kind !== 'answer') return;
  const own = membership.value.value.members.find(({ name }) => name === node.name);
  if (own === undefined || own.peerUrls.every((url) => url.startsWith('https:'))) return;
  const urls = secured(own.peerUrls.join(','));
  await etcdctl(context, node.name, ['member', 'update', own.id, `--peer-urls=${urls}`]);
}

function otherStyle({ name }: NodeDefinition): LabError {
  return new LabError(
    'etcd-configured-otherwise',
    words(
      `etcd on ${name} does not take its settings from ${etcdEnvironment}: lab changes only that file.`,
      `etcd sur ${name} ne prend pas ses réglages dans ${etcdEnvironment} : lab ne modifie que ce fichier.`,
    ),
    {
      exit: exitStatus.failed,
      hint: words(
        'Make the change by hand, as the text shows, or begin chapter 1 again with that file.',
        'Faites la modification à la main, comme le montre le texte, ou reprenez le chapitre 1 avec ce fichier.',
      ),
    },
  );
}
