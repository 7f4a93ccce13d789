#!/usr/bin/env bash
# Prints a Python that is new enough (3.11) and can make virtual environments; says what is missing otherwise.
set -u
for name in "${PYTHON:-}" python3.13 python3.12 python3.11 python3 python3.14 python; do
  [ -n "$name" ] && command -v "$name" >/dev/null || continue
  "$name" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null || continue
  found=$name
  if "$name" -c 'import venv, ensurepip' 2>/dev/null; then command -v "$name"; exit 0; fi
done
if [ -n "${found:-}" ]; then
  echo "setup: $found cannot make virtual environments. On Debian and Ubuntu: apt-get install python3-venv" >&2
else
  echo "setup: Python 3.11 or newer was not found. On Debian 12 and newer: apt-get install python3 python3-venv" >&2
fi
exit 1
