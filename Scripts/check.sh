#!/usr/bin/env bash
# Runs tests with the address sanitizer (the reader on random bytes among them) and the thread sanitizer, and the command
# under valgrind. Sanitized builds have folders of their own.
# usage: FIRMCLUSTERS_FUZZ_SECONDS=N check.sh quick|full
set -euo pipefail
cd "$(dirname "$0")/.."

extent=$1
swift=${SWIFT:-swift}

export TSAN_OPTIONS=halt_on_error=1
export LSAN_OPTIONS=suppressions=$PWD/Scripts/leaks.supp:print_suppressions=0

# Targets that call C or touch raw memory, and targets that share memory between threads.
memory='(DelimitedText|ClusterGeometry|Geodesy|SpatialIndex|ScanStatistic|IndustryClassifications|ReportWriting)Tests'
threads='(ParallelWork|DelimitedText|SpatialIndex|DensityClustering|ScanStatistic|SignificanceTesting|ClusterDetection|ReportWriting)Tests'
skipped='^$'
if [[ $extent == quick ]]; then
    # Minutes under a sanitizer, for memory that other tests touch as well.
    skipped='sitesOnALine'
    memory='(DelimitedText|ClusterGeometry)Tests'
    threads='(ParallelWork|MonteCarloTest)Tests|(HDBSCANInvariance|DBSCANLimits)Tests.*(threadsDoNotMatter|cancellation)'
fi

step() { printf '\n== %s\n' "$1"; }

# Without XCTest, which leaks a few bytes of its own.
step "address sanitizer: $memory; the reader on random bytes for $FIRMCLUSTERS_FUZZ_SECONDS s"
"$swift" test --disable-xctest --sanitize address --scratch-path .build-asan --filter "$memory" --skip "$skipped"

step "thread sanitizer: $threads"
FIRMCLUSTERS_FUZZ_SECONDS=5 "$swift" test --disable-xctest --sanitize thread --scratch-path .build-tsan --filter "$threads"

step "valgrind"
"$swift" build -c release --product firmclusters
Scripts/valgrind.sh .build/release/firmclusters "$extent"
