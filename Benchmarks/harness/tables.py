"""Markdown tables of results."""
import json

from . import shapes
from .results import Figures
from .rivals import DBSCAN_COMMANDS, OURS

CLUSTERING = ["dbscan-10m", "dbscan-10m-wide", "dbscan-1m", "industries", "simulations", "addresses"]
PATTERNS = ["patterns", "patterns-relabelled", "patterns-city", "patterns-beijing"]
HIERARCHIES = ["spanning-tree-1m", "hdbscan-1m", "hdbscan-10m"]


def everything(results, only_run=None):
    """All tables for which there are results, of one run or of all."""
    def of(*items):
        return [record for record in results.of(*items) if only_run in (None, record["run"])]

    runs = [run for run in results.runs() if only_run in (None, run["run"])]
    every = of(*{record["item"] for record in results.of(*_all_items(results))})
    parts = [
        _machines(runs, every),
        _section("DBSCAN", of(*CLUSTERING), comparison),
        _section("HDBSCAN*", of(*HIERARCHIES), comparison),
        _section("Co-location patterns", of(*PATTERNS), comparison),
        _section("One index, many questions", of("dbscan-10m", "dbscan-10m-wide", "dbscan-1m", "huge"), questions),
        _section("On the sphere", of("sphere"), comparison),
        _section("From CSV to GeoJSON", of("pipeline"), comparison),
        _section("Reading CSV", of("csv"), comparison),
        _section("Ten times the firms", of("scaling"), scaling),
        _section("Shapes", of("shapes"), shape_series),
        _section("Distance from the floor", of("floor"), floor),
        _section("Where the time goes", of("stages"), stages),
        _section("Instructions", of("instructions"), instructions),
        _section("To the end of one machine", of("huge"), huge),
        _section("What was found equal", [record for record in every if record["equal"]], equality),
    ]
    return "\n\n".join(part for part in parts if part) + "\n"


def _all_items(results):
    return {line["item"] for line in results.lines if line["kind"] == "result"}


def _section(title, records, table):
    return f"### {title}\n\n{table(records)}" if records else ""


def markdown(head, rows):
    lines = [head, ["---"] * len(head), *rows]
    return "\n".join("| " + " | ".join(str(cell) for cell in line) + " |" for line in lines)


def by_work(records):
    """Results of the same piece of work together: items in the order of the page, few firms before many."""
    groups = {}
    for record in records:
        key = record["item"], json.dumps(_shared(record["work"]), sort_keys=True)
        groups.setdefault(key, []).append(record)
    return sorted(groups.values(), key=lambda group: (
        _rank(group[0]["item"]), group[0]["work"]["n"]))


def _rank(item):
    order = CLUSTERING + HIERARCHIES + PATTERNS
    return order.index(item) if item in order else 0


def _shared(work):
    """What all contenders of a piece of work have in common."""
    return {name: value for name, value in work.items() if name != "metric"}


def describe(record):
    """A piece of work in words."""
    work, item = record["work"], record["item"]
    n = f"{work['n']:,}"
    if item == "csv":
        return f"{n} rows, file of {work['columns']} columns, {work['megabytes']:,} MB"
    if item in HIERARCHIES:
        size = f", clusters of {work['size']} and more" if "size" in work else ", the spanning tree alone"
        return f"{n} firms, minPts {work['min_points']}{size}"
    if item in PATTERNS:
        where = {"towns": "", "Beijing": " of Beijing"}.get(work["shape"], f" of a {work['shape']}")
        again = f", and again of {work['simulations']} relabellings" if work.get("simulations") else ""
        return f"{n} firms{where}, {work['eps']:g} m, index {work['index']:g}, up to {work['size']} industries{again}"
    parameters = f"eps {work['eps']:g} m, minPts {work['min_points']}"
    if item == "pipeline":
        return f"{n} firms, {parameters}, our {work['ours']} against {work['rival']} hulls"
    if item == "industries":
        return f"{n} firms, 300 industries one by one, {parameters}"
    if item == "simulations":
        return f"{n} firms, 300 industries, {work['simulations']} relabellings detected again, {parameters}"
    if work.get("shape") == "addresses":
        return f"{n} firms on 1,000 addresses, {parameters}"
    return f"{n} firms, {parameters}"


def seconds(value):
    """Three significant digits."""
    digits = 3 if value < 1 else 2 if value < 10 else 1 if value < 100 else 0
    return f"{value:.{digits}f}"


def spread(figures, name="seconds"):
    values = figures.values(name)
    return f"{seconds(figures.median(name))} ({seconds(min(values))}–{seconds(max(values))})"


def megabytes(value):
    return "" if value is None else f"{value:,.0f}"


def ratio(value, of):
    return f"{value / of:.1f} ×" if value and of else ""


def comparison(records):
    """A row for each tool: time with its range, memory, and both as multiples of ours."""
    has_input = any(Figures(record).values("above_input_mb") for record in records)
    head = ["work", "tool", "threads", "seconds: median (min–max)", "time / ours", "peak MB", "peak / ours"]
    head += ["MB above input", "above / ours"] if has_input else []
    rows = []
    for group in by_work(records):
        group = sorted(group, key=_tool_order)
        ours = next((Figures(record) for record in group if record["tool"] == OURS), None)
        for position, record in enumerate(group):
            cells = _comparison_row(record, ours, has_input)
            rows.append([describe(record) if position == 0 else "", *cells])
    return markdown(head, rows)


def _tool_order(record):
    order = list(DBSCAN_COMMANDS)
    rank = order.index(record["tool"]) if record["tool"] in order else len(order)
    return rank, record["work"].get("metric", "")


def _comparison_row(record, ours, has_input):
    figures = Figures(record)
    name = record["tool"] + (f", {record['work']['metric']}" if "metric" in record["work"] else "")
    if not figures.is_ok:
        return [name, record["threads"], record["status"], *[""] * (5 if has_input else 3)]
    cells = [name, record["threads"], spread(figures)]
    for measure in ["seconds", "peak_mb"] + (["above_input_mb"] if has_input else []):
        value = figures.median(measure)
        if measure != "seconds":
            cells.append(megabytes(value))
        is_reference = ours is None or figures.record is ours.record
        cells.append("" if is_reference else ratio(value, ours.median(measure)))
    return cells


def questions(records):
    """The first question sorts all firms; the second, with a radius a tenth smaller, uses what was sorted."""
    rows = []
    for record in (record for group in by_work(records) for record in group):
        figures = Figures(record)
        if record["tool"] == OURS and figures.is_ok and figures.values("second_question_seconds"):
            rows.append([describe(record), spread(figures), spread(figures, "sorting_seconds"),
                         spread(figures, "second_question_seconds")])
    return markdown(["work", "first question s", "of which sorting s", "second question s"], rows)


def scaling(records):
    """Each tool against itself at the smaller size."""
    rows = []
    for tool in dict.fromkeys(record["tool"] for record in records):
        same = sorted((record for record in records if record["tool"] == tool), key=lambda record: record["work"]["n"])
        first = Figures(same[0])
        for record in same:
            figures = Figures(record)
            if not (figures.is_ok and first.is_ok):
                rows.append([tool, f"{record['work']['n']:,}", "", record["status"], *[""] * 5])
                continue
            core = record["facts"].get("core")
            rows.append([
                tool, f"{record['work']['n']:,}", f"{record['work']['eps']:g}", spread(figures),
                f"{figures.median('seconds') / first.median('seconds'):.2f} ×", megabytes(figures.median("peak_mb")),
                f"{figures.median('peak_mb') / first.median('peak_mb'):.2f} ×",
                megabytes(figures.median("above_input_mb")), f"{core / record['work']['n']:.1%}" if core else ""])
    return markdown(["tool", "firms", "eps m", "seconds", "of the smallest", "peak MB", "of the smallest",
                     "MB above input", "core firms"], rows)


def shape_series(records):
    """Seconds and peak megabytes of every tool by shape and number of points."""
    tools = [tool for tool in DBSCAN_COMMANDS if any(record["tool"] == tool for record in records)]
    rows = []
    for shape in shapes.NAMES:
        of_shape = [record for record in records if record["work"]["shape"] == shape]
        for count in sorted({record["work"]["n"] for record in of_shape}):
            by_tool = {record["tool"]: record for record in of_shape if record["work"]["n"] == count}
            rows.append([shape, f"{count:,}", *(_time_and_memory(by_tool.get(tool)) for tool in tools)])
    return markdown(["shape", "points", *(f"{tool}: s, MB" for tool in tools)], rows)


def _time_and_memory(record):
    if record is None:
        return ""
    figures = Figures(record)
    if not figures.is_ok:
        return record["status"]
    return f"{seconds(figures.median('seconds'))}, {megabytes(figures.median('peak_mb'))}"


def stages(records):
    tables = []
    for record in records:
        lines = [f"{describe(record)}: {spread(Figures(record))} s in all, through the library."]
        for kind, head, suffix in (("steps", "step", " s"), ("parts", "share of CPU time", " %")):
            if record.get(kind):
                total = sum(record[kind].values())
                cells = [f"{value:.3g}{suffix}" + (f" ({value / total:.0%})" if kind == "steps" else "")
                         for value in record[kind].values()]
                lines.append(markdown([head, *record[kind]], [["", *cells]]))
        tables.append("\n\n".join(lines))
    return "\n\n".join(tables)


def floor(records):
    """DBSCAN as a multiple of sorting the same points by cell once."""
    rows = []
    for group in by_work(records):
        by_tool = {record["tool"]: Figures(record) for record in group}
        if len(by_tool) == 2 and all(figures.is_ok for figures in by_tool.values()):
            ours, (sort,) = by_tool.pop(OURS), by_tool.values()
            rows.append([describe(group[0]), spread(ours), spread(sort),
                         ratio(ours.median("seconds"), sort.median("seconds"))])
    return markdown(["work", "DBSCAN s", "one parallel radix sort and gather s", "DBSCAN / sort"], rows)


def instructions(records):
    rows = [[describe(record), f"{c['instructions'] / 1e6:,.0f}", f"{c['kernel_instructions'] / 1e6:,.0f}",
             f"{c['candidates'] / 1e6:,.1f}", f"{c['candidates'] / record['work']['n']:,.0f}",
             c["kernel_instructions_per_candidate"], c["instructions_per_candidate"]]
            for record in records for c in [record["counted"]]]
    return markdown(["work, one thread, two questions", "million instructions", "in the kernels",
                     "million candidate distances", "candidates a firm", "kernel instructions a candidate",
                     "all instructions a candidate"], rows)


def huge(records):
    rows = []
    for record in records:
        figures = Figures(record)
        if not figures.is_ok:
            rows.append([describe(record), record["status"], "", "", "", ""])
            continue
        times = [spread(figures, name) for name in ("seconds", "sorting_seconds", "second_question_seconds")]
        rows.append([describe(record), *times, *(megabytes(figures.median(name)) for name in ("input_mb", "peak_mb"))])
    return markdown(["work", "seconds", "of which sorting", "second question", "input MB", "peak MB"], rows)


def equality(records):
    """What was compared before times counted, for each tool."""
    kinds = {}
    for record in records:
        kinds.setdefault((record["item"], record["tool"], record["equal"]), []).append(record["work"].get("n"))
    rows = [[item, tool, ", ".join(f"{n:,}" for n in sorted(set(sizes))), equal]
            for (item, tool, equal), sizes in kinds.items()]
    return markdown(["item", "tool", "firms", "equal to ours"], rows)


def _machines(runs, records):
    lines = []
    for run in runs:
        versions = ", ".join(f"{name} {version}" for name, version in run["versions"].items())
        of_run = [record for record in records if record["run"] == run["run"]]
        # The kernel counts in hundredths of a second: too coarse for short runs.
        others = [Figures(record).median("other_cores") for record in of_run
                  if (Figures(record).median("wall_seconds") or 0) > 0.5]
        counts = [len(record["rounds"]) for record in of_run if record["rounds"]]
        low, high = min(counts, default=0), max(counts, default=0)
        rounds = f"{low} to {high}" if low < high else str(high)
        lines.append(
            f"Measured {run['run'].replace('T', ' ').replace('Z', ' UTC')}: {run['cpu']}, {run['cores']} cores, "
            f"{run['memory_gb']:g} GiB, {run['system']}, kernel {run['kernel']}, {run['architecture']}; "
            f"{run['threads']} threads; rounds: {rounds}. Other programs used up to {max(others, default=0):.2f} cores "
            f"in a median round. {versions}.")
    return "\n\n".join(lines)
