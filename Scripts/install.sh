#!/usr/bin/env bash
# Installs the command with the Swift runtime linked in, its manual page, completions and licenses.
# usage: install.sh PREFIX          builds and installs
#        install.sh --remove PREFIX removes what was installed
set -euo pipefail
cd "$(dirname "$0")/.."

swift=${SWIFT:-swift}
licenses=share/doc/firmclusters
installed=(
    bin/firmclusters
    share/man/man1/firmclusters.1
    share/bash-completion/completions/firmclusters
    share/zsh/site-functions/_firmclusters
    share/fish/vendor_completions.d/firmclusters.fish
    "$licenses/LICENSE" "$licenses/NOTICE" "$licenses/NOTICE.industry-codes"
)

if [[ $1 == --remove ]]; then
    for file in "${installed[@]}"; do rm -f "$2/$file"; done
    rmdir "$2/$licenses" 2> /dev/null || true
    exit 0
fi
prefix=$1

# A folder of its own: switching one folder between a linked-in and a shared runtime compiles everything anew.
build=("$swift" build --scratch-path .build-static)
"${build[@]}" -c release --static-swift-stdlib --product firmclusters
"${build[@]}" --product generate-manual
binary=$("${build[@]}" -c release --static-swift-stdlib --show-bin-path)/firmclusters
manual=$("${build[@]}" --show-bin-path)/generate-manual

staging=$(mktemp -d)
trap 'rm -rf "$staging"' EXIT
"$manual" "$binary" --output-directory "$staging" > /dev/null
for shell in bash zsh fish; do "$binary" --generate-completion-script "$shell" > "$staging/$shell"; done

place() { install -d "$prefix/$(dirname "$3")" && install -m "$1" "$2" "$prefix/$3"; }
place 755 "$binary" bin/firmclusters
strip "$prefix/bin/firmclusters"
place 644 "$staging/firmclusters.1" share/man/man1/firmclusters.1
place 644 "$staging/bash" share/bash-completion/completions/firmclusters
place 644 "$staging/zsh" share/zsh/site-functions/_firmclusters
place 644 "$staging/fish" share/fish/vendor_completions.d/firmclusters.fish
place 644 LICENSE "$licenses/LICENSE"
place 644 NOTICE "$licenses/NOTICE"
place 644 Sources/CIndustryCodeLists/NOTICE "$licenses/NOTICE.industry-codes"
echo "installed: $prefix/bin/firmclusters"
