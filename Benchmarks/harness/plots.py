"""Scaling plots: time and memory against the number of points, both axes logarithmic, a panel for each shape.

Drawn by a writer of a few lines (svg.py), not by a plotting package: the text stays text, colors follow the reader's
light or dark page, files are small, and nothing needs to be installed.
"""
import math

from . import shapes
from .results import Figures
from .rivals import DBSCAN_COMMANDS, OURS
from .svg import Drawing

LIGHT = {"ground": "#ffffff", "ink": "#1f2328", "pale-ink": "#59636e", "rule": "#9aa3ad", "grid": "#e3e7eb",
         "c0": "#0060b0", "c1": "#d1500f", "c2": "#0b7f5c", "c3": "#a63d8f", "c4": "#8a6d00"}
DARK = {"ground": "#0d1117", "ink": "#e6edf3", "pale-ink": "#9da7b3", "rule": "#5b6570", "grid": "#232a33",
        "c0": "#58b0ff", "c1": "#ff9257", "c2": "#4fd1a5", "c3": "#ee92d8", "c4": "#e0be4a"}
TITLES = {
    "towns": ("towns", "equal neighbors at every n"), "uniform": ("uniform", "12 points within eps of each"),
    "city": ("one dense city", "ever denser with n"),
    "addresses": ("1,000 addresses", "n firms on them"), "line": ("on a line", "12 points within eps of each"),
}
MEASURES = {  # file: (title, what is plotted, unit, units of the axis by power of ten)
    "benchmarks-time.svg": ("DBSCAN: seconds against number of points", "seconds", "s", {0: "s", -3: "ms", -6: "µs"}),
    "benchmarks-memory.svg": (
        "DBSCAN: peak memory of the process against number of points", "peak_mb", "MB", {3: "GB", 0: "MB"}),
}
WIDTH, HEIGHT = 960, 620
COLUMNS, LEFT, TOP, PANEL, TALL, ACROSS, DOWN = 3, 64, 92, 236, 200, 306, 272


def scaling_plots(records):
    """SVG text by file name."""
    return {name: str(_figure(records, *measure)) for name, measure in MEASURES.items()}


def _in_units(power, units):
    """A power of ten in the largest unit that is not larger than it."""
    exponent = next((exponent for exponent in units if exponent <= power), min(units))
    return f"{10.0 ** (power - exponent):g} {units[exponent]}"


class Axes:
    """A panel with logarithmic axes over whole powers of ten."""

    def __init__(self, left, top, x_powers, y_powers):
        self.left, self.top, self.x_powers, self.y_powers = left, top, x_powers, y_powers

    def x(self, value):
        low, high = self.x_powers
        return self.left + PANEL * (math.log10(value) - low) / (high - low)

    def y(self, value):
        low, high = self.y_powers
        return self.top + TALL * (1 - (math.log10(value) - low) / (high - low))


def _figure(records, title, measure, unit, axis_units):
    drawing = Drawing(WIDTH, HEIGHT, LIGHT, DARK)
    drawing.text(24, 34, title, kind="title")
    drawing.text(24, 55, "medians; both axes logarithmic; two threads where the tool can use them", kind="small")
    tools = [tool for tool in DBSCAN_COMMANDS if any(record["tool"] == tool for record in records)]
    x_powers = _powers([record["work"]["n"] for record in records])
    y_powers = _powers([value for record in records for value in [_value(record, measure, unit)[0]] if value])
    for position, shape in enumerate(shapes.NAMES):
        axes = Axes(LEFT + ACROSS * (position % COLUMNS), TOP + DOWN * (position // COLUMNS), x_powers, y_powers)
        _panel(drawing, axes, shape, axis_units)
        for tool in reversed(tools):  # ours last, on top
            of_tool = [record for record in records if record["tool"] == tool and record["work"]["shape"] == shape]
            _series(drawing, axes, tool, sorted(of_tool, key=lambda record: record["work"]["n"]), measure, unit)
    _legend(drawing, tools, LEFT + ACROSS * 2, TOP + DOWN)
    return drawing


def _powers(values):
    """The powers of ten around values."""
    low, high = math.floor(math.log10(min(values)) + 1e-9), math.ceil(math.log10(max(values)) - 1e-9)
    return low, max(high, low + 1)


def _panel(drawing, axes, shape, axis_units):
    name, remark = TITLES[shape]
    drawing.text(axes.left, axes.top - 10, name, kind="heading")
    drawing.text(axes.left + PANEL, axes.top - 10, remark, anchor="end", kind="small")
    for power in range(axes.x_powers[0], axes.x_powers[1] + 1):
        x = axes.x(10.0 ** power)
        drawing.add("path", d=f"M{x:.1f} {axes.top}v{TALL}", kind="grid")
        drawing.text(x, axes.top + TALL + 17, _count(10 ** power), anchor="middle", kind="small")
    for power in range(axes.y_powers[0], axes.y_powers[1] + 1):
        y = axes.y(10.0 ** power)
        drawing.add("path", d=f"M{axes.left} {y:.1f}h{PANEL}", kind="grid")
        drawing.text(axes.left - 7, y + 4, _in_units(power, axis_units), anchor="end", kind="small")
    drawing.add("rect", x=axes.left, y=axes.top, width=PANEL, height=TALL, kind="frame")


def _count(n):
    return f"{n // 1_000_000} M" if n >= 1_000_000 else f"{n // 1000} k" if n >= 1000 else str(n)


def _value(record, measure, unit):
    """The median, or the limit that a tool passed; nothing when it passed another one. And whether it is a limit."""
    figures = Figures(record)
    if figures.is_ok:
        return figures.median(measure), False
    words = record["status"].split()
    limits = {"s": ("s", 1), "MB": ("GB", 1000)}
    if len(words) == 3 and words[0] == "over" and words[2] == limits[unit][0]:
        return float(words[1]) * limits[unit][1], True
    return None, False


def _series(drawing, axes, tool, records, measure, unit):
    color, index = _color(tool)
    points = []
    for record in records:
        value, is_limit = _value(record, measure, unit)
        if value:
            x, y = axes.x(record["work"]["n"]), axes.y(value)
            if is_limit:
                x += 6 * (index - 2)  # several tools may pass the same limit
                drawing.add("path", d=f"M{x - 4:.1f} {y - 4:.1f}l8 8m0 -8l-8 8", stroke=color, stroke_width=2)
            else:
                points.append((x, y))
    if points:
        path = "M" + "L".join(f"{x:.1f} {y:.1f}" for x, y in points)
        drawing.add("path", d=path, stroke=color, stroke_width=3 if tool == OURS else 1.8, kind="line")
    for x, y in points:
        _marker(drawing, index, x, y, color)


def _color(tool):
    index = list(DBSCAN_COMMANDS).index(tool)
    return f"var(--c{index})", index


def _marker(drawing, index, x, y, color):
    """A mark of its own for each tool, for readers who do not tell the colors apart."""
    if index == 0:
        return drawing.add("circle", cx=x, cy=y, r=4.5, fill=color)
    path = {1: f"M{x - 4:.1f} {y - 4:.1f}h8v8h-8z", 2: f"M{x:.1f} {y - 5:.1f}l5 9h-10z",
            3: f"M{x:.1f} {y - 5.5:.1f}l5.5 5.5l-5.5 5.5l-5.5 -5.5z", 4: f"M{x - 5:.1f} {y - 4:.1f}h10l-5 9z"}[index]
    drawing.add("path", d=path, fill=color)


def _legend(drawing, tools, left, top):
    for row, tool in enumerate(tools):
        color, index = _color(tool)
        y = top + 14.0 + 26 * row
        drawing.add("path", d=f"M{left} {y:.1f}h36", stroke=color, stroke_width=3 if tool == OURS else 1.8, kind="line")
        _marker(drawing, index, left + 18.0, y, color)
        drawing.text(left + 46, y + 4.5, tool, kind="heading" if tool == OURS else "name")
    y = top + 14.0 + 26 * len(tools)
    drawing.add("path", d=f"M{left + 14} {y - 4:.1f}l8 8m0 -8l-8 8", stroke="var(--pale-ink)", stroke_width=2)
    drawing.text(left + 46, y + 4.5, "stopped at the limit, at least this much", kind="small")
