/**
 * What has no use in a node, or does harm: kernel file systems and modules, terminals to log in on, timers that want a
 * network, catalogues that the image holds already. Without them a node boots in half the time.
 */
const maskedUnits = [
  'sys-kernel-debug.mount',
  'sys-kernel-tracing.mount',
  'sys-kernel-config.mount',
  'sys-fs-fuse-connections.mount',
  'dev-hugepages.mount',
  // /tmp on the disk, as everything else of a node, so that a checkpoint has it too.
  'tmp.mount',
  'modprobe@.service',
  'systemd-modules-load.service',
  'systemd-remount-fs.service',
  'systemd-logind.service',
  'systemd-journald-audit.socket',
  'systemd-ask-password-console.path',
  'systemd-ask-password-wall.path',
  'console-getty.service',
  'container-getty@.service',
  'getty@.service',
  'getty-static.service',
  'systemd-networkd.service',
  'systemd-networkd.socket',
  // /dev is filled by LXC; queues and locks of its own nobody here uses, and /run/lock is a folder without its mount too.
  'systemd-tmpfiles-setup-dev-early.service',
  'systemd-tmpfiles-setup-dev.service',
  'dev-mqueue.mount',
  'run-lock.mount',
  'apt-daily.timer',
  'apt-daily-upgrade.timer',
  'dpkg-db-backup.timer',
  'e2scrub_all.timer',
  'fstrim.timer',
] as const;

/**
 * Programs that systemd runs at each boot before any unit, to make units of what a machine may have and a node has not:
 * disks, a kernel's command line, terminals, a system update. What makes units of installed packages stays.
 */
const maskedGenerators = [
  'systemd-cryptsetup-generator',
  'systemd-debug-generator',
  'systemd-fstab-generator',
  'systemd-getty-generator',
  'systemd-gpt-auto-generator',
  'systemd-hibernate-resume-generator',
  'systemd-integritysetup-generator',
  'systemd-run-generator',
  'systemd-ssh-generator',
  'systemd-system-update-generator',
  'systemd-tpm2-generator',
  'systemd-veritysetup-generator',
] as const;

/** Where every node finds the package pool. */
export const poolInNode = '/var/lib/lab/pool';

/**
 * Shell commands, run in the base once its packages are there: no identity of its own, no terminal to log in on, the
 * pool as its only source of packages, with lists that are up to date, and no package that asks questions. apt gives dpkg
 * no terminal of its own, nor does sudo give its program one: for that one they read all that is typed meanwhile, the rest
 * of a pasted block too.
 */
export const furnishBase = `
: >/etc/machine-id
rm -f /etc/hostname /var/lib/dbus/machine-id /var/lib/systemd/random-seed
echo '# No name server: a lab has no way out. Its names are in /etc/hosts.' >/etc/resolv.conf
echo 'LANG=C.UTF-8' >/etc/default/locale
for unit in ${maskedUnits.join(' ')}; do ln -sf /dev/null "/etc/systemd/system/$unit"; done
mkdir -p /etc/systemd/system-generators
for generator in ${maskedGenerators.join(' ')}; do ln -sf /dev/null "/etc/systemd/system-generators/$generator"; done
systemctl set-default multi-user.target
mkdir -p /etc/systemd/journald.conf.d
printf '[Journal]\\nSystemMaxUse=64M\\n' >/etc/systemd/journald.conf.d/lab.conf
echo 'debconf debconf/frontend select Noninteractive' | debconf-set-selections
echo 'Dpkg::Use-Pty "false";' >/etc/apt/apt.conf.d/90no-pty
echo 'Defaults !use_pty' >/etc/sudoers.d/lab
chmod 440 /etc/sudoers.d/lab
rm -f /etc/apt/sources.list.d/*
echo 'deb [trusted=yes] file:${poolInNode} ./' >/etc/apt/sources.list
apt-get -o APT::Sandbox::User=root update
`;
