#!/bin/sh
# Installs source-rocket-chat and airbyte-run from a release, once its checksum was found to be right. It needs no root and no Swift.
#
#   sh install.sh                          from where this script's release lies, or from the folder that it lies in itself
#   sh install.sh --from FOLDER            from a folder that scripts/release wrote, or a copy of it
#   sh install.sh --from https://…         from an address below which SHA256SUMS and the archives lie
#   sh install.sh --into PREFIX            into PREFIX/bin and PREFIX/share; without it /usr/local for root, ~/.local for others
#   sh install.sh --remove [--into PREFIX] takes away what it put there
set -eu

# A release writes the address of its own files here.
downloads=

# shellcheck disable=SC2317 # The function below is called at the end, so that half a script that was cut off does nothing.
main() {
    origin=$downloads into='' remove='' nothing=' Nothing was installed.'
    while [ $# -gt 0 ]; do
        case $1 in
            --from | --into)
                [ $# -ge 2 ] || fail "$1 wants a value"
                if [ "$1" = --from ]; then origin=$2; else into=$2; fi
                shift 2
                ;;
            --remove) remove=yes nothing='' && shift ;;
            --help)
                sed -n 's/^# \{0,1\}//; 2,8p' "$0"
                exit
                ;;
            *) fail "'$1' is not understood; --help says what is" ;;
        esac
    done
    if [ -z "$into" ]; then
        if [ "$(id -u)" = 0 ]; then into=/usr/local; else into=${HOME:?}/.local; fi
    fi
    list=$into/share/doc/source-rocket-chat/installed-files
    if [ -n "$remove" ]; then remove_all && return; fi

    here=$(cd "$(dirname "$0")" && pwd)
    if [ -z "$origin" ] && [ -f "$here/SHA256SUMS" ]; then origin=$here; fi
    [ -n "$origin" ] || fail "there is nothing to install from: name a folder that scripts/release wrote, as in --from dist"
    case $origin in
        https://* | http://127.0.0.1:* | http://localhost:* | [!h]*) ;;
        http://*) fail "$origin is not encrypted, so that its checksums prove nothing; use https" ;;
    esac

    work=$(mktemp -d)
    trap 'rm -rf "$work"' EXIT
    trap 'exit 130' INT TERM
    platform=$(uname -s | tr '[:upper:]' '[:lower:]')-$(uname -m)
    case $platform in darwin-arm64 | darwin-x86_64 | linux-x86_64 | linux-aarch64) ;; *) fail "there are no programs for $platform" ;; esac
    get SHA256SUMS
    archive=$(sed -n "s/^[0-9a-f]\{64\} [ *]\(source-rocket-chat-[0-9][^ ]*-$platform\.tar\.gz\)\$/\1/p" "$work/SHA256SUMS")
    case $archive in
        '') fail "$origin/SHA256SUMS names no programs for $platform" ;;
        *[!A-Za-z0-9._-]*) fail "$origin/SHA256SUMS names more than one archive for $platform: $archive" ;;
    esac
    get "$archive"
    verify "$archive"
    mkdir "$work/new"
    tar -xzf "$work/$archive" -C "$work/new"
    new=$work/new/${archive%.tar.gz}
    try_programs
    place
    say "installed: $("$into/bin/source-rocket-chat" --version) and airbyte-run in $into/bin"
    case :$PATH: in *":$into/bin:"*) ;; *) say "note: $into/bin is not on your PATH" ;; esac
}

say() { printf '%s\n' "$*" >&2; }
fail() {
    say "error: $*.$nothing"
    exit 1
}

# Puts one file of the release into $work.
get() {
    case $origin in
        http://* | https://*)
            if command -v curl >/dev/null; then
                curl -fsSL --retry 3 -o "$work/$1" "$origin/$1" || fail "$origin/$1 could not be loaded"
            elif command -v wget >/dev/null; then
                wget -q -O "$work/$1" "$origin/$1" || fail "$origin/$1 could not be loaded"
            else
                fail "loading $origin/$1 takes curl or wget, and neither is here"
            fi
            ;;
        *)
            [ -f "$origin/$1" ] || fail "there is no file $origin/$1"
            cp "$origin/$1" "$work/$1"
            ;;
    esac
}

verify() {
    want=$(sed -n "s/^\([0-9a-f]\{64\}\) [ *]$1\$/\1/p" "$work/SHA256SUMS")
    if command -v sha256sum >/dev/null; then
        have=$(sha256sum <"$work/$1")
    elif command -v shasum >/dev/null; then
        have=$(shasum -a 256 <"$work/$1")
    else
        fail "checking $1 takes sha256sum or shasum, and neither is here"
    fi
    [ "$want" = "${have%% *}" ] || fail "$1 is not the file that SHA256SUMS means: its checksum is ${have%% *} and should be $want"
}

# Whether the programs start here; what the loader misses is said with the package that brings it.
try_programs() {
    if ! said=$("$new/bin/source-rocket-chat" --version 2>&1); then
        case $said in
            *GLIBC*) fail "this system is older than the programs, which need glibc 2.34 and the libstdc++ of GCC 11: $said" ;;
            *) fail "source-rocket-chat does not start on this system: $said" ;;
        esac
    fi
    if ! said=$("$new/bin/airbyte-run" --version 2>&1); then
        case $said in
            *libsqlite3*) say "note: airbyte-run needs SQLite: $(package libsqlite3-0 sqlite-libs libsqlite3-0)" ;;
            *) fail "airbyte-run does not start on this system: $said" ;;
        esac
    fi
    [ "$(uname -s)" = Linux ] || return 0
    for folder in /lib /lib64 /usr/lib /usr/lib64 /usr/local/lib /lib/*-linux-gnu /usr/lib/*-linux-gnu; do
        for library in "$folder"/libcurl.so.4 "$folder"/libcurl-gnutls.so.4; do
            [ ! -e "$library" ] || return 0
        done
    done
    say "note: source-rocket-chat needs libcurl: $(package libcurl4 libcurl libcurl4)"
}

# How a library is installed here: its package in Debian, in Fedora and RHEL, in SUSE.
package() {
    if command -v apt-get >/dev/null; then
        echo "apt-get install $1"
    elif command -v dnf >/dev/null; then
        echo "dnf install $2"
    elif command -v zypper >/dev/null; then
        echo "zypper install $3"
    else
        echo "install it with this system's package manager"
    fi
}

# Each file is written beside its place and then moved there, so that a program that is running stays whole.
place() {
    mkdir -p "$into/share/doc/source-rocket-chat" || fail "$into cannot be written; choose another place with --into"
    (cd "$new" && find . -type f | sed 's|^\./||' | sort) >"$work/files"
    while read -r file; do
        mkdir -p "$into/$(dirname "$file")"
        cp "$new/$file" "$into/$file.new"
        mv -f "$into/$file.new" "$into/$file"
    done <"$work/files"
    cp "$work/files" "$list"
}

remove_all() {
    [ -f "$list" ] || fail "$into holds nothing that this script installed"
    while read -r file; do rm -f "$into/$file"; done <"$list"
    rm -f "$list"
    rmdir "$into/share/doc/source-rocket-chat" 2>/dev/null || true
    say "removed from $into"
}

main "$@"
