import { type NodeState } from '../model/observation.ts';
import { type NodeDefinition } from '../model/workshop.ts';
import { joinWords, words, type Words } from '../model/words.ts';
import { journalLines, type JournalLine } from '../probes/journal-lines.ts';
import { nodeFile, type NodeFile } from '../probes/node-file.ts';
import { seen, type Observed, type Reach } from '../probes/reach.ts';
import { messageIds } from '../probes/service-state.ts';
import { systemdUnit, type SystemdUnit } from '../probes/systemd-unit.ts';
import { type CheckSetting } from './kind.ts';
import { diagnosePatroniConfiguration } from './patroni-configuration/diagnose-patroni-configuration.ts';
import { findingWords } from './patroni-configuration/finding-words.ts';
import { type Finding } from './patroni-configuration/finding.ts';
import { nodeStateWords } from './node-state-words.ts';
import { tellingLine } from './telling-line.ts';
import { whyServiceIsDown } from './why-service-is-down.ts';

export const patroniConfigurationPath = '/etc/patroni/config.yml';

/** What tells why a node's Patroni is no member, or not the one that was hoped for. Looked at only once something is wrong. */
export interface PatroniTrouble {
  readonly node: NodeDefinition;
  readonly state: NodeState;
  /** null when the node isn't running. */
  readonly service: { readonly unit: SystemdUnit; readonly lines: readonly JournalLine[] } | null;
  readonly configuration: NodeFile | null;
}

/** Why, in a few lines; `final`: it won't come right by itself. */
export interface TroubleWords {
  readonly cause: Words;
  readonly hint?: Words;
  readonly final: boolean;
}

// Python's tracebacks and PostgreSQL's start take many lines.
const lastLines = 250;

export async function lookForPatroniTrouble(reach: Reach, node: NodeDefinition): Promise<Observed<PatroniTrouble>> {
  const state = reach.observation.nodes.get(node.name) ?? 'absent';
  if (state !== 'running') return seen({ node, state, service: null, configuration: null });
  const [unit, lines, configuration] = await Promise.all([
    systemdUnit(reach, node.name, 'patroni'),
    journalLines(reach, node.name, { unit: 'patroni', thisBoot: true, last: lastLines }),
    nodeFile(reach, node.name, patroniConfigurationPath),
  ]);
  if (unit.kind === 'unseen') return unit;
  if (lines.kind === 'unseen') return lines;
  if (configuration.kind === 'unseen') return configuration;
  return seen({
    node,
    state,
    service: { unit: unit.value, lines: sinceStartedByHand(lines.value) },
    configuration: configuration.value,
  });
}

/** For several nodes, in their order. */
export async function lookForPatroniTroubles(
  reach: Reach,
  nodes: readonly NodeDefinition[],
): Promise<Observed<readonly PatroniTrouble[]>> {
  const looked = await Promise.all(nodes.map((node) => lookForPatroniTrouble(reach, node)));
  const troubles: PatroniTrouble[] = [];
  for (const one of looked) {
    if (one.kind === 'unseen') return one;
    troubles.push(one.value);
  }
  return seen(troubles);
}

/** null when nothing of this node explains anything. */
export function patroniTroubleWords(trouble: PatroniTrouble, setting: CheckSetting): TroubleWords | null {
  const { node, service } = trouble;
  if (service === null) return { cause: nodeStateWords(node.name, trouble.state), final: false };
  const findings = configurationFindings(trouble, setting);
  const blocking = findings.filter(({ effect }) => effect === 'does-not-start');
  // What keeps Patroni from starting explains its log, not the other way round.
  if (blocking.length > 0) return { ...wordsOf(blocking, trouble, setting), final: true };
  const down = whyServiceIsDown({ unit: service.unit, lines: service.lines }, node.name);
  const told = onNode(node, down?.cause ?? tellingLine(service.lines, 'patroni'));
  const rest = findingTroubleWords(trouble, setting);
  const causes = [told, rest?.cause ?? null].filter((one) => one !== null);
  if (causes.length === 0) return null;
  return { cause: joinWords(causes, '\n'), ...(rest === null ? {} : { hint: rest.hint }), final: down?.final ?? false };
}

/** Only what the node's file explains; null when nothing in it keeps the member from the others. */
export function findingTroubleWords(
  trouble: PatroniTrouble,
  setting: CheckSetting,
): { readonly cause: Words; readonly hint: Words } | null {
  const findings = configurationFindings(trouble, setting).filter(({ effect }) => effect !== 'works-otherwise');
  return findings.length === 0 ? null : wordsOf(findings, trouble, setting);
}

/** What the linter says of the node's file; empty when there is none. */
export function configurationFindings(
  { node, configuration }: PatroniTrouble,
  { workshop, edition }: CheckSetting,
): readonly Finding[] {
  return configuration === null ? [] : diagnosePatroniConfiguration(configuration.text, { node, workshop, edition });
}

/** A check of the whole cluster says on which node the file is. */
function wordsOf(
  findings: readonly Finding[],
  { node }: PatroniTrouble,
  setting: CheckSetting,
): { readonly cause: Words; readonly hint: Words } {
  const path = setting.node === null ? `${node.name}:${patroniConfigurationPath}` : patroniConfigurationPath;
  return findingWords(findings, path);
}

function onNode(node: NodeDefinition, told: Words | null): Words | null {
  if (told === null || told.en.includes(node.name)) return told;
  return words(`on ${node.name}: ${told.en}`, `sur ${node.name} : ${told.fr}`);
}

/** systemd starts Patroni again when it fails: what it said before it failed counts too. */
export function sinceStartedByHand(lines: readonly JournalLine[]): readonly JournalLine[] {
  const start = lines.findLastIndex(({ messageId }, index) => {
    // Debian 12's systemd says "Stopped" between the two.
    const before = lines.slice(Math.max(index - 2, 0), index);
    return messageId === messageIds.started && !before.some(({ message }) => message.includes('Scheduled restart job'));
  });
  return lines.slice(Math.max(start, 0));
}
