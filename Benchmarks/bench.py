#!/usr/bin/env python3
"""Times this project beside its rivals, in alternation, and prints a table. Called by `make bench`.

    bench.py [--sizes 1000000,10000000] [--runs 5] [--only dbscan|pipeline] [--data DIR]

Before a time counts, results are compared: the same core points, the same noise, the same clusters of core points. A
rival that is not installed is left out with a word. Nothing is judged: ratios are rival / ours, medians of alternating
runs on the same machine with the same number of threads.
"""
import argparse
import json
import os
import platform
import resource
import statistics
import subprocess
import sys
import time
from pathlib import Path

HERE = Path(__file__).resolve().parent
COMMAND = HERE.parent / ".build/release/firmclusters"
MEASURE = HERE / ".build/release/Measure"
PYTHON = sys.executable

parser = argparse.ArgumentParser()
parser.add_argument("--sizes", default="1000000")
parser.add_argument("--runs", type=int, default=5)
parser.add_argument("--only")
parser.add_argument("--threads", type=int, default=os.cpu_count())
parser.add_argument("--data", default=str(HERE / ".build-data"))
options = parser.parse_args()
DATA = Path(options.data)
DATA.mkdir(parents=True, exist_ok=True)


def available(*modules):
    # Importing tells: a package can be there without what it needs.
    missing = [m for m in modules if subprocess.run(
        [PYTHON, "-c", f"import {m}"], capture_output=True).returncode != 0]
    if missing:
        print(f"left out, not installed: {', '.join(missing)}", file=sys.stderr)
    return not missing


def timed(command):
    """Wall seconds, peak megabytes and the last line of standard output of one process."""
    start = time.perf_counter()
    process = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL)
    output = process.stdout.read()
    _, status, usage = os.wait4(process.pid, 0)
    wall = time.perf_counter() - start
    if status != 0:
        raise SystemExit(f"failed: {' '.join(map(str, command))}")
    lines = output.decode().strip().splitlines()
    return wall, usage.ru_maxrss / 1024, json.loads(lines[-1]) if lines and lines[-1].startswith("{") else {}


def register(size):
    path = DATA / f"country_{size}.csv"
    if not path.exists():
        subprocess.run([COMMAND, "generate", "--preset", "country", "--firms", str(size), "-o", path, "--quiet"],
                       check=True)
    return path


def points(size):
    """Planar points of the register: an equirectangular plane, so that every tool gets the same doubles."""
    path = DATA / f"points_{size}.f64"
    if not path.exists():
        import csv
        import math
        from array import array
        values = array("d")
        degree = math.pi / 180 * 6371008.8
        with open(register(size), newline="") as file:
            for row in csv.DictReader(file):
                values.append(float(row["lon"]) * degree * math.cos(48.5 * math.pi / 180))
                values.append(float(row["lat"]) * degree)
        with open(path, "wb") as file:
            values.tofile(file)
    return path


def labels(path):
    import numpy as np
    raw = open(path, "rb").read()
    n = len(raw) // 5
    return np.frombuffer(raw, np.int32, n), np.frombuffer(raw, np.uint8, n, 4 * n).astype(bool)


def assert_equal(ours, theirs):
    import numpy as np
    (a, core_a), (b, core_b) = labels(ours), labels(theirs)
    assert (core_a == core_b).all(), "core points differ"
    assert ((a < 0) == (b < 0)).all(), "noise differs"
    # One label of theirs for each of ours and the other way round, over core points.
    pairs = np.unique(np.c_[a[core_a], b[core_a]], axis=0)
    assert len(np.unique(pairs[:, 0])) == len(pairs) == len(np.unique(pairs[:, 1])), "clusters differ"


def show(row):
    print("| " + " | ".join(row) + " |", flush=True)


def spread(values):
    return f"{statistics.median(values):.2f} ({min(values):.2f}–{max(values):.2f})"


def alternate(title, ours, rivals, inner):
    """Runs ours and each rival in turn and prints a row for each rival."""
    times = {name: [] for name in ["ours", *rivals]}
    memory = {name: 0 for name in times}
    for _ in range(options.runs):
        for name, command in [("ours", ours), *rivals.items()]:
            wall, peak, result = timed(command)
            times[name].append(result["seconds"] if inner else wall)
            memory[name] = max(memory[name], peak)
    for name in rivals:
        ratio = statistics.median(t / o for t, o in zip(times[name], times["ours"]))
        show([title, name, spread(times["ours"]), spread(times[name]), f"{ratio:.1f} ×",
              f"{memory['ours']:.0f}", f"{memory[name]:.0f}"])


def bench_dbscan(size, eps, minimum, slow_rivals):
    tools = [t for t, modules in [("dbscan", ["numpy", "dbscan"]), ("sklearn", ["numpy", "sklearn"])]
             if (t != "sklearn" or slow_rivals) and available(*modules)]
    path = points(size)
    mine = DATA / "labels_ours"
    ours = [MEASURE, "dbscan", path, str(eps), str(minimum), str(options.threads), mine, "plane"]
    rivals = {}
    for tool in tools:
        theirs = DATA / f"labels_{tool}"
        rivals[tool] = [PYTHON, HERE / "rivals/dbscan_rival.py", tool, path, str(eps), str(minimum),
                        str(options.threads), theirs]
        timed(ours)
        timed(rivals[tool])
        assert_equal(mine, theirs)
    sphere = register_sphere(size)
    rivals["ours on the sphere"] = [MEASURE, "dbscan", sphere, str(eps), str(minimum), str(options.threads),
                                    DATA / "labels_sphere", "sphere"]
    alternate(f"DBSCAN {size:,}, eps {eps} m, minPts {minimum}", ours, rivals, inner=True)


def register_sphere(size):
    path = DATA / f"sphere_{size}.f64"
    if not path.exists():
        import csv
        from array import array
        values = array("d")
        with open(register(size), newline="") as file:
            for row in csv.DictReader(file):
                values.append(float(row["lon"]))
                values.append(float(row["lat"]))
        with open(path, "wb") as file:
            values.tofile(file)
    return path


def bench_pipeline(size, eps):
    if not available("numpy", "polars", "pyproj", "dbscan", "shapely", "orjson"):
        return
    path = register(size)
    for hull in ["convex", "concave"]:
        shape = {"convex": "convex", "concave": "discs"}[hull]
        ours = [COMMAND, "detect", path, "--eps", str(eps), "--min-points", "10", "--footprint", shape,
                "-o", DATA / "ours.geojson", "--force", "--quiet", "--threads", str(options.threads)]
        theirs = [PYTHON, HERE / "rivals/pipeline_rival.py", path, DATA / "theirs.geojson", str(eps), "10", hull,
                  str(options.threads)]
        timed(ours)
        timed(theirs)
        found = [len(json.load(open(DATA / f"{name}.geojson"))["features"]) for name in ("ours", "theirs")]
        # Spherical against projected distances: counts agree closely, not exactly.
        assert abs(found[0] - found[1]) <= 0.02 * found[1], f"{found[0]} clusters against {found[1]}"
        alternate(f"CSV → GeoJSON {size:,}, eps {eps} m, our {shape} against {hull} hulls", ours,
                  {"Python pipeline": theirs}, inner=False)


print(f"{platform.processor() or platform.machine()}, {options.threads} threads, Python {platform.python_version()}; "
      f"medians of {options.runs} alternating runs (min–max)\n")
show(["work", "rival", "ours s", "rival s", "rival / ours", "our MB", "rival MB"])
show(["---"] * 7)
for size in map(int, options.sizes.split(",")):
    scale = size / 1_000_000
    if options.only in (None, "dbscan"):
        bench_dbscan(size, 250 if scale <= 1 else 100, 10, slow_rivals=size <= 1_000_000)
        bench_dbscan(size, 1000, 50, slow_rivals=False)
    if options.only in (None, "pipeline"):
        bench_pipeline(size, 2000 if scale <= 1 else 1000)
