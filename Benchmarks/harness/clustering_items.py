"""Pieces of work of DBSCAN: the country, the sphere, industries, addresses, scaling, shapes."""
import math
import subprocess

from . import rivals, shapes
from .alternation import Contender
from .equality import Labels, check_clustering, check_close, demand
from .rivals import MEASURE, OURS, PYTHON, SCRIPTS

MIN_POINTS = 10


def rounded(eps):
    """A radius to the centimeter, so that every tool reads the same number."""
    return round(eps, 2)


def _country(context, item, size, eps, min_points, tools, preset_sizes):
    """The synthetic country; at other sizes the radius is scaled so that neighbors stay equally many."""
    for count in context.sizes or preset_sizes:
        scaled = rounded(eps * math.sqrt(size / count))
        work = {"shape": "towns", "n": count, "eps": scaled, "min_points": min_points}
        context.measure_dbscan(item, context.inputs.towns(count), work, [OURS, *tools])


def dbscan_10m(context):
    _country(context, "dbscan-10m", 10_000_000, 100, 10, ["dbscan", "R dbscan", "scikit-learn"], [10_000_000])


def dbscan_10m_wide(context):
    _country(context, "dbscan-10m-wide", 10_000_000, 1000, 50, ["dbscan"], [10_000_000])


def dbscan_1m(context):
    tools = ["dbscan", "R dbscan", "scikit-learn"] + context.pick([], [], ["PostGIS"])
    _country(context, "dbscan-1m", 1_000_000, 250, 10, tools, [1_000_000])


def sphere(context):
    """Our great-circle search beside our planar one. Their results are close, not equal: a projection changes
    distances. That the sphere is right is checked against scikit-learn's haversine DBSCAN on at most 100,000 firms."""
    for count in context.sizes or [1_000_000]:
        eps = rounded(250 * math.sqrt(1_000_000 / count))
        checked = _check_sphere(context, min(count, 100_000))
        commands = {"plane": context.inputs.towns(count), "sphere": context.inputs.degrees(count)}
        contenders = [
            Contender(OURS, [MEASURE, "dbscan", path, metric, eps, MIN_POINTS, context.threads,
                             context.scratch(f"labels-{metric}")], context.threads, work={"metric": metric})
            for metric, path in commands.items()]

        def check(done):
            clustered = [(Labels(context.scratch(f"labels-{c.work['metric']}"), count).label >= 0).sum() for c in done]
            check_close("number of clustered firms", clustered[0], clustered[-1], 0.02)
            done[-1].equal = checked

        context.measure("sphere", {"shape": "towns", "n": count, "eps": eps, "min_points": MIN_POINTS}, contenders,
                        check)


def _check_sphere(context, count):
    """Says what was compared with scikit-learn's great-circle DBSCAN; empty when that is not installed."""
    if not rivals.is_present("scikit-learn"):
        return ""
    eps = rounded(250 * math.sqrt(1_000_000 / count))
    degrees = context.inputs.degrees(count)
    ours, theirs = context.scratch("sphere-ours"), context.scratch("sphere-oracle")
    for command in ([MEASURE, "dbscan", degrees, "sphere", eps, MIN_POINTS, context.threads, ours],
                    [PYTHON, SCRIPTS / "sphere_oracle.py", degrees, eps, MIN_POINTS, theirs]):
        subprocess.run([str(word) for word in command], check=True, stdout=subprocess.DEVNULL)
    equal = check_clustering(Labels(ours, count), Labels(theirs, count))
    return f"{equal}, with scikit-learn's haversine at n = {count:,}"


def industries(context):
    """300 industries, each clustered by itself: dbscan is called once an industry."""
    full = [(1_000_000, 2000), (10_000_000, 1000)]
    sizes = context.pick(full[:1], full[:1], full)
    if context.sizes:
        sizes = [(count, rounded(2000 * math.sqrt(1_000_000 / count))) for count in context.sizes]
    for count, eps in sizes:
        points, codes = context.inputs.towns(count), context.inputs.codes(count)
        labels = {tool: context.scratch(f"labels-{tool}") for tool in (OURS, "dbscan")}
        commands = {OURS: [MEASURE, "industries"], "dbscan": [PYTHON, SCRIPTS / "industries_rival.py"]}
        contenders = [
            Contender(tool, [*commands[tool], points, codes, eps, MIN_POINTS, context.threads, labels[tool]],
                      context.threads) for tool in rivals.present([OURS, "dbscan"])]

        def check(done):
            # Labels of an industry count from 0 on our side, so industry and label together name a cluster.
            _check_industries(context, done, labels, count)

        context.measure("industries", {"shape": "towns", "n": count, "eps": eps, "min_points": MIN_POINTS}, contenders,
                        check)


def _check_industries(context, done, labels, count):
    import numpy as np
    found = {contender.tool: Labels(labels[contender.tool], count) for contender in done}
    codes = np.fromfile(context.inputs.codes(count), np.int32)
    if OURS not in found:
        return
    ours = found[OURS]
    widest = int(ours.label.max(initial=0)) + 1
    demand(widest * (int(codes.max()) + 1) < 2 ** 31, "too many clusters to number")
    ours.label = np.where(ours.label >= 0, codes * np.int32(widest) + ours.label, -1).astype(np.int32)
    for contender in done:
        if contender.tool != OURS:
            contender.equal = check_clustering(ours, found[contender.tool]) + ", in every industry"


def addresses(context):
    """A million firms on a thousand addresses."""
    for count in context.sizes or [1_000_000]:
        work = {"shape": "addresses", "n": count, "eps": shapes.eps("addresses", count), "min_points": MIN_POINTS}
        context.measure_dbscan("addresses", context.inputs.shape("addresses", count), work,
                               [OURS, "dbscan"])


def scaling(context):
    """The country at equal numbers of neighbors: the same towns, ten times the firms, eps divided by √10, which is the
    same as ten times the area at one density. All sizes alternate with one another, so that their ratios are of one
    time."""
    sizes = context.sizes or context.pick([100_000, 1_000_000], [100_000, 1_000_000], [1_000_000, 10_000_000])
    contenders = []
    for count in sizes:
        eps = rounded(shapes.towns_eps(count))
        for tool in rivals.present([OURS, "dbscan"]):
            command = rivals.DBSCAN_COMMANDS[tool](
                context.inputs.towns(count), eps, MIN_POINTS, context.threads,
                context.scratch(f"labels-{count}-{tool}"), context.limits)
            contenders.append(Contender(tool, command, context.threads, work={"n": count, "eps": eps}))

    def check(done):
        for count in sizes:
            same = {c.tool: c for c in done if c.work["n"] == count}
            if len(same) == 2:
                found = {tool: Labels(context.scratch(f"labels-{count}-{tool}"), count) for tool in same}
                same["dbscan"].equal = check_clustering(found[OURS], found["dbscan"])

    context.measure("scaling", {"shape": "towns", "min_points": MIN_POINTS}, contenders, check)


def shape_series(context):
    """Every shape at rising n."""
    rivals_by_size = {10_000_000: ["dbscan"]}
    everyone = ["dbscan", "R dbscan", "scikit-learn"]
    sizes = context.sizes or context.pick(
        [10_000], [10_000, 100_000], [10_000, 100_000, 1_000_000, 10_000_000])
    for shape in shapes.NAMES:
        for count in sizes:
            work = {"shape": shape, "n": count, "eps": rounded(shapes.eps(shape, count)), "min_points": MIN_POINTS}
            context.measure_dbscan("shapes", context.inputs.shape(shape, count), work,
                                   [OURS, *rivals_by_size.get(count, everyone)])
