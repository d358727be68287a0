#!/usr/bin/env python3
"""simulations_rival.py POINTS RELABELLED COUNT EPS MINPTS SIMULATIONS THREADS OUTPUT

Times the package dbscan, called once for each industry of COUNT relabelled registers (RELABELLED: an Int32 for each point, one register
after the other), and prints one line of JSON with the time that SIMULATIONS registers would take. OUTPUT is written: clusters, noise and
core points of each register as 64-bit numbers. Nothing is counted or compared beyond the clusters."""
import json
import os
import sys
import time

points, relabelled = sys.argv[1:3]
count, eps, minimum, simulations, threads = (
    int(sys.argv[3]), float(sys.argv[4]), int(sys.argv[5]), int(sys.argv[6]), int(sys.argv[7]))
os.environ["PARLAY_NUM_THREADS"] = str(threads)
sys.modules["sklearn"] = None  # dbscan imports it only for a wrapper class
import dbscan  # noqa: E402
import numpy as np  # noqa: E402
from resident_memory import ResidentMemory  # noqa: E402

xy = np.fromfile(points).reshape(-1, 2)
registers = np.fromfile(relabelled, np.int32).reshape(-1, len(xy))[:count]
memory = ResidentMemory()
start = time.perf_counter()
found = []
for code in registers:
    order = np.argsort(code, kind="stable")
    sorted_xy = xy[order]
    bounds = np.searchsorted(code[order], np.arange(code.max() + 2))
    clusters = noise = core = 0
    for low, high in zip(bounds[:-1], bounds[1:]):
        if high == low:
            continue
        label, is_core = dbscan.DBSCAN(sorted_xy[low:high], eps=eps, min_samples=minimum)
        clusters += int(label.max(initial=-1)) + 1
        noise += int((label < 0).sum())
        core += int(is_core.sum())
    found.append((clusters, noise, core))
seconds = (time.perf_counter() - start) / count * simulations
np.array(found, np.int64).tofile(sys.argv[8])
print(json.dumps({"seconds": seconds, **memory.measured(), "timed": count}))
