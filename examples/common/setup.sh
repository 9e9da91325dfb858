# SPDX-License-Identifier: MIT
# Sourced by examples/run and tests/run: what both need, installing it, configuring and building.
# POSIX sh, since a fresh machine may have nothing more.

# To build the library and the examples: Debian's and Ubuntu's names.
# shellcheck disable=SC2034 # for those who source this
build_packages="gcc libc6-dev meson ninja-build pkg-config libproj-dev libgeos-dev libshp-dev libjson-c-dev libutf8proc-dev"

say()
{
    printf '%s\n' "$*" >&2
}

# Is the package there, or what it is wanted for, from wherever that came?
have()
{
    case $(dpkg-query -W -f '${Status}' "$1" 2>/dev/null) in
    *"ok installed"*) return 0 ;;
    esac
    case $1 in
    gcc) command -v "${CC:-gcc}" ;;
    g++ | meson | valgrind | clang | clang-format-14 | pkg-config) command -v "$1" ;;
    ninja-build) command -v ninja ;;
    gdal-bin) command -v ogrinfo ;;
    libc6-dev) [ -e /usr/include/stdio.h ] ;;
    libproj-dev) pkg-config --exists 'proj >= 8.0' ;;
    libgeos-dev) pkg-config --exists 'geos >= 3.9' ;;
    libshp-dev) pkg-config --exists 'shapelib >= 1.5' ;;
    libjson-c-dev) pkg-config --exists 'json-c >= 0.15' ;;
    libutf8proc-dev) pkg-config --exists 'libutf8proc >= 2.1' ;;
    check) pkg-config --exists 'check >= 0.15' ;;
    python3-qgis) python3 -c 'import qgis.core' ;;
    *) false ;;
    esac >/dev/null 2>&1
}

# Those of the packages that are not there, in one line.
missing_of()
{
    missing=
    for package; do
        have "$package" || missing="$missing $package"
    done
    printf '%s' "${missing# }"
}

# How this user becomes root: "" for root, "sudo" where that works, else false.
root_command()
{
    if [ "$(id -u)" -eq 0 ]; then
        return 0
    fi
    command -v sudo >/dev/null 2>&1 || return 1
    # Without a terminal sudo can ask for no password.
    sudo -n true 2>/dev/null || [ -t 0 ] || return 1
    printf sudo
}

apt()
{
    # On a machine just started another apt-get may be at work: wait for its lock.
    $become env DEBIAN_FRONTEND=noninteractive apt-get -q -o DPkg::Lock::Timeout=300 "$@"
}

# Fetches the lists of packages once, and not at all when nothing is missing.
updated=
refresh()
{
    [ -n "$updated" ] || apt update || return 1
    updated=yes
}

# install PACKAGE...: as root, saying so first.
install()
{
    say "Installing with apt-get: $*"
    log=$(mktemp)
    if ! { refresh && apt install -y --no-install-recommends "$@"; } >"$log" 2>&1; then
        tail -n 20 "$log" >&2
        say "apt-get failed; its whole output is in $log"
        exit 3
    fi
    rm -f "$log"
}

# need PACKAGE...: installs what is missing. Where it cannot, it says the command to give and ends
# with status 3. When all is there nothing is touched.
need()
{
    packages=$(missing_of "$@")
    if [ -z "$packages" ]; then
        return 0
    fi
    if ! command -v apt-get >/dev/null 2>&1; then
        say "Missing (by Debian's names): $packages"
        say "There is no apt-get here: install them as this system does, then try again."
        exit 3
    fi
    if ! become=$(root_command); then
        say "Missing: $packages"
        say "This user may not install them. Give this command as root, then try again:"
        say "  apt-get update && apt-get install --no-install-recommends $packages"
        exit 3
    fi
    # shellcheck disable=SC2086 # a list
    install $packages
}

# want PACKAGE...: installs those that this system offers, and goes on without the others.
want()
{
    for package in $(missing_of "$@"); do
        if become=$(root_command) && apt-cache show "$package" >/dev/null 2>&1; then
            install "$package"
        else
            say "Going on without $package."
        fi
    done
}

# quietly COMMAND...: shows what it printed only when it fails, or when a compiler warns.
quietly()
{
    log=$(mktemp)
    "$@" >"$log" 2>&1 && status=0 || status=$?
    if [ "$status" -ne 0 ]; then
        grep -v '^\[[0-9]*/[0-9]*\]' "$log" | tail -n 60 >&2
        say "failed: $*"
    else
        grep -A 6 'warning:' "$log" >&2 || :
    fi
    rm -f "$log"
    return "$status"
}

# configure FOLDER [OPTION...]: safe to repeat. A folder that meson cannot go on with (its set-up
# was interrupted, or it belongs to a tree that has moved) is set up anew.
configure()
{
    folder=$1
    shift
    if [ -d "$folder/meson-private" ]; then
        if meson setup --reconfigure "$folder" "$@" >/dev/null 2>&1; then
            return 0
        fi
        rm -rf "$folder"
    fi
    quietly meson setup "$folder" "$@"
}
