# shellcheck shell=bash
# Sourced by the scripts beside it: where the project is, its version, the system packages it needs, its release binaries.

project=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)

# Progress goes to stderr; stdout is for results.
say() { printf '%s\n' "$*" >&2; }
fail() {
    say "error: $*"
    exit 1
}

as_root() {
    if [ "$(id -u)" = 0 ]; then
        "$@"
    elif command -v sudo >/dev/null; then
        sudo "$@"
    else
        fail "this needs root and there is no sudo: $*"
    fi
}

# Whether this is Debian, Ubuntu or a system made from them.
has_apt() { command -v apt-get >/dev/null && command -v dpkg-query >/dev/null; }

# Installs the named Debian packages that are missing; does nothing, and needs no root, when all are there.
need_packages() {
    local missing=() package how=apt-get
    has_apt || fail "this needs the Debian packages $*, and this system has no apt-get"
    for package in "$@"; do
        [ "$(dpkg-query -W -f '${db:Status-Status}' "$package" 2>/dev/null)" = installed ] || missing+=("$package")
    done
    [ ${#missing[@]} -gt 0 ] || return 0
    if [ "$(id -u)" != 0 ]; then
        command -v sudo >/dev/null || fail "these packages are missing, and there is no sudo to install them: ${missing[*]}"
        how="sudo apt-get"
    fi
    say "these packages are missing and are now installed with $how: ${missing[*]}"
    as_root apt-get -qq -o Acquire::Retries=3 update
    as_root env DEBIAN_FRONTEND=noninteractive \
        apt-get -y -qq -o Acquire::Retries=3 --no-install-recommends install "${missing[@]}" >/dev/null
}

# Commands that Debian has in packages of the same name.
need_commands() {
    local missing=() name
    for name in "$@"; do
        command -v "$name" >/dev/null || missing+=("$name")
    done
    [ ${#missing[@]} -gt 0 ] || return 0
    has_apt || fail "missing: ${missing[*]}; install them with this system's package manager"
    need_packages "${missing[@]}"
}

# The headers of libcurl and SQLite. Asked for is the header, not a package: several bring curl/curl.h, and they exclude each other.
need_headers() {
    local compiler missing=() packages=()
    compiler=$(command -v clang || command -v cc) || return 0
    has_header() { "$compiler" -E -x c - >/dev/null 2>&1 <<<"#include <$1>"; }
    has_header curl/curl.h || { missing+=(curl/curl.h) && packages+=(libcurl4-openssl-dev); }
    has_header sqlite3.h || { missing+=(sqlite3.h) && packages+=(libsqlite3-dev); }
    if has_apt; then
        command -v pkg-config >/dev/null || packages+=(pkg-config)
        [ ${#packages[@]} = 0 ] || need_packages "${packages[@]}"
    elif [ ${#missing[@]} -gt 0 ]; then
        fail "headers are missing: ${missing[*]}. Fedora: dnf install libcurl-devel sqlite-devel." \
            "macOS: xcode-select --install. Elsewhere: the development packages of libcurl and SQLite."
    fi
}

# The one place where the version is written is Version.swift.
connector_version() {
    local version
    version=$(sed -n 's/.*connectorVersion *= *"\([^"]*\)".*/\1/p' "$project/Sources/RocketChatSource/Version.swift")
    [ -n "$version" ] || fail "no connectorVersion in Sources/RocketChatSource/Version.swift"
    printf '%s\n' "$version"
}

# Says what to do when there is no Swift.
need_swift() {
    command -v swift >/dev/null || fail "Swift is missing: install a 6.2 or newer toolchain from swift.org/install," \
        "or build the container image instead, as docs/airbyte-platform.md says"
}

# The folder of the toolchain that `swift` belongs to, the one that holds usr.
swift_toolchain() {
    local folder
    need_swift
    folder=$(swift -print-target-info | sed -n 's|.*"runtimeResourcePath": "\(.*\)/usr/lib/swift".*|\1|p')
    [ -d "$folder/usr/lib/swift_static" ] || fail "the Swift toolchain in '$folder' holds no usr/lib/swift_static"
    printf '%s\n' "$folder"
}

# Builds the programs as they are released (no Swift libraries needed at run time) and prints the path of one of them. All at once: a
# module is built by one core, and one program after the other leaves the others idle.
release_binary() {
    need_swift
    need_headers
    # Without the local path, so that an installed program loads no library that somebody has put beside it.
    local build=(swift build --package-path "$project" -c release --static-swift-stdlib --disable-local-rpath)
    "${build[@]}" >&2
    printf '%s/%s\n' "$("${build[@]}" --show-bin-path)" "$1"
}

# Strips a program as it is released, so that it is the same in whichever folder it was built: `strip_program FROM TO`.
strip_program() {
    strip -o "$2" "$1"
    [ "$(uname)" != Linux ] || python3 -B "$project/scripts/release.d/forget_folder.py" "$2"
}

# PyAirbyte 0.71 wants Python 3.10, 3.11 or 3.12.
find_python() {
    local candidate
    for candidate in python3 python3.12 python3.11 python3.10; do
        if "$candidate" -c 'import sys; sys.exit(not (3, 10) <= sys.version_info < (3, 13))' 2>/dev/null; then
            echo "$candidate"
            return
        fi
    done
    fail "PyAirbyte needs Python 3.10, 3.11 or 3.12, and none is on PATH (found: $(python3 --version 2>&1))." \
        "Where the system only has a newer one, put python3.12 beside it: 'uv python install 3.12', or pyenv." \
        "Building, scripts/test and scripts/demo need no Python."
}

# Installs with uv, which takes a fifteenth of pip's CPU and keeps what several environments share; with pip where uv cannot
# (it knows neither pip's configuration nor every proxy).
install_requirements() {
    local folder=$1 requirements=$2 pip=("$1/bin/pip" install --quiet --disable-pip-version-check)
    "${pip[@]}" uv==0.13.9 >&2 &&
        env ${PIP_CERT:+"SSL_CERT_FILE=${SSL_CERT_FILE:-$PIP_CERT}"} "$folder/bin/uv" pip install --quiet \
            --python "$folder/bin/python" ${PIP_FIND_LINKS:+--find-links "$PIP_FIND_LINKS"} \
            ${PIP_INDEX_URL:+--index-url "$PIP_INDEX_URL"} -r "$requirements" >&2 ||
        "${pip[@]}" -r "$requirements" >&2
}

# A virtual environment below .venv/ with what a requirements file pins and nothing more; prints its folder.
# Made anew only when the requirements have changed.
python_environment() {
    local folder="$project/.venv/$1" requirements="$2" python
    if ! cmp -s "$requirements" "$folder/installed.txt"; then
        command -v python3.12 >/dev/null || need_commands python3
        python=$(find_python)
        # Debian has a package of it for each version of Python.
        "$python" -c 'import ensurepip' 2>/dev/null ||
            need_packages "$("$python" -c 'import sys; print("python%d.%d-venv" % sys.version_info[:2])')"
        say "preparing $folder"
        rm -rf "$folder"
        "$python" -m venv "$folder"
        install_requirements "$folder" "$requirements"
        cp "$requirements" "$folder/installed.txt"
    fi
    printf '%s\n' "$folder"
}

# Waits for a stand-in server that was started in the background: `await_server FILE PID`, FILE being where it writes its address.
await_server() {
    for _ in $(seq 100); do
        [ -s "$1" ] && return
        kill -0 "$2" 2>/dev/null || break
        sleep 0.1
    done
    fail "the stand-in server did not start"
}
