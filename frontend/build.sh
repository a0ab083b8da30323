#!/usr/bin/env bash
# Builds the interface into dist/ when its sources are newer, or runs its checks: build.sh [test]
set -euo pipefail
cd "$(dirname "$0")"
command -v npm >/dev/null || { echo "The user interface needs Node 20.19 or newer with npm: install it and try again." >&2; exit 1; }

installed=node_modules/.installed
if ! cmp -s package-lock.json "$installed"; then
  npm ci --no-progress --no-audit --no-fund --loglevel=error
  cp package-lock.json "$installed"
fi

if [ "${1:-build}" = test ]; then
  npm run --silent lint
  npm run --silent test
elif [ ! -f dist/index.html ] || [ -n "$(find src public index.html package-lock.json vite.config.ts tsconfig.json -newer dist/index.html -print -quit)" ]; then
  npm run --silent build -- --logLevel warn
fi
