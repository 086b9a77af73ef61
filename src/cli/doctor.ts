import { exitStatus } from '../model/errors.ts';
import { renderFindings } from '../ui/render-findings.ts';
import { pageOf } from './page-of.ts';
import { type Verb } from './services.ts';

export const doctor: Verb<[]> = async (world, invocation) => {
  const services = await world.services(invocation);
  const findings = await services.examineHost();
  renderFindings(findings, pageOf(world, invocation));
  return findings.some((finding) => !finding.ok && finding.severity === 'needed')
    ? exitStatus.hostCannot
    : exitStatus.done;
};
