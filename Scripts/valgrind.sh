#!/usr/bin/env bash
# Runs the command under valgrind's memcheck: no invalid access, no use of what was never written.
# usage: valgrind.sh COMMAND quick|full
set -euo pipefail
cd "$(dirname "$0")/.."

firmclusters=$1
extent=$2
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT

rows=2000
[[ $extent == full ]] && rows=20000
head -n "$((rows + 1))" SampleData/wenzhou_firms.csv > "$folder/firms.csv"

# Debug information of Swift is newer than many a valgrind can read; symbols are enough.
strip --strip-debug -o "$folder/firmclusters" "$firmclusters"

valgrind --quiet --error-exitcode=99 --leak-check=no --suppressions=Scripts/valgrind.supp \
    "$folder/firmclusters" detect "$folder/firms.csv" --threads 2 --no-progress --quiet \
    --output "$folder/clusters.geojson" --table "$folder/clusters.csv" --members "$folder/members.csv"
grep -q '"type":"FeatureCollection"' "$folder/clusters.geojson"
echo "no errors"
