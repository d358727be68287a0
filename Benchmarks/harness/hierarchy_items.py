"""Pieces of work of HDBSCAN*: the spanning tree alone, and the whole of it."""
import numpy as np

from . import rivals
from .alternation import Contender
from .equality import Labels, demand, same_partition
from .rivals import GLUED, MEASURE, OURS, PYTHON, SCRIPTS

SIZE, MIN_POINTS = 25, 11
# Without the point itself, one neighbor: all lengths are distances then, and no two of them are equal.
MIN_POINTS_WITHOUT_TIES = 2


def spanning_tree_1m(context):
    _measure(context, "spanning-tree-1m", [1_000_000], ["quitefastmst"])


def hdbscan_1m(context):
    slow = context.pick([], ["fast_hdbscan"], ["fast_hdbscan", "hdbscan"])
    _measure(context, "hdbscan-1m", [1_000_000], [GLUED, "hdbscan-rs", *slow])


def hdbscan_10m(context):
    _measure(context, "hdbscan-10m", [10_000_000], [GLUED])


def _measure(context, item, preset_sizes, tools):
    for count in context.sizes or preset_sizes:
        points = context.inputs.towns(count)
        alone = item.startswith("spanning")
        without_ties = "" if alone else _same_without_ties(context, min(count, 100_000))
        contenders = [
            Contender(tool, _command(context, tool, points, MIN_POINTS, alone), context.threads)
            for tool in rivals.present([OURS, *tools])]

        def check(done):
            by_tool = {contender.tool: contender for contender in done}
            for tool, contender in by_tool.items():
                if OURS in by_tool and tool in ("quitefastmst", GLUED):
                    _check_lengths(context, tool, count)
                    contender.equal = "lengths of all edges to the last bit" + without_ties

        work = {"shape": "towns", "n": count, "min_points": MIN_POINTS} | ({} if alone else {"size": SIZE})
        context.measure(item, work, contenders, check)


def _command(context, tool, points, min_points, alone=False):
    arguments = [points, *(["plane"] if tool == OURS else []), SIZE, min_points, context.threads,
                 _labels(context, tool), _lengths(context, tool)]
    if tool == OURS:
        return [MEASURE, "spanning" if alone else "hdbscan", *arguments]
    return [PYTHON, SCRIPTS / "hdbscan_rival.py", "glued" if tool == GLUED else tool, *arguments]


def _labels(context, tool):
    return context.scratch(f"labels-{tool.replace(' ', '-')}")


def _lengths(context, tool):
    return context.scratch(f"lengths-{tool.replace(' ', '-')}")


def _check_lengths(context, tool, count):
    ours, theirs = (np.fromfile(_lengths(context, name)) for name in (OURS, tool))
    demand(len(ours) == len(theirs) == count - 1, f"{len(ours)} edges against {len(theirs)}")
    demand((ours == theirs).all(), f"{(ours != theirs).sum()} edges differ in length")


def _same_without_ties(context, count):
    """Where edges are equally long, tools that take them one by one find other clusters for other orders of the points;
    clusters are compared where none are, on distinct places."""
    import subprocess
    if not rivals.is_present(GLUED):
        return ""
    places = context.scratch("places")
    np.unique(np.fromfile(context.inputs.towns(count)).reshape(-1, 2), axis=0).tofile(places)
    found = []
    for tool in (OURS, GLUED):
        command = _command(context, tool, places, MIN_POINTS_WITHOUT_TIES)
        subprocess.run([str(word) for word in command], check=True, stdout=subprocess.DEVNULL)
        length = _labels(context, tool).stat().st_size // (5 if tool == OURS else 4)
        found.append(Labels(_labels(context, tool), length).label)
    demand(same_partition(*found), f"clusters without ties differ at n = {count}")
    return f"; clusters and noise without ties at n = {count:,}"
