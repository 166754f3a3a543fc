#!/bin/sh
# Makes the virtual environment named by $1. What the system lacks for it is installed by apt where that may be
# done (as root), else named.
set -eu
venv=$1

missing=""
command -v cc >/dev/null 2>&1 || missing="$missing build-essential"
command -v python3 >/dev/null 2>&1 || missing="$missing python3"
if [ -z "$missing" ] || command -v python3 >/dev/null 2>&1; then
    python3 -c 'import ensurepip, venv' >/dev/null 2>&1 || missing="$missing python3-venv"
fi
if [ -n "$missing" ]; then
    if [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null 2>&1; then
        apt-get update -q
        # shellcheck disable=SC2086 # several names
        DEBIAN_FRONTEND=noninteractive apt-get install -q -y $missing
    else
        echo "missing:$missing. Install with: sudo apt-get install$missing" >&2
        exit 1
    fi
fi
command -v cargo >/dev/null 2>&1 || {
    echo "missing: cargo. Install Rust from https://rustup.rs" >&2
    exit 1
}
python3 -c 'import sys; sys.exit(sys.version_info < (3, 10))' || {
    echo "python3 is $(python3 --version 2>&1); zonekpi needs Python 3.10 or later" >&2
    exit 1
}
[ -x "$venv/bin/python" ] || python3 -m venv "$venv"
