#!/bin/sh
# Opens voipdesk on a demo PBX, with a throw-away home; does its own set-up first.
#   demo.sh [OPTION...]                    options go on to voipdesk
#   demo.sh --screenshot FILE [OPTION...]  no display needed: saves a picture (PNG) of the window and ends
set -eu

root=$(cd -- "$(dirname -- "$(readlink -f -- "$0")")/.." && pwd -P)
python=$root/.venv/bin/python

case ${1:-} in
--screenshot | --screenshot=*)
    case $1 in
    *=*) file=${1#*=} && shift ;;
    *) file=${2:-} && shift $(($# > 1 ? 2 : 1)) ;;
    esac
    if [ -z "$file" ]; then
        echo "usage: demo.sh --screenshot FILE" >&2
        exit 2
    fi
    sh "$root/packaging/setup.sh" screenshot
    . "$root/packaging/display.sh"
    work=$(mktemp -d)
    trap 'stop_display; rm -rf "$work"' EXIT
    trap 'exit 130' INT
    trap 'exit 143' TERM HUP
    start_display "$work"
    # a stray session bus or a desktop's settings must not change the picture
    env -u WAYLAND_DISPLAY XDG_RUNTIME_DIR="$work" DBUS_SESSION_BUS_ADDRESS=disabled: QT_QPA_PLATFORM=xcb \
        "$python" -P -m voipdesk --demo --screenshot "$file" "$@"
    ;;
*)
    if [ -z "${DISPLAY:-}${WAYLAND_DISPLAY:-}" ]; then
        echo "voipdesk: there is no display here (neither DISPLAY nor WAYLAND_DISPLAY is set)." >&2
        echo "For a picture of the window instead: sh packaging/demo.sh --screenshot FILE.png" >&2
        exit 1
    fi
    sh "$root/packaging/setup.sh" run
    exec "$python" -P -m voipdesk --demo "$@"
    ;;
esac
