#!/usr/bin/env bash
# What tests need from outside npm: for `npm test`, or with the argument "peers" for `npm run test:peers`.
# Each part installs only what is missing and can be run again; one script for each outside program.
set -euo pipefail
cd "$(dirname "$0")/test-extras/${1:-.}"
for part in *.sh; do
  [ -e "$part" ] || continue
  bash "$part"
done
