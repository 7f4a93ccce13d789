#!/bin/sh
# Renew the vendored browser files from the npm registry this machine is set to. Usage: tools/fetch_vendor.sh [htmx version]
# Afterwards write version and sum into shounuo/site/static/vendor/VERSIONS.md.
set -eu
version="${1:-2.0.11}"
root="$(cd "$(dirname "$0")/.." && pwd)"
folder="$(mktemp -d)"
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm pack --silent "htmx.org@$version" >/dev/null
tar xzf htmx.org-*.tgz
sed -e '/^\/\/# sourceMappingURL/d' package/dist/htmx.min.js >"$root/shounuo/site/static/vendor/htmx.min.js"
sha256sum "$root/shounuo/site/static/vendor/htmx.min.js" | cut -d' ' -f1
