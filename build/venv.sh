#!/bin/sh
# Makes .venv with the newest Python from 3.11 to 3.14, and `plimsoll` in it.
set -eu

found= usable=
for python in python3.14 python3.13 python3.12 python3.11 python3; do
    "$python" -c 'import sys; sys.exit(not (3, 11) <= sys.version_info[:2] <= (3, 14))' \
        2>/dev/null || continue
    found=$python
    if "$python" -c 'import ensurepip, venv' 2>/dev/null; then
        usable=$python
        break
    fi
done

if [ -z "$found" ]; then
    echo "Plimsoll needs Python 3.11 to 3.14. On Debian: apt-get install python3-venv" >&2
    exit 1
elif [ -z "$usable" ]; then
    echo "$found cannot make a virtual environment. On Debian: apt-get install python3-venv" >&2
    exit 1
fi

rm -rf .venv # half of one, from a set-up that was interrupted
"$usable" -m venv .venv
.venv/bin/python build/console.py
