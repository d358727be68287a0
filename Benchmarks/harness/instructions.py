"""Counts instructions and candidate distances of a run, by valgrind's callgrind.

A distance kernel compares each candidate's squared distance with the limit once. So the candidates are the
floating-point comparisons that the kernels executed, times the lanes of each: callgrind counts how often each
instruction of the kernels ran, objdump says which of them compare, and how many doubles at once.
"""
import re
import shutil
import subprocess
from pathlib import Path

LANES = {"zmm": 8, "ymm": 4, "xmm": 2}


def count_instructions(program, arguments, idle_arguments, scratch):
    """Instructions in all (less those of a run with `idle_arguments`, which has almost nothing to do: starting costs
    some, too), in the kernels, and candidates. None where the tools are missing, or see nothing."""
    missing = [tool for tool in ("valgrind", "objdump", "nm", "strip") if shutil.which(tool) is None]
    kernels = _kernel_names(Path(program).parent)
    if missing or not kernels:
        print(f"left out: {', '.join(missing) or 'objects of the kernels'} not found", flush=True)
        return None
    # Debug information of Swift is newer than many a valgrind can read; symbols are enough.
    stripped = Path(scratch).with_suffix(".program")
    subprocess.run(["strip", "--strip-debug", "-o", str(stripped), str(program)], check=True)
    try:
        total, executed = _executions([stripped, *arguments], scratch, kernels)
        idle, _ = _executions([stripped, *idle_arguments], scratch, kernels)
        lanes = _comparing_lanes(stripped)
    except subprocess.CalledProcessError as failure:
        print(f"left out: {failure}", flush=True)
        return None
    finally:
        stripped.unlink(missing_ok=True)
        Path(scratch).unlink(missing_ok=True)
    candidates = sum(count * lanes.get(address, 0) for address, count in executed.items())
    if candidates == 0:
        print("left out: no comparison seen in the kernels", flush=True)
        return None
    inside = sum(executed.values())
    return {"instructions": total - idle, "kernel_instructions": inside, "candidates": candidates,
            "kernel_instructions_per_candidate": round(inside / candidates, 2),
            "instructions_per_candidate": round((total - idle) / candidates, 2)}


def _kernel_names(build_folder):
    """Functions of the C target that holds the kernels."""
    objects = list((build_folder / "CDistanceKernels.build").glob("*.o"))
    if not objects:
        return set()
    symbols = subprocess.run(["nm", "--defined-only", *map(str, objects)], capture_output=True, text=True).stdout
    return {words[2] for words in map(str.split, symbols.splitlines()) if len(words) == 3 and words[1] in "tT"}


def _executions(command, path, kernels):
    """Instructions in all, and how often each instruction of the kernels was executed, by address."""
    subprocess.run(
        ["valgrind", "--tool=callgrind", f"--callgrind-out-file={path}", "--dump-instr=yes", "--dump-line=no",
         "--compress-pos=no", "--compress-strings=no", *map(str, command)], check=True, capture_output=True)
    total, executed = 0, {}
    in_kernel = after_call = False
    with open(path) as file:
        for line in file:
            if line.startswith("fn="):
                in_kernel = line[3:].strip() in kernels
            elif line.startswith("calls="):
                after_call = True  # the next line is the cost of what was called, which stands under its own name
            elif line.startswith("0x"):
                if not after_call:
                    address, count = line.split()[:2]
                    total += int(count)
                    if in_kernel:
                        executed[int(address, 16)] = executed.get(int(address, 16), 0) + int(count)
                after_call = False
    return total, executed


def _comparing_lanes(program):
    """For each instruction of a program that compares doubles, by address, how many it compares."""
    text = subprocess.run(["objdump", "-d", "--no-show-raw-insn", str(program)], capture_output=True, text=True).stdout
    lanes = {}
    for line in text.splitlines():
        match = re.match(r"\s*([0-9a-f]+):\s+(v?cmp\w*[ps]d|v?u?comisd)\s+(.*)", line)
        if match:
            address, instruction, operands = match.groups()
            packed = instruction.endswith("pd")
            width = next((register for register in LANES if register in operands), "xmm")
            lanes[int(address, 16)] = LANES[width] if packed else 1
    return lanes
