# Sourced by the other scripts: where things are, how a skip and a failure are told, a demonstration server to ask.
# shellcheck shell=bash

root=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
target=${CARGO_TARGET_DIR:-$root/target}
ketnoi=${KETNOI_BIN:-$target/debug/ketnoi}

say() { printf '== %s\n' "$*"; }

fail() {
  printf 'FAILED: %s\n' "$*" >&2
  exit 1
}

# A check that cannot run here. Written to the file that the Rust tests write theirs to; `scripts/test` judges them.
skip() {
  printf 'skipped: %s\n' "$*" >&2
  if [ -n "${KETNOI_TEST_SKIPS:-}" ]; then printf 'skipped: %s\n' "$*" >>"$KETNOI_TEST_SKIPS"; fi
}

# Runs a step under a heading. One that fails does not keep the others from running; `steps_done` tells them.
steps=()
failed=()
step() {
  local what=$1 from=$SECONDS
  shift
  say "$what"
  "$@" || failed+=("$what")
  steps+=("$(printf '%5d s  %s' $((SECONDS - from)) "$what")")
}

# How long each step took, and which failed. Fails if any did.
steps_done() {
  echo
  printf '%s\n' "${steps[@]}"
  if [ ${#failed[@]} -gt 0 ]; then
    printf 'FAILED: %s\n' "${failed[@]}"
    return 1
  fi
}

have() { command -v "$1" >/dev/null 2>&1; }

# The tools of tests/tools, installed once. Fails where there is no node, no npm, or nothing to install from.
have_node_tools() {
  have node && have npm || return 1
  local tools=$root/tests/tools
  if [ ! -d "$tools/node_modules" ] || [ "$tools/package.json" -nt "$tools/node_modules" ]; then
    # Not `npm ci`: the lock file is not kept, because it names the registry that it was made from.
    (cd "$tools" && npm install --no-audit --no-fund --loglevel=error) && touch "$tools/node_modules"
  fi
}

# Serves a new demonstration registry on a free port: sets `server` to its address. It ends with the script.
start_demo() {
  [ -x "$ketnoi" ] || fail "there is no $ketnoi: run \`make build\` first"
  demo=$(mktemp -d)
  (cd "$demo" && exec "$ketnoi" --log warn demo --listen 127.0.0.1:0 >out 2>err) &
  demo_pid=$!
  trap stop_demo EXIT
  local waited
  for waited in $(seq 300); do
    server=$(sed -n 's|.*\(http://127\.0\.0\.1:[0-9]*\)/graphql.*|\1|p' "$demo/out")
    if [ -n "$server" ]; then return; fi
    if ! kill -0 "$demo_pid" 2>/dev/null; then break; fi
    sleep 0.1
  done
  cat "$demo/err" >&2
  fail "the demonstration server did not start ($waited tenths of a second)"
}

stop_demo() {
  kill "$demo_pid" 2>/dev/null || true
  wait "$demo_pid" 2>/dev/null || true
  rm -rf "$demo"
}
