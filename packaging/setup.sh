#!/bin/sh
# Makes this checkout ready to run: system packages, .venv, the install. Called by demo.sh and tests/run.sh.
#   setup.sh run | screenshot | test        (the words of system-packages.txt)
# When all is in place it only looks, which takes some hundredths of a second.
set -eu

root=$(cd -- "$(dirname -- "$(readlink -f -- "$0")")/.." && pwd -P)
packages=$root/packaging/system-packages.txt
constraints=$root/packaging/constraints.txt
venv=$root/.venv
stamp=$venv/.voipdesk-setup # holds the sum of what was installed and its extras, or "unfinished"

say() { printf 'voipdesk: %s\n' "$*" >&2; }
die() { say "$@"; exit 1; }

[ $# -eq 1 ] || die "usage: setup.sh run | screenshot | test"
case $1 in
run) needs=run extras=demo ;;
screenshot) needs='run|screenshot' extras=demo ;;
test)
    needs='run|test' extras=demo,test
    if ! grep -qx 'ID=ubuntu' "${OS_RELEASE:-/etc/os-release}" 2>/dev/null; then needs="$needs|test-deb"; fi
    ;;
*) die "usage: setup.sh run | screenshot | test" ;;
esac

# --- system packages ---------------------------------------------------------------------------------------------

# Prints what is needed and not installed, with all its alternatives, one a line.
missing_packages() {
    { dpkg-query -W -f='${db:Status-Status} ${Package}\n' 2>/dev/null || true; } | awk -v needs="^($needs)\$" '
        !reading_list { if ($1 == "installed") installed[$2] = 1; next }
        { sub(/#.*/, "") }
        $1 ~ needs {
            count = split($2, names, "|"); found = 0
            for (i = 1; i <= count; i++) found += names[i] in installed
            if (!found && !seen[$2]++) print $2
        }' - reading_list=1 "$packages"
}

# Of alternatives, those that this release of Debian or Ubuntu has; a name without alternatives is taken as it is.
choose_names() {
    for names in $1; do
        chosen=${names##*|}
        rest=$names
        while [ "$rest" != "${rest#*|}" ]; do
            if apt-cache show "${rest%%|*}" >/dev/null 2>&1; then
                chosen=${rest%%|*}
                break
            fi
            rest=${rest#*|}
        done
        printf '%s ' "$chosen"
    done
}

# What the command says is shown when it fails.
as_root() {
    log=$(mktemp)
    # unquoted on purpose: empty or two words
    if $sudo env DEBIAN_FRONTEND=noninteractive "$@" </dev/null >"$log" 2>&1; then
        rm -f "$log"
        return 0
    fi
    tail -n 20 "$log" >&2
    rm -f "$log"
    return 1
}

apt_install() {
    # unquoted on purpose: one word per package
    as_root apt-get -o DPkg::Lock::Timeout=300 install -y --no-install-recommends $names
}

# Debian starts a registrar that it installs, on all of the machine's addresses. The tests start their own, on loopback.
brings_registrar() {
    case " $1 " in *" kamailio "*) command -v systemctl >/dev/null ;; *) false ;; esac
}

install_packages() {
    command -v apt-get >/dev/null || die "these system packages are missing: $(echo $missing)"
    if [ "$(id -u)" -eq 0 ]; then
        sudo=
    elif sudo -n true 2>/dev/null; then
        sudo='sudo -n'
    else
        say "system packages are missing, and installing them needs root. Run this, then start again:"
        if brings_registrar "$(choose_names "$missing")"; then echo "  sudo systemctl mask kamailio.service" >&2; fi
        printf '  sudo apt-get update && sudo apt-get install --no-install-recommends %s\n' "$(choose_names "$missing")" >&2
        exit 1
    fi
    say "system packages are missing; reading the lists of what there is"
    as_root apt-get -o DPkg::Lock::Timeout=300 update || say "apt-get update had errors; trying with the lists there are"
    names=$(choose_names "$missing")
    if brings_registrar "$names"; then
        as_root systemctl mask kamailio.service || die "the system's own kamailio.service cannot be kept from starting"
    fi
    say "installing $names"
    if apt_install; then return 0; fi
    say "trying once more, after finishing what may have been interrupted (dpkg --configure -a)"
    if as_root dpkg --configure -a && apt_install; then return 0; fi
    die "apt-get could not install the system packages"
}

# --- Python ------------------------------------------------------------------------------------------------------

suits() { "$1" -c 'import sys; sys.exit(not (3, 11) <= sys.version_info[:2] < (3, 14))' 2>/dev/null; }

find_python() {
    for python in ${PYTHON:-python3 python3.13 python3.12 python3.11}; do
        if command -v "$python" >/dev/null && suits "$python"; then return 0; fi
    done
    die "Python 3.11, 3.12 or 3.13 is needed, and ${PYTHON:-python3} is $("${PYTHON:-python3}" -V 2>&1 || true)." \
        "Install one of them, or name it: PYTHON=/path/to/python3.12 sh ..."
}

# What pip says is kept in a file, and shown when it fails.
pip() {
    if ! "$venv/bin/python" -m pip --disable-pip-version-check --no-input "$@" >"$venv/setup.log" 2>&1 </dev/null; then
        grep -v '^WARNING: ' "$venv/setup.log" | tail -n 20 >&2
        printf '%s\n' "$installed" >"$stamp" # it failed and was not interrupted: what worked before still does
        die "pip could not install the Python packages; all it said is in $venv/setup.log." \
            "Is the package index reached from here?"
    fi
}

make_venv() {
    # an interrupted set-up may have left anything behind, so that one is made anew
    if [ "$installed" = unfinished ] || ! suits "$venv/bin/python" || ! "$venv/bin/python" -m pip -V >/dev/null 2>&1; then
        find_python
        say "making .venv with $("$python" -V)"
        rm -rf "$venv"
        mkdir "$venv"
        echo unfinished >"$stamp"
        "$python" -m venv "$venv" >&2 ||
            die "$python cannot make a virtual environment (on Debian: apt-get install $(basename "$python")-venv)"
        installed=
    fi
    echo unfinished >"$stamp"
    say "installing Python packages into .venv (once; about 500 MB)"
    # what builds voipdesk, and xcffib, of which there is only the source: so nothing is fetched outside the constraints
    pip install --constraint "$constraints" hatchling setuptools cffi
    pip install --constraint "$constraints" --no-build-isolation --editable "$root[$extras]"
    printf '%s\n' "$wanted $extras" >"$stamp"
    say "ready"
}

# The sum names the place too: the scripts of a virtual environment do not work elsewhere.
read_stamp() {
    installed=
    if [ -f "$stamp" ]; then read -r installed <"$stamp" || true; fi
    wanted=$({ cat "$root/pyproject.toml" "$constraints" && printf '%s\n' "$root"; } | sha256sum)
    wanted=${wanted%% *}
    case $installed in *,test) extras=demo,test ;; esac # what the tests need stays
}

look() {
    missing=
    if command -v dpkg-query >/dev/null; then missing=$(missing_packages); fi
    read_stamp
    [ -z "$missing" ] && [ "$installed" = "$wanted $extras" ]
}

if ! look; then
    # another set-up may be at work: wait for it, then look again; what is started from here does not hold the lock
    exec 9<"$root/pyproject.toml"
    if command -v flock >/dev/null; then flock 9; fi
    look || true
    if [ -n "$missing" ]; then install_packages 9<&-; fi
    if [ "$installed" != "$wanted $extras" ]; then make_venv 9<&-; fi
fi
