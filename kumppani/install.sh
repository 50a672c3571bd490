#!/bin/sh
# Makes .venv and installs the project with everything in requirements.lock; does nothing when that is done.
# Called by the Makefile. VAR names the folder for the log, PYTHON a certain Python.
set -eu
cd "$(dirname "$0")/.."
var=${VAR:-var}
venv=.venv
stamp=$venv/installed

fail() {
    echo "kumppani: $1" >&2
    exit 1
}

# What the installation depends on: change one of these and it is made anew. The folder is among them,
# because a virtual environment does not survive a move.
wanted() {
    pwd
    for file in requirements.lock pyproject.toml web/package-lock.json web/icons.txt web/vendor.py; do
        if [ -e "$file" ]; then cksum "$file"; fi
    done
}

suits() {
    "$1" -c 'import sys; sys.exit(sys.version_info < (3, 11))' >/dev/null 2>&1
}

if [ -x $venv/bin/kumppani ] && [ -d web/static/vendor ] && [ "$(cat $stamp 2>/dev/null)" = "$(wanted)" ] &&
    suits $venv/bin/python; then
    exit 0
fi

mkdir -p "$var" 2>/dev/null && [ -w "$var" ] ||
    fail "The folder $var cannot be written: choose another one with VAR=/some/folder, or mend its permissions."
log=$var/install.log
: >"$log" 2>/dev/null || fail "The file $log cannot be written: remove it, or choose another folder with VAR=/some/folder."

python=
seen=
for name in ${PYTHON:-python3 python3.13 python3.12 python3.14 python3.11 python}; do
    if suits "$name"; then
        python=$name
        break
    fi
    seen="$seen$("$name" -c 'import sys; print(" %d.%d" % sys.version_info[:2])' 2>/dev/null || true)"
done
if [ -z "$python" ]; then
    fail "Kumppani needs Python 3.11 or newer, and this machine has ${seen:+only}${seen:-none}: install one, or name it with PYTHON=/path/to/python3."
fi

if ! suits $venv/bin/python || ! $venv/bin/python -m pip --version >/dev/null 2>&1; then
    rm -rf $venv
    echo "Making $venv with $("$python" --version 2>&1) …" >&2
    "$python" -m venv $venv >>"$log" 2>&1 ||
        fail "Python's virtual environments are missing: install them (apt install python3-venv), then try again. Details: $log"
fi

# Runs a command whose words go to the log; a terminal sees meanwhile for how long.
moving() {
    if ! [ -t 2 ]; then
        "$@" >>"$log" 2>&1
        return
    fi
    "$@" >>"$log" 2>&1 &
    running=$!
    # What runs in the background does not hear the terminal's Ctrl-C.
    trap 'kill $running 2>/dev/null; exit 130' INT TERM
    passed=0
    while kill -0 $running 2>/dev/null; do
        printf '\r  %s s, %s packages found ' $passed "$(grep -cE '^(Collecting|Requirement already)' "$log")" >&2
        sleep 1
        passed=$((passed + 1))
    done
    printf '\r\033[K' >&2
    trap - INT TERM
    wait $running
}

# pip's own words go to the log; of its faults one sentence comes out.
pip() {
    if moving $venv/bin/python -m pip install --disable-pip-version-check --no-input --retries 2 "$@"; then
        return
    fi
    if grep -q 'front-end packages could not be fetched' "$log"; then
        fail "The npm registry cannot be reached for the front-end packages: check the network and npm's settings, then try again. Details: $log"
    elif grep -qE 'NewConnectionError|ConnectTimeout|ReadTimeout|NameResolutionError|ProxyError|SSLError|Temporary failure|No matching distribution|Could not find a version' "$log"; then
        fail "The Python package registry cannot be reached: check the network and pip's settings, then try again. Details: $log"
    fi
    fail "Installing failed: $(grep -E '^ *(ERROR|error)' "$log" | tail -n 1 | sed 's/^ *//'). Details: $log"
}

rm -f $stamp
echo "Installing the packages of requirements.lock (about a minute the first time) …" >&2
pip --require-hashes -r requirements.lock
echo "Installing Kumppani and its front-end packages …" >&2
pip --no-deps -e .
# What left the lock leaves the environment, or code and tests would go on as if it were there.
left=$($venv/bin/python kumppani/left_over.py requirements.lock)
if [ -n "$left" ]; then
    echo "Taking away what is no longer in requirements.lock: $(echo $left) …" >&2
    $venv/bin/python -m pip uninstall --disable-pip-version-check --yes $left >>"$log" 2>&1 ||
        fail "Packages that left requirements.lock could not be taken away. Details: $log"
fi
wanted >$stamp
