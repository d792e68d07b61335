# Sourced by the other scripts: says in words what is wrong when Go is not there.
if ! command -v go >/dev/null 2>&1; then
  echo "Kindred is built with Go 1.26 or newer, which is not on the path." >&2
  echo "Get it from https://go.dev/dl/ (the packages of Debian 12 and Ubuntu 24.04 are too old)." >&2
  exit 1
fi
