#!/usr/bin/env bash
# Builds the window for Windows on Linux, where mingw-w64 is installed.
set -euo pipefail
cd "$(dirname "$0")/.."
. scripts/need-go.sh
if ! command -v x86_64-w64-mingw32-gcc >/dev/null 2>&1; then
  echo "The Windows build needs mingw-w64, which is not installed. On Debian and Ubuntu: scripts/deps.sh windows" >&2
  exit 1
fi
echo "Building the window for Windows; the first time takes 5 minutes or more on two cores …"
# -H windowsgui: no console window behind the program.
CGO_ENABLED=1 GOOS=windows GOARCH=amd64 CC=x86_64-w64-mingw32-gcc \
  go build -ldflags -H=windowsgui -o build/windows/kindred.exe ./cmd/kindred
CGO_ENABLED=0 GOOS=windows GOARCH=amd64 go build -o build/windows/kindred-cli.exe ./cmd/kindred-cli
ls -l build/windows
