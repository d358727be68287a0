"""launcher.py ACCOUNT SECONDS GIGABYTES COMMAND…

Runs one command within limits and writes what it took to the file ACCOUNT. A process of its own, because Linux counts
the size of whoever started a process into its peak: the harness with its arrays is large, this is small.
"""
import json
import os
import signal
import subprocess
import sys
import time


def resident_gigabytes(pid):
    try:
        with open(f"/proc/{pid}/statm") as file:
            return int(file.read().split()[1]) * os.sysconf("SC_PAGESIZE") / 1e9
    except OSError:
        return 0.0


def busy_seconds():
    """CPU seconds that all processes of the machine have used; 0 where that is not known."""
    try:
        with open("/proc/stat") as file:
            user, nice, system, _, _, interrupts, soft_interrupts = map(int, file.readline().split()[1:8])
    except OSError:
        return 0.0
    return (user + nice + system + interrupts + soft_interrupts) / os.sysconf("SC_CLK_TCK")


def passed_limit(pid, elapsed, seconds, gigabytes):
    if elapsed > seconds:
        return f"over {seconds:g} s"
    return f"over {gigabytes:g} GB" if resident_gigabytes(pid) > gigabytes else None


def launch(command, seconds, gigabytes):
    """Waits for the end, or for a limit to be passed. Looks often at first, so that short runs are timed finely."""
    busy = busy_seconds()
    start = time.perf_counter()
    process = subprocess.Popen(command, stdin=subprocess.DEVNULL, start_new_session=True)
    stopped = None
    while True:
        pid, status, usage = os.wait4(process.pid, 0 if stopped else os.WNOHANG)
        elapsed = time.perf_counter() - start
        if pid:
            break
        stopped = passed_limit(process.pid, elapsed, seconds, gigabytes)
        if stopped:
            os.killpg(process.pid, signal.SIGKILL)  # its own session: only what it started
        else:
            time.sleep(0.001 if elapsed < 1 else 0.02)
    process.returncode = status  # waited for already
    cpu = usage.ru_utime + usage.ru_stime
    unit = 1 if sys.platform == "darwin" else 1024
    return {"stopped": stopped, "exit_status": status, "wall": elapsed, "cpu": cpu,
            "other_cores": max(0.0, busy_seconds() - busy - cpu) / elapsed, "peak_mb": usage.ru_maxrss * unit / 1e6}


if __name__ == "__main__":
    account = launch(sys.argv[4:], float(sys.argv[2]), float(sys.argv[3]))
    with open(sys.argv[1], "w") as file:
        json.dump(account, file)
