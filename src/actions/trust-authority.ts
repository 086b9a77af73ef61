import { type Authority } from '../pki/authority.ts';
import { certificatesIn } from '../probes/certificate-facts.ts';
import { tlsFiles } from '../probes/tls-files.ts';
import { tlsNodes } from '../probes/tls-places.ts';
import { installFile } from './install-file.ts';
import { type ActionContext } from './kind.ts';
import { restartStaleMembers } from './restart-stale-members.ts';
import { settleAll } from '../model/settle-all.ts';

/**
 * Every node trusts the authority, beside the valid ones that most of the others trust: certificates that a person signed go on
 * being accepted while they are replaced. etcd reads the file when it starts, so members are restarted one by one.
 */
export async function trustAuthority(context: ActionContext, authority: Authority): Promise<void> {
  const reach = await context.look();
  const running = tlsNodes(context.workshop).filter(({ name }) => reach.observation.nodes.get(name) === 'running');
  const looks = await settleAll(running.map(async (node) => ({ node, files: await tlsFiles(reach, node) })));
  const seen = looks.flatMap(({ node, files }) => (files.kind === 'seen' ? [{ node, files: files.value }] : []));
  const bundle = bundleOf(
    authority,
    seen.map(({ files }) => files.authority?.text ?? ''),
  );
  await settleAll(
    seen.map(async ({ node, files: { places } }) => {
      const exists = await context.attempt(node.name, ['id', places.user]);
      if (exists.exitStatus !== 0) return;
      const owner = `${places.user}:${places.user}`;
      await installFile(context, node.name, { path: places.authority, owner, mode: '644', text: bundle });
    }),
  );
  await restartStaleMembers(context);
}

/** Trusted by more than half of those that trust anybody, still valid, and an authority; then the one that is to be trusted. */
function bundleOf(authority: Authority, texts: readonly string[]): string {
  const told = texts.filter((text) => certificatesIn(text).length > 0);
  const [own] = certificatesIn(authority.certificate);
  const trusted = new Map(
    told
      .flatMap(certificatesIn)
      .filter(({ isAuthority, notAfter }) => isAuthority && notAfter > new Date())
      .map((facts) => [facts.fingerprint, facts] as const),
  );
  const kept = Array.from(trusted.values()).filter(
    ({ fingerprint }) =>
      fingerprint !== own?.fingerprint &&
      told.filter((text) => certificatesIn(text).some((facts) => facts.fingerprint === fingerprint)).length * 2 >
        told.length,
  );
  return [...kept.map(({ certificate }) => certificate.toString()), authority.certificate].join('');
}
