#!/usr/bin/env bash
# Finds the clusters of the sample register.
# usage: demo.sh COMMAND
set -euo pipefail
cd "$(dirname "$0")/.."

firmclusters=$1
mkdir -p out
"$firmclusters" detect SampleData/wenzhou_firms.csv --force \
    --output out/wenzhou.geojson --table out/wenzhou.csv --members out/wenzhou_members.csv \
    --show 20 --truth SampleData/wenzhou_truth.csv
echo "written: out/wenzhou.geojson, out/wenzhou.csv, out/wenzhou_members.csv"
