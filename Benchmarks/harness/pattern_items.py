"""Co-location patterns: in the country, again after codes were dealt anew, in one dense city, and beside a package that mines them."""
import math
import subprocess

from . import rivals
from .alternation import Contender
from .equality import demand
from .rivals import GENERAL_COLOCATION, MEASURE, OURS, PYTHON, SCIPY, SCRIPTS

INDUSTRIES, INDEX, SIZE = 50, 0.1, 4
SIMULATIONS, ONCE = 99, "FirmClusters, mined once"
COMPARED = 4000  # firms of which a program in Python finds the patterns


def rounded(eps):
    return round(eps, 2)


def patterns(context):
    """All patterns of up to four industries of the country, beside scipy, which lists the pairs that a mining would begin with."""
    _beside_pairs(context, "patterns", "towns", context.inputs.towns, lambda count: 300 * math.sqrt(1_000_000 / count))


def patterns_city(context):
    """The same in one city, with 500 neighbors within 300 m for each firm on average."""
    _beside_pairs(context, "patterns-city", "dense city", context.inputs.dense_city, lambda count: 300)


def _beside_pairs(context, item, shape, points_of, eps_of):
    for count in context.sizes or [1_000_000]:
        eps = rounded(eps_of(count))
        points, codes = points_of(count), context.inputs.merged_codes(count, INDUSTRIES)
        contenders = [Contender(OURS, _ours(context, points, codes, eps, INDEX, SIZE), context.threads)]
        if rivals.is_present(SCIPY):
            contenders.append(Contender(SCIPY, [PYTHON, SCRIPTS / "pairs_rival.py", points, codes, eps], context.threads))

        def check(done):
            pairs = {contender.tool: contender.result["pairs"] for contender in done}
            if len(pairs) == 2:
                demand(pairs[OURS] == pairs[SCIPY], f"{pairs[OURS]} pairs against {pairs[SCIPY]}")
                done[-1].equal = f"number of pairs; patterns of {COMPARED:,} towns' firms with a program in Python"
                _check_patterns(context)

        context.measure(item, {"shape": shape, "n": count, "eps": eps, "index": INDEX, "size": SIZE}, contenders, check)


def _check_patterns(context):
    """Demands that patterns of few firms are those that follow from the definition."""
    points, codes = context.inputs.towns(COMPARED), context.inputs.merged_codes(COMPARED, INDUSTRIES)
    eps = rounded(300 * math.sqrt(1_000_000 / COMPARED))
    theirs = context.scratch("patterns-oracle")
    for command in (_ours(context, points, codes, eps, INDEX, SIZE),
                    [PYTHON, SCRIPTS / "patterns_oracle.py", points, codes, eps, INDEX, SIZE, theirs]):
        subprocess.run([str(word) for word in command], check=True, stdout=subprocess.DEVNULL)
    _demand_same(context, theirs)


def _demand_same(context, theirs):
    ours, theirs = (path.read_text().splitlines() for path in (context.scratch("patterns"), theirs))
    demand(ours, "no patterns to compare")
    demand(ours == theirs, f"patterns differ: {len(ours)} against {len(theirs)}")


def patterns_relabelled(context):
    """The patterns of the country, and again of 99 registers whose codes were dealt anew."""
    for count in context.sizes or [1_000_000]:
        eps = rounded(300 * math.sqrt(1_000_000 / count))
        points, codes = context.inputs.towns(count), context.inputs.merged_codes(count, INDUSTRIES)
        contenders = [
            Contender(tool, _ours(context, points, codes, eps, INDEX, SIZE, relabellings), context.threads)
            for tool, relabellings in ((OURS, SIMULATIONS), (ONCE, 0))]

        def check(done):
            found = [contender.result["patterns"] for contender in done]
            demand(len(set(found)) == 1, f"patterns of the same register: {found}")

        context.measure("patterns-relabelled", {"shape": "towns", "n": count, "eps": eps, "index": INDEX, "size": SIZE,
                                                "simulations": SIMULATIONS}, contenders, check)


def patterns_beijing(context):
    """Points of interest in Beijing at 100 m, where they are here: a part that general-colocation bears, then all."""
    eps, index, size = 100, 0.02, 5
    whole = context.inputs.beijing_count()
    if whole is None:
        print("left out, not here: the register of Beijing", flush=True)
        return
    for count in [*(context.sizes or context.pick([2000], [10_000], [10_000])), whole]:
        points, codes = context.inputs.beijing(count)
        contenders = [Contender(OURS, _ours(context, points, codes, eps, index, size), context.threads)]
        theirs = context.scratch("patterns-general-colocation")
        if count < whole and rivals.is_present(GENERAL_COLOCATION):
            contenders.append(Contender(GENERAL_COLOCATION, [
                rivals.GENERAL_COLOCATION_PYTHON, SCRIPTS / "general_colocation_rival.py", points, codes, eps, index, size, theirs],
                context.threads))

        def check(done):
            if len(done) == 2:
                _demand_same(context, theirs)
                done[-1].equal = "patterns, and the firms of each industry that take part"

        context.measure("patterns-beijing", {"shape": "Beijing", "n": count, "eps": eps, "index": index, "size": size},
                        contenders, check)


def _ours(context, points, codes, eps, index, size, relabellings=0):
    return [MEASURE, "patterns", points, codes, eps, index, size, relabellings, context.threads, context.scratch("patterns")]
