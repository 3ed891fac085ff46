#!/usr/bin/env python3
"""The scorecard computed a second time, from the form and last year's results alone.

    recompute.py DATA_DIR OUTCOME.json [AS_OF]    compare with the program's outcome; exit 1 on a difference

Written from the scorecard. A claim that nobody has written down is tried out, every whole number of marks that it may
be; marks of different items do not hang together, so the ends of a score are the sums of their ends. An entry after
AS_OF has not come in yet; before the last day of entry nobody is late, and nothing is computed here.
"""
import csv
import json
import sys
from datetime import date
from fractions import Fraction
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[3] / "tests/oracle"))
from facts import compare, engine, number  # noqa: E402

ITEMS = {"sweeping": ("Quét dọn", 150), "sorting": ("Phân loại", 150), "treatment": ("Xử lý", 100)}
LAST_DAY, PREREQUISITE = date(2025, 3, 31), 10


def cell(text):
    return Fraction(text) if text.strip() else None


def lines(directory, name):
    with open(Path(directory) / name, encoding="utf-8", newline="") as handle:
        return list(csv.DictReader(handle))


def gap(claimed, found):
    return (claimed - found) / claimed if claimed > found else Fraction(0)


def in_whole_percents(part):
    return Fraction(int(part * 100 + Fraction(1, 2)), 100)


def negative(part):
    """Marks off for a gap: each range takes its upper end."""
    for most, marks in ((20, 0), (30, 15), (40, 20), (50, 25)):
        if part * 100 <= most:
            return Fraction(-marks)
    return Fraction(-30)


def ends(values):
    return min(values), max(values)


def plus(*spans):
    return sum(span[0] for span in spans), sum(span[1] for span in spans)


def one(span):
    return span[0] if span[0] == span[1] else None


class Town:
    def __init__(self, line, before, today):
        self.code = line["Mã đô thị"]
        self.day = date.fromisoformat(line["Ngày nộp hồ sơ"]) if line["Ngày nộp hồ sơ"] else None
        self.day = None if self.day is None or self.day > today else self.day
        self.claims = {item: (cell(line[f"{header}: tự khai"]), cell(line[f"{header}: kiểm tra"])) for item, (header, _) in ITEMS.items()}
        self.feedback = Fraction(line["Ý kiến người dân"])
        self.old_score, self.old_rank = before.get((self.code, "score")), before.get((self.code, "rank"))
        self.in_time = self.day is not None and self.day <= LAST_DAY

    def possible(self, item):
        claimed, _ = self.claims[item]
        return [Fraction(n) for n in range(ITEMS[item][1] + 1)] if claimed is None else [claimed]

    def marks(self, item):
        """The last word: the field check, else the claim."""
        _, found = self.claims[item]
        return (found, found) if found is not None else ends(self.possible(item))

    def gaps(self, item, rounded=lambda part: part):
        """What the gap may be; nothing where there was no check."""
        _, found = self.claims[item]
        return found is not None and [rounded(gap(claimed, found)) for claimed in self.possible(item)]

    def score(self, rounded=lambda part: part):
        off = [ends([negative(part) for part in self.gaps(item, rounded)]) for item in ITEMS if self.gaps(item)]
        return plus((self.feedback, self.feedback), *[self.marks(item) for item in ITEMS], *off)

    def gained(self, score):
        return None if self.old_score is None else (score[0] - self.old_score, score[1] - self.old_score)


def places(keys):
    """By unit: its best and its worst place, and whether it surely shares it; `keys` are ends, more is better."""
    said = {}
    for unit, (least, greatest) in keys.items():
        others = [span for other, span in keys.items() if other != unit]
        best, worst = 1 + sum(low > greatest for low, _ in others), 1 + sum(high > least for _, high in others)
        said[unit] = (best, worst), any(span == (least, greatest) and least == greatest for span in others)
    return said


def lists(towns, rounded=lambda part: part):
    """The scores, and the places on the two lists; who is late or missing is on neither."""
    scores = {town.code: town.score(rounded) for town in towns}
    first = places({town.code: scores[town.code] for town in towns if town.in_time})
    second = places({town.code: town.gained(scores[town.code]) for town in towns if town.in_time and town.old_rank is not None})
    return scores, {"towns": first, "improvement": second}


def mover(towns, ranked):
    """The decision on each town: most places gained, among the first ten of last year."""
    keys = {town.code: (town.old_rank - ranked[town.code][0][1], town.old_rank - ranked[town.code][0][0])
            for town in towns if town.in_time and town.old_rank is not None and town.old_rank <= PREREQUISITE}
    decided = {town.code: "not_eligible" for town in towns}
    for unit, ((best, _), _) in places(keys).items():
        beside = [span for other, span in keys.items() if other != unit and not span[1] < keys[unit][0]]
        equal = all(span == keys[unit] and span[0] == span[1] for span in beside)
        decided[unit] = "eligible" if best > 1 else "granted" if not beside else "tied_at_cut" if equal else "undetermined"
    return decided


def recomputed(directory, today):
    if today < LAST_DAY:
        sys.exit(f"before {LAST_DAY} nobody is late: give that day or a later one")
    before = {(line["unit"], line["kind"]): Fraction(line["value"]) for line in lines(directory, "results-2024.csv") if line["level"] == "towns"}
    towns = [Town(line, before, today) for line in lines(directory, "towns.csv")]
    scores, ranked = lists(towns)
    _, otherwise = lists(towns, in_whole_percents)
    decided, decided_otherwise = mover(towns, ranked["towns"]), mover(towns, otherwise["towns"])
    facts = {}
    for level in ("towns", "improvement"):
        for town in towns:
            here = level, town.code

            def put(item, verdict, value, points=None):
                facts[*here, item, "verdict"], facts[*here, item, "value"], facts[*here, item, "points"] = verdict, value, points

            put("entered", "met" if town.in_time else "not_met", town.day and town.day.isoformat())
            put("feedback", "measured", town.feedback, (town.feedback, town.feedback))
            for item in ITEMS:
                put(f"claim.{item}", "measured", one(town.marks(item)), town.marks(item))
                parts = town.gaps(item)
                if parts:
                    put(f"gap.{item}", "measured", one(ends(parts)), ends([negative(part) for part in parts]))
                else:
                    put(f"gap.{item}", "not_applicable", None)
            if level == "improvement":
                gained = town.gained(scores[town.code])
                put("gained", "measured" if gained else "not_applicable", one(gained) if gained else None)
            else:
                facts[*here, "fastest_mover", "award"] = decided[town.code]
                facts[*here, "fastest_mover", "award in whole percents"] = decided_otherwise[town.code]
            place, tied = ranked[level].get(town.code, ((None, None), False))
            facts[*here, "", "score"], facts[*here, "", "scores"] = one(scores[town.code]), scores[town.code]
            facts[*here, "", "rank"], facts[*here, "", "places"], facts[*here, "", "tied"] = one(place), place, tied
            facts[*here, "", "places in whole percents"] = otherwise[level].get(town.code, ((None, None), False))[0]
    return facts


def told(path):
    """What the program says: facts.py's, and points, ends and the other reading."""
    facts = engine(path)
    for level in json.loads(Path(path).read_text("utf-8"))["levels"]:
        for unit in level["units"]:
            here = level["id"], unit["id"]
            for item, said in unit["criteria"].items():
                points = said["points"]
                facts[*here, item, "points"] = points and tuple(number(points.get(end, points.get("earned"))) for end in ("least", "greatest"))
            place = unit["rank_best"], unit["rank_worst"]
            facts[*here, "", "scores"] = number(unit["score_least"]), number(unit["score_greatest"])
            facts[*here, "", "rank"] = number(unit["rank"])
            facts[*here, "", "places"], facts[*here, "", "tied"] = place, unit["tied"]
            facts[*here, "", "places in whole percents"] = tuple(unit["rank_otherwise"].get("whole_percent", place))
            for award in unit["awards"]:
                facts[*here, award["id"], "award in whole percents"] = award["otherwise"].get("whole_percent", award["verdict"])
    return facts


if __name__ == "__main__":
    as_of = date.fromisoformat(sys.argv[3]) if len(sys.argv) > 3 else date(2025, 12, 31)
    sys.exit(compare(recomputed(sys.argv[1], as_of), told(sys.argv[2])))
