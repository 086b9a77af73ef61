import { poolInNode } from './furnish-base.ts';

/**
 * Runs as root of a user and mount namespace of its own (see `buildLayer`), so every mount goes with it:
 *   sh -c SCRIPT lab MERGED UPPER WORK LOWER POOL PACKAGE… -- COMMAND…
 * LOWER is the layers below as overlayfs wants them, empty for the base. A constant: values come as arguments alone.
 */
export const layerScript = `
set -euf
merged=$1 upper=$2 work=$3 lower=$4 pool=$5
shift 5
if [ -z "$lower" ]; then
  mount --bind "$upper" "$merged"
else
  # Nothing of a layer is worth an fsync before all of it is there: it is put in place with one sync.
  mount -t overlay -o "userxattr,volatile,lowerdir=$lower,upperdir=$upper,workdir=$work" overlay "$merged"
fi
# With what is mounted below them: a user namespace may not show a directory without that.
mount --rbind /dev "$merged/dev"
mount --rbind /proc "$merged/proc"
mkdir -p "$merged${poolInNode}"
mount --bind "$pool" "$merged${poolInNode}"
inside() {
  chroot "$merged" env -i PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin \\
    HOME=/root LC_ALL=C.UTF-8 DEBIAN_FRONTEND=noninteractive "$@"
}
# No service starts while the image is made.
printf '#!/bin/sh\\nexit 101\\n' >"$merged/usr/sbin/policy-rc.d"
chmod 755 "$merged/usr/sbin/policy-rc.d"
packages=
while [ "$1" != -- ]; do
  packages="$packages $1"
  shift
done
shift
# Split into words on purpose; no package's name has a space, and set -f leaves patterns alone.
[ -z "$packages" ] || inside apt-get -o APT::Sandbox::User=root -y install --no-install-recommends $packages
for command in "$@"; do
  inside sh -e -c "$command" || { echo "E: this command of the image failed: $command" >&2; exit 1; }
done
rm "$merged/usr/sbin/policy-rc.d"
inside apt-get clean
inside sh -c 'rm -rf /var/log/apt/* /var/log/*.log /var/cache/debconf/*-old /var/lib/dpkg/*-old /tmp/* /var/tmp/*'
# Otherwise systemd takes /usr for newer than /etc and rebuilds caches at each node's first boot.
inside touch -r /usr /etc/.updated /var/.updated
`;
