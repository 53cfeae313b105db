# Sourced by demo.sh and tests/bench/run.sh: a display that only exists in memory.

# Starts Xvfb on a free display and sets DISPLAY and xvfb, its process id. $1: a folder for its channel and its log.
start_display() {
    mkfifo "$1/display"
    Xvfb -displayfd 3 -screen 0 1600x1200x24 -nolisten tcp -noreset 3>"$1/display" >"$1/xvfb.log" 2>&1 </dev/null &
    xvfb=$!
    if ! read -r DISPLAY <"$1/display"; then
        cat "$1/xvfb.log" >&2
        echo "voipdesk: Xvfb did not start" >&2
        return 1
    fi
    rm -f "$1/display"
    DISPLAY=:$DISPLAY
    export DISPLAY
}

stop_display() {
    if [ -n "${xvfb:-}" ]; then
        kill "$xvfb" 2>/dev/null || true
        wait "$xvfb" 2>/dev/null || true
        xvfb=
    fi
}
