#!/usr/bin/env python3
"""The campaign of a department's union in Thanh Hóa computed a second time, in SQL, from nothing but the CSV files.

    thanh_hoa_so_2023.py DATASET_DIR OUTCOME.json [AS_OF [CONGRESS]]    compare; exit 1 on any difference
    thanh_hoa_so_2023.py DATASET_DIR --self-check                       assert the planted cases that the data's README names

AS_OF is the day of evaluation, 31/10/2024 if it is not given; CONGRESS the last day of the province's congress, which
the plan does not give and which stays open without it.

A deed is dated: after AS_OF it has not happened. SQL's NULL is the unknown, the text 'none' says that there is none.
A section without a returned list has rows that nobody knows. A verdict is the one that all possibilities share; before
its due day what is not reached is not due. The other readings of the plan (READINGS) are computed too, and each verdict
that one of them changes is compared.
"""
import json
import sys
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from pathlib import Path

from facts import FLAGS, NONE, compare, engine, load

FIRST, LAST = "2023-11-01", "2024-10-31"                 # III, first dash: the campaign
NEVER = "9999-12-31"
SUMMING = "2024-08-01", "2024-08-31"                     # III, second dash: the month of the summing-up
ENDS = {"2023": "2023-12-31", "2024": "2024-12-31"}      # the years whose targets II, second dash, speaks of
POSTER = "TTCNTT"                                        # IV.2: the one group that is named
COMMITTEE = "committee"


@dataclass
class Reading:
    """What the plan may mean; as it stands here, the campaign's own reading."""
    asked: bool = True                                   # a clause without a number asks for one at least
    only: tuple = ()                                     # items that are judged as of `last`; none: all, as of today

    last: str = LAST                     # the campaign's last day
    congress_day: bool = False           # a summing-up on the congress's last day counts
    any_time: bool = False               # sections sum up on any day of the campaign
    report_by: str = NEVER               # a later report does not count
    report_due: str = LAST               # the day on which it is asked who has reported
    year_ends: str = ENDS["2024"]        # the day on which the targets of 2024 are judged,
    frozen: bool = False                 # and by what was reported until then
    proof: bool = True                   # a deed counts with a paper or an address behind it only


READINGS = {
    "october_first": Reading(last="2024-10-01"),
    "congress_day_counts": Reading(congress_day=True),
    "sections_any_time": Reading(any_time=True),
    "inferred_due": Reading(report_by="2024-08-31", report_due="2024-08-31"),
    "never_due": Reading(report_due=NEVER),
    "judged_in_october": Reading(year_ends=LAST, frozen=True),
    "claims_count": Reading(proof=False),
    "nothing_asked": Reading(asked=False),
    "as_summed_up": Reading(last=SUMMING[1], only=("matters", "movement.", "procedures", "told.")),
}

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
PAPER_OR_ADDRESS, ADDRESS = "proof IN ('Văn bản', 'Đường dẫn')", "proof = 'Đường dẫn'"
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
# Every view has a line per section and one per property that decides: 1, 0 or NULL.
VIEWS = """
CREATE VIEW roll AS SELECT section, told AND told_on BETWEEN {campaign} AS heard FROM people
WHERE joined <= (SELECT day FROM as_of) AND ("left" = 'none' OR "left" >= (SELECT day FROM as_of));

CREATE VIEW claims AS SELECT section, task, done AND done_on BETWEEN {campaign} AS claimed, proof FROM tasks;

CREATE VIEW newest AS
SELECT t.code, t.section, t.span, t.origin, t.ceiling, t.plan,
       (SELECT actual FROM results WHERE target = t.code AND day <= (SELECT day FROM as_of)
        AND (t.span <> '2024' OR day <= '{frozen}') ORDER BY day DESC LIMIT 1) AS actual
FROM targets t;

CREATE VIEW province AS
SELECT t.span, t.ceiling, t.plan, (SELECT actual FROM province_results
        WHERE target = t.code AND day <= (SELECT day FROM as_of) ORDER BY day DESC LIMIT 1) AS actual
FROM province_targets t;
"""
AT_PLAN = "CASE WHEN ceiling THEN actual <= plan WHEN plan = 0 THEN 1 ELSE actual >= plan END"


class Second:
    """The second computation: facts by (level, unit, item, field)."""

    def __init__(self, directory, as_of, congress, reading=Reading()):
        self.as_of, self.congress, self.reading, self.facts = as_of, congress, reading, {}
        self.ends = ENDS | {"2024": reading.year_ends}
        self.campaign = f"'{FIRST}' AND '{reading.last}'"
        self.db = load(directory, TABLES)
        self.db.execute("CREATE TABLE as_of AS SELECT ? AS day", (as_of,))
        for table, columns in TABLES.items():            # what is dated later has not happened
            for column, _, kind, _ in columns:
                if kind is date and (table, column) != ("people", "left"):
                    self.db.execute(f'UPDATE "{table}" SET "{column}" = ? WHERE "{column}" > ?', (NONE, as_of))
        self.db.executescript(VIEWS.format(campaign=self.campaign, frozen=reading.year_ends if reading.frozen else NEVER))
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

    def unless_asked(self, code, item):
        """A clause without a number may set no bar: then there is no target."""
        if not self.reading.asked:
            self.facts["sections", code, item, "verdict"] = "no_target"

    # ── items ────────────────────────────────────────────────────────────────────────────────────────────────────

    def deeds(self, code, more):
        for item, task, proofs in DEEDS:
            if item.startswith("online") and code != POSTER:
                self.state(code, item, "not_applicable", None)
                continue
            proofs = proofs if self.reading.proof else "1"
            proven = self.column(f"SELECT claimed AND {proofs} FROM claims WHERE section = ? AND task = ?", code, task)
            possible = self.count(code, item, proven, more, self.reading.last)
            self.facts["sections", code, item, "value"] = possible.pop() if len(possible) == 1 else None
        proofs = PAPER_OR_ADDRESS if self.reading.proof else "1"
        matters = self.column(f"SELECT claimed AND {proofs} FROM claims WHERE section = ? AND task IN {MATTERS}", code)
        self.count(code, "matters", matters, more, self.reading.last)
        self.unless_asked(code, "matters")
        self.claims_backed(code, more)

    def claims_backed(self, code, more):
        """Of the claims; where the claim itself is open, the row may or may not be one of them."""
        claims = self.rows(f"SELECT claimed, {PAPER_OR_ADDRESS} FROM claims WHERE section = ?", code)
        sure = [backed for claimed, backed in claims if claimed == 1]
        maybe = sum(claimed is None for claimed, _ in claims)
        value = Fraction(sure.count(1)), Fraction(len(sure)), sure.count(None) + maybe
        verdict = "measured" if sure or maybe or more else "not_applicable"
        self.state(code, "claims_backed", verdict, value)

    def year(self, unit, where, values):
        for span, due in self.ends.items():
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
        for span, due in self.ends.items():
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
            self.count(code, f"from_plans.y{span}", named, due=self.reading.last)
            self.unless_asked(code, f"from_plans.y{span}")

    def summing_up(self, unit, item, days, more):
        """Any summing-up inside August and after the congress will do; the last one up to the end of August is shown."""
        anywhere = self.reading.any_time and unit != COMMITTEE
        first, last = (FIRST, LAST) if anywhere else SUMMING
        known = sorted(day for day in days if day not in (None, NONE))
        inside = [day for day in known if first <= day <= last]
        if anywhere:
            possible = {bool(inside)}
        elif self.congress is None:
            possible = {True, False} if inside else {False}
        else:
            possible = {any(day > self.congress or day == self.congress and self.reading.congress_day for day in inside)}
        if (more or None in days) and self.as_of >= first:       # one that nobody has dated may lie there
            possible = possible | {True} if possible != {True} else possible
        up_to = [day for day in known if day <= SUMMING[1]]
        value = None if more or None in days or not known else up_to[-1] if up_to else known[0]
        self.state(unit, item, self.judged(possible, last), value)

    def reporting(self):
        in_time = []
        for code, _ in self.sections:
            day = self.column("SELECT min(sent_on) FROM reports WHERE section = ? AND kind = 'Kết quả' AND desk = 'BCH Công đoàn Sở' "
                              "AND sent_on <> ?", code, NONE)[0]
            in_time.append(int(day is not None))
            self.state(code, "final_report", self.judged({day is not None and FIRST <= day <= self.reading.report_by}, self.reading.report_due), day)
        self.share(COMMITTEE, "reports_in", in_time, self.reading.report_due)

    def commended(self, unit, where, values):
        deeds = self.column(f"SELECT deed <> '{NONE}' FROM commendations WHERE decided_on BETWEEN {self.campaign} {where}", *values)
        self.share(unit, "deed_named", deeds)
        self.count(unit, "commended", [1] * len(deeds))
        self.count(unit, "models", self.column(f"SELECT spread_on BETWEEN {self.campaign} FROM models WHERE 1 {where}", *values))

    def told(self):
        everywhere = []
        for code, _ in self.sections:
            heard = self.column("SELECT heard FROM roll WHERE section = ?", code)
            self.share(code, "told.people", heard, self.reading.last)
            if heard:
                everywhere.append(0 if 0 in heard else None if None in heard else 1)
        self.share(COMMITTEE, "told.people", self.column("SELECT heard FROM roll"), self.reading.last)
        self.share(COMMITTEE, "told.everywhere", everywhere, self.reading.last)

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


def with_readings(directory, as_of, congress):
    """All facts, and by the name of a reading each verdict that it changes."""
    own = Second(directory, as_of, congress).everything()
    for name, reading in READINGS.items():
        day = min(as_of, reading.last) if reading.only else as_of     # judged as of that day, whatever came later
        for key, said in Second(directory, day, congress, reading).everything().items():
            if key[3] == "verdict" and said != own[key] and key[2].startswith(reading.only or ""):
                own[*key[:3], name] = said
    return own


def engine_with_readings(path):
    facts = engine(path)
    for level in json.loads(Path(path).read_text("utf-8"))["levels"]:
        for unit in level["units"]:
            for item, said in unit["criteria"].items():
                for name, verdict in (said["otherwise"] or {}).items():
                    facts[level["id"], unit["id"], item, name] = verdict
    return facts


# Day of evaluation, section, item, verdict, value; the congress ended on 15/8/2024.
PLANTED = """
2024-10-31  T01     above_plan.y2023      exceeded        1
2024-10-31  T01     above_plan.y2024      exceeded        1
2024-10-31  T01     commended             measured        4
2024-10-31  T02     section_summing_up    not_met         2024-08-15
2024-10-31  T02     matters               met             1
2024-10-31  T03     section_summing_up    met             2024-08-31
2024-10-31  T03     matters               not_met         0
2024-10-31  T04     section_summing_up    not_met         2024-09-01
2024-10-31  T04     final_report          met             2024-09-01
2024-10-31  T04     launch                met             True
2024-10-31  T05     section_summing_up    not_met         2024-07-31
2024-10-31  T05     final_report          met             2024-10-31
2024-10-31  T05     launch                met             True
2024-10-31  T06     section_summing_up    met             2024-08-26
2024-10-31  T06     launch                not_met         False
2024-10-31  T07     section_summing_up    met             2024-08-20
2024-10-31  T07     launch                not_met         False
2024-10-31  T08     section_summing_up    not_met         2024-08-01
2024-10-31  T08     party                 not_met         False
2024-10-31  T09     section_summing_up    undetermined    -
2024-10-31  T09     party                 undetermined    -
2024-10-31  T09     year_targets.y2024    not_applicable  0/0
2024-10-31  T09     above_plan.y2024      no_target       -
2024-10-31  T09     from_plans.y2024      not_met         0
2024-10-31  T10     section_summing_up    not_met         -
2024-10-31  T10     final_report          not_met         -
2024-10-31  T10     party                 undetermined    -
2024-10-31  T10     term_reached          not_applicable  0/0
2024-10-31  T10     management            met             True
2024-10-31  T11     party                 undetermined    -
2024-10-31  T11     told.people           undetermined    0/17, 17 open
2024-10-31  T11     section_summing_up    undetermined    -
2024-10-31  T11     final_report          not_met         -
2024-10-31  TTCNTT  online.full_text      met             True
2024-10-31  TTCNTT  online.running_text   not_met         False
2024-10-31  TTCNTT  final_report          not_met         -
2025-01-31  TTCNTT  final_report          met             2024-11-04
2024-10-31  B01     told.people           not_met         127/128
2024-10-31  B02     told.people           undetermined    78/79, 1 open
2024-10-31  B02     year_targets.y2023    undetermined    4/5, 1 open
2024-10-31  B02     procedures            not_met         False
2024-10-31  B03     told.people           met             51/51
2024-10-31  B03     movement.culture      not_met         False
2025-01-31  B03     year_targets.y2024    undetermined    4/5, 1 open
2024-10-31  B04     told.people           not_met         42/44
2024-10-31  B04     section_summing_up    not_met         2024-08-14
2024-10-31  B05     told.people           met             152/152
2024-10-31  B05     movement.official     not_met         False
2024-10-31  B05     above_plan.y2024      exceeded        1
2024-10-31  B06     told.people           not_met         61/62
2024-10-31  B06     above_plan.y2024      no_target       -
2024-10-31  B06     movement.example      undetermined    -
2024-10-31  B07     year_targets.y2023    not_met         4/5
2025-01-31  B07     year_targets.y2024    not_met         4/5
2025-01-31  B08     above_plan.y2024      met             0
2024-10-31  B08     deed_named            not_applicable  0/0
2024-10-31  B08     management            not_met         False
2024-10-31  B09     year_targets.y2023    not_met         4/5
2025-01-31  B09     year_targets.y2024    not_met         4/5
2023-12-31  B10     year_targets.y2023    met             5/5
2024-10-31  B10     year_targets.y2023    not_met         4/5
2024-10-31  B10     told.people           undetermined    55/56, 1 open
2024-10-31  B11     from_plans.y2023      not_met         0
2024-10-31  B11     final_report          not_met         -
2024-10-31  B12     final_report          not_met         -
2025-01-31  B12     section_summing_up    not_met         2024-11-08
2024-10-31  B12     matters               undetermined    -
2024-10-31  committee  committee_summing_up  met          2024-08-29
2024-10-31  committee  province.y2023     not_met         4/5
2024-08-20  committee  province.y2024     not_due         2/5
2025-01-31  committee  province.y2024     met             5/5
"""
KINDS = {"met", "exceeded", "not_met", "undetermined", "not_applicable", "not_due", "no_target", "measured"}


def self_check(directory):
    """Every planted case is what the README says, and each kind of verdict occurs on the last day of the campaign."""
    lines = [line.split(maxsplit=4) for line in PLANTED.strip().splitlines()]
    facts = {as_of: Second(directory, as_of, "2024-08-15").everything() for as_of in sorted({line[0] for line in lines})}
    for as_of, unit, item, verdict, value in lines:
        here = COMMITTEE if unit == COMMITTEE else "sections", unit, item
        found = facts[as_of][*here, "verdict"], shown(facts[as_of][*here, "value"])
        assert found == (verdict, value), (as_of, unit, item, found)
    assert {value for key, value in facts[LAST].items() if key[3] == "verdict"} == KINDS
    print(f"{len(lines)} planted cases hold")
    return 0


def shown(value):
    if isinstance(value, tuple):
        return f"{value[0]}/{value[1]}" + (f", {value[2]} open" if value[2] else "")
    return "-" if value is None else str(value)


def main(arguments):
    if not 2 <= len(arguments) <= 4:
        print(__doc__.split("\n\n")[1], file=sys.stderr)
        return 2
    if arguments[1:] == ["--self-check"]:
        return self_check(arguments[0])
    as_of, congress = (arguments[2:] + [LAST, None][len(arguments) - 2:])[:2]
    return compare(with_readings(arguments[0], as_of, congress), engine_with_readings(arguments[1]))


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
