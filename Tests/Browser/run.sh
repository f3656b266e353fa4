#!/bin/sh
# Drives the HTML report and the dashboard of a built program in a headless Chromium.
#
# usage: run.sh AUDIT
#
# Chromium is installed by apt where it is missing and that can be done. Where there is none, or no Python, this says so and
# ends well: a machine without a browser can still be worked on. AUDIT_SCREENSHOTS=FOLDER leaves pictures of the pages.
set -eu
has_chromium() {
    for name in chromium chromium-browser google-chrome chrome; do
        if command -v "$name" >/dev/null 2>&1; then return 0; fi
    done
    return 1
}
as_root() { if [ "$(id -u)" = 0 ]; then "$@"; else sudo -n "$@"; fi; }
if ! command -v python3 >/dev/null 2>&1; then
    echo "skipped the browser test: there is no python3"
    exit 0
fi
if ! has_chromium && command -v apt-get >/dev/null 2>&1; then
    echo "Chromium is missing; installing it" >&2
    as_root env DEBIAN_FRONTEND=noninteractive apt-get install -q -y --no-install-recommends chromium >/dev/null 2>&1 || true
fi
if ! has_chromium; then
    echo "skipped the browser test: there is no Chromium, and it could not be installed"
    exit 0
fi
here=$(dirname "$0")
for story in report dashboard; do
    echo "$story:"
    timeout 300 python3 "$here/$story.py" "$1"
done
