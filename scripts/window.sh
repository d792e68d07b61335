#!/usr/bin/env bash
# Builds the window: scripts/window.sh OUTPUT
# One set of build flags everywhere: other flags would compile the toolkit anew.
set -euo pipefail
cd "$(dirname "$0")/.."
. scripts/need-go.sh
out=$1
if [ ! -e "$out" ]; then
  echo "Building the window. The first build compiles the whole toolkit and takes 3 to 5 minutes on two cores;"
  echo "it is silent meanwhile, and later builds take seconds."
fi
mkdir -p "$(dirname "$out")"
# Without cgo Go would leave the drawing code out and fail with a misleading message.
CGO_ENABLED=1 go build -o "$out" ./cmd/kindred
