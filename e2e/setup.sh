#!/usr/bin/env bash
# Installs what the tests need and is missing: Debian packages, and the checkers
# of package.json into node_modules. Changes nothing when all is there.
set -euo pipefail
cd "$(dirname "$0")"

missing=()
need() { # COMMAND PACKAGE...
  command -v "$1" >/dev/null || missing+=("${@:2}")
}
need chromium chromium
need curl curl
need gcc gcc libc6-dev # the race detector
need java default-jre-headless
need node nodejs
need npm npm
need sqlite3 sqlite3
compgen -G '/usr/share/fonts/*/noto/NotoSansCJK*' >/dev/null || missing+=(fonts-noto-cjk)

if ((${#missing[@]})); then
  root=(env DEBIAN_FRONTEND=noninteractive)
  if ! command -v apt-get >/dev/null; then
    echo "setup: no apt-get here; install by hand: ${missing[*]}" >&2
    exit 1
  elif ((EUID != 0)); then
    if ! command -v sudo >/dev/null; then
      echo "setup: neither root nor sudo; have an administrator install: ${missing[*]}" >&2
      exit 1
    fi
    root=(sudo "${root[@]}")
  fi
  echo "setup: installing ${missing[*]}"
  "${root[@]}" apt-get update -qq
  "${root[@]}" apt-get install -y -qq --no-install-recommends "${missing[@]}"
fi

# npm writes this file last, so it is newer than the lock file it fulfils.
if [[ ! node_modules/.package-lock.json -nt package-lock.json ]]; then
  npm ci --ignore-scripts --no-audit --no-fund --loglevel=error
fi
