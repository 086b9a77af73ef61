/** The programs that lab starts on the host, by the Debian package that brings them. */
export const neededPrograms: Readonly<Record<string, readonly string[]>> = {
  lxc: ['lxc-start', 'lxc-stop', 'lxc-attach', 'lxc-info', 'lxc-freeze', 'lxc-unfreeze', 'lxc-usernsexec'],
  mmdebstrap: ['mmdebstrap'],
  'apt-utils': ['apt-ftparchive'],
  uidmap: ['newuidmap', 'newgidmap'],
  iproute2: ['ip', 'tc'],
  curl: ['curl'],
  'util-linux': ['nsenter', 'unshare', 'setpriv', 'flock', 'pivot_root'],
};

/** What `lab fault` takes beyond that: without them labs run, and these faults say what they lack. */
export const faultPrograms: Readonly<Record<string, readonly string[]>> = {
  nftables: ['nft'],
  e2fsprogs: ['mkfs.ext4'],
};

/** Needed where AppArmor is at work: LXC makes each node a profile of its own. */
export const appArmorProgram = 'apparmor_parser';
