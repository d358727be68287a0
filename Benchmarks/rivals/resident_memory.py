"""How much memory a piece of work needed, beside what was there before it: the same account as ResidentMemory.swift."""
import resource
import sys


def _status(name):
    try:
        with open("/proc/self/status") as file:
            for line in file:
                if line.startswith(name):
                    return int(line.split()[1]) * 1024 / 1e6
    except OSError:
        pass
    return None


def _peak():
    unit = 1 if sys.platform == "darwin" else 1024
    return _status("VmHWM:") or resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * unit / 1e6


class ResidentMemory:
    """Begins to watch when made."""

    def __init__(self):
        self.earlier_peak = _peak()
        self.at_start = _status("VmRSS:") or self.earlier_peak
        try:
            with open("/proc/self/clear_refs", "w") as file:
                file.write("5")
        except OSError:
            pass

    def measured(self):
        peak = _peak()
        return {"peak_mb": max(self.earlier_peak, peak), "input_mb": self.at_start,
                "above_input_mb": max(0.0, peak - self.at_start)}
