# shellcheck shell=bash
# What scripts/lab, scripts/test and the benches need of this machine, and how it gets there. Only defines functions;
# the caller has set `root` (the checkout) and may set `lab_language`. Everything is said on standard error.

# su without "-" leaves them out, and ip, newuidmap and the like live there.
PATH=$PATH:/usr/local/sbin:/usr/sbin:/sbin

root=${root:?the directory of the checkout}
missing=()
lists_refreshed=no

# say ENGLISH FRENCH
say() {
  local locale=${LC_ALL:-${LC_MESSAGES:-${LANG:-}}}
  case ${lab_language:-${LAB_LANG:-$locale}} in
    fr*) printf '%s\n' "$2" >&2 ;;
    *) printf '%s\n' "$1" >&2 ;;
  esac
}

# The same, and the end: this host can't do it (CLI.md, "Exit status").
cannot() {
  say "$@"
  exit 4
}

# need PACKAGE COMMAND…: the package is missing when one of its commands is.
need() {
  local package=$1 command
  shift
  for command; do
    if ! command -v "$command" >/dev/null; then
      missing+=("$package")
      return 0
    fi
  done
}

# Looks at files only: this runs at every start.
need_for_labs() {
  need lxc lxc-start lxc-attach lxc-usernsexec
  need uidmap newuidmap
  need mmdebstrap mmdebstrap
  need apt-utils apt-ftparchive
  need iproute2 ip tc
  need nftables nft
  need e2fsprogs mkfs.ext4
  need curl curl
  need util-linux flock nsenter
  if [[ ! -e /usr/share/keyrings/debian-archive-keyring.gpg ]]; then missing+=(debian-archive-keyring); fi
  # Where the kernel enforces AppArmor, LXC must be able to load the profile that it generates for a node.
  if [[ -e /sys/kernel/security/apparmor ]]; then need apparmor apparmor_parser; fi
}

# --- Debian packages ---------------------------------------------------------------------------------------------

apt_get() {
  DEBIAN_FRONTEND=noninteractive apt-get -q -y -o DPkg::Lock::Timeout=300 "$@" </dev/null >&2
}

refresh_lists() {
  if [[ $lists_refreshed == yes ]]; then return 0; fi
  apt_get update || cannot "apt-get update failed (its message is above). Is a Debian mirror reachable? Start this command again then." \
    "apt-get update a échoué (son message est ci-dessus). Un miroir Debian est-il joignable ? Relancez ensuite cette commande."
  lists_refreshed=yes
}

# The version that apt would install; empty when it knows none.
candidate() {
  LC_ALL=C apt-cache policy "$1" 2>/dev/null | sed -n 's/^ *Candidate: //p' | sed 's/^(none)$//'
}

refresh_lists_unless_known() {
  local package
  for package; do
    if [[ -z $(candidate "$package") ]]; then refresh_lists; fi
  done
}

# Installs the packages named in `missing`, and empties it. Lists that are too old show as an error of the first try.
install_missing() {
  if ((${#missing[@]} == 0)); then return 0; fi
  local packages="${missing[*]}"
  if ! command -v apt-get >/dev/null; then
    cannot "lab needs these Debian packages: $packages. There is no apt-get here to install them: install them (or what brings the same programs) yourself." \
      "lab a besoin de ces paquets Debian : $packages. Il n'y a pas d'apt-get ici pour les installer : installez-les (ou ce qui fournit les mêmes programmes) vous-même."
  fi
  if ((EUID != 0)); then
    cannot "These Debian packages are missing: $packages. Start this command once with sudo: it installs them." \
      "Il manque ces paquets Debian : $packages. Lancez cette commande une fois avec sudo : elle les installe."
  fi
  say "Installing Debian packages: $packages" "Installation de paquets Debian : $packages"
  refresh_lists_unless_known "${missing[@]}"
  if ! apt_get install --no-install-recommends "${missing[@]}"; then
    refresh_lists
    apt_get install --no-install-recommends "${missing[@]}" ||
      cannot "apt-get could not install: $packages (its message is above). Is a Debian mirror reachable?" \
        "apt-get n'a pas pu installer : $packages (son message est ci-dessus). Un miroir Debian est-il joignable ?"
  fi
  missing=()
  hash -r
}

# --- Node --------------------------------------------------------------------------------------------------------

# Is VERSION (v20.19.2, 20.19.2+dfsg-1) enough for the program? The same figure stands in package.json, "engines".
is_recent_node() {
  [[ $1 =~ ^v?([0-9]+)\.([0-9]+) ]] || return 1
  ((BASH_REMATCH[1] > 20 || (BASH_REMATCH[1] == 20 && BASH_REMATCH[2] >= 19)))
}

installed_node() {
  node --version 2>/dev/null || true
}

refuse_node() {
  cannot "lab needs Node 20.19 or later; $1.
Debian 13 has it. On Debian 12 and on Ubuntu 24.04, install Node 22 from NodeSource's packages, or unpack the archive of nodejs.org into /usr/local. Then start this command again." \
    "lab a besoin de Node 20.19 ou plus récent ; $2.
Debian 13 le fournit. Sur Debian 12 et Ubuntu 24.04, installez Node 22 depuis les paquets de NodeSource, ou dépliez l'archive de nodejs.org dans /usr/local. Relancez ensuite cette commande."
}

# Adds what is missing of Node to `missing`, or explains why apt's own would not do.
need_node() {
  local version offered
  version=$(installed_node)
  if ! is_recent_node "$version"; then
    if ((EUID == 0)) && command -v apt-get >/dev/null; then refresh_lists_unless_known nodejs; fi
    offered=$(candidate nodejs)
    if is_recent_node "$offered"; then
      missing+=(nodejs)
    else
      refuse_node "installed here: ${version:-none}; offered by apt: ${offered:-none}" \
        "installé ici : ${version:-aucun} ; proposé par apt : ${offered:-aucun}"
    fi
  fi
  need npm npm
}

# After the installation: another Node may come first in PATH.
check_node() {
  local version
  version=$(installed_node)
  if ! is_recent_node "$version"; then
    refuse_node "$(command -v node || echo node) is ${version:-missing}" \
      "$(command -v node || echo node) est en version ${version:-absente}"
  fi
}

# For npm behind a proxy. Node reads that file at every start, 40 ms with Debian's, and lab asks no public server.
forget_npm_certificates() {
  unset NODE_EXTRA_CA_CERTS
}

# --- The program -------------------------------------------------------------------------------------------------

# Nothing that the build reads has changed since: the stamp's time is the moment when the build began to read.
program_is_fresh() {
  [[ -f $root/dist/main.js && -f $root/dist/.built ]] || return 1
  [[ -z $(cd "$root" && find src scripts/build.mjs tsconfig.json package.json package-lock.json -newer dist/.built -print -quit) ]]
}

# What sudo makes in a checkout belongs to the checkout's owner, who will want to change or delete it.
give_to_owner() {
  if ((EUID == 0)); then chown -hR --reference="$root" "$@"; fi
}

# `npm ci` when the lockfile is another one than last time.
install_node_packages() {
  local stamp=$root/node_modules/.lab-lock
  if cmp -s "$root/package-lock.json" "$stamp"; then return 0; fi
  say "Installing Node packages (npm ci)" "Installation des paquets Node (npm ci)"
  (cd "$root" && npm ci --include=dev --ignore-scripts --no-audit --no-fund --no-progress --loglevel=error </dev/null >&2) ||
    cannot "npm ci failed (its message is above). Is npm's registry reachable? Start this command again then." \
      "npm ci a échoué (son message est ci-dessus). Le registre de npm est-il joignable ? Relancez ensuite cette commande."
  cp "$root/package-lock.json" "$stamp"
  give_to_owner "$root/node_modules"
}

build() {
  node "$root/scripts/build.mjs" </dev/null >&2 || {
    say "lab could not be built (the message is above)." "lab n'a pas pu être construit (le message est ci-dessus)."
    exit 70
  }
  give_to_owner "$root/dist"
}

# Two starts at once build once: the second waits and finds it done. The lock is on the checkout's own directory, so
# nothing is left behind, and it ends with this process.
with_build_lock() {
  local lock
  exec {lock}<"$root"
  if ! flock -n "$lock"; then
    say "Another start is installing or building lab: waiting for it." \
      "Un autre lancement installe ou construit lab : attente."
    flock "$lock"
  fi
  "$@"
  exec {lock}<&-
}

install_and_build() {
  if program_is_fresh; then return 0; fi
  install_node_packages
  say "Building lab" "Construction de lab"
  build
}
