"""What the figures were measured on and with."""
import importlib.metadata
import os
import platform
import shutil
import subprocess
import sys
from pathlib import Path

PYTHON_PACKAGES = ["numpy", "dbscan", "scikit-learn", "scipy", "polars", "pyproj", "shapely", "orjson"]


def describe(command):
    """The machine, and the versions of everything that took part and is there."""
    return {
        "cpu": _cpu(), "cores": os.cpu_count(), "memory_gb": round(_memory_gigabytes(), 1),
        "system": _system(), "kernel": platform.release().split("-")[0], "architecture": platform.machine(),
        "versions": _versions(command),
    }


def _cpu():
    fields = _fields("/proc/cpuinfo", ":")
    name = fields.get("model name") or platform.processor() or platform.machine()
    vectors = next((name for flag, name in [("avx512f", "AVX-512"), ("avx2", "AVX2")]
                    if flag in fields.get("flags", "").split()), None)
    return f"{name}, {vectors}" if vectors else name


def _memory_gigabytes():
    return os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 2 ** 30


def _system():
    return _fields("/etc/os-release", "=").get("PRETTY_NAME", platform.platform()).strip('"')


def _fields(path, separator):
    """The first value of each name in a file of lines `name separator value`."""
    fields = {}
    if Path(path).exists():
        for line in Path(path).read_text().splitlines():
            name, _, value = line.partition(separator)
            fields.setdefault(name.strip(), value.strip())
    return fields


def _versions(command):
    versions = {"FirmClusters": _own(command), "Swift": _swift(), "Python": platform.python_version()}
    for package in PYTHON_PACKAGES:
        try:
            versions[package] = importlib.metadata.version(package)
        except importlib.metadata.PackageNotFoundError:
            pass
    if shutil.which("Rscript"):
        versions["R"] = _first_line(["Rscript", "-e", 'cat(paste0(R.version$major, ".", R.version$minor))'])
        versions["R dbscan"] = _first_line(["Rscript", "-e", 'cat(as.character(packageVersion("dbscan")))'])
    postgis = postgis_version()
    if postgis:
        versions["PostGIS"] = postgis
    return {name: version for name, version in versions.items() if version}


def _own(command):
    """Version of the command and of what it links, and the commit it was built from."""
    done = subprocess.run([str(command), "--version"], capture_output=True, text=True)
    version = ", ".join(done.stdout.split("\n")).strip(", ").removeprefix("firmclusters ")
    commit = _first_line(["git", "-C", Path(__file__).parent, "describe", "--always", "--dirty"])
    return f"{version} (commit {commit})" if commit else version


def _swift():
    words = _first_line(["swift", "--version"]).split()
    return words[words.index("version") + 1] if "version" in words else ""


def _first_line(command):
    try:
        done = subprocess.run([str(word) for word in command], capture_output=True, text=True)
    except OSError:
        return ""
    text = done.stdout.strip() or done.stderr.strip()
    return text.splitlines()[0] if done.returncode == 0 and text else ""


def postgis_version():
    """The version of PostGIS beside an installed server; empty when there is none."""
    for control in sorted(Path("/usr/share/postgresql").glob("*/extension/postgis.control"), reverse=True):
        if Path(f"/usr/lib/postgresql/{control.parts[-3]}/bin/initdb").exists():
            return _fields(control, "=").get("default_version", "").strip("'")
    return ""


def can_import(*modules, python=sys.executable):
    """Whether a Python has modules: a package can be installed without what it needs, so they are imported."""
    return bool(python) and subprocess.run(
        [python, "-c", "import " + ", ".join(modules)], capture_output=True).returncode == 0


def has_r_package(name):
    return shutil.which("Rscript") is not None and subprocess.run(
        ["Rscript", "-e", f"library({name})"], capture_output=True).returncode == 0
