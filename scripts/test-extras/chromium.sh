#!/usr/bin/env bash
# Debian's Chromium, for the tests that drive pages in a real browser.
set -euo pipefail
command -v chromium >/dev/null && exit 0
if ! command -v apt-get >/dev/null || [ "$(id -u)" != 0 ]; then
  echo 'chromium is missing and cannot be installed here: browser tests will be skipped' >&2
  exit 0
fi
export DEBIAN_FRONTEND=noninteractive
apt-get update -qq
apt-get install -y -qq --no-install-recommends chromium >/dev/null
