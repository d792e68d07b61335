#!/usr/bin/env bash
# golangci-lint and, within it, gofumpt; configuration in .golangci.yml.
# The tool is built once into build/bin, at the version pinned here.
set -euo pipefail
cd "$(dirname "$0")/.."
. scripts/need-go.sh
version=v2.15.0
tool=$PWD/build/bin/golangci-lint-$version

scripts/deps.sh --no-questions build # the window's main is read with cgo
if [ ! -x "$tool" ]; then
  echo "Building golangci-lint $version (once, about two minutes) …"
  GOBIN=$PWD/build/bin GOFLAGS= CGO_ENABLED=0 go install "github.com/golangci/golangci-lint/v2/cmd/golangci-lint@$version"
  mv build/bin/golangci-lint "$tool"
fi
if [ "${1:-}" = fmt ]; then exec "$tool" fmt; fi
CGO_ENABLED=1 "$tool" fmt --diff
CGO_ENABLED=1 "$tool" run ./...
