"""What the recomputations share: CSV files as SQL tables, the engine's outcome as facts, and their comparison.

SQL's NULL is the unknown: its AND, OR, NOT and comparisons over NULL are the three-valued logic that campaigns ask
for. A blank that means "there is none" is read as the text 'none', which sorts after every ISO day: it is neither
in a span of days nor on or before any day.
"""
import csv
import json
import sqlite3
import sys
from datetime import date
from fractions import Fraction
from pathlib import Path

FLAGS = {"Có": 1, "Không": 0}
NONE = "none"


def value(text, kind, blank=None):
    """The value of a cell; None is unknown. `kind`: str, int, Fraction, date, or a dict of words."""
    text = text.strip()
    if text == "":
        return blank
    if isinstance(kind, dict):
        return kind[text]
    if kind is date:
        return date.fromisoformat(text).isoformat()
    if kind is Fraction:
        return int(text) if text.lstrip("-").isdigit() else sys.exit(f"`{text}`: give decimals as whole units")
    return kind(text)


def database(tables, rows):
    """A database of `tables`, {table: [(column, …)]}, with `rows(table)` in each."""
    db = sqlite3.connect(":memory:")
    for table, columns in tables.items():
        names = ", ".join(f'"{name}"' for name, *_ in columns)
        db.execute(f'CREATE TABLE "{table}" ({names})')
        db.executemany(f'INSERT INTO "{table}" VALUES ({", ".join("?" * len(columns))})', rows(table))
    return db


def load(directory, tables):
    """A database of `tables`, {table: [(column, header, kind, blank)]}, each from DIRECTORY/table.csv."""
    def rows(table):
        with open(Path(directory) / f"{table}.csv", encoding="utf-8", newline="") as handle:
            lines = csv.DictReader(handle)
            return [[value(line[header], kind, blank) for _, header, kind, blank in tables[table]] for line in lines]

    return database(tables, rows)


def engine(path):
    """The engine's facts by (level, unit, item, field); fields: verdict, value, target, score, rank, award."""
    facts = {}
    for level in json.loads(Path(path).read_text("utf-8"))["levels"]:
        for unit in level["units"]:
            here = level["id"], unit["id"]
            for item, said in unit["criteria"].items():
                facts[*here, item, "verdict"] = said["verdict"]
                facts[*here, item, "value"] = measured(said["value"])
            for field in ("score", "rank"):
                if unit.get("score_of") is not None or unit.get(field) is not None:
                    facts[*here, "", field] = number(unit.get(field))
            for award in unit["awards"]:
                facts[*here, award["id"], "award"] = award["verdict"]
    return facts


def measured(value):
    """A share as (met, of, unknown), a number as a fraction, anything else as it is written; None where it is open."""
    if value is None:
        return None
    if "of" in value:
        return number(value["met"]), number(value["of"]), value.get("unknown", 0)
    return number(value["number"]) if "number" in value else next(iter(value.values()))


def number(text):
    return None if text is None else Fraction(text)


def compare(ours, theirs, nullable=(), show=str):
    """Prints every difference; facts that only one side has are differences too. The engine may leave open what is
    `nullable`."""
    def differ(key):
        left_open = key in theirs and theirs[key] is None and key in nullable
        return ours.get(key, "absent") != theirs.get(key, "absent") and not left_open

    differences = [key for key in sorted(ours.keys() | theirs.keys()) if differ(key)]
    for key in differences:
        recomputed, engine = show(ours.get(key, "absent")), show(theirs.get(key, "absent"))
        print(*key, "recomputed", recomputed, "engine", engine, sep="  ")
    print(f"{len(ours)} facts, {len(differences)} differences")
    return 1 if differences else 0
