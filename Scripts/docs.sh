#!/usr/bin/env bash
# Builds the documentation of what `import FirmClusters` gives into one archive; a warning is an error.
# Targets re-export their symbols through the umbrella, so its symbol graph is made with theirs in it: links work across
# targets, and readers see one library. The plugin of the package manager documents each target apart.
set -euo pipefail
cd "$(dirname "$0")/.."

swift=${SWIFT:-swift}
catalog=Sources/FirmClusters/FirmClusters.docc
output=.build-docs/FirmClusters.doccarchive
graphs=.build-docs/symbol-graphs

"$swift" build --target FirmClusters
products=$("$swift" build --show-bin-path)
modules=$(sed -n 's/^@_exported public import //p' Sources/FirmClusters/FirmClusters.swift | paste -sd, -)
version=$(sed -n 's/^public let firmClustersVersion = "\(.*\)"$/\1/p' Sources/ClusterDetection/Version.swift)

# Where the modules of C are: headers of system libraries, and what the build has made of the targets in C.
search=(-I "$products/Modules")
for library in Sources/*/module.modulemap; do search+=(-I "$(dirname "$library")"); done
for map in "$products"/*.build/module.modulemap .build/checkouts/swift-numerics/Sources/_NumericsShims/include/module.modulemap; do
    search+=(-Xcc "-fmodule-map-file=$map")
done

rm -rf "$output" "$graphs"
mkdir -p "$graphs"
"$swift" symbolgraph-extract -module-name FirmClusters -experimental-allowed-reexported-modules="$modules" \
    "${search[@]}" -target "$("$swift" -print-target-info | sed -n 's/.*"unversionedTriple": "\(.*\)",/\1/p' | head -1)" \
    -minimum-access-level public -skip-synthesized-members -skip-inherited-docs -output-dir "$graphs"
"$(dirname "$(command -v "$swift")")/docc" convert "$catalog" --additional-symbol-graph-dir "$graphs" \
    --fallback-display-name FirmClusters --fallback-bundle-identifier FirmClusters \
    --fallback-bundle-version "$version" --transform-for-static-hosting --warnings-as-errors --output-path "$output"
echo "written: $output"
