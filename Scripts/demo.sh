#!/usr/bin/env bash
# Finds the clusters of the sample register, and tests them against chance.
# usage: demo.sh COMMAND
set -euo pipefail
cd "$(dirname "$0")/.."

firmclusters=$1
mkdir -p out
"$firmclusters" detect SampleData/wenzhou_firms.csv --eps 1km --min-points 12 --test --force \
    --classification isic4 \
    --output out/wenzhou.geojson --table out/wenzhou.csv --members out/wenzhou_members.csv \
    --show 23 --truth SampleData/wenzhou_truth.csv
echo "written: out/wenzhou.geojson, out/wenzhou.csv, out/wenzhou_members.csv"
