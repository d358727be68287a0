#!/usr/bin/env python3
"""csv_rival.py REGISTER.csv THREADS

Times polars at reading four columns of a register, industry as a categorical, and prints one line of JSON."""
import json
import os
import sys
import time

path, threads = sys.argv[1], sys.argv[2]
os.environ["POLARS_MAX_THREADS"] = threads
import polars as pl  # noqa: E402  (after the thread count)
from resident_memory import ResidentMemory  # noqa: E402

memory = ResidentMemory()
start = time.perf_counter()
frame = pl.read_csv(path, columns=["lon", "lat", "industry", "employees"],
                    schema_overrides={"industry": pl.Categorical})
seconds = time.perf_counter() - start
measured = memory.measured()
codes = frame.group_by(pl.col("industry").cast(pl.String)).len()
print(json.dumps({
    "seconds": seconds, **measured, "rows": frame.height, "sum_lon": frame["lon"].sum(),
    "sum_lat": frame["lat"].sum(), "sum_employees": frame["employees"].sum(), "codes": dict(codes.rows())}))
