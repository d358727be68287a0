"""Known answers for PatternTests: co-location patterns by the package general-colocation (1.0.5), which needs pandas 1.5.3 and numpy below 2.

    python3 colocation_patterns.py FOLDER_OF_REGISTERS > colocation_patterns.json

The package joins every firm with every other, so that it bears thousands of firms, not a register: parts are taken from each, as large as
it bears within four minutes and 16 GB. A *thinned* part are the rows r with the smallest r · 0x9E3779B97F4A7C15 mod 2⁶⁴, which lie evenly
over the file; a *central* one the firms nearest to the point of median x and median y (of the sorted values the one at half the number).
Each part is mined in a process of its own, for its time and memory, which go to stderr. On a busy machine of two cores it took:

    Las Vegas, 160 m  thinned  4000:  28 s,  2.2 GB    8000: 154 s, 8.4 GB    10000: over four minutes
                      central   500: over four minutes
    Beijing, 100 m    thinned  4000:  11 s,  2.2 GB    8000:  41 s, 8.4 GB    10000: 111 s, 13.1 GB
                      central  1000:  24 s,  0.3 GB    2000:  60 s, 0.6 GB     4000: 209 s,  2.2 GB

The package counts firms at less than the distance as neighbors, FirmClusters those at the distance too: that no pair lies within 1e-9
of it is checked.
"""
import csv
import gzip
import io
import json
import resource
import subprocess
import sys
import time

SIZE, LEAST, MEMORY = 5, 0.02, 16 << 30
WORK = [("LasVegas", 160, "thinned", 8000), ("Beijing", 100, "thinned", 10000), ("Beijing", 100, "central", 4000)]


def part(path, way, count):
    rows = list(csv.DictReader(io.TextIOWrapper(gzip.open(path), encoding="utf-8", newline="")))
    firms = [(float(row["LocX"]), float(row["LocY"]), row["Feature"]) for row in rows]
    if way == "thinned":
        keys = [number * 0x9E3779B97F4A7C15 % 2 ** 64 for number in range(len(firms))]
    else:
        x, y = (sorted(firm[axis] for firm in firms)[len(firms) // 2] for axis in (0, 1))
        keys = [(firm[0] - x) ** 2 + (firm[1] - y) ** 2 for firm in firms]
    return [firms[number] for number in sorted(range(len(firms)), key=keys.__getitem__)[:count]]


def mine(path, distance, way, count):
    """The patterns of a part, as JSON on stdout."""
    import contextlib
    import warnings
    warnings.filterwarnings("ignore")
    import geopandas
    import numpy
    import pandas
    from general_colocation.colocation import general
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    frame = pandas.DataFrame(part(path, way, count), columns=["x", "y", "feature"])
    xy = frame[["x", "y"]].to_numpy()
    for point in xy:
        apart = numpy.hypot(*(xy - point).T)
        assert not (abs(apart / distance - 1) < 1e-9).any(), "a pair of firms is at the distance"
    frame["place"] = geopandas.points_from_xy(frame.x, frame.y)
    frame["number"] = range(len(frame))
    totals = frame.feature.value_counts()
    start = time.perf_counter()
    with contextlib.redirect_stdout(sys.stderr):
        tables, _ = general(frame, "place", "feature", "number", k=SIZE, theta=LEAST, alpha=0.5, relation="unit",
                            threshold=distance)
    seconds = time.perf_counter() - start
    patterns = []
    for size, table in enumerate(tables[1:], 2):
        if not len(table):
            continue
        for features, rows in table.groupby([f"cat{column}" for column in range(1, size + 1)]):
            taking_part = [int(rows[f"id{column}"].nunique()) for column in range(1, size + 1)]
            index = min(firms / int(totals[feature]) for firms, feature in zip(taking_part, features))
            if index >= LEAST:
                patterns.append([" ".join(features), len(rows), *taking_part])
    megabytes = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
    print(f"{path} {distance} {way} {count}: {seconds:.2f} s, {megabytes} MB, {len(patterns)} patterns", file=sys.stderr)
    print(json.dumps(patterns))


def main(folder):
    found = []
    for name, distance, way, count in WORK:
        path = f"{folder}/colocation_metres/{name}_POI.csv.gz"
        try:
            done = subprocess.run([sys.executable, __file__, path, str(distance), way, str(count)], check=True, timeout=240,
                                  stdout=subprocess.PIPE)
        except (subprocess.TimeoutExpired, subprocess.CalledProcessError) as error:
            print(f"{name} {distance} {way} {count}: {type(error).__name__}", file=sys.stderr)
            continue
        head = {"register": name, "distance": distance, "way": way, "firms": count, "least_index": LEAST, "largest_size": SIZE}
        lines = ",\n    ".join(json.dumps(pattern) for pattern in json.loads(done.stdout))
        found.append(json.dumps(head)[:-1] + ',\n   "patterns": [\n    ' + lines + "]}")
    print("[\n  " + ",\n  ".join(found) + "\n]")


if len(sys.argv) == 2:
    main(sys.argv[1])
else:
    mine(sys.argv[1], float(sys.argv[2]), sys.argv[3], int(sys.argv[4]))
