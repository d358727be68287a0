"""Simulated registers: all industries detected again after codes were dealt anew, beside a tool that only clusters them."""
import math
import subprocess

import numpy as np

from . import rivals
from .alternation import Contender
from .equality import Labels, demand
from .rivals import MEASURE, OURS, PYTHON, SCRIPTS

MIN_POINTS, SIMULATIONS, TIMED = 10, 99, 5
WITHOUT = "FirmClusters, not tested"


def simulations(context):
    """The step of `detect --test` that simulates, without early stopping; the rival clusters five of the same registers, and its time is
    scaled. Its clusters, noise and core points must be ours. The detection without a test is there for its memory."""
    for count in context.sizes or [1_000_000]:
        eps = round(2000 * math.sqrt(1_000_000 / count), 2)
        points, codes = context.inputs.towns(count), context.inputs.codes(count)
        relabelled, rival = context.scratch("relabelled"), context.scratch("simulations-dbscan")
        _run(MEASURE, "relabel", points, codes, TIMED, relabelled)
        ours = [MEASURE, "simulations", points, codes, eps, MIN_POINTS]
        contenders = [
            Contender(OURS, [*ours, SIMULATIONS, context.threads], context.threads),
            Contender(WITHOUT, [*ours, 0, context.threads], context.threads),
        ]
        if rivals.is_present("dbscan"):
            contenders.append(Contender("dbscan", [
                PYTHON, SCRIPTS / "simulations_rival.py", points, relabelled, TIMED, eps, MIN_POINTS, SIMULATIONS, context.threads,
                rival], context.threads))

        def check(done):
            for contender in done:
                if contender.tool == "dbscan":
                    _check(context, points, relabelled, rival, eps, count)
                    contender.equal = f"clusters, noise and core points of {TIMED} registers"

        context.measure("simulations", {"shape": "towns", "n": count, "eps": eps, "min_points": MIN_POINTS,
                                        "simulations": SIMULATIONS}, contenders, check)


def _check(context, points, relabelled, rival, eps, count):
    registers = np.fromfile(relabelled, np.int32).reshape(TIMED, count)
    codes, labels = context.scratch("codes"), context.scratch("labels")
    for register, (clusters, noise, core) in zip(registers, np.fromfile(rival, np.int64).reshape(TIMED, 3)):
        register.tofile(codes)
        _run(MEASURE, "industries", points, codes, eps, MIN_POINTS, context.threads, labels)
        found = Labels(labels, count)
        ours = sum(int(found.label[register == code].max(initial=-1)) + 1 for code in np.unique(register))
        demand((ours, int((found.label < 0).sum()), int(found.core.sum())) == (clusters, noise, core),
               f"{ours} clusters against {clusters}")


def _run(*command):
    subprocess.run([str(word) for word in command], check=True, stdout=subprocess.DEVNULL)
