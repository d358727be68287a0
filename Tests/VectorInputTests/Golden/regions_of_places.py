"""Which region holds a place, by shapely: `regions_of_places.py SHARED_FOLDER > regions_of_places.csv`."""

import gzip
import json
import random
import sys

import shapely
from shapely.geometry import shape

FILES = [
    ("data/qcew_2020_ohio/ohio_counties_2016_wgs84.geojson.gz", "GEOID"),
    ("data/sirene_bas_rhin/contours_iris_d067_wgs84.geojson.gz", "DCOMIRIS"),
    ("data/boundaries/ne_110m_countries.geojson", "name"),
]

draw = random.Random(20)
print("file,x,y,region")
for path, key in FILES:
    text = open(f"{sys.argv[1]}/{path}", "rb").read()
    document = json.loads(gzip.decompress(text) if path.endswith(".gz") else text)
    shapes = {}
    for feature in document["features"]:
        shapes.setdefault(str(feature["properties"][key]), []).append(shape(feature["geometry"]))
    west, south, east, north = shapely.total_bounds(shapely.GeometryCollection([s for v in shapes.values() for s in v]))
    names = sorted(shapes, key=lambda name: name.encode())
    for _ in range(600):
        x, y = round(draw.uniform(west, east), 6), round(draw.uniform(south, north), 6)
        point = shapely.Point(x, y)
        holders = [name for name in names if any(s.intersects(point) for s in shapes[name])]
        if any(s.boundary.distance(point) < 1e-9 for name in holders for s in shapes[name]):
            continue
        print(f"{path},{x},{y},{holders[0] if holders else ''}")
