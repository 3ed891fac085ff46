"""Computes the example a second time, from the CSV files and the numbers of the table alone, and compares.

usage: recompute.py DATA_DIR OUTCOME.json [AS_OF]

Amounts are fractions; what is open is a pair of its least and greatest value. The year must be over at AS_OF.
"""
import csv
import json
import re
import sys
from datetime import date, timedelta
from fractions import Fraction as F
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[3] / "tests/oracle"))
from facts import compare, engine, number  # noqa: E402

# The table: its standard column, line by line, with the part that each line belongs to. `*`: given with the item.
STANDARD = """
a1 3* a2 3* a3 3* a4 3.5* a5 3* a6 3* a7 3* a8 3.5* a9 5*
b1 2* b2 5* b3 3* b4 5*
C1 5 C2 5 C3.1 2 C3.2 3 C4.1 2 C4.2 2 C5.1a 0.5 C5.1b 0.5 C5.2 1* C5.3 3* C6 1
d1 3 d2 7*
2.1 1* 2.2 1* 3.1 2 3.2 2* 3.3 6* 4.1 1 4.2 0.5* 4.3 1.5* 5.1 2* 5.3 3*
"""
# Its penalty column: for each fault, and at most so much for the line.
PENALTY = """
a1.1 0.5 a1.2 0.5 a2.1 1 a2.2 0.5 a2.3 0.5 a3.1 1 a3.2 1.5 a4.1.1 1 a4.1.3 0.5 a5 1 a6 0.5
a7.1 0.5 a7.2 0.2 a7.3 0.5 a7.4 0.5 a7.5 0.5 a8.1 0.5 a8.2 1 a9.1 1 a9.2 1 a9.3 1
b1.1 0.25/1 b1.2 0.25 b2.2 0.5/1 b2.3 0.2/1 b2.4 0.5/1 b2.6 0.5 b2.7 0.5/1 b3.2 0.1/2 b4.1 0.5/3 b4.2 0.5 b4.3 0.25
C3.1 0.1/0.5 C3.2a 0.2/2 C3.2b 0.1/1 C5.2 0.2/1 C5.3 0.2/2 C6 0.1/0.5 d2.1 1 d2.2 1 d2.4 0.5 d2.5 1
2.1.1a 1 2.1.1b 2 2.2.2 1 3.2.2 0.5 3.2.3 0.5 3.3.4 2 4.2.1 0.5 4.3.2 0.5 5.1 0.5 5.3 0.5 5.5 1
"""
# Its bonus column, where it counts deeds.
BONUS = "a7.6 1 a9.4 0.1 b2.1 0.5/1 b2.5 0.5/0.5 C3.3 0.2/1 d2.3 1/2 2.2.1 0.5 3.2.1 0.5/0.5 4.3.1 0.2/1"
# Notes on parts: how far their penalties go.
PENALTY_CAPS = {"a1": F("1.5"), "a2": 2, "a4": 2, "a5": 2, "a6": F("1.5"), "a7": F("1.5"), "a8": 2, "a9": F("2.5"), "d2": 7, "5.3": 3}
EARLY = {"small": [("10", "2"), ("7", "1.5"), ("5", "1"), ("1", "0.5")],
         "middle": [("10", "2.5"), ("7", "2"), ("5", "1.5"), ("1", "1")],
         "large": [("10", "2.7"), ("7", "2.2"), ("5", "1.7"), ("1", "1.2")]}
LATE = {"small": [("10", "2.5"), ("7", "2"), ("1", "1.5"), ("0", "1")],
        "middle": [("10", "2"), ("7", "1.5"), ("1", "1"), ("0", "0.5")],
        "large": [("10", "1.7"), ("7", "1.2"), ("1", "0.7"), ("0", "0.2")]}
CITED_LINES = {"a4.2": "a4_2_2", "d1.5": "d1_4", "C2.4": "c2_4", "3.3.2": "s3_3_2", "b3.1": "b3_1", "5": "standard.s5_1",
               "C5.1a": "paper.c5_1a", "C5.1b": "paper.c5_1b"}
HEADERS = {"c3_1": "Công văn bao gói thuốc", "c3_2": "Thu gom bao gói thuốc", "c4_1": "Giải pháp kênh rạch",
           "c5_1a": "Văn bản hướng dẫn", "c5_1b": "Kế hoạch kiểm tra xã"}
LEVEL, YEAR = "offices", ("2022-01-01", "2022-12-31")


def own_id(line):
    """The number of a line as the campaign's ids are written: `a.7.6` is `a7_6`, `3.2.1` is `s3_2_1`."""
    line = re.sub(r"^([a-d])\.", r"\1", line).lower().replace(".", "_")
    return "s" + line if line[0].isdigit() else line


def lines(text):
    """Pairs of a line and (amount, most, given)."""
    words = text.split()
    for line, amount in zip(words[::2], words[1::2]):
        each, _, most = amount.rstrip("*").partition("/")
        yield line, F(each), F(most) if most else None, amount.endswith("*")


def parts(line):
    """The parts that a line belongs to, innermost first: `a7.6` to `a7`, then to all."""
    if line[0] == "a":
        return [line[:2]]
    if line.startswith("d2"):
        return ["d2"]
    return ["5.3"] if line in ("5.3", "5.5") else [line[0]]


FULL = {line: each for line, each, *_ in lines(STANDARD)}


def step(percent, table):
    return next((F(points) for bar, points in table if percent >= F(bar) / 100 and not (bar == "0" and percent == 0)), F(0))


class Office:
    def __init__(self, row, tables, as_of):
        self.row, self.as_of, code = row, as_of, row["Mã"]
        self.of = {name: [line for line in rows if line["Mã"] == code] for name, rows in tables.items()}
        self.verdicts, self.values, self.points, self.stakes = {}, {}, {}, {}
        self.penalties, self.bonuses, self.base = [], [], []

    def happened(self, text):
        return text if text and text <= self.as_of else None

    def say(self, item, verdict, value, points=None, column=None, line=None):
        """`value` and `points` are single, or pairs where something is open."""
        self.verdicts[item], self.values[item] = verdict, value
        if column is not None:
            self.points[item] = points = points if isinstance(points, tuple) else (F(points), F(points))
            column.append((line, points))
            if column is self.base:
                self.stakes[item] = FULL[line]

    def share(self, item):
        rows = [line for line in self.of["figures"] if line["Mục"] == item]
        return F(sum(F(line["Đạt"]) for line in rows)) / sum(F(line["Tổng"]) for line in rows)

    def count_faults(self, line):
        """How many at least and at most: it may be unknown who found one."""
        rows = [row for row in self.of["faults"] if row["Mục"] == line and YEAR[0] <= row["Ngày"] <= YEAR[1]]
        if line not in ("b1.1", "2.1.1a", "2.1.1b"):
            return len(rows), len(rows)
        found = [row["Tự phát hiện, tự xử lý"] for row in rows]
        return found.count("Không"), found.count("Không") + found.count("")

    def paper(self, kind):
        days = [self.happened(row["Ngày gửi"]) for row in self.of["papers"] if row["Loại"] == kind]
        return min((day for day in days if day), default=None)

    def due_papers(self, kind):
        for row in self.of["papers"]:
            if row["Loại"] == kind:
                yield row["Hạn"], self.happened(row["Ngày gửi"]), int(row["Ngày lễ trong khoảng"] or 0)

    def late(self, kind):
        return sum(due < self.as_of and (sent is None or sent > due) for due, sent, _ in self.due_papers(kind))

    def judge(self):
        row = self.row
        for line, amount, _, given in lines(STANDARD):
            if given:
                self.say("standard." + own_id(line), "met", True, amount, self.base, line)
        for header, item in HEADERS.items():
            there = row[item] == "Có"
            line = "C" + header[1:].replace("_", ".")
            self.say("paper." + header, "met" if there else "not_met", there,
                     there * FULL[line], self.base, line)

        homes, firms = self.share("C1"), self.share("C2")
        hole = (F(0), F(5))
        c1 = hole if homes == F("0.98") else 5 if homes > F("0.98") else 4 if homes >= F("0.97") else 3 if homes >= F("0.96") else 0
        c2 = hole if firms == F("0.9") else 5 if firms > F("0.9") else 4 if firms >= F("0.8") else 3 if firms >= F("0.7") else 0
        self.say("c1", "measured", homes, c1, self.base, "C1")
        self.say("c2", "measured", firms, c2, self.base, "C2")
        over = firms - F("0.92")
        self.say("c2_4", "measured", firms, min(F("0.5"), F("0.1") * (1 + over * 100 // 1)) if over > 0 else 0, self.bonuses, "C2.4")
        for item, header, most, column in (("c4_2", "C4.2", 2, self.base), ("b3_1", "b3.1", F("0.5"), self.bonuses)):
            part = self.share(header)
            self.say(item, "met" if part >= 1 else "not_met", part, most if part >= 1 else 0, column, header)

        session = date(2022, 12, 20) - timedelta(days=5)
        for item, header, last, full, late, line in (
                ("c6", "Ngày gửi báo cáo môi trường", session.isoformat(), 1, 0, "C6"),
                ("s3_1", "Ngày ban hành kế hoạch CCHC", "2022-01-31", 2, F("1.5"), "3.1"),
                ("s4_1", "Ngày phát động thi đua", "2022-01-31", 1, 0, "4.1")):
            day = self.happened(row[header])
            in_time = day is not None and day <= last
            self.say(item, "met" if in_time else "not_met", day, full if in_time else late if day else 0, self.base, line)

        planned, done = row["Cuộc kiểm tra theo kế hoạch"], row["Cuộc kiểm tra đã làm"]
        if planned in ("", "0"):
            self.inspections(F(0))
        elif done == "":
            self.say("d1", "measured", None, (F(0), F(3)), self.base, "d1")
            self.say("d1_4", "measured", None, (F(0), F(2)), self.bonuses, "d1.4")
        else:
            self.inspections(F(done) / F(planned))

        reports = {}
        for item, kind, due in (("wells_june", "wells-1", "2022-06-15"), ("wells_december", "wells-2", "2022-12-01"),
                                ("registered_june", "registered-1", "2022-06-15"), ("registered_november", "registered-2", "2022-11-15")):
            sent = self.paper(kind)
            reports[item] = sent is not None and sent < due
            self.say("report." + item, "met" if reports[item] else "not_met", sent)
        missed = {"b1.2": 2 - reports["wells_june"] - reports["wells_december"],
                  "b4.3": 2 - reports["registered_june"] - reports["registered_november"],
                  "a9.1": self.late("opinion"), "2.2.2": self.late("staff")}
        for line, each, most, _ in lines(PENALTY):
            least, greatest = (missed[line],) * 2 if line in missed else self.count_faults(line)
            item = "penalty." + {"2.1.1a": "s2_1_1", "2.1.1b": "s2_1_2"}.get(line, own_id(line))
            taken = [-min(each * times, most) if most else -each * times for times in (greatest, least)]
            self.say(item, "measured", F(least) if least == greatest else (F(least), F(greatest)), tuple(taken), self.penalties, line)

        self.land()
        deeds = {"2.2.1": sum(sent is not None and date.fromisoformat(sent) <= date.fromisoformat(due) - timedelta(days=3)
                              for due, sent, _ in self.due_papers("staff")),
                 "a9.4": sum(sent is not None and self.working_days(sent, due) - off >= 5 for due, sent, off in self.due_papers("opinion"))}
        for line, each, most, _ in lines(BONUS):
            done = [self.happened(row["Ngày hoàn thành"]) for row in self.of["deeds"] if row["Mục"] == line]
            times = deeds[line] if line in deeds else sum(day is not None and YEAR[0] <= day <= YEAR[1] for day in done)
            self.say("bonus." + own_id(line), "measured", F(times), min(each * times, most) if most else each * times, self.bonuses, line)

        files = sum(F(row["Tổng"]) for row in self.of["figures"] if row["Mục"] == "3.3 trước hạn")
        volume = "small" if files < 1000 else "middle" if files < 2000 else "large"
        late = self.share("3.3 trễ hạn")
        early = F(0) if late > 0 else self.share("3.3 trước hạn")
        self.say("s3_3_2", "measured", early, step(early, EARLY[volume]), self.bonuses, "3.3.2")
        self.say("s3_3_3", "measured", late, -step(late, LATE[volume]), self.penalties, "3.3.3")

        self.explained = self.happened(row["Ngày gửi báo cáo giải trình, tự chấm"])
        self.say("graded", "met" if self.explained else "not_met", self.explained is not None)
        self.add_up()
        self.claims()

    def inspections(self, part):
        self.say("d1", "measured", part, 0 if part == 0 else 1 if part < F("0.95") else 2 if part < 1 else 3, self.base, "d1")
        self.say("d1_4", "measured", part, 2 if part >= F("1.2") else 1 if part > 1 else 0, self.bonuses, "d1.4")

    def working_days(self, sent, due):
        day, last = date.fromisoformat(sent), date.fromisoformat(due)
        return sum((day + timedelta(days=n)).weekday() < 5 for n in range((last - day).days))

    def land(self):
        """a4: penalties first; the bonus needs all of it, and is one of two."""
        own, every = self.share("a4 hộ gia đình (ha)"), self.share("a4 tất cả (ha)")
        self.say("a4_1_2", "measured", own, F("-0.5") if own < F("0.985") else 0, self.penalties, "a4.1.2")
        both = own >= F("0.99") and every >= F("0.95")
        unharmed = all(points == (0, 0) for line, points in self.penalties if line.startswith("a4"))
        self.say("a4_2_1", "measured", own, own >= F("0.99"), [], "a4.2.1")
        self.say("a4_2_2", "met" if both else "not_met", both, 2 * both, [], "a4.2.2")
        self.certificates = best = max(self.points["a4_2_1"], self.points["a4_2_2"]) if unharmed else (F(0), F(0))
        self.bonuses.append(("a4", best))

    def add_up(self):
        ends = []
        for end in (0, 1):
            taken = {}
            for line, points in self.penalties:
                taken[parts(line)[0]] = taken.get(parts(line)[0], 0) - points[end]
            penalty = sum(min(amount, PENALTY_CAPS.get(part, amount)) for part, amount in taken.items())
            of_complaints = sum(points[end] for line, points in self.bonuses if line.startswith("d2"))
            bonus = sum(points[end] for line, points in self.bonuses if not line.startswith("d2")) + min(of_complaints, 7)
            ends.append(sum(points[end] for _, points in self.base) + bonus - penalty)
        self.score = tuple(F(end) for end in ends)

    def claims(self):
        given = {f"standard.{own_id(line)}" for line, _, _, given in lines(STANDARD) if given}
        told = {row["Mục"]: row for row in self.of["claims"]}
        standard = [line if line not in ("5.1",) else "5" for line, *_ in lines(STANDARD)]
        deeds = [{"a7.6": "a.7.6", "b2.5": "b.2.5"}.get(line, line) for line, *_ in lines(BONUS)]
        for line in standard + deeds + ["a4.2", "d1.5", "C2.4", "3.3.2", "b3.1"]:
            own = own_id(line)
            item = "claimed." + {"a.7.6": "a_7_6", "b.2.5": "b_2_5"}.get(line, own)
            source = CITED_LINES.get(line) or next(
                name for name in (f"bonus.{own}", f"standard.{own}", f"paper.{own}", own)
                if name in self.points and (name in given or not name.startswith("standard")))
            if not told:
                self.say(item, "not_applicable", None)
                continue
            claim = F(told[line]["Điểm tự chấm"]) if line in told else F(0)
            least, greatest = self.certificates if line == "a4.2" else self.points[source]
            self.say(item, self.within(claim, least, greatest), claim)
        claim = self.row["Tổng điểm tự chấm"]
        self.say("claimed_in_all", self.within(F(claim), *self.score) if claim else "not_applicable", F(claim) if claim else None)
        if self.explained is None:
            return self.say("cited_later", "not_applicable", None)
        later = sum((self.happened(row["Văn bản viện dẫn mới nhất"]) or "") > self.explained for row in self.of["claims"])
        self.say("cited_later", "met" if later == 0 else "not_met", F(later))

    @staticmethod
    def within(claim, least, greatest):
        return "met" if claim <= least else "not_met" if claim > greatest else "undetermined"


def grade(office):
    if office.explained is None:
        return "ungraded"
    ends = {next(name for bar, name in ((90, "excellent"), (70, "good"), (50, "done"), (-10**9, "poor")) if end >= bar) for end in office.score}
    return ends.pop() if len(ends) == 1 else None


def recompute(directory, as_of):
    def table(name):
        with open(Path(directory) / f"{name}.csv", encoding="utf-8", newline="") as handle:
            return list(csv.DictReader(handle))

    tables = {name: table(name) for name in ("figures", "faults", "deeds", "papers", "claims")}
    offices = {row["Mã"]: Office(row, tables, as_of) for row in table("offices")}
    for office in offices.values():
        office.judge()
    facts = {}
    ranked = {code: office.score for code, office in offices.items() if office.explained}
    for code, office in offices.items():
        for item, verdict in office.verdicts.items():
            value = office.values[item]
            facts[LEVEL, code, item, "verdict"] = verdict
            facts[LEVEL, code, item, "value"] = None if isinstance(value, tuple) else value
            facts[LEVEL, code, item, "ends"] = value if isinstance(value, tuple) else None
            facts[LEVEL, code, item, "points"] = office.points.get(item)
            facts[LEVEL, code, item, "of"] = office.stakes.get(item)
        least, greatest = office.score
        best = worst = None
        if code in ranked:
            others = [score for other, score in ranked.items() if other != code]
            best, worst = 1 + sum(low > greatest for low, _ in others), 1 + sum(high > least for _, high in others)
        facts[LEVEL, code, "", "score"] = least if least == greatest else None
        facts[LEVEL, code, "", "scores"] = office.score
        facts[LEVEL, code, "", "rank"] = best if best == worst else None
        facts[LEVEL, code, "", "ranks"] = best, worst
        facts[LEVEL, code, "", "grade"] = grade(office)
        facts[LEVEL, code, "", "full"] = F(100)
    return told(facts)


def told(facts):
    """Without the ends, points and stakes of what has none: they would only swell the count."""
    return {key: value for key, value in facts.items() if value is not None or key[-1] not in ("ends", "points", "of")}


def outcome(path):
    """The engine's facts, with the ends of what is open, points and grades beside the rest."""
    facts = engine(path)
    for level in json.loads(Path(path).read_text("utf-8"))["levels"]:
        for unit in level["units"]:
            here = level["id"], unit["id"]
            for item, said in unit["criteria"].items():
                ends = [said[end] and number(said[end].get("number")) for end in ("least", "greatest")]
                facts[*here, item, "ends"] = tuple(ends) if said["value"] is None and None not in ends else None
                points = said["points"]
                facts[*here, item, "points"] = points and tuple(number(points.get("earned", points.get(end))) for end in ("least", "greatest"))
                facts[*here, item, "of"] = number(points["of"]) if points and "pot" not in points else None
            facts[*here, "", "full"] = number(unit["score_of"])
            facts.setdefault((*here, "", "rank"), None)
            facts[*here, "", "scores"] = number(unit["score_least"]), number(unit["score_greatest"])
            facts[*here, "", "ranks"] = unit["rank_best"], unit["rank_worst"]
            facts[*here, "", "grade"] = unit["grade"]
    return told(facts)


if __name__ == "__main__":
    if len(sys.argv) not in (3, 4):
        sys.exit(__doc__.split("\n\n")[1])
    directory, path, as_of = *sys.argv[1:3], (sys.argv[3] if len(sys.argv) == 4 else "2022-12-31")
    if as_of < YEAR[1]:
        sys.exit("the year must be over")
    sys.exit(compare(recompute(directory, as_of), outcome(path)))
