// Addresses as numbers, to see whether one lies in a network.

export interface Network {
  /** The address that was given, as a number: the trainer's seat. */
  readonly seat: number;
  readonly first: number;
  readonly last: number;
}

/** undefined when the text is no IPv4 address. */
export function parseAddress(text: string): number | undefined {
  const octets = /^(\d{1,3})\.(\d{1,3})\.(\d{1,3})\.(\d{1,3})$/.exec(text)?.slice(1).map(Number);
  if (octets === undefined || octets.some((octet) => octet > 255)) return undefined;
  return octets.reduce((number, octet) => number * 256 + octet, 0);
}

/** `10.0.3.1/24`; undefined when the text has another form. `first` and `last` are those that a node may have. */
export function parseNetwork(text: string): Network | undefined {
  const [address = '', prefix = ''] = text.split('/');
  const seat = parseAddress(address);
  if (seat === undefined || !/^[0-9]{1,2}$/.test(prefix)) return undefined;
  const size = 2 ** (32 - Number(prefix));
  const base = Math.floor(seat / size) * size;
  return { seat, first: base + 1, last: base + size - 2 };
}

export function contains(network: Network, address: number): boolean {
  return address >= network.first && address <= network.last;
}
