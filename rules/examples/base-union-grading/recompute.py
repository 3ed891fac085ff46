"""Everything that the grading says, computed a second time from the CSV files alone.

Usage: recompute.py DATA_DIR OUTCOME.json [AS_OF]

OUTCOME.json is what `thidua evaluate rules/examples/base-union-grading --format json` writes. What a blank leaves
open is tried out: each of its possible values in turn.
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

# The table: the full points of each item, group by group; the bonus items have no maximum of their own but the cell's.
TABLE = {"1": {"1.1": 10, "1.2": 10, "1.3": 10, "1.4": 10}, "2": {"2.1": 15, "2.2": 10, "2.3": 15}, "3": {"3.1": 8, "3.2": 7}}
GROUP = {"1": 40, "2": 40, "3": 15}
BONUS, MOST_BONUS = {"4.1": 3, "4.2": 3}, 5
BARS = [("excellent", 90), ("good", 70), ("fulfilled", 50), ("failed", 0)]
FIRST, LAST = date(2024, 1, 1), date(2024, 12, 31)
ITEMS = {item: most for group in [*TABLE.values(), BONUS] for item, most in group.items()}


def total(points):
    """The sum of a scoring sheet, {item: points}, with the caps of its groups."""
    base = sum(min(GROUP[group], sum(points[item] for item in items)) for group, items in TABLE.items())
    return base + min(MOST_BONUS, sum(points[item] for item in BONUS))


def graded(points):
    return next(grade for grade, bar in BARS if points >= bar)


def steps(points):
    return sum(points >= bar for _, bar in BARS[:3])


def sheet(line, who):
    """The least and the greatest points of each item as one of the scorers gives them."""
    cells = {item: line[f"{item} {who}"].strip() for item in ITEMS}
    least = {item: Fraction(cell or 0) for item, cell in cells.items()}
    return least, {item: Fraction(cell or ITEMS[item]) for item, cell in cells.items()}


def day(text, as_of):
    """A day that has come; None where there is none yet."""
    found = date.fromisoformat(text) if text else None
    return found if found and found <= as_of else None


def full_months(first, months):
    """The last of so many months that begin on `first`."""
    month = first.month - 1 + months
    year, month = first.year + month // 12, month % 12 + 1
    after = date(year + month // 12, month % 12 + 1, 1)
    return min(date(year, month, 1) + timedelta(days=first.day - 1), after - timedelta(days=1)) - timedelta(days=1)


def old_enough(line, as_of):
    """The possible answers."""
    moved = day(line["Ngày chia tách, sáp nhập"], as_of)
    if moved:
        return {full_months(moved, 6) <= LAST}
    if not line["Ngày thành lập"]:
        return {True, False}
    founded = day(line["Ngày thành lập"], as_of)
    return {founded is not None and full_months(founded, 12) <= LAST}


def one(values):
    """The only value of a set, None where there are several."""
    return next(iter(values)) if len(values) == 1 else None


class Grading:
    def __init__(self, directory, as_of):
        self.as_of = date.fromisoformat(as_of)
        self.facts = {}
        rows = {name: list(csv.DictReader(open(Path(directory) / name, encoding="utf-8", newline="")))
                for name in ("uppers.csv", "bases.csv")}
        self.uppers = [line["Mã"] for line in rows["uppers.csv"]]
        self.bases = rows["bases.csv"]
        self.found = {line["Mã"]: self.base(line) for line in self.bases}
        for upper in self.uppers:
            self.distribution("uppers", upper, [line for line in self.bases if line["Cấp trên"] == upper])
        self.distribution("whole", "whole", self.bases)

    def put(self, level, unit, item, verdict, value, least=None, greatest=None):
        self.facts[level, unit, item, "verdict"] = verdict
        self.facts[level, unit, item, "value"] = value
        if least is not None:
            self.facts[level, unit, item, "least"], self.facts[level, unit, item, "greatest"] = least, greatest

    def measured(self, unit, item, values):
        low, high = min(values), max(values)
        self.put("bases", unit, item, "measured", low if low == high else None, low, high)

    def base(self, line):
        unit, late = line["Mã"], "not_met" if self.as_of >= LAST else "not_due"
        old = old_enough(line, self.as_of)
        verdict = "undetermined" if len(old) > 1 else "met" if old == {True} else late
        self.put("bases", unit, "eligible", verdict, one(old))

        shown = day(line["Ngày công khai"], self.as_of)
        in_time = shown is not None and FIRST <= shown <= LAST
        self.put("bases", unit, "published", "met" if in_time else late, shown and shown.isoformat())

        claimed, verified = sheet(line, "tự chấm"), sheet(line, "thẩm định")
        for item, low, high in ((item, verified[0][item], verified[1][item]) for item in ITEMS):
            name = f"item.i{item.replace('.', '')}"
            self.put("bases", unit, name, "measured", low if low == high else None, low, high)
            self.facts["bases", unit, name, "points"] = low, high
            own = claimed[0][item] if claimed[0][item] == claimed[1][item] else None
            self.facts["bases", unit, name, "said"] = own, low if low == high else None
            self.facts["bases", unit, name, "reason"] = line[f"{item} lý do"] or None

        claims, scores = [total(points) for points in claimed], [total(points) for points in verified]
        self.measured(unit, "claimed", claims)
        wishes = {graded(points) for points in claims}
        self.put("bases", unit, "claimed_grade", "measured", one(wishes))
        self.measured(unit, "overclaimed", [claim - score for claim, score in product(claims, scores)])
        lost = [steps(claim) - steps(score) for claim, score in product(claims, scores)]
        self.measured(unit, "grades_lost", lost)
        self.facts["bases", unit, "", "score"] = one(set(scores))
        self.facts["bases", unit, "", "scores"] = tuple(scores)
        self.facts["bases", unit, "", "rank"] = None
        grades = {graded(points) if enough else "ungraded" for points in scores for enough in old}
        self.facts["bases", unit, "", "grade"] = one(grades)
        return {"member": old, "grade": grades, "wish": wishes, "lower": {bool(n > 0) for n in lost}}

    def distribution(self, level, unit, lines):
        rows = [self.found[line["Mã"]] for line in lines]
        for grade, _ in BARS:
            self.share(level, unit, f"graded.{grade}", [(row["member"], {given == grade for given in row["grade"]}) for row in rows])
            self.share(level, unit, f"would_be.{grade}", [(row["member"], {wish == grade for wish in row["wish"]}) for row in rows])
        self.share(level, unit, "put_lower", [(row["member"], row["lower"]) for row in rows])
        young = [sum(row["member"] == {False} for row in rows), sum(False in row["member"] for row in rows)]
        self.put(level, unit, "too_young", "measured", Fraction(young[0]) if young[0] == young[1] else None, *map(Fraction, young))

    def share(self, level, unit, item, rows):
        """A share over rows, each with its possible memberships and properties; every combination is tried."""
        sure = [has for member, has in rows if member == {True} and len(has) == 1]
        open_ = [(member, has) for member, has in rows if member != {False} and (len(member) > 1 or len(has) > 1)]
        of = sum(member == {True} for member, _ in rows)
        met = sum(True in has for has in sure)
        shares = []
        for choice in product(*[[(inside, inside and has) for inside in member for has in values] for member, values in open_]):
            below = len(sure) + sum(inside for inside, _ in choice)
            if below:
                shares.append(Fraction(met + sum(has for _, has in choice), below))
        verdict = "measured" if shares else "not_applicable"
        self.put(level, unit, item, verdict, (met, of, len(open_)))
        if shares:
            self.facts[level, unit, item, "least"], self.facts[level, unit, item, "greatest"] = min(shares), max(shares)


def said(path):
    """What the engine says beside verdicts, values and scores: bounds, points, scorers and grades."""
    facts = {}
    for level in json.loads(Path(path).read_text("utf-8"))["levels"]:
        for unit in level["units"]:
            here = level["id"], unit["id"]
            if level["id"] == "bases":
                facts[*here, "", "grade"] = unit["grade"]
                facts[*here, "", "scores"] = number(unit["score_least"]), number(unit["score_greatest"])
            for item, found in unit["criteria"].items():
                for end in ("least", "greatest"):
                    bound = found[end]
                    if bound and "number" in bound:
                        facts[*here, item, end] = number(bound["number"])
                    elif bound and bound.get("of"):
                        facts[*here, item, end] = Fraction(bound["met"], bound["of"])
                if found["points"]:
                    points = found["points"]
                    facts[*here, item, "points"] = number(points.get("least", points.get("earned"))), number(points.get("greatest", points.get("earned")))
                    facts[*here, item, "said"] = tuple(number(scorer["value"]) for scorer in found["scored"].values())
                    facts[*here, item, "reason"] = found["scored"]["verified"]["reason"]
    return facts


if __name__ == "__main__":
    if len(sys.argv) not in (3, 4):
        sys.exit(__doc__.split("\n\n")[1])
    directory, outcome, as_of = *sys.argv[1:3], (sys.argv[3] if len(sys.argv) == 4 else "2024-12-31")
    sys.exit(compare(Grading(directory, as_of).facts, engine(outcome) | said(outcome)))
