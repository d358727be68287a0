"""How far from the floor of the machine, and how far one machine reaches."""
import math

from . import shapes
from .alternation import Contender
from .clustering_items import MIN_POINTS, rounded
from .rivals import FLOOR, MEASURE, OURS


def floor(context):
    """DBSCAN beside one parallel radix sort of the same points by cell, with one gather: Sources/Floor."""
    for count in context.sizes or context.pick([1_000_000], [1_000_000], [10_000_000]):
        eps = rounded(100 * math.sqrt(10_000_000 / count))
        points = context.inputs.towns(count)
        contenders = [
            Contender(OURS, [MEASURE, "dbscan", points, "plane", eps, MIN_POINTS, context.threads, "/dev/null"],
                      context.threads),
            Contender("radix sort and gather", [FLOOR, points, eps, context.threads], context.threads)]
        context.measure("floor", {"shape": "towns", "n": count, "eps": eps, "min_points": MIN_POINTS}, contenders,
                        lambda done: None)


def huge(context):
    """A hundred million points of towns, made in memory by Measure; neighbors as many as at one million and 250 m."""
    for count in context.sizes or [100_000_000]:
        eps = rounded(shapes.towns_eps(count))
        command = [MEASURE, "huge", count, eps, MIN_POINTS, context.threads]
        context.measure("huge", {"n": count, "eps": eps, "min_points": MIN_POINTS},
                        [Contender(OURS, command, context.threads)], lambda done: None)
