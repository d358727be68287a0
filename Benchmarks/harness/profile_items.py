"""Where the time of the whole way from CSV to GeoJSON goes: by step, by part of the program, and in instructions."""
import collections
import math
import re
import shutil
import statistics
import subprocess

from . import shapes
from .alternation import Contender
from .clustering_items import MIN_POINTS, rounded
from .inputs import warmed
from .instructions import count_instructions
from .rivals import COMMAND, MEASURE, OURS

# What each target of the library, and each library it uses, does.
PARTS = {
    "DelimitedText": "reading", "FirmInput": "reading", "IndustryClassifications": "reading", "libcrypto": "reading",
    "libz": "reading", "FirmModel": "reading", "SpatialIndex": "neighbor search",
    "CDistanceKernels": "distance kernels",
    "DensityClustering": "clustering", "ClusterDetection": "counting and scoring",
    "RegionalMeasures": "counting and scoring", "ClusterGeometry": "outlines", "Geodesy": "outlines",
    "libgeos": "outlines", "libproj": "outlines", "libstdc++": "outlines", "ReportWriting": "writing",
    "ParallelWork": "threads", "libswift": "Swift runtime", "libc.so": "C library", "libm.so": "C library",
    "libc-": "C library", "kernel": "kernel",
}
MODULES = [name for name in PARTS if name[0].isupper() and name != "CDistanceKernels"]


def stages(context):
    """Wall time between the steps that the library announces, and CPU time by target of the library from sampling."""
    full = [(1_000_000, 2000), (10_000_000, 1000)]
    sizes = context.pick(full[:1], full[:1], full)
    if context.sizes:
        sizes = [(count, rounded(2000 * math.sqrt(1_000_000 / count))) for count in context.sizes]
    for count, eps in sizes:
        register, output = warmed(context.inputs.register(count)), context.scratch("stages.geojson")
        contender = Contender(OURS, [MEASURE, "stages", register, eps, MIN_POINTS, context.threads, output],
                              context.threads)
        work = {"n": count, "eps": eps, "min_points": MIN_POINTS}
        context.measure("stages", work, [contender], lambda done: None)
        if not contender.is_ok:
            continue
        record = context.results.of("stages")[-1]
        record["steps"] = _median_steps(contender)
        record["parts"] = _sampled_parts(context, [
            COMMAND, "detect", register, "--eps", eps, "--min-points", MIN_POINTS, "-o", output, "--force", "--quiet",
            "--threads", context.threads])
        context.results.add(record)
        for kind in ("steps", "parts"):
            print("  " + ", ".join(f"{name} {value:.3g}" for name, value in (record[kind] or {}).items()), flush=True)


def _median_steps(contender):
    steps = collections.defaultdict(list)
    for outcome in contender.outcomes:
        for step in outcome.result["steps"]:
            steps[step["step"]].append(step["seconds"])
    return {step: round(statistics.median(seconds), 4) for step, seconds in steps.items()}


def _sampled_parts(context, command):
    """Share of CPU time in each part of the program, by sampling its symbols; None without perf."""
    if shutil.which("perf") is None:
        print("left out, not installed: perf", flush=True)
        return None
    data = context.scratch("perf.data")
    recorded = subprocess.run(["perf", "record", "-q", "-e", "cpu-clock", "-F", "997", "-o", str(data), "--",
                               *map(str, command)], capture_output=True, text=True)
    report = subprocess.run(["perf", "report", "-i", str(data), "--stdio", "-q", "--no-demangle", "-F",
                             "overhead,dso,symbol", "-t", ";"], capture_output=True, text=True)
    data.unlink(missing_ok=True)
    if recorded.returncode != 0 or report.returncode != 0:
        print("left out: perf cannot sample here", flush=True)
        return None
    shares = collections.Counter()
    for line in report.stdout.splitlines():
        fields = [field.strip() for field in line.split(";")]
        if len(fields) >= 3 and fields[0].endswith("%"):
            shares[part(fields[1], re.sub(r"^\[.\]\s*", "", fields[2]))] += float(fields[0][:-1])
    return {name: round(share, 1) for name, share in shares.most_common() if share >= 0.1}


def part(library, symbol):
    """The part of the program that a symbol of a library belongs to."""
    if library.startswith("["):
        return PARTS["kernel"]
    for name, what in PARTS.items():
        if library.startswith(name):
            return what
    if symbol.startswith("$s"):
        # A mangled name holds its module as length and name; that of the function comes before those of its arguments.
        found = [(symbol.index(f"{len(name)}{name}"), name) for name in MODULES if f"{len(name)}{name}" in symbol]
        return PARTS[min(found)[1]] if found else PARTS["libswift"]
    if re.search(r"_(planar|space)\b", symbol):
        return PARTS["CDistanceKernels"]
    return PARTS["libswift"] if symbol.startswith("swift") else "other"


def instructions(context):
    """Instructions for each candidate distance, counted by valgrind on one thread: exact, and the same on every run,
    but for the instruction set that valgrind knows (no AVX-512)."""
    for count in context.sizes or [100_000]:
        eps = rounded(shapes.towns_eps(count))
        one_point = context.scratch("one-point")
        one_point.write_bytes(bytes(16))
        arguments, idle = (["dbscan", points, "plane", eps, MIN_POINTS, 1, "/dev/null"]
                           for points in (context.inputs.towns(count), one_point))
        counted = count_instructions(MEASURE, arguments, idle, context.scratch("callgrind"))
        if counted is None:
            return
        print(f"instructions: n {count:,}: {counted}", flush=True)
        context.results.add({
            "kind": "result", "run": context.run, "item": "instructions", "tool": OURS, "threads": 1, "status": "ok",
            "work": {"shape": "towns", "n": count, "eps": eps, "min_points": MIN_POINTS}, "equal": "", "facts": {},
            "rounds": [], "counted": counted})
