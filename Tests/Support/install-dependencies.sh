#!/bin/sh
# Installs the headers of SQLite where pkg-config does not find them, by the platform's package manager.
set -eu
if command -v pkg-config >/dev/null 2>&1 && pkg-config --exists sqlite3; then exit 0; fi
# On macOS the SDK brings SQLite along.
if [ "$(uname)" = Darwin ]; then exit 0; fi
run() { if [ "$(id -u)" = 0 ]; then "$@"; else sudo "$@"; fi; }
echo "SQLite's headers are missing; installing them" >&2
if command -v apt-get >/dev/null 2>&1; then
    run apt-get update -q
    run env DEBIAN_FRONTEND=noninteractive apt-get install -q -y libsqlite3-dev pkg-config
elif command -v dnf >/dev/null 2>&1; then
    run dnf install -y sqlite-devel pkgconf-pkg-config
elif command -v apk >/dev/null 2>&1; then
    run apk add sqlite-dev pkgconf
else
    echo "install the development files of SQLite 3 (Debian: libsqlite3-dev) and pkg-config, then run make again" >&2
    exit 1
fi
