#!/usr/bin/env python3
"""dbscan_rival.py dbscan|sklearn POINTS EPS MINPTS THREADS LABELS

Times another implementation of DBSCAN on planar points and prints one line of JSON, as Measure does."""
import json
import os
import sys
import time

tool, points, eps, minimum, threads, out = (
    sys.argv[1], sys.argv[2], float(sys.argv[3]), int(sys.argv[4]), int(sys.argv[5]), sys.argv[6])
os.environ["PARLAY_NUM_THREADS"] = str(threads)
import numpy as np  # noqa: E402  (after the thread count)
from resident_memory import ResidentMemory  # noqa: E402

xy = np.fromfile(points).reshape(-1, 2)
if tool == "dbscan":
    # The package imports scikit-learn only for a wrapper class; that would cost two seconds and 150 MB at start.
    sys.modules["sklearn"] = None
    import dbscan
    memory = ResidentMemory()
    start = time.perf_counter()
    labels, core = dbscan.DBSCAN(xy, eps=eps, min_samples=minimum)
    seconds = time.perf_counter() - start
    measured = memory.measured()
else:
    from sklearn.cluster import DBSCAN
    memory = ResidentMemory()
    start = time.perf_counter()
    model = DBSCAN(eps=eps, min_samples=minimum, algorithm="kd_tree", n_jobs=threads).fit(xy)
    seconds = time.perf_counter() - start
    measured = memory.measured()
    labels = model.labels_
    core = np.zeros(len(xy), bool)
    core[model.core_sample_indices_] = True
with open(out, "wb") as file:
    file.write(np.asarray(labels, np.int32).tobytes())
    file.write(np.asarray(core, np.uint8).tobytes())
print(json.dumps({"seconds": seconds, **measured, "clusters": int(len(np.unique(labels[labels >= 0]))),
                  "noise": int((labels < 0).sum()), "core": int(np.count_nonzero(core))}))
