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
need firefox-esr firefox-esr
need gcc gcc libc6-dev # the race detector
need java default-jre-headless
need node nodejs
need npm npm
need pdftotext poppler-utils
need python3 python3
need sqlite3 sqlite3
need redis-server redis-server
need mariadb-install-db mariadb-server
[[ -x /usr/sbin/nginx ]] || need nginx nginx
need caddy caddy
compgen -G '/usr/lib/postgresql/*/bin/postgres' >/dev/null || missing+=(postgresql)
compgen -G '/usr/share/fonts/*/noto/NotoSansCJK*' >/dev/null || missing+=(fonts-noto-cjk)

root=(env DEBIAN_FRONTEND=noninteractive)
((EUID == 0)) || root=(sudo "${root[@]}")
if ((${#missing[@]})); then
  if ! command -v apt-get >/dev/null; then
    echo "setup: no apt-get here; install by hand: ${missing[*]}" >&2
    exit 1
  elif ! command -v "${root[0]}" >/dev/null; then
    echo "setup: neither root nor sudo; have an administrator install: ${missing[*]}" >&2
    exit 1
  fi
  echo "setup: installing ${missing[*]}"
  "${root[@]}" apt-get update -qq
  # Tests start servers of their own. Debian would start one of each, now and with
  # the machine, and two of them at port 80.
  policy=/usr/sbin/policy-rc.d
  if [[ ! -e $policy ]]; then
    trap '"${root[@]}" rm -f "$policy"' EXIT
    printf '#!/bin/sh\nexit 101\n' | "${root[@]}" tee "$policy" >/dev/null
    "${root[@]}" chmod +x "$policy"
  fi
  "${root[@]}" apt-get install -y -qq --no-install-recommends "${missing[@]}"
  for service in nginx caddy; do
    if [[ " ${missing[*]} " == *" $service "* ]] && command -v systemctl >/dev/null; then
      "${root[@]}" systemctl disable --quiet "$service"
    fi
  done
fi

# Chromium without windows does the same tests for half of the work. They do without it.
shell=chromium-headless-shell
if [[ ! -x /usr/lib/chromium/$shell ]] && command -v apt-get >/dev/null && apt-cache show $shell >/dev/null 2>&1; then
  echo "setup: installing $shell"
  "${root[@]}" apt-get install -y -qq --no-install-recommends $shell || echo "setup: no $shell, so the browser tests take longer" >&2
fi

# Flask as Debian 13 has it, whichever Debian this is: unpacked into .flask, not
# installed, for the tests that hold our cookies against it.
mirror() { # which one apt uses, if it has looked there before
  apt-get indextargets --format '$(ORIGIN) $(LABEL) $(REPO_URI)' 'Created-By: Packages' | awk '$1 == "Debian" && $2 == "Debian" {print $3; exit}'
}
flask() {
  local packages=(python3-{flask,werkzeug,itsdangerous,jinja2,markupsafe,click,blinker})
  local mirror work
  mirror=$(mirror)
  if [[ -z $mirror ]]; then
    "${root[@]}" apt-get update -qq
    mirror=$(mirror)
  fi
  if [[ -z $mirror ]]; then
    echo "setup: no Debian mirror among apt's sources to fetch Flask from" >&2
    return 1
  fi
  work=$(mktemp -d)
  trap 'rm -rf "$work"' RETURN
  mkdir -p "$work"/{state/lists/partial,cache/archives/partial,root,deb}
  echo "deb [signed-by=/usr/share/keyrings/debian-archive-keyring.gpg] $mirror trixie main" >"$work/sources.list"
  local apt=(apt-get -qq -o Dir::State="$work/state" -o Dir::Cache="$work/cache"
    -o Dir::Etc::SourceList="$work/sources.list" -o Dir::Etc::SourceParts=/dev/null
    -o Acquire::Languages=none -o APT::Sandbox::User="$(id -un)")
  "${apt[@]}" update
  (cd "$work/deb" && "${apt[@]}" download "${packages[@]}")
  local deb
  for deb in "$work"/deb/*.deb; do dpkg -x "$deb" "$work/root"; done
  /usr/bin/python3 - "$work/root/usr/lib/python3/dist-packages" <<'EOF'
import sys
sys.path.insert(0, sys.argv[1])
import flask
from importlib.metadata import version
assert version("flask").startswith("3.1.") and flask.__file__.startswith(sys.argv[1]), "setup: this Flask is " + version("flask")
EOF
  rm -rf .flask
  cp -r "$work/root/usr/lib/python3/dist-packages" .flask
}
if [[ ! -f .flask/flask/__init__.py ]]; then
  echo "setup: fetching Flask"
  flask
fi

# npm writes this file last, so it is newer than the lock file it fulfils.
if [[ ! node_modules/.package-lock.json -nt package-lock.json ]]; then
  npm ci --ignore-scripts --no-audit --no-fund --loglevel=error
fi
