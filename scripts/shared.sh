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

# Installs the named Debian packages that are missing; does nothing, and needs no root, when all are there.
need_packages() {
    local missing=() package
    command -v dpkg-query >/dev/null || return 0
    for package in "$@"; do
        [ "$(dpkg-query -W -f '${db:Status-Status}' "$package" 2>/dev/null)" = installed ] || missing+=("$package")
    done
    [ ${#missing[@]} -gt 0 ] || return 0
    say "installing ${missing[*]}"
    as_root apt-get update -qq
    as_root env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends "${missing[@]}" >/dev/null
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
        "or build the container image instead: docker build -t source-rocket-chat ."
}

# Builds one product as it is released (no Swift libraries needed at run time) and prints the path of the binary.
release_binary() {
    need_swift
    need_packages libcurl4-openssl-dev libsqlite3-dev pkg-config
    local build=(swift build --package-path "$project" -c release --static-swift-stdlib)
    "${build[@]}" --product "$1" >&2
    printf '%s/%s\n' "$("${build[@]}" --show-bin-path)" "$1"
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
    fail "PyAirbyte needs Python 3.10 to 3.12, and none is installed"
}

# A virtual environment below .venv/ with what a requirements file pins and nothing more; prints its folder.
# Made anew only when the requirements have changed.
python_environment() {
    local folder="$project/.venv/$1" requirements="$2" python
    if ! cmp -s "$requirements" "$folder/installed.txt"; then
        command -v python3 >/dev/null || need_packages python3
        python=$(find_python)
        "$python" -c 'import ensurepip' 2>/dev/null || need_packages python3-venv
        say "preparing $folder"
        rm -rf "$folder"
        "$python" -m venv "$folder"
        "$folder/bin/pip" install --quiet --disable-pip-version-check -r "$requirements" >&2
        cp "$requirements" "$folder/installed.txt"
    fi
    printf '%s\n' "$folder"
}
