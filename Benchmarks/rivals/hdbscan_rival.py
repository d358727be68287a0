#!/usr/bin/env python3
"""hdbscan_rival.py TOOL POINTS SIZE MINPTS THREADS LABELS LENGTHS

Times another implementation of HDBSCAN*, or of its spanning tree alone, on planar points and prints one line of JSON, as
Measure does. TOOL is quitefastmst (the tree alone), glued (quitefastmst's tree, fast_hdbscan's condensing: the fastest
exact combination there is), fast_hdbscan, hdbscan or hdbscan-rs.

MINPTS counts the point itself, as ours does; the number is translated for tools that leave it out. Compilers that run at
the first call have their turn on a small input before the clock starts. LENGTHS is written by tools that show their
tree: the lengths of its edges, ascending."""
import json
import os
import sys
import time

tool, points, size, minimum, threads, out, lengths_out = (
    sys.argv[1], sys.argv[2], int(sys.argv[3]), int(sys.argv[4]), int(sys.argv[5]), sys.argv[6], sys.argv[7])
os.environ.update({name: str(threads) for name in ("OMP_NUM_THREADS", "NUMBA_NUM_THREADS", "RAYON_NUM_THREADS")})
import numpy as np  # noqa: E402  (after the thread counts)
from resident_memory import ResidentMemory  # noqa: E402

WITHOUT_SELF = minimum - 1
NO_LABELS = np.empty(0, np.int32)


def spanning_tree(xy):
    import quitefastmst
    lengths, ends = quitefastmst.mst_euclid(xy, M=WITHOUT_SELF)[:2]
    return NO_LABELS, lengths, ends


def glued(xy):
    from fast_hdbscan.hdbscan import clusters_from_spanning_tree
    _, lengths, ends = spanning_tree(xy)
    tree = np.c_[ends, lengths].astype(np.float64)
    return clusters_from_spanning_tree(tree, min_cluster_size=size)[0], lengths, ends


def fast(xy):
    from fast_hdbscan import HDBSCAN
    return HDBSCAN(min_cluster_size=size, min_samples=WITHOUT_SELF).fit(xy).labels_, None, None


def original(xy):
    from hdbscan import HDBSCAN
    model = HDBSCAN(min_cluster_size=size, min_samples=WITHOUT_SELF, algorithm="boruvka_kdtree",
                    core_dist_n_jobs=threads)
    return model.fit(xy).labels_, None, None


def rust(xy):
    from hdbscan_rs import HDBSCAN
    return np.asarray(HDBSCAN(min_cluster_size=size, min_samples=minimum).fit(xy).labels_), None, None


run = {"quitefastmst": spanning_tree, "glued": glued, "fast_hdbscan": fast, "hdbscan": original, "hdbscan-rs": rust}[tool]
xy = np.fromfile(points).reshape(-1, 2)
run(np.random.default_rng(0).normal(size=(3000, 2)))
memory = ResidentMemory()
start = time.perf_counter()
labels, lengths, _ = run(xy)
seconds = time.perf_counter() - start
measured = memory.measured()
np.asarray(labels, np.int32).tofile(out)
if lengths is not None:
    np.sort(lengths).tofile(lengths_out)
print(json.dumps({"seconds": seconds, **measured, "clusters": int(len(np.unique(labels[labels >= 0]))),
                  "noise": int((labels < 0).sum())}))
