import { type Workshop } from '../../model/workshop.ts';
import { isLoopback, nodeCalled } from './host-and-port.ts';

/** A rule of pg_hba.conf, as far as it matters who gets in. */
export interface HbaLine {
  readonly line: number;
  readonly text: string;
  readonly type: string;
  readonly databases: readonly string[];
  readonly users: readonly string[];
  /** Without a `local` one: `10.0.3.0/24`, `samenet`, a name. */
  readonly address: string;
  readonly method: string;
  /** Of `map=…`. */
  readonly map: string | undefined;
}

/** Somebody who wants in. */
export interface Caller {
  readonly type: 'local' | 'host';
  readonly database: string;
  readonly user: string;
  readonly address: string;
}

export function parseHbaLine({ line, text }: { readonly line: number; readonly text: string }): HbaLine | null {
  const [type, databases, users, ...rest] = text.replace(/#.*$/, '').trim().split(/\s+/);
  if (type === undefined || databases === undefined || users === undefined || rest.length === 0) return null;
  // `10.0.3.0 255.255.255.0` is an address in two words.
  const separateMask = type !== 'local' && /^\d+\.\d+\.\d+\.\d+$/.test(rest[1] ?? '');
  const address =
    type === 'local' ? '' : separateMask ? `${rest[0] ?? ''}/${maskLength(rest[1] ?? '')}` : (rest[0] ?? '');
  const [method, ...options] = rest.slice(type === 'local' ? 0 : separateMask ? 2 : 1);
  if (method === undefined) return null;
  const map = options.find((option) => option.startsWith('map='))?.slice('map='.length);
  return { line, text, type, databases: names(databases), users: names(users), address, method, map };
}

/** The first line that fits decides, as in PostgreSQL; null: nobody is let in without one. */
export function lineFor(lines: readonly HbaLine[], caller: Caller, workshop: Workshop): HbaLine | null {
  return lines.find((line) => fits(line, caller, workshop)) ?? null;
}

/** All the world. */
export function isEverywhere(address: string): boolean {
  return address === 'all' || /^(0\.0\.0\.0|::)\/0$/.test(address);
}

// Connections of the workshop are not encrypted.
const plainTypes = ['host', 'hostnossl', 'hostnogssenc'];

function fits(line: HbaLine, caller: Caller, workshop: Workshop): boolean {
  if (caller.type === 'local' ? line.type !== 'local' : !plainTypes.includes(line.type)) return false;
  // `all` does not mean replication.
  const database = line.databases.some(
    (name) => name === caller.database || (name === 'all' && caller.database !== 'replication') || name.startsWith('/'),
  );
  const user = line.users.some((name) => name === caller.user || name === 'all' || /^[/+]/.test(name));
  return database && user && (caller.type === 'local' || covers(line.address, caller.address, workshop));
}

function covers(address: string, from: string, workshop: Workshop): boolean {
  if (isEverywhere(address) || address === 'samenet') return true;
  if (address === 'samehost') return isLoopback(from);
  const [base = '', length] = address.split('/');
  if (/^[\d.]+$/.test(base)) return sameNetwork(base, from, Number(length ?? 32));
  return nodeCalled(workshop, address)?.address === from || (address === 'localhost' && isLoopback(from));
}

function sameNetwork(one: string, other: string, length: number): boolean {
  const blocks = 2 ** (32 - length);
  return Math.floor(toNumber(one) / blocks) === Math.floor(toNumber(other) / blocks);
}

function toNumber(address: string): number {
  return address.split('.').reduce((sum, part) => sum * 256 + Number(part), 0);
}

function maskLength(mask: string): number {
  return toNumber(mask).toString(2).replaceAll('0', '').length;
}

function names(list: string): readonly string[] {
  return list.split(',').map((name) => name.replaceAll('"', ''));
}
