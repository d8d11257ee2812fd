#!/bin/sh
# Writes requirements/*.lock anew from pyproject.toml: `make lock`.
set -eu
cd "$(dirname "$0")/.."
uv=.venv/bin/uv
lock() {
    file=$1
    shift
    "$uv" pip compile --quiet --universal --generate-hashes --python-version 3.11 \
        --custom-compile-command 'make lock' --output-file "requirements/$file" "$@"
}
lock dev.lock pyproject.toml --extra local --group build --group dev ${UPGRADE:+--upgrade}
lock local.lock pyproject.toml --extra local --group build -c requirements/dev.lock
lock runtime.lock pyproject.toml -c requirements/dev.lock
lock build.lock --group build -c requirements/dev.lock
lock node.lock --group node -c requirements/dev.lock
