#!/usr/bin/env python3
"""The contest in clusters computed a second time, from the table of units alone.

    recompute.py DATA_DIR OUTCOME.json [AS_OF]    compare with the program's outcome; exit 1 on a difference

Written from the article. A result that is not reported is tried out: every whole number that it may be, each a contest
of its own in which everything is known. What is possible of points is what occurs; a place is given where those ahead
are ahead whatever occurs. The places of each single contest must lie within what is told. Before the last day of the
year a target that is not reached is not due: it is left out, and the sum is that of the others.
"""
import csv
import json
import sys
from fractions import Fraction
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[3] / "tests/oracle"))
from facts import compare, engine, number  # noqa: E402

# item: header, points, the greatest result that is believed
ITEMS = {"recruits": ("Hội viên mới", 40, 1000), "patrols": ("Buổi tuần tra", 30, 1000), "trained": ("Lượt tập huấn", 30, 5000)}


def cell(text):
    return Fraction(text) if text.strip() else None


def read(directory):
    """By unit: its cluster, and by item its target and its result."""
    with open(Path(directory) / "units.csv", encoding="utf-8", newline="") as handle:
        return {line["Mã đơn vị"]: (line["Cụm"], {item: (cell(line[f"{header}: giao"]), cell(line[f"{header}: thực hiện"]))
                                                  for item, (header, *_) in ITEMS.items()}) for line in csv.DictReader(handle)}


def hundredths(points):
    """Two digits; a half goes up."""
    return Fraction(int(points * 100 + Fraction(1, 2)), 100)


def points(unit, cluster, most, by_amount):
    """The article, for one item: `cluster` maps units to (target, result), all of them known."""
    target, result = cluster[unit]
    if target is None:
        best = max(done for goal, done in cluster.values() if goal is None)
        return hundredths(most * result / best) if best else Fraction(0)
    half = Fraction(most, 2)
    if result < target:
        return hundredths(half * result / target)
    beyond = [(goal, done) for goal, done in cluster.values() if goal is not None and done > goal]
    if result == target:
        return half
    if by_amount:
        leader = max(done for _, done in beyond)
        return hundredths(most if result == leader else half + half * (result - target) / (leader - target))
    excess, leader = (result - target) / target, max((done - goal) / goal for goal, done in beyond)
    return hundredths(most if excess == leader else half + half * excess / leader)


def contests(cluster):
    """Every contest that may be meant; at most one result is not reported."""
    blanks = [(unit, item) for unit, items in cluster.items() for item, (_, result) in items.items() if result is None]
    if not blanks:
        return [cluster]
    [(unit, item)] = blanks
    target = cluster[unit][item][0]
    return [{**cluster, unit: {**cluster[unit], item: (target, Fraction(n))}} for n in range(ITEMS[item][2] + 1)]


def judge(cluster, left_out, by_amount):
    """By unit in one contest: points by item, their sum, items led."""
    earned = {}
    for unit, items in cluster.items():
        of = {item: points(unit, {u: cluster[u][item] for u in cluster}, ITEMS[item][1], by_amount)
              for item in ITEMS if (unit, item) not in left_out}
        led = sum(items[item][0] is not None and of[item] == ITEMS[item][1] for item in of)
        earned[unit] = of, sum(of.values()), led
    return earned


def ends(values):
    return min(values), max(values)


def places(cluster, left_out, by_amount):
    """By unit: ends of its points by item, of its score, of its place, whether it is tied, and the decision on the flag."""
    judged = [judge(contest, left_out, by_amount) for contest in contests(cluster)]
    score = {u: ends([one[u][1] for one in judged]) for u in cluster}
    led = {u: ends([one[u][2] for one in judged]) for u in cluster}

    def surely(a, b, or_equal):
        if score[a][0] != score[b][1]:
            return score[a][0] > score[b][1]
        return led[a][0] >= led[b][1] if or_equal else led[a][0] > led[b][1]

    said = {}
    for unit in cluster:
        others = [u for u in cluster if u != unit]
        best = 1 + sum(surely(u, unit, False) for u in others)
        worst = 1 + sum(not surely(unit, u, True) for u in others)
        for one in judged:
            place = 1 + sum(one[u][1:] > one[unit][1:] for u in others)
            assert best <= place <= worst, f"{unit} may be {place}, which is not in {best} to {worst}"
        equal = [u for u in others if surely(u, unit, True) and surely(unit, u, True)]
        first = all(surely(unit, u, False) for u in others if u not in equal)
        flag = "eligible" if best > 1 else "undetermined" if not first else "tied_at_cut" if equal else "granted"
        of = {item: ends([one[unit][0][item] for one in judged]) for item in judged[0][unit][0]}
        said[unit] = of, score[unit], (best, worst), bool(equal), flag
    return said


def verdict(target, result, due):
    if target is None:
        return "no_target"
    if result is None:
        return "undetermined"
    if result < target:
        return "not_met" if due else "not_due"
    return "exceeded" if result > target else "met"


def recomputed(directory, due):
    units, facts = read(directory), {}
    for name in sorted({cluster for cluster, _ in units.values()}):
        cluster = {unit: items for unit, (where, items) in units.items() if where == name}
        left_out = {(unit, item) for unit in cluster for item in ITEMS if verdict(*cluster[unit][item], due) == "not_due"}
        other = places(cluster, left_out, True)
        for unit, (of, score, place, tied, flag) in places(cluster, left_out, False).items():
            here = "units", unit
            for item, (target, result) in cluster[unit].items():
                facts[*here, item, "verdict"] = verdict(target, result, due)
                facts[*here, item, "value"] = result
                facts[*here, item, "points"] = of.get(item)
            facts[*here, "", "score"] = score[0] if score[0] == score[1] else None
            facts[*here, "", "rank"] = place[0] if place[0] == place[1] else None
            facts[*here, "", "scores"], facts[*here, "", "places"], facts[*here, "", "tied"] = score, place, tied
            facts[*here, "flag", "award"] = flag
            facts[*here, "", "places by amount"] = other[unit][2]
            facts[*here, "flag", "award by amount"] = other[unit][4]
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
            facts[*here, "", "places"], facts[*here, "", "tied"] = place, unit["tied"]
            facts[*here, "", "places by amount"] = tuple(unit["rank_otherwise"].get("leader_by_amount", place))
            for award in unit["awards"]:
                facts[*here, award["id"], "award by amount"] = award["otherwise"].get("leader_by_amount", award["verdict"])
    return facts


if __name__ == "__main__":
    due = len(sys.argv) < 4 or sys.argv[3] >= "2025-12-31"
    sys.exit(compare(recomputed(sys.argv[1], due), told(sys.argv[2])))
