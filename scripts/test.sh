#!/usr/bin/env bash
# Everything that must pass. The window, whose first build is long, is built
# beside the tests that need no window.
set -euo pipefail
cd "$(dirname "$0")/.."
. scripts/need-go.sh
mkdir -p build "${XDG_CACHE_HOME:-$HOME/.cache}"
export LANG="${LANG:-C.UTF-8}"

began=$SECONDS
step() { printf '== %4d s  %s\n' $((SECONDS - began)) "$*"; }

scripts/deps.sh --no-questions build screen

step "building the window in the background (a first build takes minutes)"
scripts/window.sh build/kindred >build/window.log 2>&1 &
window=$!
trap 'kill "$window" 2>/dev/null || true' EXIT

# All packages but the window's main, which alone needs cgo.
packages=$(CGO_ENABLED=1 go list ./... | grep -v '/cmd/kindred$')

step "tests that need no window: go test"
# shellcheck disable=SC2086
CGO_ENABLED=0 go test $packages

step "go vet"
# shellcheck disable=SC2086
CGO_ENABLED=0 go vet $packages

step "kindred-cli for Windows and macOS, without cgo"
CGO_ENABLED=0 GOOS=windows GOARCH=amd64 go build -o build/cross/kindred-cli.exe ./cmd/kindred-cli
CGO_ENABLED=0 GOOS=darwin GOARCH=arm64 go build -o build/cross/kindred-cli-darwin ./cmd/kindred-cli

step "waiting for the window"
if ! wait "$window"; then
  cat build/window.log >&2
  echo "The window did not build." >&2
  exit 1
fi
trap - EXIT
CGO_ENABLED=1 go vet ./cmd/kindred

step "journeys in a real window on a virtual display"
rm -rf build/journey
mkdir -p build/journey
KINDRED_WINDOW=$PWD/build/kindred KINDRED_SHOTS=$PWD/build/journey CGO_ENABLED=0 \
  go test -count=1 ./tests/journey

step "all passed"
