#!/usr/bin/env python3
"""postgis_rival.py POINTS EPS MINPTS LABELS LIMIT_SECONDS

Times ST_ClusterDBSCAN in a PostgreSQL server of its own, in a temporary folder, and prints one line of JSON. The time
is that of the query that writes a table of labels; starting, loading and building the GiST index are left out. Memory
is that of the server process of the query. PostgreSQL refuses to run as root: root runs it as the user postgres."""
import glob
import json
import os
import pwd
import shutil
import subprocess
import sys
import tempfile
import time

points, eps, minimum, out, limit = (
    sys.argv[1], float(sys.argv[2]), int(sys.argv[3]), sys.argv[4], float(sys.argv[5]))
import numpy as np  # noqa: E402

PROGRAMS = sorted(glob.glob("/usr/lib/postgresql/*/bin"))[-1]
AS_POSTGRES = ["runuser", "-u", "postgres", "--"] if os.getuid() == 0 else []
SETTINGS = {"listen_addresses": "", "shared_buffers": "1GB", "work_mem": "4GB", "maintenance_work_mem": "1GB",
            "jit": "off", "fsync": "off", "max_wal_size": "8GB"}


def sql(folder, text, data=None):
    """What psql prints for some SQL."""
    command = [*AS_POSTGRES, f"{PROGRAMS}/psql", "-qAtX", "-v", "ON_ERROR_STOP=1", "-h", folder, "-d", "postgres"]
    command += ["-c", text] if data else ["-f", "-"]
    done = subprocess.run(command, input=data or text.encode(), capture_output=True, cwd="/")
    if done.returncode != 0:
        sys.exit(done.stderr.decode()[-300:])
    return done.stdout.decode()


def load(folder):
    xy = np.fromfile(points).reshape(-1, 2)
    text = "\n".join(f"{x!r},{y!r}" for x, y in xy.tolist()) + "\n"
    sql(folder, "create extension postgis; create unlogged table raw (id serial, x float8, y float8);")
    sql(folder, "copy raw (x, y) from stdin csv", text.encode())
    sql(folder, "create unlogged table points as select id, st_point(x, y) g from raw; drop table raw;"
                "create index on points using gist (g); analyze points;")


def cluster(folder):
    printed = sql(folder, f"""set statement_timeout = {int(limit * 1000)};
        \\timing on
        create unlogged table labels as select id, st_clusterdbscan(g, {eps!r}, {minimum}) over () label from points;
        \\timing off
        select 'peak', (regexp_match(
            pg_read_file('/proc/' || pg_backend_pid() || '/status', 0, 20000), 'VmHWM:\\s+(\\d+)'))[1];
        """)
    milliseconds = float(next(line for line in printed.splitlines() if line.startswith("Time:")).split()[1])
    kibibytes = float(next(line for line in printed.splitlines() if line.startswith("peak|")).split("|")[1])
    return milliseconds / 1000, kibibytes * 1024 / 1e6


folder = tempfile.mkdtemp(prefix="postgis-")
server = None
try:
    if AS_POSTGRES:
        os.chown(folder, pwd.getpwnam("postgres").pw_uid, -1)
    subprocess.run([*AS_POSTGRES, f"{PROGRAMS}/initdb", "-D", f"{folder}/db", "-A", "trust"], check=True,
                   capture_output=True, cwd="/")
    options = [word for name, value in SETTINGS.items() for word in ("-c", f"{name}={value}")]
    server = subprocess.Popen([*AS_POSTGRES, f"{PROGRAMS}/postgres", "-D", f"{folder}/db", "-k", folder, *options],
                              stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, cwd="/")
    for _ in range(200):
        if os.path.exists(f"{folder}/.s.PGSQL.5432"):
            break
        time.sleep(0.1)
    load(folder)
    seconds, peak = cluster(folder)
    printed = sql(folder, "select coalesce(label, -1) from labels order by id;")
    labels = np.array(printed.split(), np.int32)
    labels.tofile(out)
    print(json.dumps({"seconds": seconds, "peak_mb": peak, "clusters": int(len(np.unique(labels[labels >= 0]))),
                      "noise": int((labels < 0).sum())}))
finally:
    if server:
        server.terminate()
        server.wait()
    shutil.rmtree(folder, ignore_errors=True)
