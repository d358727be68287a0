"""Runs several contenders in turn, round after round, and compares their results before any time counts."""
from dataclasses import dataclass, field

from .processes import Limits, Outcome, run


@dataclass
class Contender:
    """A tool at a piece of work."""
    tool: str
    command: list
    threads: int
    work: dict = field(default_factory=dict)  # what sets this work apart from that of the other contenders
    prints_result: bool = True  # whether it times itself; else the whole process counts
    outcomes: list = field(default_factory=list)
    equal: str = ""  # what was found equal to ours

    @property
    def status(self):
        return self.outcomes[-1].status if self.outcomes else "not run"

    @property
    def is_ok(self):
        return all(outcome.is_ok for outcome in self.outcomes)

    @property
    def result(self):
        return self.outcomes[0].result


def alternate(contenders, rounds, limits: Limits, check):
    """Round after round each contender once. After the first round `check` compares results, and raises when they
    differ. A contender that passes its limits, or fails, is left out of further rounds."""
    for number in range(rounds):
        for contender in contenders:
            if not contender.is_ok:
                continue
            outcome: Outcome = run(contender.command, contender.threads, limits, contender.prints_result)
            contender.outcomes.append(outcome)
            seconds = outcome.result.get("seconds", outcome.wall)
            shown = f"{seconds:.3f} s, {outcome.peak_mb:.0f} MB" if outcome.is_ok else outcome.status
            print(f"  round {number + 1}: {contender.tool} {shown}", flush=True)
        if number == 0:
            check([contender for contender in contenders if contender.is_ok])
