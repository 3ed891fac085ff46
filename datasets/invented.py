"""What the generators of the datasets share: chance that is the same everywhere, and files that can be checked.

Chance is `random.Random(seed).random()` alone: its bytes are promised to stay the same on every Python.
"""
import argparse
import csv
import io
import random
import sys
from datetime import date, timedelta
from pathlib import Path

YES, NO = "Có", "Không"


class Chance:
    """Chance that gives the same choices for the same seed."""

    def __init__(self, seed):
        self.random = random.Random(seed).random

    def below(self, bound):
        """A whole number from 0 to bound - 1."""
        return int(self.random() * bound)

    def pick(self, items):
        return items[self.below(len(items))]

    def shuffled(self, items):
        items = list(items)
        for at in range(len(items) - 1, 0, -1):
            other = self.below(at + 1)
            items[at], items[other] = items[other], items[at]
        return items

    def day(self, first, last):
        """A day from `first` to `last`, both included."""
        return first + timedelta(days=self.below((last - first).days + 1))

    def yes(self, percent):
        return self.random() * 100 < percent


def cell(value):
    """What stands in a cell: nothing for None, ISO days, `Có` and `Không`."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return YES if value else NO
    return value.isoformat() if isinstance(value, date) else str(value)


def text(header, rows):
    """A CSV file as text."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(header)
    writer.writerows([cell(value) for value in row] for row in rows)
    return out.getvalue()


def main(tables, here):
    """Writes `tables`, {file name: (header, rows)}, into `here` or --out; with --check compares instead."""
    arguments = argparse.ArgumentParser(description="Write the invented data of this folder.")
    arguments.add_argument("--check", action="store_true", help="exit 1 if the files here differ")
    arguments.add_argument("--out", type=Path, default=here, help="write into this folder")
    given = arguments.parse_args()
    files = {name: text(*table).encode() for name, table in tables.items()}
    if given.check:
        differ = [name for name, content in files.items() if (here / name).read_bytes() != content]
        stray = sorted(path.name for path in here.glob("*.csv") if path.name not in files)
        for name in differ + stray:
            print(f"{name} is not what the generator writes", file=sys.stderr)
        return 1 if differ or stray else 0
    given.out.mkdir(parents=True, exist_ok=True)
    for name, content in files.items():
        (given.out / name).write_bytes(content)
    return 0
