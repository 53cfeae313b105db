#!/bin/sh
# All checks: format, lint, types, the import contract, the tests with their coverage. Does its own set-up first.
#   run.sh                  everything
#   run.sh ARGUMENT...      pytest with these arguments only, as in: run.sh tests/core -k dial
set -eu

root=$(cd -- "$(dirname -- "$(readlink -f -- "$0")")/.." && pwd -P)
cd -- "$root"
sh packaging/setup.sh test

bin=$root/.venv/bin
results=$root/build/tests
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
trap 'exit 130' INT
trap 'exit 143' TERM HUP
# the person's own settings, desktop and session stay out of the tests
export LC_ALL=C.UTF-8 XDG_RUNTIME_DIR="$work"
# hundreds of tests start the program: like an installed one, it is compiled once
unset PYTHONDONTWRITEBYTECODE 2>/dev/null || true
unset WAYLAND_DISPLAY DISPLAY VOIPDESK_HOME DBUS_SESSION_BUS_ADDRESS QT_QPA_PLATFORM QT_QPA_PLATFORMTHEME \
    QT_STYLE_OVERRIDE QT_SCALE_FACTOR 2>/dev/null || true

if [ $# -gt 0 ]; then
    status=0
    dbus-run-session -- "$bin/python" -m pytest --no-xvfb "$@" </dev/null || status=$?
    exit "$status"
fi

failed=
check() { # NAME COMMAND...: all checks run, whatever one of them says
    name=$1
    shift
    printf '\n== %s\n' "$name"
    "$@" </dev/null || failed="$failed $name"
}
tests() { # NAME COMMAND...: on a session bus of its own, a file of tests for each processor at a time; a process
    # that dies ends the run and names its test: where xdist starts another by file, it may wait for it without an end;
    # in the order of their names: by their number, the files with few tests would be last, and those are the long ones
    name=$1
    shift
    check "$name" dbus-run-session -- "$@" --numprocesses=auto --maxprocesses=4 --dist=loadfile \
        --no-loadscope-reorder --max-worker-restart=0 --junitxml="$results/$name.xml"
}
total() { # ATTRIBUTE: its sum over the runs' reports
    sed -n "s/.*<testsuite [^>]*$1=\"\\([0-9]*\\)\".*/\\1/p" "$results"/*.xml | awk '{ sum += $1 } END { print sum + 0 }'
}

rm -rf "$results"
mkdir -p "$results"
check format "$bin/ruff" format --check .
check lint "$bin/ruff" check .
check types "$bin/mypy"
check imports "$bin/lint-imports"
tests offscreen "$bin/coverage" run -m pytest --no-xvfb
export QT_QPA_PLATFORM=xcb # on a display in memory, one for each process; what is run again need not be measured again
tests xvfb "$bin/python" -m pytest tests/gui tests/e2e/test_window_day.py tests/e2e/test_every_fault.py \
    --ignore=tests/gui/accessible \
    --deselect tests/e2e/test_every_fault.py::test_on_the_command_line # no window; of the walk through all, once is enough
"$bin/coverage" combine --quiet
check coverage "$bin/coverage" report

bad=$(($(total failures) + $(total errors)))
skipped=$(total skipped)
printf '\n%s\n' "${failed:+FAILED:$failed}"
printf '%s passed, %s failed, %s skipped\n' "$(($(total tests) - bad - skipped))" "$bad" "$skipped"
[ -z "$failed" ]
