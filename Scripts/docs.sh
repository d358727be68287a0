#!/usr/bin/env bash
# Builds the documentation of every library target into one archive; a warning is an error.
# The DocC plugin is a dependency only while FIRMCLUSTERS_DOCS is set, so that users of the package do not fetch it.
set -euo pipefail
cd "$(dirname "$0")/.."

swift=${SWIFT:-swift}
export FIRMCLUSTERS_DOCS=1
output=.build-docs/firmclusters.doccarchive
targets=(
    FirmClusters FirmModel ParallelWork DelimitedText IndustryClassifications SpatialIndex Geodesy ClusterGeometry
    DensityClustering RegionalMeasures FirmInput SyntheticRegisters ClusterDetection ReportWriting
)

rm -rf "$output"
mkdir -p "$(dirname "$output")"
# Resolving with the plugin rewrites Package.resolved; it is put back for builds without.
if [[ -f Package.resolved ]]; then
    cp Package.resolved .build-docs/Package.resolved
    trap 'cp .build-docs/Package.resolved Package.resolved' EXIT
fi
"$swift" package --scratch-path .build-docs --allow-writing-to-directory "$output" \
    generate-documentation "${targets[@]/#/--target=}" --enable-experimental-combined-documentation \
    --warnings-as-errors --output-path "$output"
echo "written: $output"
