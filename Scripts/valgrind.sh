#!/usr/bin/env bash
# Runs the command under valgrind's memcheck: no invalid access, no use of what was never written.
# usage: valgrind.sh COMMAND quick|full
set -euo pipefail
cd "$(dirname "$0")/.."

firmclusters=$1
extent=$2
if ! command -v valgrind > /dev/null; then
    # A part that is left out is a failure, unless somebody decides otherwise.
    echo "valgrind is missing (apt-get install valgrind); FIRMCLUSTERS_WITHOUT_VALGRIND=1 leaves this out" >&2
    [[ ${FIRMCLUSTERS_WITHOUT_VALGRIND:-} == 1 ]] && exit 0
    exit 1
fi
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT

rows=2000
[[ $extent == full ]] && rows=20000
head -n "$((rows + 1))" SampleData/wenzhou_firms.csv > "$folder/firms.csv"

valgrind --quiet --error-exitcode=99 --leak-check=no --suppressions=Scripts/valgrind.supp \
    "$firmclusters" detect "$folder/firms.csv" --threads 2 --no-progress --quiet \
    --output "$folder/clusters.geojson" --table "$folder/clusters.csv" --members "$folder/members.csv"
grep -q '"type":"FeatureCollection"' "$folder/clusters.geojson"
echo "no errors"
