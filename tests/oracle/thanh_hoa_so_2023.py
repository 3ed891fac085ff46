#!/usr/bin/env python3
"""The campaign of a department's union in Thanh Hóa computed a second time, in SQL, from nothing but the CSV files.

    thanh_hoa_so_2023.py DATASET_DIR OUTCOME.json [AS_OF [CONGRESS]]    compare; exit 1 on any difference

AS_OF is the day of evaluation, 31/10/2024 if it is not given; CONGRESS the last day of the province's congress, which
the plan does not give and which stays open without it.

A deed is dated: after AS_OF it has not happened. SQL's NULL is the unknown, the text 'none' says that there is none.
A section without a returned list has rows that nobody knows. A verdict is the one that all possibilities share; before
its due day what is not reached is not due.
"""
import sys
from datetime import date
from fractions import Fraction
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent))
from facts import FLAGS, NONE, compare, engine, load  # noqa: E402

FIRST, LAST = "2023-11-01", "2024-10-31"                 # III, first dash: the campaign
SUMMING = "2024-08-01", "2024-08-31"                     # III, second dash: the month of the summing-up
ENDS = {"2023": "2023-12-31", "2024": "2024-12-31"}      # the years whose targets II, second dash, speaks of
POSTER = "TTCNTT"                                        # IV.2: the one group that is named
COMMITTEE = "committee"

SECTION = ("section", "Mã", str, None)
TABLES = {
    "sections": [("code", "Mã", str, None), ("returned", "Đã nộp biểu", FLAGS, None)],
    "people": [SECTION, ("joined", "Ngày đến", date, None), ("left", "Ngày đi", date, NONE),
               ("told", "Đã được phổ biến", FLAGS, None), ("told_on", "Ngày phổ biến", date, None)],
    "tasks": [SECTION, ("task", "Việc", str, None), ("done", "Đã làm", FLAGS, None), ("done_on", "Ngày làm", date, None),
              ("proof", "Minh chứng", str, None)],
    "meetings": [SECTION, ("kind", "Loại hội nghị", str, None), ("held_on", "Ngày họp", date, None)],
    "committee_meetings": [("kind", "Loại hội nghị", str, None), ("held_on", "Ngày họp", date, None)],
    "reports": [SECTION, ("kind", "Loại báo cáo", str, None), ("desk", "Nơi nhận", str, None), ("sent_on", "Ngày gửi", date, None)],
    "commendations": [SECTION, ("decided_on", "Ngày quyết định", date, None), ("deed", "Thành tích", str, NONE)],
    "models": [SECTION, ("spread_on", "Ngày nhân rộng", date, NONE)],
    "targets": [("code", "Mã chỉ tiêu", str, None), SECTION, ("span", "Kỳ", str, None), ("origin", "Nguồn", str, None),
                ("ceiling", "Không vượt quá", FLAGS, None), ("plan", "Kế hoạch", int, None)],
    "results": [("target", "Mã chỉ tiêu", str, None), ("day", "Ngày báo cáo", date, None), ("actual", "Thực hiện", int, None)],
    "province_targets": [("code", "Mã chỉ tiêu", str, None), ("span", "Kỳ", str, None),
                         ("ceiling", "Không vượt quá", FLAGS, None), ("plan", "Kế hoạch", int, None)],
    "province_results": [("target", "Mã chỉ tiêu", str, None), ("day", "Ngày công bố", date, None), ("actual", "Thực hiện", int, None)],
}
# What the tick-list calls the deeds that are judged one by one: criterion, task, the proof that counts.
PAPER_OR_ADDRESS, ADDRESS = "('Văn bản', 'Đường dẫn')", "('Đường dẫn')"
DEEDS = [
    ("movement.aspiration", "Phong trào hiện thực hóa khát vọng", PAPER_OR_ADDRESS),
    ("movement.culture", "Phong trào văn hóa công sở", PAPER_OR_ADDRESS),
    ("movement.example", "Học tập và làm theo Bác", PAPER_OR_ADDRESS),
    ("movement.official", "Xây dựng người cán bộ, công chức, viên chức", PAPER_OR_ADDRESS),
    ("procedures", "Vận động cải cách thủ tục, nâng chất lượng tham mưu", PAPER_OR_ADDRESS),
    ("party", "Báo cáo cấp ủy", PAPER_OR_ADDRESS),
    ("management", "Phối hợp với chuyên môn", PAPER_OR_ADDRESS),
    ("launch", "Tổ chức phát động", PAPER_OR_ADDRESS),
    ("online.full_text", "Đăng toàn văn kế hoạch", ADDRESS),
    ("online.running_text", "Chạy chữ điện tử", ADDRESS),
]
MATTERS = "('Gắn với chăm lo đời sống, việc làm', 'Gắn với cải cách hành chính', 'Gắn với chuyển đổi số')"
IN_CAMPAIGN = f"BETWEEN '{FIRST}' AND '{LAST}'"

# Every view has a line per section and one per property that decides: 1, 0 or NULL.
VIEWS = f"""
CREATE VIEW roll AS SELECT section, told AND told_on {IN_CAMPAIGN} AS heard FROM people
WHERE joined <= (SELECT day FROM as_of) AND ("left" = '{NONE}' OR "left" >= (SELECT day FROM as_of));

CREATE VIEW claims AS SELECT section, task, done AND done_on {IN_CAMPAIGN} AS claimed, proof FROM tasks;

CREATE VIEW newest AS
SELECT t.code, t.section, t.span, t.origin, t.ceiling, t.plan,
       (SELECT actual FROM results WHERE target = t.code AND day <= (SELECT day FROM as_of) ORDER BY day DESC LIMIT 1) AS actual
FROM targets t;

CREATE VIEW province AS
SELECT t.span, t.ceiling, t.plan, (SELECT actual FROM province_results
        WHERE target = t.code AND day <= (SELECT day FROM as_of) ORDER BY day DESC LIMIT 1) AS actual
FROM province_targets t;
"""
AT_PLAN = "CASE WHEN ceiling THEN actual <= plan WHEN plan = 0 THEN 1 ELSE actual >= plan END"


class Second:
    """The second computation: facts by (level, unit, item, field)."""

    def __init__(self, directory, as_of, congress):
        self.as_of, self.congress, self.facts = as_of, congress, {}
        self.db = load(directory, TABLES)
        self.db.execute("CREATE TABLE as_of AS SELECT ? AS day", (as_of,))
        for table, columns in TABLES.items():            # what is dated later has not happened
            for column, _, kind, _ in columns:
                if kind is date and (table, column) != ("people", "left"):
                    self.db.execute(f'UPDATE "{table}" SET "{column}" = ? WHERE "{column}" > ?', (NONE, as_of))
        self.db.executescript(VIEWS)
        self.sections = self.rows("SELECT code, returned FROM sections")

    def rows(self, sql, *values):
        return self.db.execute(sql, values).fetchall()

    def column(self, sql, *values):
        return [row[0] for row in self.rows(sql, *values)]

    def state(self, unit, item, verdict, value):
        level = COMMITTEE if unit == COMMITTEE else "sections"
        self.facts[level, unit, item, "verdict"] = verdict
        self.facts[level, unit, item, "value"] = value

    def judged(self, possible, due):
        """The verdict of the answers that are possible (yes: reached), on this day."""
        verdicts = {("met" if yes else "not_met") if self.as_of >= due or yes else "not_due" for yes in possible}
        return verdicts.pop() if len(verdicts) == 1 else "undetermined"

    # ── shapes ───────────────────────────────────────────────────────────────────────────────────────────────────

    def share(self, unit, item, properties, due=None):
        """All of these must have the property; without a due day it is only measured. No row: not applicable."""
        yes, of, unknown = properties.count(1), len(properties), properties.count(None)
        possible = {True} if yes == of else {False} if 0 in properties else {True, False}
        verdict = "not_applicable" if of == 0 else self.judged(possible, due) if due else "measured"
        self.state(unit, item, verdict, (Fraction(yes), Fraction(of), unknown))

    def count(self, unit, item, properties, more=False, due=None):
        """At least one of these must have the property; `more`: there may be rows that nobody knows."""
        least, greatest = properties.count(1), None if more else properties.count(1) + properties.count(None)
        possible = {True} if least else {False} if greatest == 0 else {True, False}
        self.state(unit, item, self.judged(possible, due) if due else "measured", Fraction(least) if least == greatest else None)
        return possible

    # ── items ────────────────────────────────────────────────────────────────────────────────────────────────────

    def deeds(self, code, more):
        for item, task, proofs in DEEDS:
            if item.startswith("online") and code != POSTER:
                self.state(code, item, "not_applicable", None)
                continue
            proven = self.column(f"SELECT claimed AND proof IN {proofs} FROM claims WHERE section = ? AND task = ?", code, task)
            possible = self.count(code, item, proven, more, LAST)
            self.facts["sections", code, item, "value"] = possible.pop() if len(possible) == 1 else None
        matters = self.column(f"SELECT claimed AND proof IN {PAPER_OR_ADDRESS} FROM claims WHERE section = ? AND task IN {MATTERS}", code)
        self.count(code, "matters", matters, more, LAST)
        self.claims_backed(code, more)

    def claims_backed(self, code, more):
        """Of the claims; where the claim itself is open, the row may or may not be one of them."""
        claims = self.rows(f"SELECT claimed, proof IN {PAPER_OR_ADDRESS} FROM claims WHERE section = ?", code)
        sure = [backed for claimed, backed in claims if claimed == 1]
        maybe = sum(claimed is None for claimed, _ in claims)
        value = Fraction(sure.count(1)), Fraction(len(sure)), sure.count(None) + maybe
        verdict = "measured" if sure or maybe or more else "not_applicable"
        self.state(code, "claims_backed", verdict, value)

    def year(self, unit, where, values):
        for span, due in ENDS.items():
            at_plan = self.column(f"SELECT {AT_PLAN} FROM newest WHERE span = ? {where}", span, *values)
            self.share(unit, f"year_targets.y{span}", at_plan, due)
        term = self.rows(f"SELECT {AT_PLAN}, ceiling, plan, actual FROM newest WHERE span = '2023-2028' {where}", *values)
        self.share(unit, "term_reached", [at_plan for at_plan, *_ in term])
        if unit == COMMITTEE:                            # the average of targets is shown for the sections only
            return
        parts = [None if actual is None else min(Fraction(1), Fraction(actual, plan))
                 for _, ceiling, plan, actual in term if not ceiling and plan]
        mean = sum(parts) / len(parts) if parts and None not in parts else None
        self.state(unit, "term_progress", "measured" if parts else "not_applicable", mean)

    def margins(self, code):
        """The least margin over plan, from what is known and what a missing figure may be; nothing is below 0."""
        for span, due in ENDS.items():
            targets = self.rows("SELECT ceiling, plan, actual FROM newest WHERE section = ? AND span = ?", code, span)
            least, greatest = [], []
            for ceiling, plan, actual in targets:
                low = high = None if actual is None else plan - actual if ceiling else actual - plan
                if actual is None:
                    low, high = (float("-inf"), plan) if ceiling else (-plan, float("inf"))
                least.append(low)
                greatest.append(high)
            item = f"above_plan.y{span}"
            if not targets:
                self.state(code, item, "no_target", None)
                continue
            low, high = min(least), min(greatest)
            ends = {("exceeded" if end > 0 else "met") if end >= 0 else "not_met" if self.as_of >= due else "not_due" for end in (low, high)}
            self.state(code, item, ends.pop() if len(ends) == 1 else "undetermined", Fraction(low) if low == high else None)

    def from_plans(self, code):
        for span in ENDS:
            named = self.column("SELECT origin IN ('CĐVC tỉnh', 'Công đoàn Sở') FROM targets WHERE section = ? AND span = ?", code, span)
            self.count(code, f"from_plans.y{span}", named, due=LAST)

    def summing_up(self, unit, item, days, more):
        """Any summing-up inside August and after the congress will do; the last one up to the end of August is shown."""
        first, last = SUMMING
        known = sorted(day for day in days if day not in (None, NONE))
        inside = [day for day in known if first <= day <= last]
        if self.congress is None:
            possible = {True, False} if inside else {False}
        else:
            possible = {any(day > self.congress for day in inside)}
        if (more or None in days) and self.as_of >= first:       # one that nobody has dated may lie there
            possible = possible | {True} if possible != {True} else possible
        up_to = [day for day in known if day <= last]
        value = None if more or None in days or not known else up_to[-1] if up_to else known[0]
        self.state(unit, item, self.judged(possible, last), value)

    def reporting(self):
        in_time = []
        for code, _ in self.sections:
            day = self.column("SELECT min(sent_on) FROM reports WHERE section = ? AND kind = 'Kết quả' AND desk = 'BCH Công đoàn Sở' "
                              "AND sent_on <> ?", code, NONE)[0]
            in_time.append(int(day is not None))
            self.state(code, "final_report", self.judged({day is not None and day >= FIRST}, LAST), day)
        self.share(COMMITTEE, "reports_in", in_time, LAST)

    def commended(self, unit, where, values):
        deeds = self.column(f"SELECT deed <> '{NONE}' FROM commendations WHERE decided_on {IN_CAMPAIGN} {where}", *values)
        self.share(unit, "deed_named", deeds)
        self.count(unit, "commended", [1] * len(deeds))
        self.count(unit, "models", self.column(f"SELECT spread_on {IN_CAMPAIGN} FROM models WHERE 1 {where}", *values))

    def told(self):
        everywhere = []
        for code, _ in self.sections:
            heard = self.column("SELECT heard FROM roll WHERE section = ?", code)
            self.share(code, "told.people", heard, LAST)
            if heard:
                everywhere.append(0 if 0 in heard else None if None in heard else 1)
        self.share(COMMITTEE, "told.people", self.column("SELECT heard FROM roll"), LAST)
        self.share(COMMITTEE, "told.everywhere", everywhere, LAST)

    def everything(self):
        for code, returned in self.sections:
            tasks = self.column("SELECT 1 FROM tasks WHERE section = ?", code)
            meetings = self.rows("SELECT kind, held_on FROM meetings WHERE section = ?", code)
            self.deeds(code, not returned and not tasks)
            self.year(code, "AND section = ?", (code,))
            self.margins(code)
            self.from_plans(code)
            days = [day for kind, day in meetings if kind == "Tổng kết"]
            self.summing_up(code, "section_summing_up", days, not returned and not meetings)
            self.commended(code, "AND section = ?", (code,))
        self.told()
        self.reporting()
        self.year(COMMITTEE, "", ())
        self.commended(COMMITTEE, "", ())
        days = self.column("SELECT held_on FROM committee_meetings WHERE kind = 'Tổng kết'")
        self.summing_up(COMMITTEE, "committee_summing_up", days, False)
        for span, due in ENDS.items():
            self.share(COMMITTEE, f"province.y{span}", self.column(f"SELECT {AT_PLAN} FROM province WHERE span = ?", span), due)
        return self.facts


def main(arguments):
    if not 2 <= len(arguments) <= 4:
        print(__doc__.split("\n\n")[1], file=sys.stderr)
        return 2
    as_of, congress = (arguments[2:] + [LAST, None][len(arguments) - 2:])[:2]
    return compare(Second(arguments[0], as_of, congress).everything(), engine(arguments[1]))


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
