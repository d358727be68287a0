"""Inputs, made once and kept in the data folder."""
import gzip
import os
from pathlib import Path

import numpy as np

from . import shapes, towns

# Beside the project, for its developers.
BEIJING = Path(__file__).resolve().parents[3] / "shared/data/colocation_metres/Beijing_POI.csv.gz"

PLANE = 3035  # EPSG code of the projection that all planar points are in


def label(count):
    """10000000 as 10m, 250000 as 250k."""
    for unit, name in ((1_000_000, "m"), (1000, "k")):
        if count % unit == 0:
            return f"{count // unit}{name}"
    return str(count)


def warmed(path):
    """A file that was read once, so that the first to be timed does not wait for the disk."""
    with open(path, "rb") as file:
        while file.read(1 << 24):
            pass
    return path


class Inputs:
    def __init__(self, folder):
        self.folder = Path(folder)
        self.folder.mkdir(parents=True, exist_ok=True)

    def _made(self, name, make):
        """The path of a file; made under another name first, so that what has its name is whole."""
        path = self.folder / name
        if not path.exists():
            print(f"making {name}", flush=True)
            unfinished = path.with_name(f"unfinished-{os.getpid()}-{name}")
            make(unfinished)
            unfinished.rename(path)
        return path

    def register(self, count):
        """id, name, lon, lat, industry, employees, founded."""
        return self._made(f"firms_{label(count)}.csv", lambda path: towns.write_register(count, path))

    def four_columns(self, count):
        """lon, lat, industry, employees of the register."""
        return self._made(f"firms_{label(count)}_four_columns.csv", lambda path: _columns(
            self.register(count), ["lon", "lat", "industry", "employees"]).write_csv(path, float_precision=6))

    def projected_register(self, count):
        """id, x, y, industry, employees: x and y in EPSG:3035, to the millimeter."""
        def make(path):
            import polars as pl
            frame = _columns(self.register(count), ["id", "industry", "employees"])
            xy = np.fromfile(self.towns(count)).reshape(-1, 2)
            frame.with_columns(x=pl.Series(xy[:, 0]), y=pl.Series(xy[:, 1])).select(
                "id", "x", "y", "industry", "employees").write_csv(path, float_precision=3)
        return self._made(f"firms_{label(count)}_projected.csv", make)

    def degrees(self, count):
        """Longitude and latitude of the register's firms as doubles."""
        return self._made(f"degrees_{label(count)}.f64", lambda path: _columns(
            self.register(count), ["lon", "lat"]).to_numpy().astype(float, order="C").tofile(path))

    def towns(self, count):
        """The register's firms projected, as doubles."""
        def make(path):
            from pyproj import Transformer
            lon_lat = np.fromfile(self.degrees(count)).reshape(-1, 2)
            forward = Transformer.from_crs(4326, PLANE, always_xy=True)
            np.column_stack(forward.transform(lon_lat[:, 0], lon_lat[:, 1])).tofile(path)
        return self._made(f"towns_{label(count)}.f64", make)

    def codes(self, count):
        """The industry of each firm as a 32-bit number: the rank of its code."""
        def make(path):
            rank = {code: k for k, code in enumerate(sorted(towns.industry_codes()))}
            industry = _columns(self.register(count), ["industry"])["industry"]
            np.array([rank[code] for code in industry], np.int32).tofile(path)
        return self._made(f"codes_{label(count)}.i32", make)

    def merged_codes(self, count, industries):
        """The same for fewer industries: the remainder of the rank."""
        return self._made(f"codes_{label(count)}_{industries}.i32", lambda path: (
            np.fromfile(self.codes(count), np.int32) % industries).astype(np.int32).tofile(path))

    def dense_city(self, count):
        """Points of one dense city, as doubles."""
        return self._made(f"dense_city_{label(count)}.f64", lambda path: shapes.dense_city(count).tofile(path))

    def beijing_count(self):
        """The points of interest in Beijing; None when they are not here."""
        return sum(1 for _ in gzip.open(BEIJING)) - 1 if BEIJING.exists() else None

    def beijing(self, count):
        """Points and codes of so many of them, spread over the file: the rows r with the smallest r · 0x9E3779B97F4A7C15 mod 2⁶⁴."""
        def rows():
            import polars as pl
            frame = pl.read_csv(gzip.open(BEIJING).read())
            keys = np.arange(len(frame), dtype=np.uint64) * np.uint64(0x9E3779B97F4A7C15)
            return frame[np.argsort(keys)[:count].astype(np.uint32)]

        def write_codes(path):
            features = rows()["Feature"].to_numpy()
            np.unique(features, return_inverse=True)[1].astype(np.int32).tofile(path)

        points = self._made(f"beijing_{label(count)}.f64", lambda path: rows()[["LocX", "LocY"]].to_numpy().astype(
            float, order="C").tofile(path))
        return points, self._made(f"beijing_codes_{label(count)}.i32", write_codes)

    def shape(self, shape, count):
        """Points of a shape as doubles."""
        if shape == "towns":
            return self.towns(count)
        return self._made(f"{shape}_{label(count)}.f64", lambda path: shapes.points(shape, count).tofile(path))


def _columns(path, names):
    import polars as pl
    return pl.read_csv(path, columns=names).select(names)
