import { exitStatus, LabError } from '../model/errors.ts';
import { type Words, words } from '../model/words.ts';
import { parseSeconds } from './parse-seconds.ts';

/** As typed. */
export interface MeasureValues {
  readonly clients?: string;
  readonly rate?: string;
  readonly duration?: string;
  readonly repetitions?: string;
  readonly seed?: string;
  readonly report?: string;
}

export interface MeasureNumbers {
  readonly clients: number;
  readonly rate: number | null;
  readonly leastSeconds: number;
  readonly repetitions: number;
  readonly seed: number;
}

/** More of them would fill PostgreSQL's max_connections with sessions that wait for a standby. */
const mostClients = 16;

/** Throws (exit status 2) for a value that makes no sense. */
export function parseMeasureOptions(values: MeasureValues): MeasureNumbers {
  return {
    clients: whole('--clients', values.clients ?? '4', 1, mostClients),
    rate: values.rate === 'max' ? null : whole('--rate', values.rate ?? '100', 1, 10_000),
    leastSeconds: values.duration === undefined ? 0 : parseSeconds(values.duration, '--duration'),
    repetitions: whole('--repetitions', values.repetitions ?? '1', 1, 1000),
    seed: whole('--seed', values.seed ?? '1', 0, 1_000_000),
  };
}

function whole(option: string, text: string, least: number, most: number): number {
  const value = /^\d+$/.test(text) ? Number(text) : Number.NaN;
  if (value >= least && value <= most) return value;
  throw new LabError(
    'option-invalid',
    words(`${option} ${text} does not fit here.`, `${option} ${text} ne convient pas ici.`),
    { exit: exitStatus.usage, hint: between(option, least, most) },
  );
}

function between(option: string, least: number, most: number): Words {
  const [from, to] = [String(least), String(most)];
  return option === '--rate'
    ? words(`A number from ${from} to ${to}, or max.`, `Un nombre de ${from} à ${to}, ou max.`)
    : words(`A number from ${from} to ${to}.`, `Un nombre de ${from} à ${to}.`);
}
