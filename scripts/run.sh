#!/usr/bin/env bash
# From a bare machine to the window: packages, build, demonstration practice.
# Where there is no display, the same window opens on a virtual one, a
# consultation and a clinic list are walked through it, and screenshots stay
# in build/run.
set -euo pipefail
cd "$(dirname "$0")/.."
. scripts/need-go.sh

# A DISPLAY left over from elsewhere (":0" with no server behind it) is none: the toolkit would panic.
has_display() {
  [ "$(uname -s)" != Darwin ] || return 0
  [ -z "${WAYLAND_DISPLAY:-}" ] || return 0
  case ${DISPLAY:-} in
    "") return 1 ;;
    :*) local n=${DISPLAY#:}; [ -S "/tmp/.X11-unix/X${n%%.*}" ] ;;
  esac
}

if has_display; then scripts/deps.sh build; else scripts/deps.sh build screen; fi
scripts/window.sh build/kindred

mkdir -p "${XDG_CACHE_HOME:-$HOME/.cache}" # the toolkit wants it to exist
export LANG="${LANG:-C.UTF-8}"
if has_display; then
  echo "Opening Kindred on the demonstration practice; its passphrase is shown on the unlock screen."
  exec build/kindred --demo
fi

echo "There is no display here (DISPLAY and WAYLAND_DISPLAY name none)."
echo "Opening the same window on a virtual one and walking a consultation and a clinic list through it …"
rm -rf build/run
mkdir -p build/run
KINDRED_WINDOW=$PWD/build/kindred KINDRED_SHOTS=$PWD/build/run CGO_ENABLED=0 \
  go test -count=1 -run 'Consultation|ClinicList' ./tests/journey >build/run/walk.log 2>&1 || {
  tail -40 build/run/walk.log >&2
  echo "The walk did not get to its end; how far it came is in build/run." >&2
  exit 1
}
echo "Done. Screenshots, in the order of the walk:"
ls build/run/*.png | sed 's/^/  /'
