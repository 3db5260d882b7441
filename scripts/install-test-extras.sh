#!/usr/bin/env bash
# What tests need from outside npm. Each part installs only what is missing and can be run again.
# The parts lie in scripts/test-extras/*.sh, one for each outside program.
set -euo pipefail
cd "$(dirname "$0")/test-extras"
for part in *.sh; do
  [ -e "$part" ] || continue
  bash "$part"
done
