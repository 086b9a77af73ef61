import { readdir } from 'node:fs/promises';
import { nodesUpTo } from '../model/chapters-up-to.ts';
import { exitStatus } from '../model/errors.ts';
import { labPaths, labsDirectory } from '../model/home-paths.ts';
import { type LabName, labName } from '../model/ids.ts';
import { type LabSummary } from '../model/lab-summary.ts';
import { settleAll } from '../model/settle-all.ts';
import { type Workshop } from '../model/workshop.ts';
import { readHistory } from '../journal/open-journal.ts';
import { renderLabs } from '../ui/render-labs.ts';
import { type Invocation } from './invocation.ts';
import { pageOf } from './page-of.ts';
import { isLeftover } from './remove-lab-folder.ts';
import { type Services, type Verb } from './services.ts';

export const list: Verb<[]> = async (world, invocation) => {
  const services = await world.services(invocation);
  const workshop = await services.loadWorkshop();
  const all = await readdir(labsDirectory(invocation.home)).catch(() => []);
  const names = all.filter((name) => !isLeftover(name));
  const found = await settleAll(names.sort().map((name) => summarise(services, workshop, invocation, labName(name))));
  renderLabs(
    found.filter((lab) => lab !== null),
    pageOf(world, invocation),
  );
  return exitStatus.done;
};

/** null for a folder in which no lab was ever created. */
async function summarise(
  services: Services,
  workshop: Workshop,
  invocation: Invocation,
  name: LabName,
): Promise<LabSummary | null> {
  const paths = labPaths(invocation.home, name);
  const history = await readHistory(paths.journal);
  if (history.edition === null) return null;
  const [observation, usage] = await settleAll([
    services.provider(name, workshop).observe(),
    services.run(['du', '--summarize', '--block-size=1', '--one-file-system', paths.directory]),
  ]);
  const nodes = history.chapter === null ? [] : nodesUpTo(workshop, history.chapter.id);
  return {
    name,
    edition: history.edition,
    chapter: history.chapter,
    nodes: {
      running: nodes.filter((node) => observation.nodes.get(node.name) === 'running').length,
      total: nodes.length,
    },
    bytes: Number.parseInt(usage.stdout, 10) || 0,
  };
}
