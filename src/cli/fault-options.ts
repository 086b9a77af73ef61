import { type Fault, type FaultOptions } from '../faults/fault.ts';
import { exitStatus, LabError } from '../model/errors.ts';
import { type Words, words } from '../model/words.ts';

/** As typed. */
export interface FaultValues {
  readonly percent?: string;
  readonly rate?: string;
  readonly ms?: string;
}

const defaults: FaultOptions = { percent: 20, bitsPerSecond: 1_000_000, milliseconds: 200 };

const flags = { percent: 'percent', rate: 'bitsPerSecond', ms: 'milliseconds' } as const;

const units = { bit: 1, kbit: 1000, mbit: 1_000_000, gbit: 1_000_000_000 } as const;

/** Throws (exit status 2) for a value that makes no sense, and for one that is another fault's. */
export function parseFaultOptions(fault: Fault, values: FaultValues): FaultOptions {
  for (const flag of ['percent', 'rate', 'ms'] as const) {
    if (values[flag] !== undefined && fault.option !== flags[flag]) throw notIts(fault, flag);
  }
  return {
    percent: parsed(values.percent, percentOf, defaults.percent, percentWords),
    bitsPerSecond: parsed(values.rate, rateOf, defaults.bitsPerSecond, rateWords),
    milliseconds: parsed(values.ms, millisecondsOf, defaults.milliseconds, millisecondsWords),
  };
}

function parsed(
  text: string | undefined,
  read: (text: string) => number | null,
  otherwise: number,
  right: Words,
): number {
  if (text === undefined) return otherwise;
  const value = read(text);
  if (value !== null) return value;
  throw new LabError('option-invalid', words(`"${text}" does not fit here.`, `« ${text} » ne convient pas ici.`), {
    exit: exitStatus.usage,
    hint: right,
  });
}

function percentOf(text: string): number | null {
  return within(/^\d+(\.\d)?%?$/.test(text) ? Number.parseFloat(text) : null, 0.1, 100);
}

function rateOf(text: string): number | null {
  const found = /^(\d+(?:\.\d+)?)(bit|kbit|mbit|gbit)$/i.exec(text);
  const unit = units[(found?.[2] ?? 'bit').toLowerCase() as keyof typeof units];
  return within(found === null ? null : Math.round(Number(found[1]) * unit), 8000, 10_000_000_000);
}

function millisecondsOf(text: string): number | null {
  const found = /^(\d+)(ms)?$/.exec(text);
  return within(found === null ? null : Number(found[1]), 1, 60_000);
}

function within(value: number | null, least: number, most: number): number | null {
  return value === null || value < least || value > most ? null : value;
}

const percentWords = words(
  'Write how many of 100 packets are lost: --percent 20',
  'Écrivez combien de paquets sur 100 se perdent : --percent 20',
);
const rateWords = words(
  'Write bits a second with their unit, from 8kbit: --rate 500kbit or --rate 2mbit',
  'Écrivez des bits par seconde avec leur unité, à partir de 8kbit : --rate 500kbit ou --rate 2mbit',
);
const millisecondsWords = words(
  'Write milliseconds, 60000 at most: --ms 200',
  'Écrivez des millisecondes, 60000 au plus : --ms 200',
);

function notIts(fault: Fault, flag: keyof FaultValues): LabError {
  const owner = { percent: 'loss', rate: 'slow', ms: 'delay' }[flag];
  return new LabError(
    'option-invalid',
    words(`--${flag} means nothing to ${fault.name}.`, `--${flag} n'a pas de sens pour ${fault.name}.`),
    {
      exit: exitStatus.usage,
      hint: words(`It belongs to ${owner}.`, `Cette option va avec ${owner}.`),
    },
  );
}
