import { type ItemOutcome, type ItemPart, type LabEvent } from '../../src/model/events.ts';
import { chapterId, nodeName, stepId } from '../../src/model/ids.ts';
import { type CheckResult } from '../../src/model/verdict.ts';
import { words, type Words } from '../../src/model/words.ts';

// Builders for what a run announces.

export function started(item: string, title: Words): LabEvent {
  return { kind: 'item-started', item, title, part: partOf(item) };
}

export function finished(item: string, outcome: ItemOutcome, seconds: number, error?: Words): LabEvent {
  return { kind: 'item-finished', item, outcome, seconds, ...(error && { error }) };
}

export function progress(item: string, text: Words): LabEvent {
  return { kind: 'item-progress', item, text };
}

export function judged(item: string, result: CheckResult): LabEvent {
  return { kind: 'check-judged', item, result };
}

export function commandRan(item: string, node: string, argv: readonly string[]): LabEvent {
  return { kind: 'command-ran', item, node: nodeName(node), argv, exitStatus: 0, seconds: 0.31, output: 'noise\n' };
}

export const titles = {
  base: words('The base image', "L'image de base"),
  etcd1: words('Node etcd1', 'Nœud etcd1'),
  etcd2: words('Node etcd2', 'Nœud etcd2'),
  install: words('Install etcd', 'Installer etcd'),
  start: words('Start the three members', 'Démarrer les trois membres'),
  join: words('pg-2 joins the cluster', 'pg-2 rejoint le cluster'),
};

function partOf(item: string): ItemPart {
  const [kind = '', name = ''] = item.split(' ');
  if (kind === 'image') return { kind, image: name };
  if (kind === 'network') return { kind };
  if (kind === 'node') return { kind, node: nodeName(name) };
  const [chapter = '', step = ''] = name.split('/');
  return { kind: 'step', chapter: chapterId(Number(chapter.replace('chapter-', ''))), step: stepId(step) };
}
