// The LXC configuration of one node. Pure: text from definitions.

export interface NodeConfigInput {
  readonly name: string;
  readonly address: string;
  readonly prefixLength: number;
  /** Read-only layers, topmost first. */
  readonly layers: readonly string[];
  readonly upper: string;
  /** First of 65536 host ids that the node's ids are mapped to. */
  readonly firstId: number;
  readonly attachVethHook: string;
  readonly pool: string;
}

/**
 * Unprivileged (every id is mapped), with `userxattr`: without it removing a directory that comes from a lower layer
 * fails with an input/output error. There is no `lxc.net.0.link`: the bridge is in the lab's own network namespace,
 * which LXC doesn't see, so a hook moves the host's end of the veth there. There is no gateway: no way out.
 */
export function nodeConfig(input: NodeConfigInput): string {
  const id = String(input.firstId);
  return [
    'lxc.include = /usr/share/lxc/config/common.conf',
    'lxc.include = /usr/share/lxc/config/userns.conf',
    `lxc.uts.name = ${input.name}`,
    `lxc.idmap = u 0 ${id} 65536`,
    `lxc.idmap = g 0 ${id} 65536`,
    `lxc.rootfs.path = overlay:${[...input.layers, input.upper].join(':')}`,
    'lxc.rootfs.options = userxattr',
    'lxc.apparmor.profile = generated',
    'lxc.apparmor.allow_nesting = 1',
    'lxc.net.0.type = veth',
    'lxc.net.0.name = eth0',
    'lxc.net.0.flags = up',
    `lxc.net.0.hwaddr = ${macAddress(input.address)}`,
    `lxc.net.0.script.up = /bin/sh ${input.attachVethHook}`,
    `lxc.net.0.ipv4.address = ${input.address}/${String(input.prefixLength)}`,
    `lxc.mount.entry = ${input.pool} var/lib/lab/pool none bind,ro,nosuid,nodev,create=dir 0 0`,
    '',
  ].join('\n');
}

/**
 * Of the node's IPv4 address, so that it is the same after a restart. What is left of a killed node in the kernel
 * answers ARP for some seconds: with another MAC its neighbours would talk to nobody until their entry expires.
 */
function macAddress(address: string): string {
  // 02: locally administered.
  const bytes = [0x02, 0x00, ...address.split('.').map(Number)];
  return bytes.map((byte) => byte.toString(16).padStart(2, '0')).join(':');
}
