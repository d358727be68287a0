"""Known answers for RealRegisterTests: rows counted with Python's csv, clusters with scikit-learn's DBSCAN (1.9.1).

    python3 scikit_learn.py FOLDER_OF_REGISTERS

Prints, for each register, the rows left out by reason and, for each industry, its firms, clusters and firms in no
cluster. Longitude and latitude are measured with scikit-learn's own haversine on a sphere of 6371008.8 m.
Radii at which a pair of firms lies within a relative 1e-9 of eps would make the comparison a matter of rounding; the
nearest such pair is printed.
"""

import collections
import csv
import gzip
import io
import sys

import numpy as np
from sklearn.cluster import DBSCAN
from sklearn.neighbors import BallTree, KDTree

EARTH = 6371008.8


def rows(path, encoding):
    text = gzip.open(path).read().decode(encoding)
    return list(csv.DictReader(io.StringIO(text, newline="")))


def number(text):
    try:
        return float(text)
    except ValueError:
        return None


def accept(register, x, y, industry, limits=None):
    """Firms as (x, y, code), and the others counted by reason."""
    firms, rejected = [], collections.Counter()
    for row in register:
        texts = [row[x].strip(), row[y].strip()]
        values = [number(text) for text in texts]
        if "" in texts:
            rejected["missing coordinate"] += 1
        elif None in values:
            rejected["not a number"] += 1
        elif limits and (abs(values[0]) > limits[0] or abs(values[1]) > limits[1]):
            rejected["out of range"] += 1
        elif limits and values == [0, 0]:
            rejected["0/0 island"] += 1
        elif not row[industry].strip():
            rejected["missing industry"] += 1
        else:
            firms.append((*values, row[industry].strip()))
    return firms, rejected


def cluster(firms, eps, min_points, geographic):
    """Per industry: code, firms, clusters, firms in no cluster."""
    groups = collections.defaultdict(list)
    for x, y, code in firms:
        groups[code].append((x, y))
    nearest = np.inf
    for code in sorted(groups):
        points = np.array(groups[code])
        if geographic:
            points, radius = np.radians(points[:, ::-1]), eps / EARTH
            options = {"metric": "haversine", "algorithm": "ball_tree"}
            tree = BallTree(points, metric="haversine")
        else:
            radius, options, tree = eps, {"algorithm": "kd_tree"}, KDTree(points)
        labels = DBSCAN(eps=radius, min_samples=min_points, **options).fit_predict(points)
        _, distances = tree.query_radius(points, radius * (1 + 1e-7), return_distance=True)
        nearest = min(nearest, np.abs(np.concatenate(distances) / radius - 1).min())
        yield code, len(points), labels.max() + 1, int((labels < 0).sum())
    print(f"  nearest pair to eps: {nearest:.1e} of it")


def report(title, firms, rejected, read, eps=None, min_points=None, geographic=False):
    print(title)
    print(f"  {read} read, {len(firms)} accepted, {dict(rejected)}, {len(set(f[2] for f in firms))} industries")
    if eps is None:
        return
    groups = list(cluster(firms, eps, min_points, geographic))
    print(f"  {sum(g[2] for g in groups)} clusters, {sum(g[3] for g in groups)} firms in none")
    print("  " + " ".join(f"{code}:{n}:{c}:{noise}" for code, n, c, noise in groups))


def main(folder):
    limits = (180, 90)
    colima = rows(f"{folder}/denue_colima_2023/denue_inegi_06_.csv.gz", "latin-1")
    firms, rejected = accept(colima, "longitud", "latitud", "codigo_act", limits)
    for level in (3, 4, 6):
        cut = [(x, y, code[:level]) for x, y, code in firms]
        eps = (1000, 10, True) if level == 3 else ()
        report(f"DENUE Colima, level {level}", cut, rejected, len(colima), *eps)
    langley = rows(f"{folder}/langley_bc_2022/Business_Licenses.csv.gz", "utf-8-sig")
    report("Langley", *accept(langley, "Longitude", "Latitude", "NAICS_Primary", limits), len(langley), 500, 5, True)
    for name in ("Beijing", "LasVegas"):
        points = rows(f"{folder}/colocation_metres/{name}_POI.csv.gz", "utf-8")
        report(name, *accept(points, "LocX", "LocY", "Feature"), len(points), 200, 5)

    restaurants = rows(f"{folder}/sf_restaurants_2013/sf_restaurants.csv.gz", "ascii")
    for row in restaurants:
        row["lat"], row["lon"] = (row["Location"].strip().strip("()").split(",") + [""])[:2]
    report("San Francisco", *accept(restaurants, "lon", "lat", "PBC Code", limits), len(restaurants), 300, 10, True)

    sirene = rows(f"{folder}/sirene_bas_rhin/sirene_with_iris.csv.gz", "cp1252")
    print("Sirene\n ", len(sirene), "read,", sum(not row["APET700"].strip() for row in sirene), "without industry,",
          len({row["APET700"].strip() for row in sirene}), "industries")


main(sys.argv[1])
