#!/usr/bin/env python3
"""The titles and flags computed a second time, from the lists alone.

    recompute.py DATA_DIR OUTCOME.json [AS_OF]    compare with the program's outcome; exit 1 on a difference

Written from the articles, for a day after the end of the year. A grade that is not reported is tried out: the four
grades, each a year of its own (a world) in which everybody is known. What holds in all worlds holds; what does not is
open. A tie at the cut leaves open whether each of the tied has the title; counts of titles and conditions that read it
are open as far as that goes, one by one, as the guide says it of what is judged. On
other lists with blanks the program may leave open what the worlds settle here; it never contradicts them.
"""
import csv
import json
import sys
from datetime import date
from fractions import Fraction
from itertools import product
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[3] / "tests/oracle"))
from facts import compare, engine, number  # noqa: E402

YEAR, LAST_DAY = 2025, date(2025, 12, 31)
GRADES = ["Không hoàn thành", "Hoàn thành", "Hoàn thành tốt", "Hoàn thành xuất sắc"]
MILD = ["", "Không", "Khiển trách"]
POSTS = {"Lãnh đạo": "leader", "Trực tiếp": "worker"}
PAPERS = {"proposal": "Tờ trình", "report": "Báo cáo thành tích", "minutes": "Biên bản bình xét", "certificate": "Chứng nhận sáng kiến"}
WORDS = dict(zip(GRADES, ["poor", "done", "good", "excellent"]))


def rows(directory, name):
    with open(Path(directory) / f"{name}.csv", encoding="utf-8", newline="") as handle:
        return list(csv.DictReader(handle))


def by_person(lines):
    found = {}
    for line in lines:
        found.setdefault(line["Mã"], []).append(line)
    return found


def both(answers):
    """And, where None is open."""
    answers = list(answers)
    return False if False in answers else None if None in answers else True


def either(*answers):
    return True if True in answers else None if None in answers else False


def agreed(answers):
    """What all worlds say."""
    answers = set(answers)
    return answers.pop() if len(answers) == 1 else None


def years_without_gap(years):
    """How many years without a gap end with last year."""
    length = 0
    while YEAR - 1 - length in years:
        length += 1
    return length


def choose(candidates, places):
    """The candidates are (key, id); by id granted, tied_at_cut or eligible, from the best down."""
    said, left = {}, places
    for key in sorted({key for key, _ in candidates}, reverse=True):
        equal = [who for mark, who in candidates if mark == key]
        verdict = "eligible" if left <= 0 else "granted" if len(equal) <= left else "tied_at_cut"
        said.update(dict.fromkeys(equal, verdict))
        left -= len(equal)
    return said


def cut(said, keys, places, of, exact):
    order = sorted(sorted(said), key=lambda who: keys[who], reverse=True)
    won, out, tied = ([who for who in order if said[who] == word] for word in ("granted", "eligible", "tied_at_cut"))
    return {"of": of, "exact": exact, "places": places, "granted": len(won), "tied": sorted(tied),
            "last_in": won[-1] if won else None, "first_out": out[0] if out else None}


class Year:
    """One world: every grade is known."""

    def __init__(self, directory, as_of, grades, one_pot):
        self.as_of = as_of
        self.people = {line["Mã"]: line for line in rows(directory, "people")}
        self.grade = {who: GRADES.index(line["Xếp loại"] or grades[who]) for who, line in self.people.items()}
        self.past, self.graded = by_person(rows(directory, "past")), by_person(rows(directory, "past_grades"))
        self.ideas, self.papers = by_person(rows(directory, "initiatives")), by_person(rows(directory, "papers"))
        self.conditions, self.verdicts, self.cuts = {}, {}, {}
        for who in self.people:
            self.decide(who, "advanced", {"good_or_better": self.grade[who] >= 2, "not_warned": self.people[who]["Kỷ luật"] in MILD})
            self.conditions[who, "fighter"] = {"advanced": self.has(who, "advanced"), "not_revoked": not self.cancelled(self.people[who], "Ngày huỷ danh hiệu"),
                                               "excellent_or_initiative": self.grade[who] == 3 or len(self.free(who, YEAR)) > 0}
        self.fighters(one_pot)
        for who in self.people:
            self.decide(who, "province_fighter", self.province(who))
            self.decide(who, "merit_certificate", {"not_revoked": self.conditions[who, "fighter"]["not_revoked"], "either_way": self.either_way(who),
                                       "!province_fighter": negated(self.has(who, "province_fighter"))})

    def decide(self, who, award, conditions):
        self.conditions[who, award] = conditions
        self.verdicts[who, award] = {True: "granted", False: "not_eligible", None: "undetermined"}[both(conditions.values())]

    def has(self, who, award):
        verdict = self.verdicts[who, award]
        return None if verdict in ("tied_at_cut", "undetermined") else verdict == "granted"

    def cancelled(self, line, header):
        return line[header] != "" and date.fromisoformat(line[header]) <= self.as_of

    def fighters(self, one_pot):
        """15 % of the advanced of each pot, whole places only, the best first."""
        key = {who: (self.grade[who], Fraction(line["Điểm bình xét"])) for who, line in self.people.items()}
        pots = {}
        for who, line in self.people.items():
            pots.setdefault((line["Tập thể"],) if one_pot else (line["Tập thể"], POSTS[line["Nhóm"]]), []).append(who)
        for pot, members in pots.items():
            advanced = sum(self.has(who, "advanced") for who in members)
            exact = advanced * Fraction(15, 100)
            may = [who for who in members if all(self.conditions[who, "fighter"].values())]
            said = choose([(key[who], who) for who in may], exact // 1)
            self.verdicts.update({(who, "fighter"): said.get(who, "not_eligible") for who in members})
            self.cuts["fighter", pot] = cut(said, key, exact // 1, advanced, exact)

    def held(self, who, title):
        return {int(line["Năm"]) for line in self.past.get(who, []) if line["Danh hiệu"] == title and not self.cancelled(line, "Ngày huỷ")}

    def free(self, who, since):
        """Scopes of the initiatives that no title has used, recognised from the year `since` to the end of this one."""
        return [line["Phạm vi"] for line in self.ideas.get(who, []) if line["Đã dùng cho"] == "" and since <= int(line["Ngày công nhận"][:4]) <= YEAR]

    def province(self, who):
        free, there = self.free(who, YEAR - 2), {line["Giấy tờ"] for line in self.papers.get(who, [])}
        spent_this_year = self.grade[who] < 3                       # the title of this year took one
        return {"fighter": self.has(who, "fighter"), "three_in_a_row": years_without_gap(self.held(who, "CSTĐCS")) >= 2,
                "initiative_of_the_province": any(scope != "Cơ sở" for scope in free) and len(free) >= 1 + spent_this_year,
                **{f"has_paper.{kind}": name in there for kind, name in PAPERS.items()}}

    def either_way(self, who):
        excellent = {int(line["Năm"]) for line in self.graded.get(who, []) if line["Xếp loại"] == GRADES[3]}
        as_excellent = self.grade[who] == 3 and YEAR - 1 in excellent and len(self.free(who, YEAR - 1)) >= 2
        as_fighter = both([self.has(who, "fighter"), YEAR - 1 in self.held(who, "CSTĐCS")])
        return both([either(as_fighter, as_excellent), YEAR - 1 not in self.held(who, "Bằng khen")])


def negated(answer):
    return None if answer is None else not answer


def worlds(directory, as_of, one_pot):
    unknown = [line["Mã"] for line in rows(directory, "people") if line["Xếp loại"] == ""]
    return [Year(directory, as_of, dict(zip(unknown, grades)), one_pot) for grades in product(GRADES, repeat=len(unknown))]


def ends(values):
    values = list(values)
    return min(values), max(values)


def against(least, greatest, reached):
    """A verdict from both ends of what is possible."""
    return {(True, True): "met", (False, False): "not_met"}.get((reached(least), reached(greatest)), "undetermined")


def whole(verdicts, conditions):
    """The decision that all worlds share; open, unless a condition fails in all of them."""
    if len(set(verdicts)) == 1:
        return verdicts[0]
    return "not_eligible" if False in conditions.values() else "undetermined"


def of_people(judged):
    facts = {}
    for who, line in judged[0].people.items():
        here = "people", who
        grade = line["Xếp loại"]
        facts[*here, "grade", "verdict"] = facts[*here, "merit", "verdict"] = "measured"
        facts[*here, "grade", "value"], facts[*here, "merit", "value"] = WORDS.get(grade), Fraction(line["Điểm bình xét"])
        for award in ("advanced", "fighter", "province_fighter", "merit_certificate"):
            conditions = {name: agreed(year.conditions[who, award][name] for year in judged) for name in judged[0].conditions[who, award]}
            facts[*here, award, "award"] = whole([year.verdicts[who, award] for year in judged], conditions)
            facts[*here, award, "conditions"] = conditions
    return facts


def of_collectives(directory, judged):
    lines = {line["Mã"]: line for line in rows(directory, "collectives")}
    points = {code: Fraction(line["Điểm cụm"]) for code, line in lines.items()}
    facts, conditions, said = {}, {}, {}
    rank = {code: 1 + sum(points[other] > points[code] for other in lines if lines[other]["Cụm"] == line["Cụm"]) for code, line in lines.items()}
    for code, line in lines.items():
        members = [who for who, person in judged[0].people.items() if person["Tập thể"] == code]

        def sure(told):
            """How many surely, how many perhaps too: by person, over all worlds."""
            answers = [agreed(told(year, who) for year in judged) for who in members]
            return answers.count(True), answers.count(None)

        def part(item, told, bar):
            met, unknown = sure(told)
            facts["collectives", code, item, "value"] = met, len(members), unknown
            return against(Fraction(met, len(members)), Fraction(met + unknown, len(members)), lambda share: share >= bar)

        def number_of(item, told, reached):
            met, unknown = sure(told)
            facts["collectives", code, item, "value"] = None if unknown else met
            facts["collectives", code, item, "ends"] = met, met + unknown
            true = ends(sum(told(year, who) is not False for who in members) for year in judged), \
                ends(sum(told(year, who) is True for who in members) for year in judged)
            assert met <= true[1][0] and true[0][1] <= met + unknown
            return against(met, met + unknown, reached)

        progress = Fraction(line["So với kế hoạch (%)"])
        facts["collectives", code, "exceeds", "value"], facts["collectives", code, "contest", "value"] = progress, points[code]
        verdicts = {
            "share_advanced": part("share_advanced", lambda year, who: year.has(who, "advanced"), Fraction(70, 100)),
            "warned": number_of("warned", lambda year, who: year.people[who]["Kỷ luật"] not in MILD, lambda n: n == 0),
            "all_done": part("all_done", lambda year, who: year.grade[who] >= 1, 1),
            "fighters": number_of("fighters", lambda year, who: year.has(who, "fighter"), lambda n: n >= 1),
            "exceeds": "met" if progress > 100 else "not_met",
            "contest": "measured",
        }
        holds = {item: {"met": True, "not_met": False}.get(verdict) for item, verdict in verdicts.items()}
        facts.update({("collectives", code, item, "verdict"): verdict for item, verdict in verdicts.items()})
        facts["collectives", code, "", "rank"] = rank[code]
        conditions[code, "advanced_collective"] = {item: holds[item] for item in ("share_advanced", "warned")}
        advanced = both(conditions[code, "advanced_collective"].values())
        conditions[code, "excellent_collective"] = {"advanced_collective": advanced, **{item: holds[item] for item in ("all_done", "fighters")}}
        conditions[code, "province_flag"] = {"leads_cluster": rank[code] == 1, "exceeds": holds["exceeds"]}
        for award in ("advanced_collective", "excellent_collective"):
            said[code, award] = {True: "granted", False: "not_eligible", None: "undetermined"}[both(conditions[code, award].values())]
    cuts = flags(lines, points, conditions, said)
    for (code, award), verdict in said.items():
        facts["collectives", code, award, "award"], facts["collectives", code, award, "conditions"] = verdict, conditions[code, award]
    return facts, cuts


def flags(lines, points, conditions, said):
    """One flag of the province in each cluster; a fifth of them, but one at least, goes up and gives the flag back."""
    cuts, flag = {}, {}
    for cluster in {line["Cụm"] for line in lines.values()}:
        may = [code for code, line in lines.items() if line["Cụm"] == cluster and all(conditions[code, "province_flag"].values())]
        taken = choose([(points[code], code) for code in may], 1)
        flag.update(taken)
        cuts["province_flag", (cluster,)] = cut(taken, points, 1, None, None)
    won = [code for code in flag if flag[code] == "granted"]
    assert "tied_at_cut" not in flag.values(), "who leads is tied: not written out here"
    exact = len(won) * Fraction(20, 100)
    state = choose([(points[code], code) for code in won], max(1, exact // 1))
    cuts["state_flag", ()] = cut(state, points, max(1, exact // 1), len(won), exact)
    for code in lines:
        conditions[code, "state_flag"] = {"province_flag": code in won}
        said[code, "state_flag"] = state.get(code, "not_eligible")
        said[code, "province_flag"] = "replaced" if said[code, "state_flag"] == "granted" else flag.get(code, "not_eligible")
    return cuts


def of_cuts(level, told):
    """Facts of how the places went; `told` are the cuts of each world."""
    facts = {}
    for group in told[0]:
        here = level, group[0], "/".join(group[1])
        for field in ("of", "exact", "places"):
            values = [world[group][field] for world in told]
            facts[*here, field] = None if values[0] is None else ends(values)
        if all(world[group] == told[0][group] for world in told):
            facts.update({(*here, field): told[0][group][field] for field in ("granted", "tied", "last_in", "first_out")})
    return facts


def recomputed(directory, as_of):
    judged, other = worlds(directory, as_of, False), worlds(directory, as_of, True)
    collectives, flag_cuts = of_collectives(directory, judged)
    facts = {**of_people(judged), **collectives, **of_cuts("people", [year.cuts for year in judged]), **of_cuts("collectives", [flag_cuts])}
    for read in (of_people(other), of_collectives(directory, other)[0]):
        facts.update({(*key[:3], f"{key[3]} in one pot"): said for key, said in read.items() if key[3] in ("award", "verdict")})
    return facts


def told(path, ours):
    """What the program says: facts.py's, conditions, ends of counts, the other reading, and how the places went."""
    facts = engine(path)
    for level in json.loads(Path(path).read_text("utf-8"))["levels"]:
        for unit in level["units"]:
            here = level["id"], unit["id"]
            for item, said in unit["criteria"].items():
                facts[*here, item, "verdict in one pot"] = said["otherwise"].get("one_pot", said["verdict"])
                if item in ("warned", "fighters"):
                    facts[*here, item, "ends"] = number(said["least"]["number"]), number(said["greatest"]["number"])
            for award in unit["awards"]:
                facts[*here, award["id"], "conditions"] = award["conditions"]
                facts[*here, award["id"], "award in one pot"] = award["otherwise"].get("one_pot", award["verdict"])
        for award in level["awards"]:
            for cut in award["cuts"]:
                here = level["id"], award["id"], "/".join(cut["group"])
                facts[*here, "of"] = cut["of"] and tuple(cut["of"])
                facts[*here, "exact"] = cut["exact"] and tuple(map(Fraction, cut["exact"]))
                facts[*here, "places"] = cut["places_least"], cut["places_greatest"]
                if (*here, "granted") in ours:
                    facts.update({(*here, field): cut[field] for field in ("granted", "tied", "last_in", "first_out")})
    return facts


if __name__ == "__main__":
    as_of = date.fromisoformat(sys.argv[3] if len(sys.argv) > 3 else "2026-03-31")
    assert as_of > LAST_DAY, "written for a day after the year"
    ours = recomputed(sys.argv[1], as_of)
    sys.exit(compare(ours, told(sys.argv[2], ours)))
