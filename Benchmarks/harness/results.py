"""Results as lines of JSON: one for each run of the harness, one for each tool at each piece of work.

    {"kind": "run", "run": "2026-11-21T20:15:00Z", "threads": 2, "cpu": …, "versions": {…}}
    {"kind": "result", "run": …, "item": "dbscan-1m", "work": {"shape": "towns", "n": 1000000, "eps": 250, …},
     "tool": "dbscan", "status": "ok", "equal": "core points, noise, …", "rounds": [{"seconds": 1.9, …}, …]}

Measuring a piece of work again replaces its lines; a run whose lines are all replaced goes, too.
"""
import json
import statistics
from pathlib import Path

ROUND_MEMBERS = ["seconds", "second_question_seconds", "sorting_seconds", "input_mb", "above_input_mb"]
FACTS = ["clusters", "noise", "core", "rows", "patterns", "pairs"]


class Results:
    def __init__(self, path):
        self.path = Path(path)
        self.lines = []
        if self.path.exists():
            self.lines = [json.loads(line) for line in self.path.read_text().splitlines() if line]

    def add(self, record):
        """Puts a result in the place of the last one of the same tool at the same work, and saves."""
        key = _key(record)
        self.lines = [line for line in self.lines if _key(line) != key] + [record]
        self._save()

    def forget(self, item, work):
        """Takes out what was measured earlier of a piece of work on which tools now disagree."""
        self.lines = [line for line in self.lines if line["kind"] == "run" or line["item"] != item or not (
            work.items() <= line["work"].items())]
        self._save()

    def start_run(self, run):
        self.lines.append({"kind": "run", **run})

    def of(self, *items):
        return [line for line in self.lines if line["kind"] == "result" and line["item"] in items]

    def runs(self):
        """The runs that results are of, the newest last."""
        return [line for line in self.lines if line["kind"] == "run"]

    def _save(self):
        used = {line["run"] for line in self.lines if line["kind"] == "result"}
        self.lines = [line for line in self.lines if line["run"] in used]
        ordered = sorted(self.lines, key=lambda line: line["kind"] != "run")
        unfinished = self.path.with_suffix(".unfinished")
        unfinished.write_text("".join(json.dumps(line, ensure_ascii=False) + "\n" for line in ordered))
        unfinished.rename(self.path)


def _key(line):
    if line["kind"] == "run":
        return line["run"]
    return line["item"], json.dumps(line["work"], sort_keys=True), line["tool"]


def result_of(contender, item, work, run, threads):
    """The record of a contender after its rounds."""
    rounds = [
        {"seconds": outcome.wall, "wall_seconds": outcome.wall, "cpu_seconds": outcome.cpu, "peak_mb": outcome.peak_mb,
         "other_cores": outcome.other_cores,
         **{name: outcome.result[name] for name in ROUND_MEMBERS if name in outcome.result}}
        for outcome in contender.outcomes if outcome.is_ok]
    return {
        "kind": "result", "run": run, "item": item, "work": {**work, **contender.work}, "tool": contender.tool,
        "threads": threads, "status": contender.status, "equal": contender.equal,
        "facts": {name: contender.result[name] for name in FACTS if name in contender.result},
        "rounds": [{name: round(value, 4) for name, value in one.items()} for one in rounds],
    }


class Figures:
    """Medians of a result's rounds."""

    def __init__(self, record):
        self.record = record
        self.rounds = record["rounds"]
        self.is_ok = record["status"] == "ok" and bool(self.rounds)

    def values(self, name):
        return [one[name] for one in self.rounds if name in one]

    def median(self, name):
        values = self.values(name)
        return statistics.median(values) if values else None
