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
    PAGE.write_text(f"{before}{BEGIN}\n\n{tables.everything(results)}\n{END}{after}")
    shapes = results.of("shapes")
    if shapes:
        IMAGES.mkdir(exist_ok=True)
        for name, drawing in plots.scaling_plots(shapes).items():
            (IMAGES / name).write_text(drawing)
