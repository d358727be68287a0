#!/usr/bin/env python3
"""industries_rival.py POINTS CODES EPS MINPTS THREADS LABELS

Times the package dbscan, called once for each industry, and prints one line of JSON. The clock runs from points and
codes in memory to a label for each point: sorting by industry included, as on the other side."""
import json
import os
import sys
import time

points, codes, eps, minimum, threads, out = (
    sys.argv[1], sys.argv[2], float(sys.argv[3]), int(sys.argv[4]), int(sys.argv[5]), sys.argv[6])
os.environ["PARLAY_NUM_THREADS"] = str(threads)
sys.modules["sklearn"] = None  # dbscan imports it only for a wrapper class
import dbscan  # noqa: E402
import numpy as np  # noqa: E402
from resident_memory import ResidentMemory  # noqa: E402

xy = np.fromfile(points).reshape(-1, 2)
code = np.fromfile(codes, np.int32)
memory = ResidentMemory()
start = time.perf_counter()
order = np.argsort(code, kind="stable")
sorted_xy = xy[order]
bounds = np.searchsorted(code[order], np.arange(code.max() + 2))
labels = np.full(len(xy), -1, np.int32)
core = np.zeros(len(xy), bool)
clusters = 0
for low, high in zip(bounds[:-1], bounds[1:]):
    if high == low:
        continue
    found, is_core = dbscan.DBSCAN(sorted_xy[low:high], eps=eps, min_samples=minimum)
    labels[order[low:high]] = np.where(found >= 0, found + clusters, -1)
    core[order[low:high]] = is_core
    clusters += int(found.max(initial=-1)) + 1
seconds = time.perf_counter() - start
measured = memory.measured()
with open(out, "wb") as file:
    file.write(labels.tobytes())
    file.write(core.astype(np.uint8).tobytes())
print(json.dumps({"seconds": seconds, **measured, "clusters": clusters, "noise": int((labels < 0).sum()),
                  "core": int(core.sum())}))
