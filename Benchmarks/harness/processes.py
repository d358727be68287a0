"""Runs one process and says what it took: time, memory, and how busy the rest of the machine was meanwhile."""
import json
import os
import subprocess
import sys
import tempfile
from dataclasses import dataclass, field
from pathlib import Path

LAUNCHER = Path(__file__).with_name("launcher.py")
THREAD_VARIABLES = ["PARLAY_NUM_THREADS", "POLARS_MAX_THREADS", "OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS",
                    "MKL_NUM_THREADS", "RAYON_NUM_THREADS", "NUMEXPR_NUM_THREADS"]


@dataclass(frozen=True)
class Limits:
    seconds: float
    gigabytes: float


@dataclass
class Outcome:
    """What one run of a process took."""
    status: str  # "ok", or why there is no result
    wall: float
    cpu: float
    peak_mb: float
    other_cores: float  # cores that everything else on the machine used meanwhile
    result: dict = field(default_factory=dict)  # the line of JSON that it printed

    @property
    def is_ok(self):
        return self.status == "ok"


def run(command, threads, limits, prints_result=True):
    """Runs a command, which may print a line of JSON last; stops it, and what it started, at its limits."""
    environment = dict(os.environ, **{name: str(threads) for name in THREAD_VARIABLES})
    with tempfile.NamedTemporaryFile() as account_file:
        done = subprocess.run(
            [sys.executable, "-S", "-E", str(LAUNCHER), account_file.name, str(limits.seconds), str(limits.gigabytes),
             *map(str, command)], capture_output=True, env=environment)
        text = account_file.read()
    if not text:
        return Outcome(f"failed: {_end(done.stderr)}", 0, 0, 0, 0)
    account = json.loads(text)
    result = _last_json(done.stdout.decode(errors="replace"))
    if account["stopped"]:
        status = account["stopped"]
    elif account["exit_status"] != 0:
        status = f"failed: {_end(done.stderr) or account['exit_status']}"
    else:
        status = "ok" if result or not prints_result else "failed: printed no result"
    return Outcome(status, account["wall"], account["cpu"], max(account["peak_mb"], result.get("peak_mb", 0)),
                   account["other_cores"], result)


def _end(text):
    return " ".join(text.decode(errors="replace").split())[-200:]


def _last_json(text):
    lines = [line for line in text.splitlines() if line.startswith("{")]
    try:
        return json.loads(lines[-1]) if lines else {}
    except ValueError:
        return {}
