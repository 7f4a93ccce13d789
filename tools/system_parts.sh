#!/usr/bin/env bash
# Installs what the tests need besides Python packages: Chromium, a font with Chinese characters, PostgreSQL, strace.
# Parts that are there are left alone. Needs root or sudo only when something is missing.
set -euo pipefail
cd "$(dirname "$0")/.."
python=${PYTHON:-.venv/bin/python}

as_root() {
  if [ "$(id -u)" = 0 ]; then "$@"
  elif command -v sudo >/dev/null; then sudo -n "$@" || sudo "$@"
  else echo "system_parts: root or sudo is needed for: $*" >&2; return 1
  fi
}

updated=
install() {
  if ! command -v apt-get >/dev/null; then
    echo "system_parts: please install with your system's package manager: $*" >&2
    return 1
  fi
  if [ -z "$updated" ]; then as_root apt-get update -q; updated=yes; fi
  as_root env DEBIAN_FRONTEND=noninteractive apt-get install -y -q --no-install-recommends "$@"
}

# The shell without windows takes half the processor time of the whole browser; either will do.
find_chromium() {
  local name found
  for name in "$@"; do
    found=$(type -P "$name") || continue
    # On Ubuntu the package is a stub that wants snap: it does not count.
    if "$found" --version >/dev/null 2>&1; then return 0; fi
  done
  return 1
}

playwright_chromium() {
  "$python" - <<'PY'
from pathlib import Path
from playwright.sync_api import sync_playwright
with sync_playwright() as tool:
    raise SystemExit(0 if Path(tool.chromium.executable_path).exists() else 1)
PY
}

is_ubuntu() { [ -r /etc/os-release ] && grep -q '^ID=ubuntu' /etc/os-release; }

if ! find_chromium chromium-headless-shell && ! playwright_chromium; then
  if is_ubuntu; then
    find_chromium chromium google-chrome || {
      as_root "$python" -m playwright install-deps chromium
      "$python" -m playwright install chromium
    }
  else
    install chromium-headless-shell || find_chromium chromium google-chrome || install chromium
  fi
fi

if ! command -v fc-list >/dev/null || [ -z "$(fc-list :lang=zh-cn)" ]; then
  install fontconfig fonts-noto-cjk
fi

if ! "$python" tools/with_postgres.py --which >/dev/null; then
  install postgresql
fi

# The fault tests watch when the disk is waited for.
if [ "$(uname)" = Linux ] && ! command -v strace >/dev/null; then
  install strace
fi
