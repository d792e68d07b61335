#!/usr/bin/env bash
# Installs the system packages that are missing, and only those.
#   scripts/deps.sh [--no-questions] GROUP…      groups: see packages.txt
# With nothing missing it needs neither network nor rights and says nothing.
# --no-questions: sudo may not ask for a password (a build server has no one to answer).
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)

sudo_flags=()
if [ "${1:-}" = --no-questions ]; then sudo_flags=(-n); shift; fi
[ $# -gt 0 ] || { echo "usage: scripts/deps.sh [--no-questions] GROUP…" >&2; exit 2; }

# reason PACKAGE: the third column of packages.txt
reason() { awk -v p="$1" '$2 == p { $1 = $2 = ""; sub(/^ +/, ""); print; exit }' "$here/packages.txt"; }

wanted() {
  for group in "$@"; do
    awk -v g="$group" '$1 == g { print $2 }' "$here/packages.txt"
  done
}

installed() {
  # pkg-config comes from either of two rival packages; the command is what counts.
  if [ "$1" = pkgconf ] && command -v pkg-config >/dev/null 2>&1; then return 0; fi
  [ "$(dpkg-query -W -f '${db:Status-Status}' "$1" 2>/dev/null || true)" = installed ]
}

# Elsewhere the packages have other names: see whether the build can work, else print the command.
without_apt() {
  case $(uname -s) in
    Darwin)
      xcode-select -p >/dev/null 2>&1 && return 0
      echo "Kindred's window needs Apple's command line tools. Install them with:" >&2
      echo "  xcode-select --install" >&2
      return 1 ;;
  esac
  missing=
  for group in "$@"; do
    case $group in
      build)
        command -v gcc >/dev/null 2>&1 || missing="$missing gcc"
        if command -v pkg-config >/dev/null 2>&1; then
          for lib in gl egl wayland-client xkbcommon x11 xcursor xrandr xinerama xi xxf86vm; do
            pkg-config --exists "$lib" || missing="$missing $lib"
          done
        else
          missing="$missing pkg-config"
        fi ;;
      screen) for tool in Xvfb xdotool import; do command -v "$tool" >/dev/null 2>&1 || missing="$missing $tool"; done ;;
      windows) command -v x86_64-w64-mingw32-gcc >/dev/null 2>&1 || missing="$missing x86_64-w64-mingw32-gcc" ;;
    esac
  done
  [ -n "$missing" ] || return 0
  {
    echo "Missing on this system:$missing"
    echo "There is no apt-get here, so please install them by hand, for example:"
    if command -v dnf >/dev/null 2>&1; then
      echo "  sudo dnf install gcc pkgconf-pkg-config mesa-libGL-devel mesa-libEGL-devel wayland-devel libxkbcommon-devel libXcursor-devel libXrandr-devel libXinerama-devel libXi-devel libXxf86vm-devel xorg-x11-server-Xvfb xdotool ImageMagick"
    elif command -v pacman >/dev/null 2>&1; then
      echo "  sudo pacman -S gcc pkgconf mesa wayland libxkbcommon libxcursor libxrandr libxinerama libxi libxxf86vm xorg-server-xvfb xdotool imagemagick"
    elif command -v zypper >/dev/null 2>&1; then
      echo "  sudo zypper install gcc pkg-config Mesa-libGL-devel Mesa-libEGL-devel wayland-devel libxkbcommon-devel libXcursor-devel libXrandr-devel libXinerama-devel libXi-devel libXxf86vm-devel xorg-x11-server-Xvfb xdotool ImageMagick"
    else
      echo "  a C compiler, pkg-config, and the development files of OpenGL, EGL, Wayland, xkbcommon and X11 (Xcursor, Xrandr, Xinerama, Xi, Xxf86vm)"
    fi
  } >&2
  return 1
}

if ! command -v apt-get >/dev/null 2>&1 || ! command -v dpkg-query >/dev/null 2>&1; then
  without_apt "$@"
  exit
fi

missing=()
for package in $(wanted "$@"); do
  installed "$package" || missing+=("$package")
done
[ ${#missing[@]} -gt 0 ] || exit 0

echo "Installing ${#missing[@]} system package(s) that Kindred needs and this machine lacks:"
for package in "${missing[@]}"; do printf '  %-28s %s\n' "$package" "$(reason "$package")"; done

by_hand() {
  echo "$1 Please run this as an administrator and start again:" >&2
  echo "  apt-get update && apt-get install --no-install-recommends ${missing[*]}" >&2
  exit 1
}

as_root=()
if [ "$(id -u)" != 0 ]; then
  command -v sudo >/dev/null 2>&1 || by_hand "You are not root and there is no sudo."
  if [ ${#sudo_flags[@]} -gt 0 ]; then
    sudo -n true 2>/dev/null || by_hand "sudo would ask for a password, and this step may not ask."
  else
    echo "This needs administrator rights; sudo may ask for your password."
    sudo true || by_hand "sudo did not give the rights."
  fi
  as_root=(sudo "${sudo_flags[@]+"${sudo_flags[@]}"}")
fi

apt() {
  "${as_root[@]+"${as_root[@]}"}" env DEBIAN_FRONTEND=noninteractive NEEDRESTART_MODE=a \
    apt-get -q -y -o DPkg::Lock::Timeout=120 "$@" </dev/null
}
log=$(mktemp)
trap 'rm -f "$log"' EXIT
apt update >"$log" 2>&1 || { tail -5 "$log"; echo "apt could not renew its lists; trying with those that are here."; }
if ! apt install --no-install-recommends "${missing[@]}" >"$log" 2>&1; then
  tail -15 "$log" >&2
  by_hand "apt could not install them (its last lines stand above)."
fi
echo "Installed."
