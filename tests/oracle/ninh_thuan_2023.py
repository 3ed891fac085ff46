#!/usr/bin/env python3
"""The Ninh Thuận campaign computed a second time, in SQL, from nothing but the CSV files.

    ninh_thuan_2023.py DATASET_DIR OUTCOME.json [AS_OF]    compare with the engine's outcome; exit 1 on a difference

Written from the directive. Every figure of a unit is a count of rows for which a condition is true, and of rows for
which it is unknown (SQL's NULL); a verdict is given where both ends of what is possible agree.

A day after AS_OF has not happened: it becomes 'none', as a blank of such a column is. Conditions on days are written
with BETWEEN, which 'none' never satisfies.
"""
import sys
from datetime import date
from fractions import Fraction

from facts import FLAGS, NONE, compare, engine, load

UNIT = ("unit", "Mã đơn vị", str, None)
TABLES = {
    "units": [("code", "Mã đơn vị", str, None), ("above", "Mã cấp trên", str, NONE),
              ("kind", "Cấp", {"Tỉnh": "province", "Trên cơ sở": "upper", "Cơ sở": "base"}, None),
              ("sector", "Khối", {"Doanh nghiệp": "firm", "Hành chính, sự nghiệp": "state"}, NONE),
              ("founded", "Ngày thành lập", date, None), ("closed", "Ngày giải thể", date, NONE),
              ("reported", "Đã gửi biểu minh chứng", FLAGS, None)],
    "quotas": [UNIT, ("programme", "Chương trình", str, None), ("year", "Năm", int, None), ("target", "Chỉ tiêu giao", int, None)],
    "initiatives": [UNIT, ("refused", "Không được công nhận", FLAGS, 0), ("recognised", "Ngày công nhận", date, NONE),
                    ("applied", "Ngày áp dụng", date, None), ("uploaded", "Ngày cập nhật", date, NONE)],
    "indicators": [UNIT, ("year", "Năm", int, None), ("better", "Chiều", {"Tăng": 1, "Giảm": -1}, None),
                   ("plan", "Kế hoạch", int, None), ("actual", "Thực hiện", int, None), ("closed", "Ngày chốt số liệu", date, NONE)],
    "deeds": [UNIT, ("task", "Mã việc", str, None), ("done", "Đã làm", FLAGS, None), ("day", "Ngày", date, None),
              ("number", "Số văn bản", str, NONE), ("address", "Địa chỉ minh chứng", str, NONE),
              ("verified", "Cấp trên đã xác nhận", FLAGS, None)],
    "works": [UNIT, ("kind", "Loại", str, None), ("registered", "Ngày LĐLĐ tỉnh nhận đăng ký", date, NONE),
              ("completed", "Ngày hoàn thành", date, NONE), ("effective", "Có hiệu quả", FLAGS, None)],
    "events": [UNIT, ("kind", "Loại", str, None), ("round", "Đợt", str, NONE), ("day", "Ngày tổ chức", date, None)],
    "pledges": [UNIT, ("between_whom", "Giao ước giữa", str, None), ("day", "Ngày ký", date, None)],
    "entrants": [("code", "Mã người đăng ký", str, None), UNIT, ("contest", "Dự Hội thi Sáng tạo kỹ thuật", FLAGS, None),
                 ("registered", "Ngày đăng ký", date, NONE), ("done", "Ngày thực hiện xong", date, NONE),
                 ("effective", "Có hiệu quả", FLAGS, None), ("commended", "Ngày khen thưởng", date, NONE)],
    "commendations": [UNIT, ("class", "Đối tượng", str, None), ("round", "Đợt", str, None), ("day", "Ngày khen", date, None),
                      ("shown", "Đã tuyên truyền gương", FLAGS, None)],
    "member_changes": [UNIT, ("day", "Ngày báo cáo", date, None), ("joined", "Kết nạp mới", int, None)],
    "reports": [UNIT, ("receiver", "Nơi nhận", str, None), ("day", "Ngày gửi", date, None)],
}
DAYS = {table: [name for name, _, kind, _ in columns if kind is date and (table, name) != ("units", "closed")]
        for table, columns in TABLES.items()}

YEAR = "BETWEEN '2023-01-01' AND '2023-12-31'"
PROGRAMME = "applied BETWEEN '2021-09-01' AND '2023-09-01' AND uploaded BETWEEN '2022-01-08' AND '2023-09-01'"
EVER = "BETWEEN '0' AND '9'"                       # there is a day: 'none' sorts after every digit
OPEN = None                                        # no upper end


class Data:
    """The CSV files as they stand on one day: what has not happened is none, what does not exist is away."""

    def __init__(self, directory, day):
        self.db = db = load(directory, TABLES)
        for table, names in DAYS.items():
            for name in names:
                db.execute(f"UPDATE {table} SET {name} = 'none' WHERE {name} > ? AND {name} <> 'none'", (day,))
        # What is said to be done was done by this day, even if its own day is not given: before the year it is not of the year.
        db.execute("UPDATE deeds SET day = 'none' WHERE day IS NULL AND ? < '2023-01-01'", (day,))
        db.execute("DELETE FROM units WHERE founded = 'none' OR closed < ?", (day,))
        for table in TABLES:
            if table != "units":
                db.execute(f"DELETE FROM {table} WHERE unit NOT IN (SELECT code FROM units)")
        db.executescript("""
            CREATE TABLE own AS SELECT code AS owner, code AS unit FROM units;
            CREATE TABLE below AS WITH RECURSIVE tree(owner, unit) AS (
                SELECT above, code FROM units WHERE above <> 'none'
                UNION ALL SELECT units.above, tree.unit FROM tree JOIN units ON units.code = tree.owner WHERE units.above <> 'none')
                SELECT * FROM tree;
            CREATE VIEW whole AS SELECT * FROM own UNION ALL SELECT * FROM below;
        """)

    def count(self, table, condition, whose="own"):
        """By unit: rows for which the condition holds, and rows for which it may."""
        found = self.db.execute(f"""SELECT owner, sum(c IS 1), sum(c IS NULL) FROM
            (SELECT owner, ({condition}) AS c FROM {whose} JOIN {table} USING (unit)) GROUP BY owner""")
        return {unit: (yes, yes + maybe) for unit, yes, maybe in found}

    def days(self, table, condition, column, pick):
        """By unit: the first or last day of the rows for which the condition surely holds."""
        return dict(self.db.execute(f"""SELECT unit, {pick}({column}) FROM {table} WHERE ({condition}) AND {column} {EVER} GROUP BY unit"""))

    def tally(self, table, p, q, whose="own"):
        """By unit: numbers of rows with and without the property, by whether they are in the population."""
        found = self.db.execute(f"""SELECT owner, sum(p AND q), sum(p AND NOT q), sum(p AND q IS NULL), sum(p IS NULL AND q),
            sum(p IS NULL AND NOT q), sum(p IS NULL AND q IS NULL)
            FROM (SELECT owner, ({p}) AS p, ({q}) AS q FROM {whose} JOIN {table} USING (unit)) GROUP BY owner""")
        return {unit: tuple(n or 0 for n in numbers) for unit, *numbers in found}


# ---------------------------------------------------------------- judging what was measured: (verdict, value)

def before(day, due, verdict):
    """What is not fulfilled before it is due is not due; `due` None: there is no last day."""
    return "not_due" if (due is None or day < due) and verdict == "not_met" else verdict


def number(ends, bar=None, above=False, exceeding=False, target=True, due=None, day=None):
    least, greatest = ends
    value = Fraction(least) if least == greatest else None
    if not target:
        return "measured", value
    if bar is None:
        return "no_target", value

    def reached(n):
        return n is OPEN or (n > bar if above else n >= bar)

    def grade(n):
        return 0 if not reached(n) else 2 if exceeding and (n is OPEN or n > bar) else 1

    verdicts = {("not_met", "met", "exceeded")[grade(n)] for n in (least, greatest)}
    verdict = verdicts.pop() if len(verdicts) == 1 else "undetermined"
    return before(day, due, verdict), value


def flag(ends, due, day):
    """Whether there is at least one."""
    least, greatest = ends
    if least > 0:
        return "met", True
    value = False if greatest == 0 else None
    return before(day, due, "not_met" if value is False else "undetermined"), value


def share(numbers, bar=None, due=None, day=None):
    yy, yn, yu, uy, un, uu = numbers
    of = yy + yn + yu
    value = of and yy, of, yu + uy + un + uu
    if of + uy + un + uu == 0:
        return "not_applicable", (0, 0, 0)
    if bar is None:
        return "measured", value
    assert of > 0 and uy + un + uu == 0, "no population of a judged share is in doubt"
    verdict = "met" if yy >= bar * of else "not_met" if yy + yu < bar * of else "undetermined"
    return before(day, due, verdict), value


def dated(value, first, last, due, day):
    ok = value is not None and (first is None or value >= first) and (last is None or value <= last)
    return ("met" if ok else before(day, due, "not_met")), value


NOT_APPLICABLE = "not_applicable", None


class Campaign:
    def __init__(self, directory, as_of):
        self.directory, self.day = directory, as_of
        self.data = data = Data(directory, as_of)
        self.units = {row[0]: row for row in data.db.execute("SELECT code, kind, sector, founded, reported FROM units ORDER BY rowid")}
        self.level = {code: kind for code, kind, _, founded, _ in self.units.values()
                      if kind != "base" or founded <= "2023-12-31"}
        self.said, self.facts = {}, {}
        self.bases = {unit: [] for unit in self.units}
        for owner, unit in data.db.execute("SELECT owner, unit FROM below"):
            if self.level.get(unit) == "base":
                self.bases[owner].append(unit)

    # -------- helpers

    def put(self, item, levels, judged):
        """`judged(unit)` is (verdict, value) for each unit of the levels."""
        for unit, level in self.level.items():
            if level in levels.split():
                self.said[unit, item] = self.facts[level, unit, item] = judged(unit)

    def counts(self, item, levels, table, condition, whose="own", only=lambda unit: True, **bars):
        found = self.data.count(table, condition, whose)
        bars.setdefault("day", self.day)
        self.put(item, levels, lambda unit: number(found.get(unit, (0, 0)), **bars) if only(unit) else NOT_APPLICABLE)

    def against_quota(self, item, levels, found, programme, above=False, exceeding=True, due="2023-12-31"):
        quota = dict(self.data.db.execute("SELECT unit, target FROM quotas WHERE programme = ? AND year = 2023", (programme,)))
        self.put(item, levels, lambda unit: number(found.get(unit, (0, 0)), quota.get(unit), above, exceeding, due=due, day=self.day))

    def shares(self, item, levels, table, p, q, whose="own", only=lambda unit: True, **bars):
        found = self.data.tally(table, p, q, whose)
        nothing = (0,) * 6
        self.put(item, levels, lambda unit: share(found.get(unit, nothing), day=self.day, **bars) if only(unit) else NOT_APPLICABLE)

    def of_bases(self, item, belongs, holds, **bars):
        """A share of the base unions below; `holds` says yes, no or None."""
        def judged(unit):
            answers = [holds(base) for base in self.bases[unit] if belongs(base)]
            return share((answers.count(True), answers.count(False), answers.count(None), 0, 0, 0), day=self.day, **bars)
        self.put(item, "province upper", judged)

    def met(self, item):
        """Of an award's condition: what is not due may still be met."""
        return lambda unit: {"met": True, "exceeded": True, "undetermined": None, "not_due": None}.get(self.said[unit, item][0], False)

    def value(self, item, fulfils):
        """Whether what is measured today fulfils it, due or not."""
        return lambda unit: None if self.said[unit, item][0] == "undetermined" else fulfils(self.said[unit, item][1])

    def applies(self, item):
        return lambda base: self.said[base, item][0] != "not_applicable"

    def sector(self, sector):
        return lambda unit: self.units[unit][2] == sector

    def founded_by(self, day):
        return lambda unit: self.units[unit][3] <= day

    # -------- the clauses

    def judge(self):
        self.deeds()
        self.initiatives()
        self.indicators()
        self.events()
        self.works()
        self.people()
        return self

    def deeds(self):
        missing = {code for code, *_, reported in self.units.values() if not reported}
        missing -= {unit for unit, in self.data.db.execute("SELECT unit FROM deeds")}

        def deed(item, levels, task, only=lambda unit: True):
            found = self.data.count("deeds", f"task = '{task}' AND done AND (number <> 'none' OR address <> 'none') AND day {YEAR}")

            def judged(unit):
                if not only(unit):
                    return NOT_APPLICABLE
                least, greatest = found.get(unit, (0, 0))
                return flag((least, greatest + (unit in missing)), "2023-12-31", self.day)
            self.put(item, levels, judged)

        every, state, firm = "province upper base", self.sector("state"), self.sector("firm")
        deed("launch", every, "PD")
        for item, task in (("skilled", "PT1"), ("two_good", "PT2"), ("green", "PT3"), ("renewal", "PT4")):
            deed(f"movement.{item}", "base", task)
        deed("movement.clean", "base", "CVD", state)
        deed("firm_work.skills", "base", "DN1", firm)
        deed("firm_work.productivity", "base", "DN2", firm)
        deed("state_work.procedures", "base", "HC1", state)
        deed("state_work.digital", "base", "HC2", state)
        deed("democracy", "base", "QCDC")
        deed("congress_prepared", every, "CBDH", self.founded_by("2022-12-31"))
        deed("propaganda", every, "TT")
        deed("column", "province upper", "CM")
        deed("own_plan", "upper base", "KH")

        movements = [f"movement.{name}" for name in ("skilled", "two_good", "green", "renewal")]

        def all_movements(base):
            answers = [self.value(item, bool)(base) for item in movements]
            if self.applies("movement.clean")(base):
                answers.append(self.value("movement.clean", bool)(base))
            return False if False in answers else None if None in answers else True
        self.of_bases("movements_everywhere", lambda base: True, all_movements)

        sent = "unit IN (SELECT code FROM units WHERE kind = 'base' AND reported AND founded <= '2023-12-31')"
        done, verified = (self.data.count("deeds", f"{sent} AND {what}", "below") for what in ("done", "done AND verified"))

        def ratio(unit):
            top, bottom = verified.get(unit, (0, 0)), done.get(unit, (0, 0))
            if bottom == (0, 0):
                return NOT_APPLICABLE
            return "measured", Fraction(top[0], bottom[0]) if top[0] == top[1] and bottom[0] == bottom[1] else None
        self.put("claims_verified", "province upper", ratio)

    def initiatives(self):
        every = "province upper base"
        found = self.data.count("initiatives", f"recognised {EVER} AND {PROGRAMME}", "whole")
        self.against_quota("initiatives", every, found, "01 triệu sáng kiến")
        found = self.data.count("initiatives", f"NOT refused AND {PROGRAMME}", "whole")
        self.against_quota("initiatives_if_accepted", every, found, "01 triệu sáng kiến")
        june = Data(self.directory, min(self.day, "2023-06-30"))
        found = june.count("initiatives", f"recognised {EVER} AND {PROGRAMME}", "whole")
        self.against_quota("initiatives_june", every, found, "01 triệu sáng kiến", above=True, exceeding=False, due="2023-06-30")
        self.counts("initiatives_stage_2", every, "initiatives", "uploaded BETWEEN '2022-06-01' AND '2023-09-01'", "whole", target=False)

    def indicators(self):
        reached = f"closed {EVER} AND actual * better >= plan * better"
        self.shares("indicators_reached", "province upper base", "indicators", "year = 2023", reached, "whole", bar=1, due="2023-12-31")
        self.shares("plan_all", "base", "indicators", "year = 2023", reached, only=self.sector("state"), bar=1, due="2023-12-31")
        self.shares("plan_exceeded", "upper base", "indicators", "year = 2023", f"closed {EVER} AND actual * better > plan * better",
                    bar=1, due="2023-12-31")

    def events(self):
        every = "province upper base"
        self.counts("workers_month", every, "events", "kind = 'Tháng Công nhân' AND day BETWEEN '2023-05-01' AND '2023-05-31'",
                    only=self.founded_by("2023-05-31"), bar=1, due="2023-05-31")
        self.counts("tet_care", every, "events", f"kind = 'Chăm lo Tết' AND day {YEAR}", bar=1, due="2023-12-31")
        self.counts("dialogues", every, "events", f"kind = 'Đối thoại' AND day {YEAR}", "whole", target=False)
        # The first day of the first round is unknown: any activity up to its last day may lie before it.
        self.counts("anniversaries.round_1", every, "events",
                    "CASE WHEN kind = 'Kỷ niệm' AND day <= '2023-06-30' THEN NULL ELSE 0 END", "whole", target=False)
        self.counts("anniversaries.round_2", every, "events", "kind = 'Kỷ niệm' AND day BETWEEN '2023-07-01' AND '2023-12-31'",
                    "whole", target=False)

        held = self.data.days("events", "kind = 'Đại hội'", "day", "min")
        old = self.founded_by("2022-12-31")
        self.put("congress", "upper base", lambda unit: dated(held.get(unit), None, "2023-06-30", "2023-06-30", self.day)
                 if old(unit) else NOT_APPLICABLE)
        self.put("congress_province", "province", lambda unit: dated(held.get(unit), "2023-07-01", "2023-12-31", "2023-12-31", self.day))
        self.of_bases("congresses_below", self.applies("congress"), self.value("congress", lambda day: bool(day) and day <= "2023-06-30"))

        for number_, last in (("1", "2023-06-30"), ("2", "2023-12-31")):
            reviews = self.data.days("events", f"kind = 'Sơ kết, tổng kết' AND round = '{number_}'", "day", "max")
            there = self.founded_by(last)
            self.put(f"review.round_{number_}", every, lambda unit, reviews=reviews, there=there, last=last:
                     dated(reviews.get(unit), last + "~", None, None, self.day) if there(unit) else NOT_APPLICABLE)

    def works(self):
        thing = "kind <> 'Chỉ tiêu'"
        done = f"registered {EVER} AND completed BETWEEN registered AND '2023-12-31'"
        self.counts("one_work", "base", "works", f"{thing} AND {done}", bar=1, due="2023-12-31")
        self.counts("one_work_registered", "base", "works", f"{thing} AND registered {EVER}", bar=1, due="2023-03-15")
        self.of_bases("one_work_everywhere", lambda base: True, self.value("one_work", bool), bar=1, due="2023-12-31")
        self.effective = self.data.count("works", f"{thing} AND {done} AND effective")
        first = self.data.days("works", "1", "registered", "min")
        there = self.founded_by("2023-03-15")
        self.put("registration", "base", lambda unit: dated(first.get(unit), None, "2023-03-15", "2023-03-15", self.day)
                 if there(unit) else NOT_APPLICABLE)
        self.of_bases("registered_in_time", self.applies("registration"),
                      self.value("registration", lambda day: bool(day) and day <= "2023-03-15"))
        self.counts("late_registrations", "province upper base", "works", "registered BETWEEN '2023-03-16' AND '9'", "whole", target=False)

    def people(self):
        every = "province upper base"
        earned = f"registered {EVER} AND done BETWEEN registered AND '9' AND effective"
        entrants = self.data.db.execute(f"SELECT code, ({earned}) FROM entrants").fetchall()
        for code, answer in entrants:
            value = None if answer is None else bool(answer)
            verdict = "met" if value else before(self.day, "2023-12-31", "undetermined" if value is None else "not_met")
            self.facts["entrants", code, "entrant_done"] = verdict, value
            self.award("entrants", code, "praise_individual", [None if verdict == "not_due" else value])
        self.shares("entrants_commended", every, "entrants", earned, f"commended {EVER}", "whole")
        self.counts("contest_entrants", every, "entrants", f"contest AND registered {EVER}", "whole", target=False)
        self.counts("examples_shown", every, "commendations", f"day {EVER} AND shown", "whole", target=False)
        for number_, after in (("1", "2023-07-01"), ("2", "2024-01-01")):
            self.shares(f"direct_workers.round_{number_}", every, "commendations",
                        f"round = '{number_}' AND class <> 'Tập thể' AND day {EVER}", "class = 'Người lao động trực tiếp'", "whole")
            self.counts(f"commended.round_{number_}", every, "commendations", f"round = '{number_}' AND day BETWEEN '{after}' AND '9'",
                        "whole", target=False)

        sums = {}
        for unit, yes, joined in self.data.db.execute(f"SELECT owner, day {YEAR}, joined FROM whole JOIN member_changes USING (unit)"):
            least, greatest = sums.get(unit, (0, 0))
            if yes:
                sums[unit] = (least + (joined or 0), OPEN if joined is None or greatest is OPEN else greatest + joined)
        self.against_quota("new_members", "province upper", sums, "Phát triển đoàn viên")
        founded = {unit: (n, n) for unit in self.units
                   for n in [sum("2023-01-01" <= self.units[base][3] <= "2023-12-31" for base in self.bases[unit])]}
        self.against_quota("new_base_unions", "province upper", founded, "Thành lập CĐCS")

        for between, item, levels in (("Tập thể", "collectives", "upper base"), ("Cá nhân", "individuals", "base")):
            first = self.data.days("pledges", f"between_whom = '{between}'", "day", "min")
            there = self.founded_by("2023-03-31")
            self.put(f"pledge.{item}", levels, lambda unit, first=first, there=there:
                     dated(first.get(unit), None, "2023-03-31", "2023-03-31", self.day) if there(unit) else NOT_APPLICABLE)

        self.counts("progress_reports", "upper base", "reports", """day BETWEEN '2023-01-01' AND '9' AND (receiver = 'LĐLĐ tỉnh'
            OR receiver = 'Cấp trên trực tiếp' AND unit IN (SELECT code FROM units WHERE kind = 'base'))""", bar=1, due="2023-12-31")
        self.of_bases("reports_below", lambda base: True, self.value("progress_reports", bool))

        for unit, level in self.level.items():
            if level == "province":
                continue
            holds = {item: self.met(item)(unit) for item in ("initiatives", "initiatives_june", "congress", "plan_exceeded")}
            congress = True if not self.applies("congress")(unit) else holds["congress"]
            self.award(level, unit, "praise_round_1", [holds["initiatives_june"], congress])
            self.award(level, unit, "praise_round_2", [holds["initiatives"], holds["plan_exceeded"]])
            if level == "base":
                least, greatest = self.effective.get(unit, (0, 0))
                self.award(level, unit, "praise_collective", [True if least else None if greatest else False])

    def award(self, level, unit, award, conditions):
        self.facts[level, unit, award] = "not_eligible" if False in conditions else "undetermined" if None in conditions else "granted"

    def flat(self):
        flat = {}
        for (level, unit, item), said in self.facts.items():
            if isinstance(said, str):
                flat[level, unit, item, "award"] = said
            else:
                flat[level, unit, item, "verdict"], flat[level, unit, item, "value"] = said
        return flat


if __name__ == "__main__":
    if len(sys.argv) not in (3, 4):
        sys.exit(__doc__.split("\n\n")[1])
    directory, outcome, as_of = *sys.argv[1:3], (sys.argv[3] if len(sys.argv) == 4 else "2024-01-31")
    sys.exit(compare(Campaign(directory, as_of).judge().flat(), engine(outcome)))
