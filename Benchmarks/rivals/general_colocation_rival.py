#!/usr/bin/env python3
"""general_colocation_rival.py POINTS CODES EPS INDEX SIZE OUTPUT

Times the package general-colocation (1.0.5; it needs pandas 1.5.3 and numpy below 2, so a Python of its own) and prints one line of JSON.
OUTPUT is written: a line for each pattern, its codes, then the firms that take part. The package looks for rules, too, which cannot be
switched off; and neighbors are nearer than EPS there."""
import contextlib
import json
import sys
import time
import warnings

warnings.filterwarnings("ignore")
import geopandas  # noqa: E402
import numpy as np  # noqa: E402
import pandas  # noqa: E402
from general_colocation.colocation import general  # noqa: E402
from resident_memory import ResidentMemory  # noqa: E402

xy = np.fromfile(sys.argv[1]).reshape(-1, 2)
eps, least, size = float(sys.argv[3]), float(sys.argv[4]), int(sys.argv[5])
frame = pandas.DataFrame({"code": [f"{code:09}" for code in np.fromfile(sys.argv[2], np.int32)], "number": range(len(xy))})
totals = frame.code.value_counts()
memory = ResidentMemory()
start = time.perf_counter()
frame["place"] = geopandas.points_from_xy(xy[:, 0], xy[:, 1])
with contextlib.redirect_stdout(sys.stderr):
    tables, _ = general(frame, "place", "code", "number", k=size, theta=least, alpha=1, relation="unit", threshold=eps)
seconds = time.perf_counter() - start
measured = memory.measured()
lines = []
for length, table in enumerate(tables[1:], 2):
    for codes, rows in table.groupby([f"cat{column}" for column in range(1, length + 1)]) if len(table) else []:
        taking_part = [int(rows[f"id{column}"].nunique()) for column in range(1, length + 1)]
        if min(firms / int(totals[code]) for firms, code in zip(taking_part, codes)) >= least:
            lines.append(" ".join(map(str, [*map(int, codes), *taking_part])) + "\n")
with open(sys.argv[6], "w") as file:
    file.writelines(lines)
print(json.dumps({"seconds": seconds, **measured, "patterns": len(lines)}))
