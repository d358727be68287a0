"""Pieces of work that begin with a file: reading CSV, and the whole way from CSV to GeoJSON."""
import math
import re

import numpy as np

from . import rivals
from .alternation import Contender
from .equality import Unequal, check_close, demand, same_partition
from .inputs import warmed
from .processes import run
from .rivals import COMMAND, MEASURE, OURS, PIPELINE, PYTHON, SCRIPTS

MIN_POINTS = 10
SHAPES = {"convex": "convex", "discs": "concave"}  # ours: the pipeline's


def csv(context):
    """Four columns of a register: from a file that has just these, and from one of seven, out of which polars takes
    four and we five, because identifiers are always kept and checked for duplicates."""
    for count in context.sizes or context.pick([1_000_000], [1_000_000], [1_000_000, 10_000_000]):
        for columns, path in ((4, warmed(context.inputs.four_columns(count))),
                              (7, warmed(context.inputs.register(count)))):
            commands = {OURS: [MEASURE, "read", path, context.threads],
                        "polars": [PYTHON, SCRIPTS / "csv_rival.py", path, context.threads]}
            contenders = [Contender(tool, commands[tool], context.threads) for tool in rivals.present(commands)]
            context.measure("csv", {"n": count, "columns": columns, "megabytes": round(path.stat().st_size / 1e6)},
                            contenders, _check_reading)


def _check_reading(done):
    by_tool = {contender.tool: contender for contender in done}
    if len(by_tool) < 2:
        return
    ours, theirs = by_tool[OURS].result, by_tool["polars"].result
    demand(ours["rows"] == theirs["rows"], f"rows differ: {ours['rows']} against {theirs['rows']}")
    for name in ("sum_lon", "sum_lat", "sum_employees"):
        check_close(name, ours[name], theirs[name], 1e-9)
    demand(ours["codes"] == theirs["codes"], "numbers of firms by industry differ")
    by_tool["polars"].equal = "rows, sums of columns to 1e-9, firms of every code"


def pipeline(context):
    """CSV to GeoJSON, whole processes, start to end.

    Timed on longitudes and latitudes, which we cluster on the sphere and the pipeline after projecting, so that the
    numbers of clusters and of clustered firms differ by what the projection does to distances: at most 1 % is let pass.
    That both do the same work is checked first on a register of x and y, where results must be equal firm by firm."""
    full = [(1_000_000, 2000), (10_000_000, 1000)]
    sizes = context.pick(full[:1], full[:1], full)
    if context.sizes:
        sizes = [(count, round(2000 * math.sqrt(1_000_000 / count), 2)) for count in context.sizes]
    for count, eps in sizes:
        has_rival = rivals.is_present(PIPELINE)
        equal = ""
        if has_rival:
            try:
                equal = _check_projected(context, count, eps)
            except Unequal as difference:
                context.failures.append(f"pipeline (n {count:,}, projected): {difference}")
                print(f"  UNEQUAL: {difference}", flush=True)
                continue
        for ours, theirs in SHAPES.items():
            _measure_pipeline(context, count, eps, ours, theirs, equal, has_rival)


def _measure_pipeline(context, count, eps, shape, hull, equal, has_rival):
    register = warmed(context.inputs.register(count))
    outputs = {OURS: context.scratch("ours.geojson"), PIPELINE: context.scratch("theirs.geojson")}
    contenders = [Contender(OURS, _detect(context, register, eps, outputs[OURS], "--footprint", shape), context.threads,
                            prints_result=False)]
    if has_rival:
        contenders.append(Contender(PIPELINE, [
            PYTHON, SCRIPTS / "pipeline_rival.py", register, outputs[PIPELINE], eps, MIN_POINTS, hull, context.threads],
            context.threads))

    def check(done):
        if len(done) < 2:
            return
        (our_clusters, our_firms), (their_clusters, their_firms) = (_counts(outputs[c.tool]) for c in done)
        check_close("number of clusters", our_clusters, their_clusters, 0.01)
        check_close("number of clustered firms", our_firms, their_firms, 0.01)
        done[1].equal = (f"{equal}; on the sphere {our_clusters:,} clusters of {our_firms:,} firms against "
                         f"{their_clusters:,} of {their_firms:,}")

    context.measure("pipeline", {"n": count, "eps": eps, "min_points": MIN_POINTS, "ours": shape, "rival": hull},
                    contenders, check)


def _detect(context, register, eps, output, *options):
    return [COMMAND, "detect", register, "--eps", eps, "--min-points", MIN_POINTS, "-o", output, "--force", "--quiet",
            "--threads", context.threads, *options]


def _counts(path):
    """Clusters and clustered firms of a GeoJSON file, without parsing all of its shapes."""
    text = path.read_bytes()
    clusters = len(re.findall(rb'"type": ?"Feature"', text))
    firms = [int(count) for count in re.findall(rb'"firms": ?(\d+)', text)]
    demand(len(firms) == clusters, f"{path.name}: {clusters} features, but {len(firms)} have a number of firms")
    return clusters, sum(firms)


def _check_projected(context, count, eps):
    """Demands that on the same x and y every firm has the same part: noise the same, clusters of core firms the same,
    in every industry. Nothing is timed."""
    import polars as pl
    register = context.inputs.projected_register(count)
    members, labels = context.scratch("members.csv"), context.scratch("labels-pipeline")
    commands = [
        _detect(context, register, eps, context.scratch("projected.geojson"), "--x", "x", "--y", "y", "--crs",
                "EPSG:3035", "--footprint", "convex", "--members", members),
        [PYTHON, SCRIPTS / "pipeline_rival.py", register, context.scratch("projected.geojson"), eps, MIN_POINTS,
         "convex", context.threads, "--projected", "--labels", labels]]
    print(f"pipeline: n {count:,}, eps {eps}: comparing on projected coordinates", flush=True)
    for command in commands:
        outcome = run(command, context.threads, context.limits, prints_result=False)
        demand(outcome.is_ok, f"{command[0]}: {outcome.status}")
    ours = pl.read_csv(members, columns=["id", "cluster_id", "role"], schema_overrides={"cluster_id": pl.String})
    demand((ours["id"].to_numpy() == np.arange(1, count + 1)).all(), "members are not in the order of the register")
    theirs = np.fromfile(labels, np.int32)
    noise = (ours["role"] == "noise").to_numpy()
    demand((noise == (theirs < 0)).all(), f"noise differs: {(noise != (theirs < 0)).sum()} firms")
    core = (ours["role"] == "core").to_numpy()
    number = ours["cluster_id"].cast(pl.Categorical).to_physical().fill_null(0).to_numpy().astype(np.int32)
    demand(same_partition(number[core], theirs[core]), "clusters of core firms differ")
    return "noise and clusters of core firms on the same x, y"
