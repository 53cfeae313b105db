#!/bin/sh
# The benchmark: every figure beside its floor, measured in turn in the same run. Does its own set-up first.
#   run.sh                     everything
#   run.sh start sync …        these parts: start sync search memory stall customers switch contacts command hand_over
#   run.sh --pairs N …         so many paired runs of each (5)
# The archive of 1,000,000 calls is built once, into VOIPDESK_BENCH_DIR (a folder under the system's temporary one).
set -eu

root=$(cd -- "$(dirname -- "$(readlink -f -- "$0")")/../.." && pwd -P)
cd -- "$root"
sh packaging/setup.sh test
. packaging/display.sh

work=$(mktemp -d)
trap 'stop_display; rm -rf "$work"' EXIT
trap 'exit 130' INT
trap 'exit 143' TERM HUP
# the person's own settings, desktop, session and keyring stay out of it
export LC_ALL=C.UTF-8 XDG_RUNTIME_DIR="$work" HOME="$work" PYTHON_KEYRING_BACKEND=keyring.backends.null.Keyring
unset WAYLAND_DISPLAY DISPLAY VOIPDESK_HOME DBUS_SESSION_BUS_ADDRESS QT_QPA_PLATFORM QT_QPA_PLATFORMTHEME \
    QT_STYLE_OVERRIDE QT_SCALE_FACTOR 2>/dev/null || true
# an installed program is compiled
unset PYTHONDONTWRITEBYTECODE PYTHONUNBUFFERED 2>/dev/null || true
.venv/bin/python -m compileall -q voipdesk tests/bench
if command -v Xvfb >/dev/null; then
    start_display "$work"
    export QT_QPA_PLATFORM=xcb
else
    export QT_QPA_PLATFORM=offscreen
fi
if command -v dbus-run-session >/dev/null; then
    dbus-run-session -- .venv/bin/python -m tests.bench.bench "$@" </dev/null
else
    .venv/bin/python -m tests.bench.bench "$@" </dev/null
fi
