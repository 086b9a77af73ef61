# shellcheck shell=bash
# How scripts/test runs its stages: one after the other, or programs beside each other, which all end when one fails.
# Only defines functions; the caller has set `work`, a directory of its own.

work=${work:?a directory}
open_stage=
# Begun and not yet waited for. Each leads a process group of its own: Ctrl-C reaches this script alone, which ends them.
running=()

seconds_since() {
  local now=${EPOCHREALTIME/[.,]/} then=${1/[.,]/}
  printf '%d.%d' $(((now - then) / 1000000)) $(((now - then) / 100000 % 10))
}

# stage NAME quiet|live COMMAND…: `quiet` shows what the command said only when it fails.
stage() {
  local name=$1 how=$2 start=$EPOCHREALTIME status=0
  shift 2
  open_stage=$name
  printf '== %s\n' "$name"
  if [[ $how == live ]]; then
    "$@" </dev/null 2>&1 || status=$?
  else
    "$@" </dev/null >"$work/output" 2>&1 || status=$?
    if ((status != 0)); then cat "$work/output"; fi
  fi
  open_stage=
  if ((status != 0)); then
    printf '   %s failed after %s s (exit status %d)\n' "$name" "$(seconds_since "$start")" "$status"
    exit 1
  fi
  printf '   %s s\n' "$(seconds_since "$start")"
}

# begin COMMAND…: runs beside what follows; its id is then in `begun`.
begin() {
  set -m
  "$@" </dev/null 2>&1 &
  begun=$!
  set +m
  running+=("$begun")
}

# wait_for ID: until it has ended, with its exit status. A signal to this script is heard meanwhile.
wait_for() {
  local status=0
  wait "$1" || status=$?
  forget "$1"
  return "$status"
}

forget() {
  local id others=()
  for id in "${running[@]}"; do if [[ $id != "$1" ]]; then others+=("$id"); fi; done
  running=("${others[@]}")
}

# apart COMMAND…: the same as the command, but it can be ended, with its children, as soon as this script is told to.
apart() {
  begin "$@"
  wait_for "$begun"
}

# side_by_side LANE…: until all have ended, or one has failed. Not with `wait -n`, which in bash 5.2 knows nothing of a
# child that ended, and was noticed, before it was called.
side_by_side() {
  local lane id state parent status=0 ids=()
  for lane; do
    begin "$lane"
    ids+=("$begun")
  done
  while ((${#ids[@]} > 0 && status == 0)); do
    local open=()
    for id in "${ids[@]}"; do
      if look_at "$id" && [[ $state != Z ]]; then open+=("$id"); else wait_for "$id" || status=$?; fi
    done
    if ((${#open[@]} == ${#ids[@]})); then sleep 0.1; fi
    ids=("${open[@]}")
  done
  return "$status"
}

# check NAME COMMAND…: one of several in a lane, which ends when it fails. The name lies in `work` while it runs.
check() {
  local name=$1 start=$EPOCHREALTIME status=0 said=$work/said-$BASHPID
  shift
  mkdir -p "$work/doing"
  : >"$work/doing/$name"
  "$@" >"$said" 2>&1 || status=$?
  rm "$work/doing/$name"
  if ((status != 0)); then
    cat "$said"
    printf '   %s failed after %s s (exit status %d)\n' "$name" "$(seconds_since "$start")" "$status"
    exit 1
  fi
  printf '%8s s  %s\n' "$(seconds_since "$start")" "$name"
}

# Ends what was begun, with its children, and says which checks and which stage that was.
end_running() {
  local id open
  end_families "${running[@]}"
  for id in "${running[@]}"; do wait "$id" 2>/dev/null || true; done
  running=()
  for open in "$work/doing"/*; do
    if [[ -e $open ]]; then printf '   %s stopped\n' "${open##*/}"; fi
  done
  if [[ -n $open_stage ]]; then printf '%s stopped\n' "$open_stage"; fi
}

# With all that they started, in whatever session or group: the programs that `lab` and its tests start lead their own.
end_families() {
  local tries id state parent open=()
  mapfile -t open < <(families "$@")
  if ((${#open[@]} > 0)); then kill -TERM "${open[@]}" 2>/dev/null || true; fi
  # A `lab` that is interrupted first puts its things in order: a minute for all of them.
  for ((tries = 0; tries < 300; tries++)); do
    local still=()
    for id in "${open[@]}"; do if look_at "$id" && [[ $state != Z ]]; then still+=("$id"); fi; done
    open=("${still[@]}")
    if ((${#open[@]} == 0)); then return 0; fi
    sleep 0.2
  done
  kill -KILL "${open[@]}" 2>/dev/null || true
}

# families ID…: these and their descendants, one a line.
families() {
  local -A children=()
  local directory id state parent ids=("$@")
  for directory in /proc/[0-9]*; do
    if look_at "${directory#/proc/}"; then children[$parent]+=" ${directory#/proc/}"; fi
  done
  while ((${#ids[@]} > 0)); do
    id=${ids[0]}
    printf '%s\n' "$id"
    # shellcheck disable=SC2206 # a list of numbers
    ids=("${ids[@]:1}" ${children[$id]:-})
  done
}

# look_at ID: its `state` and `parent`, variables of the caller; false when there is no such process.
look_at() {
  local line
  { read -r line <"/proc/$1/stat"; } 2>/dev/null || return 1
  # shellcheck disable=SC2034 # the caller's
  read -r state parent _ <<<"${line##*) }"
}
