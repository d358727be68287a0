#!/usr/bin/env bash
# Runs what is built with sanitizers, the reader on random bytes, and the command under valgrind.
# usage: check.sh quick|full
set -euo pipefail
cd "$(dirname "$0")/.."

extent=$1
swift=${SWIFT:-swift}

# Swift code keeps objects reachable only from its own metadata until the end, which looks like leaks.
export ASAN_OPTIONS=detect_leaks=0
export TSAN_OPTIONS="halt_on_error=1"

# Targets that call C or touch raw memory, and targets that share memory between threads.
memory='(DelimitedText|ClusterGeometry|Geodesy|SpatialIndex|IndustryClassifications|ReportWriting)Tests'
threads='(ParallelWork|DelimitedText|SpatialIndex|DensityClustering|ClusterDetection|ReportWriting)Tests'
if [[ $extent == quick ]]; then
    memory='(DelimitedText|ClusterGeometry)Tests'
    threads='(ParallelWork|DensityClustering)Tests'
fi

step() { printf '\n== %s\n' "$1"; }

step "address sanitizer: $memory"
"$swift" test --sanitize address --scratch-path .build-asan --filter "$memory"

step "thread sanitizer: $threads"
"$swift" test --sanitize thread --scratch-path .build-tsan --filter "$threads"

step "reader on random bytes for $FIRMCLUSTERS_FUZZ_SECONDS s"
"$swift" test --filter ReaderFuzzTests

step "valgrind"
"$swift" build -c release --product firmclusters
Scripts/valgrind.sh .build/release/firmclusters "$extent"
