#!/bin/sh
# What the Makefile needs from the machine:
#   tools/setup.sh venv DIR [PYTHON]     make DIR a virtual environment of Python 3.12 or 3.13, unless it is one already
#   tools/setup.sh browser               print the path of a Chromium for the tests; install Debian's where that is allowed
#   tools/setup.sh constraints PYTHON    write constraints.txt anew from requirements*.txt
# MAVAZE_APT=no keeps it from installing Debian packages.
set -eu

say() { echo "$*" >&2; }

# Install one Debian package where that needs no password; fail silently where it is not possible.
apt_install() {
    [ "${MAVAZE_APT:-yes}" != no ] && command -v apt-get >/dev/null 2>&1 || return 1
    if [ "$(id -u)" = 0 ]; then as_root=""
    elif sudo -n true 2>/dev/null; then as_root="sudo -n"
    else return 1
    fi
    say "Installing the Debian package $1"
    log=$(mktemp)
    if $as_root env DEBIAN_FRONTEND=noninteractive sh -c \
        "apt-get update -qq && apt-get install -qq -y --no-install-recommends $1" </dev/null >"$log" 2>&1
    then rm -f "$log"
    else tail -n 5 "$log" >&2; rm -f "$log"; return 1
    fi
}

# --- Python -------------------------------------------------------------------------------------------------------

PROBE='
import sys
version = "%d.%d" % sys.version_info[:2]
if version not in ("3.12", "3.13"):
    sys.exit("is Python " + version)
try:
    import ensurepip, venv
except ImportError:
    sys.exit("is Python " + version + " without its module venv")
print(getattr(sys, "_base_executable", None) or sys.executable)
'

# Set `found` if $1 is a Python that the environment can be built on, else note why not. It is run, not looked at:
# the python3.12 of a version manager may be there and still refuse to start.
try_python() {
    case " $seen " in *" $1 "*) return 1 ;; esac
    seen="$seen $1"
    answer=$("$1" -E -s -W ignore -c "$PROBE" 2>&1 </dev/null) && { found=$(echo "$answer" | tail -n 1); return 0; }
    case "$answer" in
        "is Python "*) ;;
        *) answer="does not start" ;;
    esac
    case "$answer" in *"without its module venv") incomplete=$(echo "$answer" | cut -d' ' -f3) ;; esac
    tried="$tried
  $1 $answer"
    return 1
}

try_path() {
    for name in python3.12 python3.13 python3 python; do
        old_ifs=$IFS; IFS=:
        for folder in $PATH; do
            IFS=$old_ifs
            if [ -x "$folder/$name" ] && try_python "$folder/$name"; then return 0; fi
        done
        IFS=$old_ifs
    done
    return 1
}

try_pyenv() {
    root=${PYENV_ROOT:-$(pyenv root 2>/dev/null || echo "${HOME:-}/.pyenv")}
    for python in "$root"/versions/3.12*/bin/python3 "$root"/versions/3.13*/bin/python3; do
        if [ -x "$python" ] && try_python "$python"; then return 0; fi
    done
    return 1
}

# $1 is uv: a Python that it has already.
try_uv() {
    command -v "$1" >/dev/null 2>&1 || return 1
    python=$("$1" python find --system --no-python-downloads '>=3.12,<3.14' 2>/dev/null) && try_python "$python"
}

try_uv_download() {
    command -v "$1" >/dev/null 2>&1 || return 1
    say "Asking uv to download Python 3.12"
    if "$1" python install --quiet 3.12 >&2; then try_uv "$1"; return; fi
    tried="$tried
  uv could not download Python 3.12"
    return 1
}

# A Debian Python that lacks only its venv.
try_apt() {
    [ -n "$incomplete" ] && apt_install "python$incomplete-venv" && seen="" && try_path
}

# The last resort: any Python that can make an environment gets uv from the package registry.
try_fetched_uv() {
    folder=$(mktemp -d)
    if python3 -m venv "$folder/uv" >/dev/null 2>&1 \
        && "$folder/uv/bin/python" -m pip install --quiet --disable-pip-version-check --no-input uv >/dev/null 2>&1
    then try_uv_download "$folder/uv/bin/uv" && ok=0 || ok=1
    else ok=1
    fi
    rm -rf "$folder"
    return $ok
}

find_python() {
    found="" seen="" tried="" incomplete=""
    if [ -n "$1" ]; then
        given=$(command -v "$1" || echo "$1")
        try_python "$given" && return 0
        say "PYTHON=$1 is passed over:$(echo "$tried" | tail -n 1 | sed "s|^  $given||"). Python 3.12 or 3.13 is needed."
    fi
    try_path && return 0
    try_pyenv && return 0
    for uv in uv "${HOME:-}/.local/bin/uv" "${HOME:-}/.cargo/bin/uv"; do
        try_uv "$uv" && return 0
    done
    try_apt && return 0
    if command -v uv >/dev/null 2>&1; then try_uv_download uv; else try_fetched_uv; fi && return 0
    say "Mavaze needs Python 3.12 or 3.13, and none was found. Tried:${tried:-
  (no Python at all on the PATH)}
Also looked for: pyenv's versions 3.12 and 3.13, and uv (which can download one where the network lets it).
What helps, one of:
  Debian 13, Ubuntu 24.04 or newer:  sudo apt-get install python3 python3-venv
  Fedora:                            sudo dnf install python3.13
  pyenv:                             pyenv install 3.12
  uv:                                uv python install 3.12
  a Python in an unusual place:      make PYTHON=/path/to/python3.12 ..."
    return 1
}

make_venv() {
    "$1/bin/python" -E -c 'import sys, pip; sys.exit(not ((3, 12) <= sys.version_info[:2] < (3, 14) and sys.prefix != sys.base_prefix))' \
        >/dev/null 2>&1 && return 0
    find_python "${2:-}"
    say "Making $1 with $found"
    "$found" -m venv --clear "$1"
}

# --- Browser ------------------------------------------------------------------------------------------------------

find_browser() {
    for name in "${MAVAZE_CHROMIUM:-}" chromium chromium-browser google-chrome google-chrome-stable; do
        [ -n "$name" ] && path=$(command -v "$name") || continue
        # Some distributions put a script there that only says what to install.
        if "$path" --version >/dev/null 2>&1 </dev/null; then echo "$path"; return 0; fi
    done
    return 1
}

browser() {
    find_browser && return 0
    if apt_install chromium && find_browser; then return 0; fi
    say "The tests need Chromium or Chrome, and none was found. What helps, one of:
  Debian:                        sudo apt-get install chromium
  a browser in another place:    make test MAVAZE_CHROMIUM=/path/to/chrome
  to leave the browser's tests:  make test BROWSER_TESTS=no"
    return 1
}

# --- Pins ---------------------------------------------------------------------------------------------------------

# A fresh environment gets what requirements*.txt name, without the old constraints; what came along is pinned.
constraints() {
    folder=$(mktemp -d)
    grep -hv '^-' requirements.txt requirements-dev.txt >"$folder/wanted.txt"
    "$1" -m venv "$folder/venv"
    "$folder/venv/bin/python" -m pip install --quiet --disable-pip-version-check --no-input -r "$folder/wanted.txt"
    { sed '/^[^#]/,$d' constraints.txt; "$folder/venv/bin/python" -m pip freeze --disable-pip-version-check; } >"$folder/new.txt"
    cp "$folder/new.txt" constraints.txt
    rm -rf "$folder"
}

case "${1:-}" in
    venv) make_venv "$2" "${3:-}" ;;
    browser) browser ;;
    constraints) constraints "$2" ;;
    *) sed -n '2,6s/^# //p' "$0" >&2; exit 2 ;;
esac
