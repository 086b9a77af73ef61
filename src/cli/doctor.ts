import { exitStatus } from '../model/errors.ts';
import { type HostFinding } from '../model/host-finding.ts';
import { words } from '../model/words.ts';
import { formatBytes } from '../ui/format-quantity.ts';
import { renderFindings } from '../ui/render-findings.ts';
import { type Invocation } from './invocation.ts';
import { pageOf } from './page-of.ts';
import { findUnneeded, weighed } from './prune.ts';
import { type Services, type Verb } from './services.ts';

export const doctor: Verb<[]> = async (world, invocation) => {
  const services = await world.services(invocation);
  const findings = [...(await services.examineHost()), ...(await whatCouldBeFreed(services, invocation))];
  renderFindings(findings, pageOf(world, invocation));
  return findings.some((finding) => !finding.ok && finding.severity === 'needed')
    ? exitStatus.hostCannot
    : exitStatus.done;
};

/** Bytes. A few transcripts are no reason to do anything. */
const worthSaying = 10_000_000;

/** Nothing to say where nothing can go, or where the workshop can't be read: then other verbs say so. */
async function whatCouldBeFreed(services: Services, invocation: Invocation): Promise<readonly HostFinding[]> {
  const workshop = await services.loadWorkshop().catch(() => null);
  if (workshop === null) return [];
  const unneeded = await findUnneeded(services, workshop, invocation).catch(() => []);
  const bytes = (await weighed(services, unneeded)).reduce((sum, one) => sum + one.bytes, 0);
  if (bytes < worthSaying) return [];
  const what = words(
    `${formatBytes(bytes, 'en')} in ${invocation.home} could be freed`,
    `${formatBytes(bytes, 'fr')} pourraient être libérés dans ${invocation.home}`,
  );
  const remedy = words('Nothing needs them any more: lab prune', "Plus rien n'en a besoin : lab prune");
  return [{ id: 'unneeded', ok: false, severity: 'advice', what, remedy }];
}
