// lab measure

import { writeFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import { labMeasure } from '../engine/lab-measure.ts';
import { type Scenario, scenarios } from '../ledger/scenarios.ts';
import { exitStatus, LabError } from '../model/errors.ts';
import { words } from '../model/words.ts';
import { measurementAsHtml } from '../ui/measurement-as-html.ts';
import { renderMeasurement } from '../ui/render-measurement.ts';
import { renderScenarios } from '../ui/render-scenarios.ts';
import { unknownName } from '../workshop/unknown-name.ts';
import { closing } from './closing.ts';
import { type MeasureValues, parseMeasureOptions } from './measure-options.ts';
import { pageOf } from './page-of.ts';
import { readLab } from './read-lab.ts';
import { type Verb } from './services.ts';
import { withSession } from './with-session.ts';

export const measure: Verb<[scenario: string | undefined, values: MeasureValues]> = async (
  world,
  invocation,
  name,
  values,
) => {
  const page = pageOf(world, invocation);
  if (name === undefined) {
    renderScenarios(scenarios, page);
    return exitStatus.done;
  }
  // A wrong word is said before anything is locked or written.
  const scenario = findScenario(name);
  const numbers = parseMeasureOptions(values);
  const { edition } = await readLab(world, invocation);
  const runName = `${scenario.name}-${world
    .now()
    .toISOString()
    .replace(/[^\dT]/g, '')}`;
  // In JSON standard output holds one document; what happens meanwhile is told beside it.
  const json = page.format === 'json';
  const [stage, told] = json
    ? [
        { ...world, stdout: world.stderr },
        { ...invocation, format: 'plain' },
      ]
    : [world, invocation];
  const measurement = await withSession(stage, told, ({ session }) =>
    labMeasure(session, { scenario, ...numbers }, runName),
  );
  const measured = { lab: invocation.lab, edition: edition.name, ...measurement };
  renderMeasurement(measured, page);
  if (values.report !== undefined) await writeReport(values.report, measurementAsHtml(measured, invocation.language));
  if (values.report !== undefined)
    closing(world, invocation, words(`Report: ${values.report}`, `Rapport : ${values.report}`));
  return exitStatus.done;
};

function findScenario(text: string): Scenario {
  const found = scenarios.find(({ name }) => name === text);
  if (found !== undefined) return found;
  const candidates = scenarios.map(({ name }) => name);
  const list = candidates.join(', ');
  const all = words(
    `The scenarios are: ${list}. "lab measure" explains them.`,
    `Les scénarios : ${list}. « lab measure » les explique.`,
  );
  const what = words(`There is no scenario "${text}".`, `Il n'y a pas de scénario « ${text} ».`);
  throw unknownName('scenario-unknown', what, { text, candidates, all });
}

async function writeReport(path: string, html: string): Promise<void> {
  try {
    await writeFile(resolve(path), html);
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    throw new LabError(
      'report-unwritten',
      words(`The report could not be written: ${why}`, `Le rapport n'a pas pu être écrit : ${why}`),
      { exit: exitStatus.failed, cause: error },
    );
  }
}
