"""What every item of the suite needs: inputs, settings, a place for results."""
from dataclasses import dataclass

from . import rivals
from .alternation import Contender, alternate
from .equality import Labels, Unequal, check_clustering
from .inputs import Inputs
from .processes import Limits
from .results import Results, result_of


@dataclass
class Context:
    inputs: Inputs
    results: Results
    run: str
    threads: int
    rounds: int
    limits: Limits
    preset: str  # quick, default or full
    sizes: list | None  # instead of the preset's
    failures: list

    def pick(self, quick, default, full):
        return {"quick": quick, "default": default, "full": full}[self.preset]

    def scratch(self, name):
        return self.inputs.folder / f"scratch-{name}"

    def measure(self, item, work, contenders, check):
        """Runs contenders in alternation and keeps their results; a disagreement is a failure, and nothing is kept."""
        described = ", ".join(f"{name} {value:,}" if isinstance(value, int) else f"{name} {value}"
                              for name, value in work.items())
        print(f"{item}: {described}", flush=True)
        try:
            alternate(contenders, self.rounds, self.limits, check)
        except Unequal as difference:
            self.failures.append(f"{item} ({described}): {difference}")
            print(f"  UNEQUAL: {difference}", flush=True)
            self.results.forget(item, work)
            return
        for contender in contenders:
            threads = 1 if contender.tool in rivals.SINGLE_THREADED else contender.threads
            self.results.add(result_of(contender, item, work, self.run, threads))
            if contender.tool == rivals.OURS and not contender.is_ok:
                self.failures.append(f"{item} ({described}): {contender.status}")

    def measure_dbscan(self, item, points, work, tools):
        """DBSCAN of planar points with several tools; the same core points, noise and clusters are demanded."""
        contenders = [
            Contender(tool, rivals.DBSCAN_COMMANDS[tool](
                points, work["eps"], work["min_points"], self.threads, self._labels(tool), self.limits), self.threads)
            for tool in rivals.present(tools)]
        self.measure(item, work, contenders, lambda done: self.check_labels(done, work["n"]))

    def check_labels(self, contenders, count):
        """Holds the labels that contenders wrote against ours."""
        by_tool = {contender.tool: contender for contender in contenders}
        if rivals.OURS not in by_tool:
            return
        ours = Labels(self._labels(rivals.OURS), count)
        for tool, contender in by_tool.items():
            if tool != rivals.OURS:
                contender.equal = check_clustering(ours, Labels(self._labels(tool), count))

    def _labels(self, tool):
        return self.scratch(f"labels-{tool.replace(' ', '-')}")
