#!/usr/bin/env bash
# TRL with torch and datasets from PyPI, in a virtual environment outside the repository that later runs use again.
set -euo pipefail
folder="${QUORATE_TRAINERS:-$HOME/.cache/quorate/trainers}"
[ -x "$folder/bin/python3" ] && "$folder/bin/python3" -c 'import trl, torch, datasets' 2>/dev/null && exit 0
if ! command -v python3 >/dev/null; then
  echo 'python3 is missing: tests with real trainers will be skipped' >&2
  exit 0
fi
rm -rf "$folder"
python3 -m venv "$folder"
if ! "$folder/bin/pip" install -q --disable-pip-version-check 'trl>=1.16,<2' 'torch>=2.15,<3' 'transformers>=5,<6' 'datasets>=5,<6'; then
  rm -rf "$folder"
  echo 'TRL could not be installed: tests with real trainers will be skipped' >&2
fi
