#!/usr/bin/env bash
# Sees to it that the C libraries are there: installs them on Debian and Ubuntu as root, else names the command.
# Says nothing and changes nothing when they are.
# usage: install-dependencies.sh [TOOL...]   tools whose package has the same name, such as valgrind
set -euo pipefail

modules=(geos proj zlib libcrypto)
packages=(pkg-config libgeos-dev libproj-dev zlib1g-dev libssl-dev)

complete() {
    command -v pkg-config > /dev/null || return 1
    pkg-config --exists "${modules[@]}" || return 1
    for tool in "$@"; do command -v "$tool" > /dev/null || return 1; done
}

if ! command -v "${SWIFT:-swift}" > /dev/null; then
    echo "Swift 6.2 or later is needed: https://www.swift.org/install" >&2
    exit 1
fi
if complete "$@"; then exit 0; fi

if [[ $(uname) == Darwin ]]; then
    echo "Libraries are missing. Install them with: brew install pkgconf geos proj openssl" >&2
    exit 1
elif ! command -v apt-get > /dev/null; then
    echo "Libraries are missing: the development files of GEOS, PROJ, zlib and OpenSSL, and pkg-config." >&2
    exit 1
elif [[ $(id -u) != 0 ]]; then
    echo "Libraries are missing. Install them with: sudo apt-get install --yes ${packages[*]} $*" >&2
    exit 1
fi

export DEBIAN_FRONTEND=noninteractive
apt-get update
apt-get install --yes --no-install-recommends "${packages[@]}" "$@"
complete "$@" || { echo "still missing after the installation: one of ${modules[*]} $*" >&2; exit 1; }
