"""Writes tables and plots into the documentation, between markers; the text around them is written by hand."""
from pathlib import Path

from . import plots, tables

DOCS = Path(__file__).resolve().parent.parent.parent / "Docs"
PAGE = DOCS / "Benchmarks.md"
IMAGES = DOCS / "Images"
BEGIN, END = "<!-- begin: written by Benchmarks/bench.py -->", "<!-- end: written by Benchmarks/bench.py -->"


def write(results):
    before, rest = PAGE.read_text().split(BEGIN)
    _, after = rest.split(END)
    PAGE.write_text(f"{before}{BEGIN}\n\n{tables.everything(results)}{_drawn(results)}\n{END}{after}")


def _drawn(results):
    """Draws the plots for which there are results, and says where they are."""
    shapes = results.of("shapes")
    if not shapes:
        return ""
    IMAGES.mkdir(exist_ok=True)
    drawings = plots.scaling_plots(shapes)
    for name, drawing in drawings.items():
        (IMAGES / name).write_text(drawing)
    lines = [f"![{title}](Images/{name})" for name, (title, *_) in plots.MEASURES.items()]
    return "\n### Scaling\n\n" + "\n\n".join(lines) + "\n"
