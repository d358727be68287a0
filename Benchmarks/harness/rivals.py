"""The tools that take part, and how each is called."""
import functools
import os
import sys
from pathlib import Path

from . import machine

HERE = Path(__file__).resolve().parent.parent
COMMAND = HERE.parent / ".build/release/firmclusters"
MEASURE = HERE / ".build/release/Measure"
FLOOR = HERE / ".build/release/Floor"
PYTHON = sys.executable
SCRIPTS = HERE / "rivals"

OURS = "FirmClusters"
PIPELINE = "Python pipeline"
SCIPY = "scipy k-d tree, pairs only"
GENERAL_COLOCATION = "general-colocation"
# It needs packages so old that it has a Python of its own.
GENERAL_COLOCATION_PYTHON = os.environ.get("GENERAL_COLOCATION_PYTHON", "")
# The fastest exact way to HDBSCAN* in Python, put together by hand.
GLUED = "quitefastmst + fast_hdbscan"

# Called with points, eps, minPts, threads, the file for labels, and the limits; in the order of the tables.
DBSCAN_COMMANDS = {
    OURS: lambda p, e, m, t, out, limits: [MEASURE, "dbscan", p, "plane", e, m, t, out],
    "dbscan": lambda p, e, m, t, out, limits: [PYTHON, SCRIPTS / "dbscan_rival.py", "dbscan", p, e, m, t, out],
    "R dbscan": lambda p, e, m, t, out, limits: ["Rscript", SCRIPTS / "dbscan_rival.R", p, e, m, out],
    "scikit-learn": lambda p, e, m, t, out, limits: [PYTHON, SCRIPTS / "dbscan_rival.py", "sklearn", p, e, m, t, out],
    "PostGIS": lambda p, e, m, t, out, limits: [PYTHON, SCRIPTS / "postgis_rival.py", p, e, m, out, limits.seconds],
}

# These use one thread whatever they are given.
SINGLE_THREADED = {"R dbscan", "PostGIS", SCIPY, GENERAL_COLOCATION}

_PRESENT = {
    "dbscan": lambda: machine.can_import("numpy", "dbscan"),
    "scikit-learn": lambda: machine.can_import("numpy", "sklearn.cluster"),
    "R dbscan": lambda: machine.has_r_package("dbscan"),
    "PostGIS": lambda: bool(machine.postgis_version()),
    "quitefastmst": lambda: machine.can_import("quitefastmst"),
    GLUED: lambda: machine.can_import("quitefastmst", "fast_hdbscan"),
    "fast_hdbscan": lambda: machine.can_import("fast_hdbscan"),
    "hdbscan": lambda: machine.can_import("hdbscan"),
    "hdbscan-rs": lambda: machine.can_import("hdbscan_rs"),
    SCIPY: lambda: machine.can_import("scipy.spatial"),
    GENERAL_COLOCATION: lambda: machine.can_import("general_colocation.colocation", python=GENERAL_COLOCATION_PYTHON),
    "polars": lambda: machine.can_import("polars"),
    PIPELINE: lambda: machine.can_import("polars", "pyproj", "dbscan", "shapely", "orjson"),
}


@functools.cache
def is_present(tool):
    """Whether a tool can be run; says so, once, when it cannot."""
    if tool == OURS or _PRESENT[tool]():
        return True
    print(f"left out, not installed: {tool}", flush=True)
    return False


def present(tools):
    return [tool for tool in tools if is_present(tool)]
