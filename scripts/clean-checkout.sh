#!/usr/bin/env bash
# Runs .ci/run on the last commit, in a fresh clone that is thrown away afterwards. What is not committed is not there,
# nor is anything that was installed before. What is shared beside this checkout is beside the clone too.

set -euo pipefail
cd "$(dirname "$0")/.."

place=$(mktemp -d)
trap 'rm -rf "$place"' EXIT
git clone --quiet --no-local . "$place/sportello"
if [ -e ../shared ]; then ln -s "$(realpath ../shared)" "$place/shared"; fi
"$place/sportello/.ci/run"
