#!/usr/bin/env python3
"""The Thanh Hoá movement computed a second time, from nothing but the CSV files.

    thanh_hoa_2021_2030.py DATASET_DIR OUTCOME.json [AS_OF]    compare with the engine's outcome; exit 1 on a difference
    thanh_hoa_2021_2030.py DATASET_DIR --self-check            assert the planted cases that the data's README names

Written from the directive. SQL selects the rows that exist and had happened on AS_OF, plain Python judges them. The
year that is judged is that of AS_OF. Truth is True, False or None for unknown. The other readings (READINGS) are
computed too, and every verdict and award that one of them changes is compared.
"""
import json
import sys
from dataclasses import dataclass
from datetime import date, timedelta
from fractions import Fraction
from itertools import product
from pathlib import Path

from facts import FLAGS, NONE, compare, engine, load

BAR_UPPER, BAR_BASE, END, NEVER = "2021-03-31", "2021-04-30", "2030-12-31", "no day"     # which sorts after every day
HOLIDAYS = ("2021-04-30", "2021-05-03", "2023-01-02", "2024-01-01", "2029-01-01")
TITLES = 40
KINDS = {"CĐ cấp trên trực tiếp cơ sở": "upper", "CĐCS trực thuộc tỉnh": "direct", "CĐCS": "base"}
UNIT = ("unit", "Mã đơn vị", str, None)
YEAR = ("year", "Năm", int, None)
TABLES = {
    "units": [("code", "Mã đơn vị", str, None), ("kind", "Loại", KINDS, None), ("above", "Mã cấp trên", str, NONE),
              ("board", "Ban phụ trách", str, NONE), ("office", "Có trụ sở riêng", FLAGS, None),
              ("founded", "Ngày thành lập", date, None), ("start", "Từ ngày", date, None), ("stop", "Đến ngày", date, NONE)],
    "clusters": [("code", "Mã cụm", str, None), ("start", "Từ ngày", date, None), ("stop", "Đến ngày", date, NONE)],
    "departments": [("code", "Mã ban", str, None), ("kind", "Loại", str, None), ("office", "Có trụ sở riêng", FLAGS, None),
                    ("slogan_on", "Ngày bố trí khẩu hiệu", date, NONE)],
    "chairs": [("code", "Mã chức danh", str, None), UNIT, ("start", "Từ ngày", date, None), ("stop", "Đến ngày", date, NONE)],
    "people": [("code", "Mã người", str, None), UNIT, ("class", "Đối tượng", str, None)],
    "plans": [UNIT, ("day", "Ngày ban hành", date, None), ("targets", "Số chỉ tiêu cụ thể", int, None),
              ("advised", "Đã tham mưu cấp uỷ", FLAGS, None)],
    "letters": [UNIT, ("board", "Nơi nhận", str, None), ("how", "Hình thức gửi", str, None), ("day", "Ngày gửi", date, None)],
    "launches": [UNIT, ("day", "Ngày phát động", date, None), ("pledged", "Ngày ký giao ước", date, NONE),
                 ("registered", "Số đăng ký thi đua", int, None)],
    "cluster_members": [("cluster", "Mã cụm", str, None), ("start", "Từ ngày", date, None), ("stop", "Đến ngày", date, NONE),
                        ("assigned", "Ngày phân công nhiệm vụ", date, NONE)],
    "projects": [UNIT, ("day", "Ngày khởi công", date, None), ("launched", "Ngày phát động thi đua", date, NONE)],
    "quotas": [UNIT, YEAR, ("day", "Ngày giao", date, None), ("assigned", "Giao", int, None), ("reached", "Thực hiện", int, None),
               ("settled", "Ngày chốt số liệu", date, NONE)],
    "reports": [UNIT, YEAR, ("goes", "Nơi nhận", str, None), ("day", "Ngày gửi", date, None)] + [
        (name, header, kind, None) for name, header, kind in (
            ("purpose", "TT mục đích, chỉ tiêu", FLAGS), ("results", "TT kết quả", FLAGS), ("examples", "TT điển hình", FLAGS),
            ("standards", "TT tiêu chuẩn danh hiệu", FLAGS), ("slogan", "Khẩu hiệu tại trụ sở", FLAGS),
            ("displays", "Điểm cổ động trực quan", int), ("proposals", "Đề xuất treo khẩu hiệu", int), ("articles", "Tin, bài", int),
            ("culture", "Hoạt động VHVN-TDTT", int), ("talks", "Hội nghị, toạ đàm", int), ("exchanges", "Giao lưu điển hình", int),
            ("registered", "Lượt đăng ký thi đua", int), ("inspected", "CĐCS được kiểm tra", int))],
    "reviews": [UNIT, ("span", "Kỳ", str, None), YEAR, ("day", "Ngày tổ chức", date, None)],
    "publications": [UNIT, ("day", "Ngày phát hành", date, None), ("slogan", "Có khẩu hiệu", FLAGS, None)],
    "unit_tasks": [UNIT, ("task", "Nhiệm vụ", str, None), ("day", "Ngày hoàn thành", date, NONE)],
    "department_tasks": [("board", "Mã ban", str, None), ("task", "Nhiệm vụ", str, None), YEAR, ("day", "Ngày hoàn thành", date, NONE)],
    "supervision": [("board", "Mã ban", str, None), UNIT, ("start", "Từ ngày", date, None), ("stop", "Đến ngày", date, NONE)],
    "inspections": [UNIT, ("board", "Mã ban", str, None), ("day", "Ngày kiểm tra", date, None), ("seen", "Có khẩu hiệu", FLAGS, None)],
    "nominations": [("person", "Mã người", str, None), ("title", "Danh hiệu", str, None), YEAR, ("registered", "Ngày đăng ký", date, NONE),
                    ("base_on", "Ngày CĐCS đề nghị", date, NONE), ("upper_on", "Ngày cấp trên trình", date, NONE),
                    ("votes", "Tỉ lệ phiếu (%)", int, None), ("report", "Báo cáo thành tích", FLAGS, None),
                    ("minutes", "Biên bản bình xét", FLAGS, None), ("regulation", "Đạt quy định giải thưởng", FLAGS, None)],
    "unit_feats": [UNIT, ("happened", "Ngày lập thành tích", date, None), ("proposed", "Ngày trình", date, NONE),
                   ("report", "Báo cáo thành tích", FLAGS, None)],
    "person_feats": [("person", "Mã người", str, None), ("happened", "Ngày lập thành tích", date, None), ("proposed", "Ngày trình", date, NONE),
                     ("report", "Báo cáo thành tích", FLAGS, None)],
}


@dataclass
class Reading:
    """What the directive may mean; as it stands here, the campaign's own reading."""

    plan_by: str = "2021-03-05"          # the last day for the plan
    in_month: bool = False               # a launch before its month does not count
    roll: bool = False                   # a term that ends on a day of rest ends on the next working day
    pledge_then: bool = True             # a pledge counts on the day of the launch only
    office: bool = True                  # only unions with an office of their own are asked for the slogan
    register_first: bool = True          # who did not register before has not done as asked
    five_by: str = "2025-12-31"          # the last day for the review of five years

    def term(self, day):
        """The last day of a term."""
        while self.roll and (day in HOLIDAYS or date.fromisoformat(day).weekday() > 4):
            day = (date.fromisoformat(day) + timedelta(days=1)).isoformat()
        return day


READINGS = {
    "plan_on_the_day": Reading(plan_by="2021-03-06"),
    "plan_on_monday": Reading(plan_by="2021-03-08"),
    "within_the_month": Reading(in_month=True),
    "next_working_day": Reading(roll=True),
    "pledge_any_day": Reading(pledge_then=False),
    "slogan_of_all_unions": Reading(office=False),
    "register_any_time": Reading(register_first=False),
    "review_after_five_years": Reading(five_by="2026-03-31"),
}


def every(truths):
    truths = list(truths)
    return False if False in truths else None if None in truths else True


def some(truths):
    truths = list(truths)
    return True if True in truths else None if None in truths else False


def truth(cell):
    return None if cell is None else bool(cell)


class Movement:
    def __init__(self, directory, today, reading):
        self.reading = reading
        self.term_upper, self.term_base, self.term_year = map(reading.term, (BAR_UPPER, BAR_BASE, today[:4] + "-12-31"))
        self.db = load(directory, TABLES)
        self.db.create_function("happened", 1, lambda day: day is not None and day <= today)
        self.today, self.year, self.year_end = today, int(today[:4]), today[:4] + "-12-31"
        self.facts, self.grades = {}, {}
        alive = f"start <= '{today}' AND (stop = 'none' OR stop >= '{today}')"
        for table in ("units", "clusters", "chairs", "cluster_members", "supervision"):
            self.db.execute(f"DELETE FROM {table} WHERE NOT ({alive})")
        for table in ("plans", "launches", "projects", "quotas", "reports", "inspections"):   # they begin with their day
            self.db.execute(f"DELETE FROM {table} WHERE NOT happened(day)")
        for table in ("people", "plans", "letters", "launches", "projects", "quotas", "reports", "reviews", "publications",
                      "unit_tasks", "inspections", "unit_feats"):
            self.db.execute(f"DELETE FROM {table} WHERE unit NOT IN (SELECT code FROM units)")
        for table in ("nominations", "person_feats"):
            self.db.execute(f"DELETE FROM {table} WHERE person NOT IN (SELECT code FROM people)")

    def rows(self, select, *values):
        cursor = self.db.execute(select, values)
        names = [column[0] for column in cursor.description]
        return [dict(zip(names, row)) for row in cursor]

        for table, columns in TABLES.items():
            for column in {name for name, *_ in columns} & {"unit", "above", "person"}:
                self.db.execute(f"CREATE INDEX {table}_{column} ON {table} ({column})")

    # ── one fact ─────────────────────────────────────────────────────────────────────────────────────────────────

    def tell(self, level, unit, item, verdict, value):
        self.facts[level, unit, item, "verdict"] = verdict
        self.facts[level, unit, item, "value"] = value
        return verdict

    def judge(self, level, unit, item, holds, due, value, applies=True):
        """`due`: a day, or None where none is set."""
        if applies is False:
            return self.tell(level, unit, item, "not_applicable", None)
        if applies is None or holds is None:
            return self.tell(level, unit, item, "undetermined", None if applies is None else value)
        late = due is not None and self.today >= due
        return self.tell(level, unit, item, "met" if holds else "not_met" if late else "not_due", value)

    def yes(self, level, unit, item, holds, due, applies=True):
        return self.judge(level, unit, item, holds, due, holds, applies)

    def day(self, level, unit, item, days, bar, applies=True, first=""):
        """The first of some days must lie within a term; None among them is a day that nobody wrote down."""
        known = sorted(day for day in days if day is not None and day <= self.today)
        open_ = None in days
        holds = True if known and first <= known[0] <= bar else None if open_ else False
        return self.judge(level, unit, item, holds, bar, None if open_ or not known else known[0], applies)

    def share(self, level, unit, item, truths, due, applies=True):
        truths = list(truths)
        value = truths.count(True), len(truths), truths.count(None)
        if not truths:
            return self.tell(level, unit, item, "not_applicable", value)
        return self.judge(level, unit, item, every(truths), due, value, applies)

    def total(self, level, unit, item, cells):
        """For information."""
        self.tell(level, unit, item, "measured", None if None in cells else sum(cells))

    def at_least_one(self, level, unit, item, cells, due, applies=True):
        known = sum(cell for cell in cells if cell is not None)
        holds = True if known >= 1 else None if None in cells else False
        return self.judge(level, unit, item, holds, due, None if None in cells else known, applies)

    # ── unions ───────────────────────────────────────────────────────────────────────────────────────────────────

    def union(self, unit):
        code, level = unit["code"], unit["kind"]
        get = lambda table: self.rows(f"SELECT * FROM {table} WHERE unit = ?", code)                      # noqa: E731
        asked = unit["founded"] <= (BAR_UPPER if level == "upper" else BAR_BASE)
        launch_bar = self.term_upper if level == "upper" else self.term_base
        month = launch_bar[:8] + "01" if self.reading.in_month else ""
        plans, launches = get("plans"), get("launches")
        self.yes(level, code, "advice", some(truth(plan["advised"]) for plan in plans), launch_bar, asked)
        self.day(level, code, "launch", [launch["day"] for launch in launches], launch_bar, asked, month)
        pledged = [launch["pledged"] == launch["day"] if self.reading.pledge_then else launch["pledged"] <= self.today for launch in launches]
        self.yes(level, code, "pledge", some(pledged), launch_bar, asked)
        self.at_least_one(level, code, "registrations", [launch["registered"] for launch in launches], launch_bar, asked)
        if level == "upper":
            self.yes(level, code, "action_plan", some(plan["targets"] >= 1 for plan in plans), launch_bar, asked)
        else:
            self.day(level, code, "own_plan", [plan["day"] for plan in plans], self.term_base, asked)

        reports = self.rows("SELECT * FROM reports WHERE unit = ? AND year = ?", code, self.year)
        items = {}                                                             # points: (verdict, most, least part, greatest part)
        for head in ("purpose", "results", "examples", "standards"):
            told = self.yes(level, code, f"message.{head}", some(truth(report[head]) for report in reports), self.year_end)
            items[head] = told, 5, told == "met", told in ("met", "undetermined")
        for count in ("proposals", "articles", "culture", "talks", "exchanges", "registered"):
            self.total(level, code, count, [report[count] for report in reports])
        place = "CĐ cấp trên" if level == "base" else "LĐLĐ tỉnh"
        reported = self.day(level, code, "reported", [report["day"] for report in reports if report["goes"] == place], self.term_year)
        items["reported"] = reported, 10, reported == "met", reported != "not_met"

        reviews = get("reviews")
        of = lambda span: [review["day"] for review in reviews if review["span"] == span]                  # noqa: E731
        review = self.day(level, code, "review", [row["day"] for row in reviews if row["span"] == "Sơ kết năm" and row["year"] == self.year],
                          self.term_year)
        items["review"] = review, 10, review == "met", review != "not_met"
        if level != "base":
            self.day(level, code, "review_five", of("Sơ kết 05 năm"), self.reading.term(self.reading.five_by))
            self.day(level, code, "review_ten", of("Tổng kết 10 năm"), END)
        held = [row for row in reviews if row["span"] == "Sơ kết năm"]
        sure = {row["year"] for row in held if row["day"] is not None and row["day"] <= self.today}
        maybe = {row["year"] for row in held if row["day"] is None} - sure
        self.tell(level, code, "years_reviewed", "measured", None if maybe else len(sure))
        names = self.rows("SELECT person FROM nominations JOIN people ON people.code = person JOIN units ON units.code = unit "
                          "WHERE year = ?1 AND (unit = ?2 OR above = ?2)", self.year, code)
        self.tell(level, code, "nominations", "measured", len(names))
        if level == "upper":
            self.upper(unit, reports, items)
        if level != "base":
            self.leading(unit, items)
        self.prompt(level, code, "prompt_unit", get("unit_feats"))

    def upper(self, unit, reports, items):
        code = unit["code"]
        office = not self.reading.office or truth(unit["office"])
        claimed = some(truth(report["slogan"]) for report in reports)
        slogan = self.yes("upper", code, "slogan", claimed, self.year_end, office)
        items["slogan"] = (slogan, 5, claimed is True, claimed is not False, office is None)
        seen = [truth(row["seen"]) for row in self.rows("SELECT seen FROM inspections WHERE unit = ? AND day LIKE ?", code, f"{self.year}-%")]
        if seen:
            self.yes("upper", code, "slogan_seen", some(seen), self.year_end, office)
        else:
            self.tell("upper", code, "slogan_seen", "not_applicable", None)
        displays = self.at_least_one("upper", code, "displays", [report["displays"] for report in reports], self.year_end)
        items["displays"] = displays, 5, displays == "met", displays != "not_met"
        self.total("upper", code, "base_inspections", [report["inspected"] for report in reports])
        below = self.rows("SELECT * FROM units WHERE above = ?", code)
        self.coverage("upper", code, below)
        there = self.base_reports("upper", code, below)
        met, of, _ = self.facts["upper", code, "base_reports", "value"]
        items["base_reports"] = there, 5, *[Fraction(met, of or 1)] * 2
        for item, task, owner in (("seminar", "Toạ đàm khối HCSN", "N01"), ("conference", "Hội nghị khối DN", "N02")):
            done = self.rows("SELECT 1 FROM unit_tasks WHERE unit = ? AND task = ? AND happened(day)", code, task)
            self.yes("upper", code, item, bool(done), None, code == owner)

    def leading(self, unit, items):
        code, level = unit["code"], unit["kind"]
        letters = lambda board: [row["day"] for row in self.rows(                                          # noqa: E731
            "SELECT day FROM letters WHERE unit = ? AND board = ? AND how = 'Công văn'", code, board)]
        asked = unit["start"] <= self.reading.plan_by
        plan_term = self.reading.term(self.reading.plan_by)
        self.day(level, code, "plan_to_propaganda", letters("TGNC"), plan_term, asked)
        self.day(level, code, "plan_to_supervisor", letters(unit["board"]), plan_term, asked and unit["board"] != NONE)
        self.projects(level, code, "unit = ?1 OR unit IN (SELECT code FROM units WHERE above = ?1)")

        shown = [truth(row["slogan"]) for row in self.rows("SELECT slogan FROM publications WHERE unit = ? AND day LIKE ? AND happened(day)",
                                                           code, f"{self.year}-%")]
        publications = self.share(level, code, "publications", shown, self.year_end)
        part = lambda *counted: Fraction(sum(shown.count(one) for one in counted), len(shown) or 1)        # noqa: E731
        items["publications"] = publications, 5, part(True), part(True, None)

        quotas = self.rows("SELECT * FROM quotas WHERE unit = ? AND year = ?", code, self.year)
        parts = [0 if row["settled"] > self.today else None if row["reached"] is None else Fraction(row["reached"], row["assigned"])
                 for row in quotas]
        least = min((part for part in parts if part is not None), default=None)
        if not quotas:
            verdict = self.tell(level, code, "quotas", "no_target", None)
        elif least is not None and least < 1:
            verdict = self.judge(level, code, "quotas", False, self.year_end, None if None in parts else least)
        else:
            verdict = self.judge(level, code, "quotas", None if None in parts else True, self.year_end, None if None in parts else least)
        if verdict == "met" and least > 1:
            verdict = self.tell(level, code, "quotas", "exceeded", least)
        greatest = min(1, 1 if least is None else least)
        items["quotas"] = verdict, 40 if level == "upper" else 55, 0 if None in parts else greatest, greatest
        self.share(level, code, "quotas_reached", [None if part is None else part >= 1 for part in parts], self.year_end)
        if quotas:
            self.facts[level, code, "quotas_reached", "verdict"] = "measured"
        kept = {}
        for row in self.rows("SELECT * FROM quotas WHERE unit = ?", code):
            reached = row["settled"] <= self.today and (None if row["reached"] is None else row["reached"] >= row["assigned"])
            kept[row["year"]] = every([kept.get(row["year"], True), reached])
        years = list(kept.values())
        self.tell(level, code, "quota_years", "measured", None if None in years else years.count(True))
        self.score(unit, items)

    def score(self, unit, items):
        """What is not due is left out; what does not apply is left out and the rest scaled up to the full mark. What is
        open before its day may turn out to be missed so far, and is left out then."""
        code, level = unit["code"], unit["kind"]
        due = [item for item in items.values() if item[0] != "not_due"]
        full = sum(item[1] for item in due)
        found, choices = set(), []
        for verdict, most, least, greatest, *doubt in due:
            if verdict in ("not_applicable", "no_target"):
                continue
            earned = {half_up(most * Fraction(least)), half_up(most * Fraction(greatest))}
            may_be_out = any(doubt) or (verdict == "undetermined" and self.today < self.year_end)
            choices.append([(points, most) for points in earned] + ([(0, 0)] if may_be_out else []))
        for choice in product(*choices):
            of = sum(most for _, most in choice)
            found.add(half_up(Fraction(sum(points for points, _ in choice) * full) / of) if of else None)
        self.facts[level, code, "", "score"] = only_one(found)
        self.facts[level, code, "", "rank"] = None
        over = self.today == self.year_end                                     # a year is graded when it is over
        grades = self.grades[code] = {grade(score) if over and score is not None else None for score in found}
        old = self.graded(unit["founded"])
        self.tell(level, code, "yearly_grade", "measured" if old else "not_applicable", only_one(grades) if old else None)

    def graded(self, founded):
        """A year old when the year ends."""
        return founded <= f"{self.year - 1}-12-31"

    # ── those below ──────────────────────────────────────────────────────────────────────────────────────────────

    def did(self, units, item):
        """Who has done it so far."""
        return [self.facts[unit["kind"], unit["code"], item, "verdict"] == "met" for unit in units]

    def coverage(self, level, code, below):
        there = [unit for unit in below if unit["kind"] != "upper" and unit["founded"] <= BAR_BASE]
        planned = [bool(self.rows("SELECT 1 FROM plans WHERE unit = ?", unit["code"])) for unit in there]
        self.share(level, code, "base_plans", planned, self.term_base)
        self.share(level, code, "base_launches", self.did(there, "launch"), self.term_base)

    def base_reports(self, level, code, below):
        return self.share(level, code, "base_reports", self.did([unit for unit in below if unit["kind"] != "upper"], "reported"), self.year_end)

    def projects(self, level, code, where):
        found = self.rows(f"SELECT launched FROM projects WHERE {where}", *([code] if level != "province" else []))
        self.share(level, code, "project_launches", [row["launched"] <= self.today for row in found], None)

    # ── the others ───────────────────────────────────────────────────────────────────────────────────────────────

    def province(self, units):
        here = "province", "province"
        self.coverage(*here, units)
        self.base_reports(*here, units)
        self.projects(*here, "1")
        upper = [unit for unit in units if unit["kind"] == "upper" and unit["founded"] <= BAR_UPPER]
        self.share(*here, "upper_launches", self.did(upper, "launch"), self.term_upper)
        for item, select in (("inspections", "SELECT count(*) n FROM inspections WHERE board = 'CSPL' AND day LIKE ?"),
                             ("nominations", "SELECT count(*) n FROM nominations WHERE year || '-%' = ?")):
            self.tell(*here, item, "measured", self.rows(select, f"{self.year}-%")[0]["n"])

    def department(self, board):
        code = board["code"]
        asked = every([board["kind"] == "Đơn vị trực thuộc", truth(board["office"])])
        self.day("departments", code, "slogan_attached", [board["slogan_on"]], self.year_end, asked)
        for item, owner, task, due in (
                ("task_once.guidance", "TGNC", "Văn bản hướng dẫn", NEVER), ("task_once.regulation", "CSPL", "Quy định giải thưởng", "2021-12-31"),
                ("task_once.review_five", "TGNC", "Sơ kết 05 năm", self.reading.five_by), ("task_once.review_ten", "TGNC", "Tổng kết 10 năm", END),
                ("task.summary", "TGNC", "Tổng hợp, báo cáo", None), ("task.review", "TGNC", "Sơ kết năm", None),
                ("task.media", "TGNC", "Hướng dẫn tuyên truyền", None), ("task.coordination", "CSPL", "Phối hợp cơ quan thi đua", None),
                ("task.inspection_plan", "CSPL", "Kế hoạch kiểm tra", None), ("task.joint_summary", "CSPL", "Tổng hợp, báo cáo", None)):
            done = self.rows("SELECT 1 FROM department_tasks WHERE board = ? AND task = ? AND happened(day) AND (? OR year = ?)",
                             code, task, due is not None, self.year)
            self.yes("departments", code, item, bool(done), due or self.year_end, code == owner)
        charge = self.rows("SELECT unit FROM supervision WHERE board = ?", code)
        seen = {row["unit"] for row in self.rows("SELECT unit FROM inspections i JOIN units u ON u.code = unit WHERE i.board = u.board AND day LIKE ?",
                                                 f"{self.year}-%")}
        self.share("departments", code, "supervised", [row["unit"] in seen for row in charge], self.year_end)

    def cluster(self, cluster):
        members = self.rows("SELECT assigned FROM cluster_members WHERE cluster = ?", cluster["code"])
        self.share("clusters", cluster["code"], "cluster_tasks", [row["assigned"] <= self.today for row in members], self.term_upper)

    def chair(self, chair):
        grades = self.grades[chair["unit"]]
        enough = {None if each is None else each != "poor" for each in grades}
        founded = self.rows("SELECT founded FROM units WHERE code = ?", chair["unit"])[0]["founded"]
        self.judge("chairs", chair["code"], "answers_for", only_one(enough), self.year_end, only_one(grades), self.graded(founded))

    def person(self, person):
        code, level = person["code"], "people"
        kind = self.rows("SELECT kind FROM units WHERE code = ?", person["unit"])[0]["kind"]
        dossiers = self.rows("SELECT * FROM nominations WHERE person = ? AND year = ?", code, self.year)
        past = lambda day: day <= self.today                                                              # noqa: E731
        tests = {
            "title_fits": lambda row: (row["title"] == "Công nhân giỏi") == (person["class"] == "Công nhân"),
            "registered_first": lambda row: not self.reading.register_first or (
                past(row["registered"]) and past(row["base_on"]) and row["registered"] < row["base_on"]),
            "proposed": lambda row: past(row["base_on"]) and (kind != "base" or (past(row["upper_on"]) and row["base_on"] <= row["upper_on"])),
            "dossier": lambda row: every([truth(row["report"]), truth(row["minutes"])]),
            "regulation_kept": lambda row: truth(row["regulation"]),
        }
        verdicts = [self.yes(level, code, item, every(test(row) for row in dossiers), self.year_end, bool(dossiers))
                    for item, test in tests.items()]
        self.prompt(level, code, "prompt_person", self.rows("SELECT * FROM person_feats WHERE person = ?", code))
        return code, every(map(holds, verdicts)), max((row["votes"] for row in dossiers), default=None)

    def titles(self, award, candidates):
        """40 by votes; who might still come in is counted both ways."""
        for code, holds, votes in candidates:
            others = [(also, theirs) for other, also, theirs in candidates if other != code and also is not False]
            ahead = sum(also is True and theirs > votes for also, theirs in others) if holds is not False else 0
            may_be_ahead = sum(theirs > votes for _, theirs in others) if holds is not False else 0
            level_with = sum(theirs == votes for _, theirs in others) if holds is not False else 0
            settled = all(also is True for also, theirs in others if theirs >= votes) if holds is not False else True
            verdict = ("not_eligible" if holds is False else
                       "undetermined" if holds is None else
                       "granted" if may_be_ahead + level_with < TITLES else
                       "eligible" if ahead >= TITLES else
                       "tied_at_cut" if settled and level_with else "undetermined" if not settled else "granted")
            self.facts["people", code, award, "award"] = verdict

    def prompt(self, level, code, award, feats):
        feats = [feat for feat in feats if feat["happened"][:4] == str(self.year) and feat["happened"] <= self.today]
        if feats:
            holds = some(every([feat["proposed"] <= self.today, truth(feat["report"])]) for feat in feats)
            self.facts[level, code, award, "award"] = {True: "granted", False: "not_eligible", None: "undetermined"}[holds]

    def run(self):
        units = self.rows("SELECT * FROM units")
        for kind in ("base", "direct", "upper"):                               # those below first
            for unit in units:
                if unit["kind"] == kind:
                    self.union(unit)
        self.province(units)
        for table, judge in (("departments", self.department), ("clusters", self.cluster), ("chairs", self.chair)):
            for row in self.rows(f"SELECT * FROM {table}"):
                judge(row)
        people = self.rows("SELECT * FROM people")
        found = {person["code"]: self.person(person) for person in people}
        for award, person_class in (("good_worker", "Công nhân"), ("model_official", "CCVC, người lao động")):
            self.titles(award, [found[person["code"]] for person in people if person["class"] == person_class])
        return self.facts


def holds(verdict):
    """Whether a verdict fulfils what rests on it; what is not due may still be met."""
    return True if verdict in ("met", "exceeded") else None if verdict in ("undetermined", "not_due") else False


def only_one(found):
    return next(iter(found)) if len(found) == 1 else None


def half_up(number):
    """To hundredths, a half upwards."""
    return Fraction((2 * 100 * number + 1) // 2, 100)


def grade(score):
    return "excellent" if score >= 90 else "good" if score >= 70 else "done" if score >= 50 else "poor"


def otherwise(path):
    """What the engine says of the other readings: (level, unit, item, reading): verdict."""
    facts = {}
    for level in json.loads(Path(path).read_text("utf-8"))["levels"]:
        for unit in level["units"]:
            for item, said in [*unit["criteria"].items(), *((award["id"], award) for award in unit["awards"])]:
                facts.update({(level["id"], unit["id"], item, reading): verdict for reading, verdict in said["otherwise"].items()})
    return facts


def recomputed(directory, today, readings=tuple(READINGS)):
    """Everything under the campaign's own reading, and under each other one the verdicts that differ."""
    facts = Movement(directory, today, Reading()).run()
    others = {}
    for name in readings:
        for (level, unit, item, field), fact in Movement(directory, today, READINGS[name]).run().items():
            if field in ("verdict", "award") and fact != facts.get((level, unit, item, field)):
                others[level, unit, item, name] = fact
    return {**facts, **others}


# Day, level, unit, item: verdict, "score" or value. `item reading` is the verdict under another reading.
PLANTED = """
2021-03-31 clusters C4 cluster_tasks not_met
2021-12-31 clusters C4 cluster_tasks met            | C2 cluster_tasks not_met | C6 cluster_tasks not_met
2021-12-31 upper H02 plan_to_propaganda met         | H02 plan_to_supervisor met | H02 launch met | H02 quotas exceeded
2021-12-31 upper H03 plan_to_propaganda not_met     | H03 plan_to_propaganda plan_on_the_day met | H03 plan_to_propaganda plan_on_monday met
2021-12-31 upper H03 launch not_met                 | H03 quotas not_met
2021-12-31 upper H04 plan_to_propaganda not_met     | H04 plan_to_propaganda plan_on_monday met
2021-12-31 upper H04 launch met                     | H04 launch within_the_month not_met
2021-12-31 upper H06 plan_to_propaganda not_met     | H12 plan_to_propaganda not_met | H09 plan_to_propaganda not_met | H09 publications not_met
2021-12-31 upper H10 plan_to_propaganda met         | H10 plan_to_supervisor not_met | H11 plan_to_propaganda undetermined
2021-12-31 direct T23 plan_to_propaganda not_applicable | T23 launch met | T22 plan_to_supervisor not_applicable
2021-12-31 upper H14 pledge not_met                 | H14 pledge pledge_any_day met | N06 pledge pledge_any_day met
2021-12-31 upper H15 pledge not_met                 | H15 registrations not_met | H16 registrations undetermined | H17 launch not_met
2021-12-31 direct T01 launch met                    | T02 launch not_met | T02 launch next_working_day met
2021-12-31 direct T04 launch met                    | T04 launch within_the_month not_met
2021-12-31 base CS0834 launch met                   | CS0835 launch not_applicable
2021-12-31 upper H20 action_plan not_met            | H21 action_plan not_met | H22 advice undetermined | H23 advice not_met
2021-12-31 upper H01 base_launches met              | H24 base_launches met | N03 base_plans met | N05 base_launches met
2021-12-31 upper H01 quotas met                     | H06 quotas undetermined | H08 quotas not_met | N09 quotas no_target
2021-12-31 upper H08 slogan undetermined            | N09 slogan undetermined | H27 slogan not_applicable | H27 slogan slogan_of_all_unions not_met
2021-12-31 upper H21 review met                     | H22 review not_met | N02 conference not_due
2021-12-31 departments NVH slogan_attached met      | NN slogan_attached not_met | TVPL slogan_attached not_applicable | DN slogan_attached undetermined
2022-12-31 upper H19 reported not_met
2023-12-31 upper H18 reported not_met
2025-12-31 upper N02 quotas met                     | N02 base_reports met | N02 slogan met | N02 slogan_seen not_met
2025-12-31 upper N03 quotas not_met                 | N04 quotas undetermined | N04 review_five not_met | N09 quotas no_target
2025-12-31 direct T05 quotas no_target              | T05 reported not_met | T24 yearly_grade not_applicable
2025-12-31 chairs CT-T05 answers_for not_met        | CT-T24 answers_for not_applicable
2025-12-31 people P0381 registered_first not_met    | P0381 good_worker register_any_time granted | P0382 good_worker register_any_time granted
2025-12-31 people P0383 good_worker granted         | P0384 proposed not_met | P0385 proposed not_met | P0425 title_fits not_met
2025-12-31 people P0386 dossier not_met             | P0387 dossier undetermined | P0388 regulation_kept not_met | P0389 regulation_kept undetermined
"""
NUMBERS = [
    ("2021-04-30", {"upper": 36, "direct": 23, "base": 834}), ("2024-12-31", {"upper": 36, "direct": 22, "base": 851}),
    ("2025-01-01", {"upper": 35, "direct": 22, "base": 851}), ("2025-06-30", {"upper": 35, "direct": 23, "base": 851}),
    ("2025-07-01", {"upper": 9, "direct": 203, "base": 253}),
]


def self_check(directory):
    wrong, days = [], {}
    for line in PLANTED.strip().splitlines():
        day, level, rest = line.split(maxsplit=2)
        named = [name for name in READINGS if any(name in line for line in PLANTED.splitlines() if line.startswith(day))]
        facts = days[day] = days.get(day) or recomputed(directory, day, named)
        for case in rest.split("|"):
            unit, item, *reading, expected = case.split()
            found = [facts.get((level, unit, item, field)) for field in (reading or ["verdict", "award"])]
            if expected not in found:
                wrong.append(f"{day} {level} {case.strip()}: {found}")
    for day, expected in NUMBERS:
        facts = Movement(directory, day, Reading()).run()
        found = {level: len({key[1] for key in facts if key[0] == level}) for level in expected}
        if found != expected:
            wrong.append(f"{day}: {found}")
    tied = [key for key, fact in Movement(directory, "2024-12-31", Reading()).run().items() if fact == "tied_at_cut"]
    if len(tied) != 6:
        wrong.append(f"2024-12-31: {len(tied)} tied for a title")
    print(*wrong, f"{len(wrong)} planted cases are wrong", sep="\n")
    return 1 if wrong else 0


if __name__ == "__main__":
    directory, outcome, *today = sys.argv[1:]
    if outcome == "--self-check":
        sys.exit(self_check(directory))
    sys.exit(compare(recomputed(directory, today[0] if today else "2025-12-31"), {**engine(outcome), **otherwise(outcome)}))
