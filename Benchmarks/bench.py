#!/usr/bin/env python3
"""Times FirmClusters beside other tools, in alternation, and prints tables. `make bench` builds and calls it.

    bench.py                     everything at up to one million firms, five rounds
    bench.py --quick             the same in short: three rounds, smaller shapes
    bench.py --full              everything at up to ten million firms
    bench.py --huge              a hundred million sites through the library
    bench.py --only csv,pipeline
    bench.py --full --record     into Benchmarks/results.jsonl, tables and plots into Docs
    bench.py --document          tables and plots from the recorded results, without measuring

Results are compared before a time counts: the same core points, the same noise, the same clusters. What is not
installed is left out with a word. Nothing is judged: ratios are of medians, on the same machine, with the same number
of threads.
"""
import argparse
import datetime
import os
import sys
import traceback
from pathlib import Path

HERE = Path(__file__).resolve().parent
RECORDED = HERE / "results.jsonl"


def parse_arguments(names):
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    extent = parser.add_mutually_exclusive_group()
    extent.add_argument("--quick", action="store_true")
    extent.add_argument("--full", action="store_true")
    extent.add_argument("--huge", action="store_true")
    parser.add_argument("--only", help=f"items, with commas between: {', '.join(names)}")
    parser.add_argument("--sizes", help="numbers of firms instead of the usual ones; radii are scaled to them")
    parser.add_argument("--runs", type=int, help="rounds of the alternation")
    parser.add_argument("--threads", type=int, default=min(2, os.cpu_count() or 1))
    parser.add_argument("--limit-seconds", type=float, help="a process that takes longer is stopped")
    parser.add_argument("--limit-gigabytes", type=float, help="a process that needs more is stopped")
    parser.add_argument("--record", action="store_true", help="keep the results in the repository and write Docs")
    parser.add_argument("--document", action="store_true", help="only write Docs from the recorded results")
    options = parser.parse_args()
    options.preset = "quick" if options.quick else "full" if options.full else "default"
    return options


def chosen(options, items):
    if options.huge:
        return ["huge"]
    if options.only:
        unknown = set(options.only.split(",")) - set(items)
        if unknown:
            sys.exit(f"no such item: {', '.join(sorted(unknown))}; there are {', '.join(items)}")
        return options.only.split(",")
    return [name for name in items if name != "huge" and (options.full or "10m" not in name)]


def main():
    try:
        from harness import documents, machine, tables
        from harness.context import Context
        from harness.inputs import Inputs
        from harness.items import ITEMS
        from harness.processes import Limits
        from harness.results import Results
        from harness.rivals import COMMAND
        import polars  # noqa: F401  (inputs are made with it)
        import pyproj  # noqa: F401
    except ImportError as missing:
        sys.exit(f"{missing}: the inputs are made with Python packages; pip install -r Benchmarks/requirements.txt")
    options = parse_arguments(ITEMS)
    if options.document:
        documents.write(Results(RECORDED))
        return
    data = Path(os.environ.get("BENCH_DATA") or HERE / ".data")
    inputs = Inputs(data)
    results = Results(RECORDED if options.record else data / "results.jsonl")
    run = datetime.datetime.now(datetime.timezone.utc).strftime("%Y-%m-%dT%H:%M:%SZ")
    results.start_run({"run": run, "threads": options.threads, **machine.describe(COMMAND)})
    seconds = {"quick": 30, "default": 60, "full": 300}[options.preset]
    usual = Limits(1800, 1000) if options.huge else Limits(seconds, 20)
    limits = Limits(options.limit_seconds or usual.seconds, options.limit_gigabytes or usual.gigabytes)
    context = Context(
        inputs=inputs, results=results, run=run, threads=options.threads,
        rounds=options.runs or (3 if options.quick else 5), limits=limits, preset=options.preset,
        sizes=[int(size) for size in options.sizes.split(",")] if options.sizes else None, failures=[])
    for name in chosen(options, ITEMS):
        try:
            ITEMS[name](context)
        except Exception as error:  # the other items of a long run are still worth having
            traceback.print_exc()
            context.failures.append(f"{name}: {type(error).__name__}: {error}")
    print("\n" + tables.everything(results, only_run=run))
    if options.record:
        documents.write(results)
    for failure in context.failures:
        print(f"FAILED: {failure}", file=sys.stderr)
    sys.exit(1 if context.failures else 0)


if __name__ == "__main__":
    main()
