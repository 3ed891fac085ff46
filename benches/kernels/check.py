#!/usr/bin/env python3
"""Counts the instructions of the steps of an evaluation under callgrind, and holds them against instructions.json.

    python3 benches/kernels/check.py [--accept]

A clock says another time on every run; instructions are nearly the same. More than the margin above what is recorded
is a fault, and so is less: then the record is out of date, and `--accept` writes it anew. Both are meant to be looked
at before they are accepted.
"""

import json
import subprocess
import sys
import tempfile
from pathlib import Path

HERE = Path(__file__).resolve().parent
ROOT = HERE.parent.parent
RECORD = HERE / "instructions.json"
MARGIN = 0.05
ROWS = 20_000
STEPS = {"ingest": ("firms", 1), "assemble": ("firms", 1), "evaluate": ("firms", 1), "judge": ("level", 1)}


def main():
    target = ROOT / "target" / "kernels"
    build = ["cargo", "build", "--quiet", "--release", "--manifest-path", HERE / "Cargo.toml", "--target-dir", target]
    subprocess.run(build, check=True)
    with tempfile.TemporaryDirectory() as scratch:
        generate(Path(scratch))
        counted = {name: count(target, Path(scratch), name) for name in STEPS}
    if "--accept" in sys.argv:
        RECORD.write_text(json.dumps(counted, indent=2) + "\n")
    if not RECORD.exists():
        sys.exit(f"nothing is recorded in {RECORD.name}; --accept writes it: {counted}")
    recorded = json.loads(RECORD.read_text())
    faults = [name for name in STEPS if abs(counted[name] / recorded[name] - 1) > MARGIN]
    for name in STEPS:
        print(f"{name:<10} {counted[name]:>14,} instructions, {counted[name] / recorded[name] - 1:+.1%} of what is recorded")
    if faults:
        sys.exit(f"beyond the margin of {MARGIN:.0%}: {', '.join(faults)}")


def generate(scratch):
    generator = HERE.parent / "peers" / "generate.py"
    subprocess.run([sys.executable, generator, scratch / "firms", str(ROWS), "100"], check=True)
    subprocess.run([sys.executable, generator, "--level", scratch / "level", str(ROWS)], check=True)


def count(target, scratch, name):
    """The instructions of a step done once more."""
    folder, _ = STEPS[name]
    step = "evaluate" if name == "judge" else name
    once, twice = (instructions(target, scratch, folder, step, times) for times in (1, 2))
    return twice - once


def instructions(target, scratch, folder, step, times):
    out = scratch / "callgrind.out"
    program = target / "release" / "thidua-kernels"
    command = ["valgrind", "--tool=callgrind", f"--callgrind-out-file={out}", program, scratch / folder, step, str(times)]
    subprocess.run(command, check=True, capture_output=True)
    totals = next(line for line in out.read_text().splitlines() if line.startswith("totals:"))
    return int(totals.split()[1])


if __name__ == "__main__":
    main()
