#!/usr/bin/env bash
# Benchmarks: each number COUNT times, printed as a median with its spread.
# Peers (other engines, other readers) run in the same session, from modules of
# their own under tests/, so that the program does not depend on them.
#   make bench            everything
#   make bench COUNT=10   more runs;  make bench ONLY=Engine   names that match
set -euo pipefail
cd "$(dirname "$0")/.."
. scripts/need-go.sh
count=${COUNT:-5}
only=${ONLY:-.}

mkdir -p build
raw=build/bench.txt
: >"$raw"
echo "Running every benchmark $count times; this takes some minutes. Raw lines: $raw"

# run DIR PACKAGE…: benchmarks of packages of the module in DIR
run() {
  local dir=$1; shift
  (cd "$dir" && CGO_ENABLED=0 go test -run '^$' -bench "$only" -benchmem -count "$count" "$@") | tee -a "$raw" | grep -E '^(pkg:|FAIL|panic)' || true
}

packages=$(git grep -l --untracked '^func Benchmark' -- '*_test.go' ':!tests/cel' | xargs -r -n1 dirname | sort -u | sed 's|^|./|')
# shellcheck disable=SC2086
[ -z "$packages" ] || run . $packages
for module in tests/*/go.mod; do
  [ -e "$module" ] || continue
  run "$(dirname "$module")" ./...
done

if grep -q '^FAIL' "$raw"; then
  echo "A benchmark failed; see $raw" >&2
  exit 1
fi
echo
echo "Medians of $count runs, with the least and the most:"
CGO_ENABLED=0 go run ./tests/benchtable "$raw"
