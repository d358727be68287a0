#!/usr/bin/env python3
"""From CSV to GeoJSON with the best packages there are: polars reads, pyproj projects, dbscan clusters every industry,
shapely draws hulls, location quotients compare with the 1 km cells that members occupy, orjson writes.

With --projected the register has the columns x and y in EPSG:3035 instead of lon and lat. With --labels the label of
each row (-1 for noise) is written, too, for comparison."""
import argparse
import os
import sys
from concurrent.futures import ThreadPoolExecutor

parser = argparse.ArgumentParser(description=__doc__)
parser.add_argument("csv")
parser.add_argument("out")
parser.add_argument("eps", type=float)
parser.add_argument("minimum", type=int)
parser.add_argument("hull", choices=["convex", "concave"])
parser.add_argument("threads", type=int)
parser.add_argument("--projected", action="store_true")
parser.add_argument("--labels")
options = parser.parse_args()
out, eps, minimum, hull, threads = options.out, options.eps, options.minimum, options.hull, options.threads
os.environ["PARLAY_NUM_THREADS"] = os.environ["POLARS_MAX_THREADS"] = str(threads)
sys.modules["sklearn"] = None  # dbscan imports it only for a wrapper class: two seconds at start
import dbscan  # noqa: E402
import numpy as np  # noqa: E402
import orjson  # noqa: E402
import polars as pl  # noqa: E402
import shapely  # noqa: E402
from pyproj import Transformer  # noqa: E402


def in_parts(count, parts, work):
    bounds = np.linspace(0, count, parts + 1).astype(int)
    with ThreadPoolExecutor(threads) as pool:
        return list(pool.map(lambda k: work(bounds[k], bounds[k + 1]), range(parts)))


places = ["x", "y"] if options.projected else ["lon", "lat"]
df = pl.read_csv(options.csv, columns=[*places, "industry"], schema_overrides={"industry": pl.Categorical}).rechunk()
n = df.height
names = sorted(df["industry"].cast(pl.String).unique().to_list())
rank = {name: k for k, name in enumerate(names)}
physical = df["industry"].to_physical().to_numpy().astype(np.int64)
unique = df["industry"].unique()
remap = np.zeros(physical.max() + 1, np.int32)
remap[unique.to_physical().to_numpy()] = [rank[name] for name in unique.cast(pl.String).to_list()]
code = remap[physical]
first, second = (df[name].to_numpy() for name in places)
xy = np.empty((n, 2))


def project(low, high):
    transformer = Transformer.from_crs(4326, 3035, always_xy=True)
    xy[low:high, 0], xy[low:high, 1] = transformer.transform(first[low:high], second[low:high])


if options.projected:
    xy[:, 0], xy[:, 1] = first, second
else:
    in_parts(n, threads, project)
order = np.argsort(code, kind="stable")
points = xy[order]
bounds = np.searchsorted(code[order], np.arange(len(names) + 1))
labels = np.full(n, -1, np.int32)
clusters = 0
for k in range(len(names)):
    part = points[bounds[k]:bounds[k + 1]]
    if len(part) < minimum:
        continue
    found = dbscan.DBSCAN(part, eps=eps, min_samples=minimum)[0].astype(np.int32)
    labels[bounds[k]:bounds[k + 1]] = np.where(found >= 0, found + clusters, -1)
    clusters += int(found.max(initial=-1)) + 1
frame = pl.DataFrame({
    "k": code[order], "label": labels,
    "cell": (points[:, 0] // 1000).astype(np.int32) * 10_000 + (points[:, 1] // 1000).astype(np.int32)})
members = frame.filter(pl.col("label") >= 0)
summary = members.group_by("label").agg(pl.col("k").first(), pl.len().alias("firms")).sort("label")
local = (members.select("label", "cell").unique().join(frame.group_by("cell").len("all"), on="cell")
         .group_by("label").agg(pl.col("all").sum()).sort("label"))["all"].to_numpy()
keep = labels >= 0
by_label = np.argsort(labels[keep], kind="stable")
sorted_points = points[keep][by_label]
firms = summary["firms"].to_numpy()
starts = np.concatenate([[0], np.cumsum(firms.astype(np.int64))]).astype(np.int64)


def draw(low, high):
    if high <= low:
        return np.empty(0, object)
    lines = shapely.linestrings(sorted_points[starts[low]:starts[high]],
                                indices=np.repeat(np.arange(high - low), firms[low:high]))
    return shapely.convex_hull(lines) if hull == "convex" else shapely.concave_hull(lines, ratio=0.3)


hulls = np.concatenate(in_parts(clusters, 4 * threads, draw))
thin = shapely.get_type_id(hulls) != 3
hulls[thin] = shapely.buffer(hulls[thin], 50)
hulls = shapely.orient_polygons(hulls)
area = shapely.area(hulls) / 1e6
quotient = (firms / np.maximum(local, 1)) / (np.bincount(code, minlength=len(names))[summary["k"].to_numpy()] / n)
vertices, index = shapely.get_coordinates(hulls, return_index=True)
lo, la = Transformer.from_crs(3035, 4326, always_xy=True).transform(vertices[:, 0], vertices[:, 1])
rounded = np.round(np.c_[lo, la], 7)
ends = np.searchsorted(index, np.arange(clusters + 1))
kinds = summary["k"].to_list()
features = [{"type": "Feature", "geometry": {"type": "Polygon", "coordinates": [rounded[ends[i]:ends[i + 1]]]},
             "properties": {"cluster": i, "industry": names[kinds[i]], "firms": int(firms[i]),
                            "area_km2": round(float(area[i]), 4), "lq": round(float(quotient[i]), 4)}}
            for i in range(clusters)]
with open(out, "wb") as file:
    file.write(orjson.dumps({"type": "FeatureCollection", "features": features}, option=orjson.OPT_SERIALIZE_NUMPY))
if options.labels:
    by_row = np.empty(n, np.int32)
    by_row[order] = labels
    by_row.tofile(options.labels)
print(f'{{"clusters": {clusters}, "clustered": {int(keep.sum())}}}')
