#!/usr/bin/env bash
# Runs .ci/run on the last commit, in a fresh clone that is thrown away afterwards. What is not committed is not there,
# nor is anything that was installed before.

set -euo pipefail
cd "$(dirname "$0")/.."

place=$(mktemp -d)
trap 'rm -rf "$place"' EXIT
git clone --quiet --no-local . "$place/sportello"
"$place/sportello/.ci/run"
