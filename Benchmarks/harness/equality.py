"""Whether two tools found the same. Nothing is timed here."""
import math

import numpy as np


class Unequal(Exception):
    """Results differ, so their times say nothing."""


def demand(holds, message):
    if not holds:
        raise Unequal(message)


class Labels:
    """A label for each point (-1 for noise), and which points are core where the tool says so."""

    def __init__(self, path, count):
        raw = np.fromfile(path, np.uint8)
        demand(len(raw) in (4 * count, 5 * count), f"{path.name} holds {len(raw)} bytes for {count} points")
        self.label = raw[:4 * count].view(np.int32)
        self.core = raw[4 * count:].astype(bool) if len(raw) == 5 * count else None


def same_partition(a, b):
    """Whether labels a and b are the same but for their names: a one-to-one relation."""
    pairs = np.unique(a.astype(np.int64) << 32 | b.astype(np.int64) & 0xFFFFFFFF)
    return len(np.unique(pairs >> 32)) == len(pairs) == len(np.unique(pairs & 0xFFFFFFFF))


def check_clustering(ours, theirs):
    """Demands the same core points (where the other tool says which they are), the same noise, and the same clusters of
    core points. Border points that touch two clusters are free in the definition of DBSCAN. Says what was found
    equal."""
    if theirs.core is not None:
        demand((ours.core == theirs.core).all(), f"core points differ: {(ours.core != theirs.core).sum()}")
    noise_differs = (ours.label < 0) != (theirs.label < 0)
    demand(not noise_differs.any(), f"noise differs: {noise_differs.sum()} points")
    demand(same_partition(ours.label[ours.core], theirs.label[ours.core]), "clusters of core points differ")
    return ("core points, " if theirs.core is not None else "") + "noise, clusters of core points"


def check_close(what, ours, theirs, tolerance):
    demand(math.isclose(ours, theirs, rel_tol=tolerance), f"{what} differs: {ours} against {theirs}")
