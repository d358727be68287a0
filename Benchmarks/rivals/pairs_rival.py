#!/usr/bin/env python3
"""pairs_rival.py POINTS CODES EPS

Times scipy's k-d tree: building it, and listing all pairs of neighbors, with which a mining of patterns would only begin. Prints one line of
JSON; `pairs` are the ordered pairs of different codes, counted after the clock has stopped."""
import json
import sys
import time

import numpy as np
from scipy.spatial import cKDTree
from resident_memory import ResidentMemory

xy = np.fromfile(sys.argv[1]).reshape(-1, 2)
code = np.fromfile(sys.argv[2], np.int32)
memory = ResidentMemory()
start = time.perf_counter()
pairs = cKDTree(xy).query_pairs(float(sys.argv[3]), output_type="ndarray")
seconds = time.perf_counter() - start
measured = memory.measured()
different = sum(int((code[part[:, 0]] != code[part[:, 1]]).sum()) for part in np.array_split(pairs, 1 + len(pairs) // 1_000_000))
print(json.dumps({"seconds": seconds, **measured, "all_pairs": 2 * len(pairs), "pairs": 2 * different}))
