"""Everything that the older grading says, computed a second time from the CSV files alone.

Usage: recompute.py DATA_DIR OUTCOME.json [AS_OF]

OUTCOME.json is what `thidua evaluate … --format json` writes of this campaign or of cua-lo-2010 below it; the outcome
says which. Where a blank leaves something open, everything that it may be is tried.
"""
import csv
import json
import sys
from datetime import date, timedelta
from fractions import Fraction
from itertools import product
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[3] / "tests/oracle"))
from facts import compare, engine, number  # noqa: E402

STANDARDS = {"s1": {"1.1": 10, "1.2": 10, "1.3": 10, "1.4": 10}, "s2": {"Tiêu chuẩn 2": 30},
             "s3": {"Tiêu chuẩn 3": 20}, "s4": {"Tiêu chuẩn 4": 10}}
FIRST, LAST, REGISTER = date(2010, 1, 1), date(2010, 12, 31), date(2010, 3, 31)
MILD = {"Khiển trách"}
OLDER = [("strong", 85), ("fair", 70), ("average", 50), ("weak", 0)]
CUA_LO = [("excellent", 96), ("strong", 90), ("fair", 70), ("average", 50), ("weak", 0)]
# What a grade makes of the verdict on a condition; what is not due is still open.
HOLDS = {"met": {True}, "not_met": {False}}


def day(text, as_of):
    """A day that has come; None where there is none yet."""
    found = date.fromisoformat(text) if text else None
    return found if found and found <= as_of else None


def one(values):
    return next(iter(values)) if len(values) == 1 else None


def read(directory, name):
    with open(Path(directory) / name, encoding="utf-8", newline="") as handle:
        return list(csv.DictReader(handle))


class Grading:
    def __init__(self, directory, as_of, cua_lo):
        self.as_of, self.cua_lo, self.facts = date.fromisoformat(as_of), cua_lo, {}
        self.bars = CUA_LO if cua_lo else OLDER
        self.disciplines, self.incidents = read(directory, "disciplines.csv"), read(directory, "incidents.csv")
        bases = read(directory, "bases.csv")
        found = {line["Mã"]: self.base(line) for line in bases}
        for upper in read(directory, "uppers.csv"):
            self.distribution("uppers", upper["Mã"], [found[line["Mã"]] for line in bases if line["Cấp trên"] == upper["Mã"]])
        self.distribution("whole", "whole", list(found.values()))

    def put(self, level, unit, item, verdict, value):
        self.facts[level, unit, item, "verdict"], self.facts[level, unit, item, "value"] = verdict, value

    def judge(self, possible, due=LAST):
        """The verdict on something that may be met or not."""
        if len(possible) > 1:
            return "undetermined"
        return "met" if possible == {True} else "not_met" if self.as_of >= due else "not_due"

    def flag(self, unit, item, possible):
        """A fact about a unit, which its grade asks for whether or not its verdict is due."""
        self.put("bases", unit, item, self.judge(possible), one(possible))
        return possible

    def events(self, rows, unit, bad):
        """Whether nothing bad happened to a unit within the year; `bad` says True, False or None for unknown."""
        found = {bad(row) for row in rows if row["Mã CĐCS"] == unit
                 and FIRST <= (day(row.get("Ngày quyết định") or row.get("Ngày xảy ra"), self.as_of) or date.min) <= LAST}
        return {False} if True in found else {True, False} if None in found else {True}

    def base(self, line):
        unit, conditions, low, high = line["Mã"], [], Fraction(0), Fraction(0)
        for standard, items in STANDARDS.items():
            least = sum(Fraction(line[item] or 0) for item in items)
            most = sum(Fraction(line[item] or full) for item, full in items.items())
            low, high, half = low + least, high + most, Fraction(sum(items.values()), 2)
            points = least if least == most else None
            self.put("bases", unit, f"standard.{standard}", "measured", points)
            self.facts["bases", unit, f"standard.{standard}", "points"] = least, most
            if not self.cua_lo:
                verdict = self.judge({least >= half, most >= half})
                self.put("bases", unit, f"half.{standard}", verdict, points)
                conditions.append(HOLDS.get(verdict, {True, False}))

        founded = day(line["Ngày thành lập"], self.as_of)
        # Twelve months that begin on the first day of some year end on its last one.
        old = {founded is not None and founded <= FIRST} if line["Ngày thành lập"] else {True, False}
        self.flag(unit, "eligible", old)

        calm = self.events(self.disciplines, unit, lambda row: row["Hình thức"] not in MILD if row["Hình thức"] else None)
        conditions.append(self.flag(unit, "discipline", calm))
        registered = {True}
        if self.cua_lo:
            grave = {"Có": True, "Không": False, "": None}
            safe = self.events(self.incidents, unit, lambda row: grave[row["Chết người, nghiêm trọng"]])
            conditions.append(self.flag(unit, "incident", safe))
            items = [line[item] for item in STANDARDS["s1"]]
            none = {False} if any(cell and Fraction(cell) == 0 for cell in items) else {True, False} if "" in items else {True}
            conditions.append(self.flag(unit, "zero", none))
        else:
            when = day(line["Ngày đăng ký"], self.as_of)
            verdict = self.judge({when is not None and when <= REGISTER}, REGISTER)
            # A day that has come and is late stays late.
            verdict = "not_met" if when and when > REGISTER else verdict
            self.put("bases", unit, "registered", verdict, when and when.isoformat())
            registered = HOLDS.get(verdict, {True, False})
            conditions.append(registered)

        keeps = {all(choice) for choice in product(*conditions)}
        scores = {low, high} | {Fraction(bar) for _, bar in self.bars if low <= bar <= high}
        grades = {self.grade(score, enough, kept) for score, enough, kept in product(scores, old, keeps)}
        self.facts["bases", unit, "", "score"], self.facts["bases", unit, "", "scores"] = one({low, high}), (low, high)
        self.facts["bases", unit, "", "rank"] = None
        self.facts["bases", unit, "", "grade"] = one(grades)
        granted = {grade in ("strong", "excellent") for grade in grades}
        award = "undetermined" if len(granted) > 1 else "granted" if True in granted else "not_eligible"
        self.facts["bases", unit, "recognised", "award"] = award
        strong = next(bar for grade, bar in self.bars if grade == "strong")
        better = {"strong", "excellent"}
        demoted = {enough and score >= strong and self.grade(score, enough, kept) not in better
                   for score, enough, kept in product(scores, old, keeps)}
        self.put("bases", unit, "demoted", "measured", one(demoted))
        return {"member": old, "grade": grades, "registered": registered, "demoted": demoted}

    def grade(self, score, enough, kept):
        """The grade of a score: the conditions are asked for the grades above fair."""
        reached = [grade for grade, bar in self.bars if score >= bar and (kept or grade not in ("strong", "excellent"))]
        return reached[0] if enough else "ungraded"

    def distribution(self, level, unit, rows):
        for grade, _ in self.bars:
            self.share(level, unit, f"graded.{grade}", rows, "member", lambda given, grade=grade: given == grade)
        good = ("strong", "excellent")
        self.share(level, unit, "strong_of_all", [row | {"all": {True}} for row in rows], "all", lambda given: given in good)
        if not self.cua_lo:
            both = [row | {"both": {a and b for a, b in product(row["member"], row["registered"])}} for row in rows]
            self.share(level, unit, "strong_of_registered", both, "both", lambda given: given in good)
        sure, perhaps = sum(row["demoted"] == {True} for row in rows), sum(True in row["demoted"] for row in rows)
        self.put(level, unit, "number_demoted", "measured", Fraction(sure) if sure == perhaps else None)
        self.facts[level, unit, "number_demoted", "least"] = Fraction(sure)
        self.facts[level, unit, "number_demoted", "greatest"] = Fraction(perhaps)

    def share(self, level, unit, item, rows, member, asked):
        rows = [(row[member], {asked(grade) for grade in row["grade"]}) for row in rows if row[member] != {False}]
        of = sum(inside == {True} for inside, _ in rows)
        met = sum(inside == {True} and has == {True} for inside, has in rows)
        unknown = sum(len(inside) > 1 or len(has) > 1 for inside, has in rows)
        self.put(level, unit, item, "measured" if rows else "not_applicable", (met, of, unknown))
        # Whoever may or may not belong is let in where that makes the share worse, or better.
        for end, wanted in (("least", False), ("greatest", True)):
            inside = [wanted if wanted in has else not wanted for member, has in rows if member == {True} or wanted in has]
            if inside:
                self.facts[level, unit, item, end] = Fraction(sum(inside), len(inside))


def said(path):
    """What the engine says beside verdicts, values and scores: points, bounds and grades."""
    facts = {}
    for level in json.loads(Path(path).read_text("utf-8"))["levels"]:
        for unit in level["units"]:
            here = level["id"], unit["id"]
            if level["id"] == "bases":
                facts[*here, "", "grade"] = unit["grade"]
                facts[*here, "", "scores"] = number(unit["score_least"]), number(unit["score_greatest"])
            for item, found in unit["criteria"].items():
                for end in ("least", "greatest") if level["id"] != "bases" else ():
                    if bound := found[end]:
                        facts[*here, item, end] = number(bound["number"]) if "number" in bound else Fraction(bound["met"], bound["of"])
                if points := found["points"]:
                    facts[*here, item, "points"] = tuple(number(points.get(end, points.get("earned"))) for end in ("least", "greatest"))
    return facts


if __name__ == "__main__":
    if len(sys.argv) not in (3, 4):
        sys.exit(__doc__.split("\n\n")[1])
    directory, outcome, as_of = *sys.argv[1:3], (sys.argv[3] if len(sys.argv) == 4 else "2010-12-31")
    cua_lo = json.loads(Path(outcome).read_text("utf-8"))["campaign"].endswith("cua-lo-2010")
    sys.exit(compare(Grading(directory, as_of, cua_lo).facts, engine(outcome) | said(outcome)))
