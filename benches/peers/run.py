#!/usr/bin/env python3
"""Runs the same job in thidua and in what people would use instead, and says how long each took.

    python3 benches/peers/run.py [--firms N] [--runs N] [--large] [--work DIR]

Everything that is needed is made below the folder of work (`target/peers`): the data, a virtual environment with the
peers of requirements.txt, the programs of this package. All take turns, and the median of the runs counts. Of thidua
the whole process is measured, from its start to its end; of the others only the job, without the start of their
process. Where answers differ, the exit code is 1. A peer that cannot be installed is named and left out.
`--large` adds ten times as many firms.
"""

import argparse
import csv
import os
import statistics
import subprocess
import sys
import time
from decimal import Decimal
from pathlib import Path

HERE = Path(__file__).resolve().parent
ROOT = HERE.parent.parent


class Contender:
    """Who does the job, and how long it took each time."""

    def __init__(self, name, command, inside):
        self.name, self.command, self.inside = name, command, inside
        self.walls, self.cpus, self.peaks = [], [], []

    def run(self, out):
        """Runs once, and keeps the seconds of the job, the seconds of all cores, and the most memory in MB."""
        started = time.perf_counter()
        child = subprocess.Popen(self.command(out), stdout=subprocess.PIPE, text=True)
        printed = child.stdout.read()
        _, status, used = os.wait4(child.pid, 0)
        wall = time.perf_counter() - started
        child.returncode = os.waitstatus_to_exitcode(status)
        if child.returncode != 0:
            sys.exit(f"{self.name} ended with {child.returncode}")
        self.walls.append(float(printed) if self.inside else wall)
        self.cpus.append(used.ru_utime + used.ru_stime)
        self.peaks.append(used.ru_maxrss / 1024)

    def median(self):
        return statistics.median(self.walls)

    def line(self, first):
        ratio, cpu = self.median() / first.median(), statistics.median(self.cpus)
        cpus = cpu / statistics.median(first.cpus)
        return (
            f"| {self.name} | {self.median() * 1000:.0f} | {min(self.walls) * 1000:.0f} | {ratio:.1f} |"
            f" {cpu * 1000:.0f} | {cpus:.1f} | {statistics.median(self.peaks):.0f} |"
        )


def count(text):
    return int(text.replace("_", ""))


def main():
    arguments = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    arguments.add_argument("--firms", type=count, default=1_000_000)
    arguments.add_argument("--units", type=count, default=5_000)
    arguments.add_argument("--judged", type=count, default=1_000_000)
    arguments.add_argument("--runs", type=int, default=5)
    arguments.add_argument("--large", action="store_true")
    arguments.add_argument("--work", type=Path, default=ROOT / "target" / "peers")
    asked = arguments.parse_args()
    work = asked.work.resolve()
    work.mkdir(parents=True, exist_ok=True)
    thidua = program(ROOT, "thidua", os.environ.get("CARGO_TARGET_DIR", ROOT / "target"), ["--bin", "thidua"])
    job = data(work, f"firms-{asked.firms}", [asked.firms, asked.units])
    peers = list(installed_peers(work, job))

    print(f"machine: {os.cpu_count()} cores, load {os.getloadavg()[0]:.1f}; {asked.firms:,} firms, "
          f"{(job / 'firms.csv').stat().st_size / 1e6:.0f} MB, {asked.units:,} units; median of {asked.runs}\n")
    contenders = [whole(thidua, job, "thidua", 2), whole(thidua, job, "thidua, 1 thread", 1), *peers]
    differing = race(contenders, work, asked.runs)
    table(contenders)
    scaling = contenders[1].median() / contenders[0].median()
    print(f"\ntwo threads against one: {scaling:.2f} times as fast\n")

    others = [("a million judged units" if asked.judged == 1_000_000 else f"{asked.judged:,} judged units",
               data(work, f"level-{asked.judged}", ["--level", asked.judged]))]
    others.append(("the Lào Cai campaign as shipped", ROOT / "rules" / "lao-cai-2024"))
    if asked.large:
        others.append((f"{10 * asked.firms:,} firms", data(work, f"firms-{10 * asked.firms}", [10 * asked.firms, asked.units])))
    more = [whole(thidua, folder, name, 2) for name, folder in others]
    race(more, work, asked.runs, compared=False)
    table(more)

    keeping = program(HERE.parent / "kernels", "thidua-keeping", ROOT / "target" / "kernels")
    both = [kept_or_not(keeping, job, "rows pass", "passing"), kept_or_not(keeping, job, "rows are kept", "kept")]
    differing += race(both, work, asked.runs)
    table(both)
    print(f"\nthe price of keeping what explanations need: {both[1].median() / both[0].median():.2f} times the time")
    if differing:
        sys.exit(f"\nother answers than {contenders[0].name}: {', '.join(differing)}")


def data(work, name, arguments):
    """A folder of generated data, made once."""
    folder = work / name
    if not (folder / "done").exists():
        flags = [str(argument) for argument in arguments]
        place = flags.index("--level") + 1 if "--level" in flags else 0
        flags.insert(place, str(folder))
        subprocess.run([sys.executable, HERE / "generate.py", *flags], check=True)
        (folder / "done").touch()
    return folder


def program(package, name, target, more=()):
    """A compiled program, or nothing where it cannot be built."""
    command = ["cargo", "build", "--quiet", "--release", "--manifest-path", package / "Cargo.toml", "--target-dir", target, *more]
    return Path(target) / "release" / name if subprocess.run(command).returncode == 0 else None


def whole(thidua, folder, name, threads):
    def command(out):
        return [thidua, "evaluate", folder, "--threads", str(threads), "--format", "csv", "--output", out]

    return Contender(name, command, inside=False)


def kept_or_not(keeping, folder, name, rows):
    return Contender(name, lambda out: [keeping, folder, rows, out], inside=False)


def installed_peers(work, job):
    """The peers that this machine has or can get."""
    python = work / "venv" / "bin" / "python"
    if not python.exists():
        subprocess.run([sys.executable, "-m", "venv", work / "venv"], check=True)
    wanted = subprocess.run([python, "-m", "pip", "install", "--quiet", "-r", HERE / "requirements.txt"])
    if wanted.returncode == 0:
        for name, script, flag in [
            ("DuckDB, types given", "in_duckdb.py", "typed"),
            ("DuckDB, types found", "in_duckdb.py", "found"),
            ("Polars, lazy", "in_polars.py", "lazy"),
            ("Polars, streaming", "in_polars.py", "streaming"),
        ]:
            yield Contender(name, lambda out, script=script, flag=flag: [python, HERE / script, job, out, flag], inside=True)
    else:
        print("left out, for they cannot be installed: DuckDB, Polars")
    rows = program(HERE, "rhai_rows", os.environ.get("CARGO_TARGET_DIR", HERE / "target"))
    if rows:
        for name in ["zen", "rhai"]:
            yield Contender(f"{name}, an expression per row", lambda out, name=name: [rows.with_name(f"{name}_rows"), job, out], inside=True)
    else:
        print("left out, for they cannot be built: zen, rhai")


def race(contenders, work, runs, compared=True):
    """Runs all in turn, and returns who has other answers than the first."""
    differing = set()
    for run in range(runs):
        expected = None
        for contender in contenders:
            out = work / "out.csv"
            contender.run(out)
            if compared:
                answer = ranking(out)
                expected = expected or answer
                if answer != expected:
                    differing.add(contender.name)
        print(f"run {run + 1} of {runs}", file=sys.stderr)
    return sorted(differing)


def ranking(file):
    """Unit, cluster, score in hundredths, rank, and whether it was awarded, whoever wrote them."""
    with file.open(encoding="utf-8", newline="") as lines:
        rows = list(csv.reader(lines))
    if rows[0][0] != "level":
        return [(unit, cluster, int(score), int(rank), flag == "true") for unit, cluster, score, rank, flag in rows]
    units = {}
    for line in (dict(zip(rows[0], row)) for row in rows[1:]):
        said = units.setdefault(line["unit"], {"cluster": line["cluster"]})
        if line["kind"] in ("score", "rank"):
            said[line["kind"]] = line["value"]
        elif line["kind"] == "award":
            said["award"] = line["verdict"] == "granted"
    return [
        (unit, said["cluster"], int(Decimal(said["score"]) * 100), int(said["rank"]), said["award"])
        for unit, said in sorted(units.items())
    ]


def table(contenders):
    print("| work | wall ms | least | times thidua | CPU ms | times thidua | peak MB |")
    print("|---|---:|---:|---:|---:|---:|---:|")
    for contender in contenders:
        print(contender.line(contenders[0]))


if __name__ == "__main__":
    main()
