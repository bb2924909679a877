#!/bin/sh
# Makes sure of the programs that the tests drive, from Debian's packages where it can.
set -eu

lacking=
command -v chromium >/dev/null || lacking="$lacking chromium"
command -v pdfinfo >/dev/null || lacking="$lacking poppler-utils"
command -v initdb >/dev/null || ls /usr/lib/postgresql/*/bin/initdb >/dev/null 2>&1 ||
    lacking="$lacking postgresql"
[ -z "$lacking" ] && exit 0

if [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null; then
    echo "Installing$lacking"
    apt-get -qq update
    # shellcheck disable=SC2086
    DEBIAN_FRONTEND=noninteractive apt-get -qq install -y --no-install-recommends $lacking >/dev/null
else
    echo "make test needs more programs. On Debian: sudo apt-get install$lacking" >&2
    exit 1
fi
