#!/usr/bin/env python3
"""The Kon Tum campaign computed a second time, in SQL, from nothing but the CSV files.

    kon_tum_2023.py DATASET_DIR OUTCOME.json [AS_OF [READING]]     compare with the engine's outcome; without
                                                                   READING also what each reading changes in it
    kon_tum_2023.py DATASET_DIR --self-check                       assert the planted cases of the dataset's README

AS_OF is the day of evaluation (2024-10-31 if left out), READING the id of a reading of the campaign that the outcome
was computed under. What is decided here is read from the directive, and said once more in READINGS.

A day later than AS_OF has not happened: it is 'none', as a blank is where there is no such thing. A paper, report,
request or set of figures of a later day is not there yet.
"""
import json
import sys
from datetime import date, timedelta
from fractions import Fraction
from pathlib import Path

from facts import FLAGS, NONE, compare, engine, load

FIRST, LAST, PAPER = "2023-11-01", "2024-10-31", "2023-11-13"
IN_PERIOD = f"BETWEEN '{FIRST}' AND '{LAST}'"

# What each reading changes: `late` is how many days beyond the last strict day are still in time.
READINGS = {
    "": {},
    "named_day_counts": {"late": 1},
    "rest_day_rolls": {"rolls": True},
    "named_day_counts_and_rolls": {"late": 1, "rolls": True},
    "launched_before_the_paper": {"launch_from": FIRST},
    "registered_afterwards_counts": {"afterwards": True},
    "every_form_counts": {"forms": "('Công trình', 'Dự án', 'Phần việc', 'Sản phẩm', 'Nhiệm vụ')"},
    "as_reported": {"results_on": "2024-07-14"},
    "nothing_asked": {"asked": False},
    "proof_is_verified": {"verified": True},
    "completed_by_later_reports": {"later": True},
}
USUAL = {"late": 0, "rolls": False, "launch_from": PAPER, "afterwards": False, "results_on": LAST, "verified": False,
         "forms": "('Công trình', 'Dự án', 'Phần việc')", "later": False, "asked": True}
RESULTS = {"results", "results_stated", "members_told", "workers_told", "employers_told.in_firm",
           "employers_told.all_firms", "registered", "completed", "movement.skilled", "movement.green",
           "movement.two_good", "movement.renewal", "movement.no_negativity", "movement.office_culture"}

# The days of rest that matter here: no last day falls on a holiday of the week.
HOLIDAYS = {f"2024-{day}" for day in ("01-01 02-08 02-09 02-10 02-11 02-12 02-13 02-14 04-18 04-29 04-30 05-01"
                                     " 09-02 09-03").split()}
WORKED = {"2024-05-04"}

MOVEMENTS = {
    "Lao động giỏi, lao động sáng tạo": "skilled",
    "Xanh - Sạch - Đẹp, Bảo đảm an toàn vệ sinh lao động": "green",
    "Giỏi việc nước, đảm việc nhà": "two_good",
    "Đổi mới, sáng tạo, hiệu quả trong hoạt động của tổ chức Công đoàn": "renewal",
    "Cán bộ, công chức, viên chức nói không với tiêu cực": "no_negativity",
    "Cán bộ, công chức, viên chức thi đua thực hiện văn hoá công sở": "office_culture",
    "Khác": "other",
}
TIMED = {"report", "summary", "answer"}
FOR_OFFICIALS = {"no_negativity", "office_culture"}
GROUPS = {"members": "Đoàn viên", "workers": "Người lao động", "employers": "Người sử dụng lao động"}


def hundredths(text):
    return int(Fraction(text) * 100)


UNIT = ("unit", "Mã CĐCS", str, None)
TABLES = {
    "base_unions": [UNIT, ("sector", "Khối", str, None), ("planned", "Số mô hình, điển hình tự đăng ký", int, NONE)],
    "documents": [UNIT, ("kind", "Loại văn bản", str, None), ("number", "Số văn bản", str, NONE),
                  ("dated", "Ngày văn bản", date, None), ("congress", "Gắn với chào mừng Đại hội XIII CĐVN", FLAGS, None),
                  ("movements", "Thống nhất với các phong trào CĐ đã triển khai", FLAGS, None),
                  ("resolution", "Triển khai Nghị quyết Đại hội CĐ các cấp", FLAGS, None)],
    "reports": [UNIT, ("kind", "Loại báo cáo", str, None), ("to_whom", "Nơi nhận", str, None),
                ("dated", "Ngày gửi", date, None)],
    "requests": [("code", "Mã yêu cầu", str, None), UNIT, ("dated", "Ngày yêu cầu", date, None),
                 ("due", "Hạn trả lời", date, None), ("answered", "Ngày trả lời", date, NONE)],
    "registrations": [UNIT, ("kind", "Loại", str, None), ("theme", "Gắn với", str, NONE),
                      ("registered", "Ngày đăng ký", date, NONE), ("completed", "Ngày hoàn thành", date, NONE),
                      ("money", "Giá trị làm lợi (đồng)", int, NONE),
                      ("words", "Giá trị chính trị - xã hội", str, NONE)],
    "models": [UNIT, ("found", "Ngày phát hiện", date, None), ("spread", "Ngày nhân rộng", date, NONE)],
    "movements": [UNIT, ("movement", "Phong trào", MOVEMENTS, None), ("claimed", "Có minh chứng", FLAGS, None),
                  ("proof_of", "Ngày văn bản", date, None), ("verified", "CĐVC tỉnh xác nhận", FLAGS, None)],
    "outreach": [UNIT, ("dated", "Số liệu đến ngày", date, None)]
                + [(f"{group}_{what}", f"{title}: {header}", int, None) for group, title in GROUPS.items()
                   for what, header in (("all", "tổng số"), ("told", "đã được phổ biến"))],
    "indicators": [("code", "Mã chỉ tiêu", str, None), ("year", "Năm", str, None), ("better", "Chiều tốt", str, None),
                   ("plan", "Kế hoạch", hundredths, None), ("actual", "Thực hiện", hundredths, None),
                   ("published", "Ngày công bố", date, None)],
    "office_tasks": [("task", "Nhiệm vụ", str, None), ("dated", "Ngày văn bản", date, None)],
    "office_reports": [("to_whom", "Nơi nhận", str, None), ("dated", "Ngày gửi", date, None)],
}
# The day from which a row is there; other days are none until they come.
EXISTS_FROM_DATED = {"documents", "reports", "requests", "outreach", "office_tasks", "office_reports"}
HAPPENS = {"requests": ["answered"], "registrations": ["registered", "completed"], "models": ["found", "spread"],
           "movements": ["proof_of"], "indicators": ["published"]}


# What the office sees of its base unions.
COVERAGE = {"plan_tied": "plan_content.congress", "results": "results_stated", "plan": "plan", "report": "report",
            "requests": "requests_answered"}
COVERAGE |= {name: f"movement.{name}" for name in MOVEMENTS.values() if name != "other"}


class Campaign:
    """The campaign's facts as of a day under a reading."""

    def __init__(self, directory, as_of, how):
        self.as_of, self.how, self.facts = as_of, how, {}
        self.db = load(directory, TABLES)
        for table in EXISTS_FROM_DATED:
            self.db.execute(f"DELETE FROM {table} WHERE dated > ?", (as_of,))
        for table, columns in HAPPENS.items():
            for column in columns:
                self.db.execute(f"UPDATE {table} SET {column} = '{NONE}' WHERE {column} > ?", (as_of,))
        self.units = dict(self.db.execute("SELECT unit, sector FROM base_unions").fetchall())

    def rows(self, sql):
        return self.db.execute(sql).fetchall()

    def last_day(self, day):
        """The last day in time: the day itself, or under one reading the working day after days of rest."""
        at = date.fromisoformat(day)
        while self.how["rolls"] and (at.isoformat() in HOLIDAYS or (at.weekday() > 4 and at.isoformat() not in WORKED)):
            at += timedelta(days=1)
        return at.isoformat()

    def say(self, level, unit, item, met, value, due=LAST, exceeded=False):
        """`met`: True, False, None where it is open, or the word of a verdict that needs no bar."""
        if isinstance(met, str):
            verdict = met
        elif met is None:
            verdict = "undetermined"
        elif met:
            verdict = "exceeded" if exceeded else "met"
        else:
            verdict = "not_due" if self.as_of < due else "not_met"
        self.facts[level, unit, item, "verdict"] = verdict
        self.facts[level, unit, item, "value"] = value

    def count_of(self, table, condition):
        """The rows of every base union that fulfil a condition; no unknown is read in any of them."""
        counts = dict.fromkeys(self.units, 0)
        counts.update(self.rows(f"SELECT unit, count(*) FROM {table} WHERE {condition} GROUP BY unit"))
        return counts

    def time(self, level, unit, item, day, named, last):
        """How a day stands to a term: `named` is the day that the text names, `last` the last one in time."""
        def days(later, earlier):
            return (date.fromisoformat(later) - date.fromisoformat(earlier)).days
        if day is None:
            said = ("not_due", days(last, self.as_of)) if self.as_of < last else ("missed", days(self.as_of, last))
        elif day == named:
            said = "on_the_day", None
        else:
            said = ("on_time", days(last, day)) if day <= last else ("late", days(day, last))
        self.facts[level, unit, item, "timing"] = said

    # Shares and counts ────────────────────────────────────────────────────────────────────────────────────────────

    def share(self, level, unit, item, rows, bar=True, due=LAST):
        """A share with the bar 100 %, of rows that say 1, 0 or NULL for the property; all are in the population."""
        yes, no, open_ = rows.count(1), rows.count(0), rows.count(None)
        value = (Fraction(yes), Fraction(len(rows)), open_)
        if not rows:
            return self.say(level, unit, item, "not_applicable", value)
        met = False if no else None if open_ else True
        return self.say(level, unit, item, met if bar else "measured", value, due)

    def results(self):
        how, forms = self.how, f"kind IN {self.how['forms']}"
        in_order = "1" if how["afterwards"] else "registered <> 'none' AND registered <= completed"
        done = f"completed {IN_PERIOD}"
        registered = self.count_of("registrations", f"{forms} AND registered {IN_PERIOD}")
        completed = self.count_of("registrations", f"{forms} AND {done} AND {in_order}")
        late = self.count_of("registrations", f"{forms} AND {done} AND (registered = 'none' OR registered > completed)")
        results = self.count_of("registrations", done)
        words = self.count_of("registrations", f"{done} AND words <> 'none'")
        money = dict.fromkeys(self.units, 0)
        money.update(self.rows("SELECT unit, sum(CASE money WHEN 'none' THEN 0 ELSE money END) FROM registrations"
                               f" WHERE {done} GROUP BY unit"))
        stated = self.rows("SELECT unit, kind <> 'Khác' AND (money <> 'none' OR words <> 'none') FROM registrations"
                           f" WHERE {done}")
        aims = self.rows(f"SELECT unit, theme <> 'none' FROM registrations WHERE {forms} AND registered {IN_PERIOD}")
        due = how["results_on"]
        for unit in self.units:
            at = "base_unions", unit
            for item, counts in (("registered", registered), ("completed", completed), ("results", results)):
                met = counts[unit] >= 1 if how["asked"] or item == "results" else "no_target"
                self.say(*at, item, met, Fraction(counts[unit]), due)
            for item, counts in (("registered_late", late), ("value_in_words", words), ("value_in_money", money)):
                self.say(*at, item, "measured", Fraction(counts[unit]))
            self.share(*at, "results_stated", [yes for owner, yes in stated if owner == unit], due=due)
            self.share(*at, "aim", [yes for owner, yes in aims if owner == unit])
        for item, counts in (("registered_late", late), ("value_in_words", words), ("value_in_money", money)):
            self.say("office", "office", item, "measured", Fraction(sum(counts.values())))
        for item, counts in (("registered", registered), ("completed", completed)):
            self.say("office", "office", f"in_all.{item}", "measured", Fraction(sum(counts.values())))
        self.share("office", "office", "aim", [yes for _, yes in aims])

    def told(self):
        """All of a group must be told, by the latest figures of each unit; employers only in firms."""
        latest = {row[0]: row[1:] for row in self.rows(
            "SELECT unit, " + ", ".join(f"{group}_told, {group}_all" for group in GROUPS)
            + " FROM outreach WHERE dated = (SELECT max(dated) FROM outreach AS other"
            + f" WHERE other.unit = outreach.unit AND dated {IN_PERIOD})")}
        for at, group in enumerate(GROUPS):
            pair = slice(2 * at, 2 * at + 2)
            firms = group == "employers"
            for unit, sector in self.units.items():
                item = "employers_told.in_firm" if firms else f"{group}_told"
                if firms and sector != "Doanh nghiệp":
                    self.say("base_unions", unit, item, "not_applicable", None)
                else:
                    sent = unit in latest
                    self.part("base_unions", unit, item, [latest[unit][pair]] if sent else [], not sent)
            pooled = [row[pair] for unit, row in latest.items() if not firms or self.units[unit] == "Doanh nghiệp"]
            item = "employers_told.all_firms" if firms else f"{group}_told"
            self.part("office", "office", item, pooled, len(latest) < len(self.units))

    def part(self, level, unit, item, pairs, missing):
        """Sum told over sum in all; an unknown number is any from 0 upward."""
        due = self.how["results_on"]
        told, of = (sum(pair[side] or 0 for pair in pairs) for side in (0, 1))
        told_open, of_open = (missing or any(pair[side] is None for pair in pairs) for side in (0, 1))
        if not (told_open or of_open):
            if of == 0:
                return self.say(level, unit, item, "not_applicable", None)
            return self.say(level, unit, item, told >= of, Fraction(told, of), due)
        surely = not of_open and of > 0 and told >= of     # more told can only help
        return self.say(level, unit, item, True if surely else None, None, due)

    def proofs(self):
        """A movement is carried out where a proof of a day in the period is claimed (and confirmed, under a reading)."""
        confirmed = "verified" if self.how["verified"] else "1"
        proved = f"(claimed AND proof_of {IN_PERIOD} AND {confirmed})"
        rows = self.rows(f"SELECT unit, movement, {proved}, claimed AND proof_of {IN_PERIOD}, verified FROM movements")
        for unit, sector in self.units.items():
            mine = [row for row in rows if row[0] == unit]
            for movement in MOVEMENTS.values():
                if movement == "other":
                    continue
                at = "base_unions", unit, f"movement.{movement}"
                if movement in FOR_OFFICIALS and sector == "Doanh nghiệp":
                    self.say(*at, "not_applicable", None)
                    continue
                answers = [proof for _, which, proof, *_ in mine if which == movement]
                met = True if 1 in answers else None if None in answers or not mine else False
                self.say(*at, met, None if met is None else met, self.how["results_on"])
            others = [proof for _, which, proof, *_ in mine if which == "other"]
            known = mine and None not in others
            self.say("base_unions", unit, "other_movements", "measured", Fraction(others.count(1)) if known else None)
            self.claims("base_unions", unit, mine, not mine)
        self.claims("office", "office", rows, {row[0] for row in rows} != set(self.units))

    def claims(self, level, unit, rows, missing):
        """Of the claims of a day in the period, those that are confirmed. A claim that may be one is unknown, too."""
        surely = [verified for *_, claim, verified in rows if claim == 1]
        maybe = [verified for *_, claim, verified in rows if claim is None]
        value = Fraction(surely.count(1)), Fraction(len(surely)), surely.count(None) + len(maybe)
        nothing = not surely and not maybe and not missing
        self.say(level, unit, "claims_confirmed", "not_applicable" if nothing else "measured", value)

    def models(self):
        found = self.count_of("models", f"found {IN_PERIOD}")
        spread = self.count_of("models", f"spread {IN_PERIOD}")
        planned = dict(self.rows("SELECT unit, planned FROM base_unions"))
        for unit in self.units:
            count, plan = found[unit], planned[unit]
            met = "no_target" if plan == NONE else count >= plan
            self.say("base_unions", unit, "models_found", met, Fraction(count), exceeded=plan != NONE and count > plan)
            self.say("base_unions", unit, "models_spread", "measured", Fraction(spread[unit]))
        self.say("office", "office", "models_spread", "measured", Fraction(sum(spread.values())))

    def papers(self):
        """Plans with a number, what they say, launches; and how many base unions have both."""
        plans = self.rows("SELECT unit, dated, congress, movements, resolution FROM documents"
                          f" WHERE kind = 'Kế hoạch' AND number <> 'none' AND dated {IN_PERIOD}")
        launches = dict(self.rows("SELECT unit, max(dated) FROM documents"
                                  f" WHERE kind = 'Phát động' AND dated {IN_PERIOD} GROUP BY unit"))
        both = []                                          # a launch before the paper is a launch all the same
        for unit in self.units:
            mine = [row for row in plans if row[0] == unit]
            first = min((row[1] for row in mine), default=None)
            self.say("base_unions", unit, "plan", first is not None, first)
            for at, item in enumerate(("congress", "movements", "resolution"), 2):
                said = [row[at] for row in mine]
                met = True if 1 in said else None if None in said else False
                verdict, value = (met, met) if mine else ("not_applicable", None)
                self.say("base_unions", unit, f"plan_content.{item}", verdict, value)
            launch = launches.get(unit)
            in_time = launch is not None and self.how["launch_from"] <= launch
            self.say("base_unions", unit, "launch", in_time, launch)
            both.append(int(first is not None and launch is not None))
        self.share("office", "office", "rollout", both)

    def chain(self):
        """Reports of the base unions, the summary of the provincial union, and whose report it could take in."""
        strict = {"report": "2024-07-14", "summary": "2024-07-19"}
        later = timedelta(days=self.how["late"])
        last = {item: (date.fromisoformat(day) + later).isoformat() for item, day in strict.items()}
        sent = dict(self.rows("SELECT unit, min(dated) FROM reports"
                              " WHERE kind = 'Tổng kết' AND to_whom = 'CĐVC tỉnh' GROUP BY unit"))
        for unit in self.units:
            day, due = sent.get(unit), self.last_day(last["report"])
            self.say("base_unions", unit, "report", day is not None and day <= due, day, due)
            self.time("base_unions", unit, "report", day, "2024-07-15", due)
        (summary,), = self.rows("SELECT min(dated) FROM office_reports WHERE to_whom = 'LĐLĐ tỉnh'")
        due = self.last_day(last["summary"])
        self.say("office", "office", "summary", summary is not None and summary <= due, summary, due)
        self.time("office", "office", "summary", summary, "2024-07-20", due)
        closed = self.as_of if self.how["later"] or summary is None else summary
        taken_in = [int(unit in sent and sent[unit] <= closed) for unit in self.units]
        self.share("office", "office", "summary_complete", taken_in, due=due)
        self.share("office", "office", "reported", [int(unit in sent) for unit in self.units], bar=False)

    def requests(self):
        """Each request by its own day; a union by those that are answered or whose day has passed."""
        judged = {unit: [] for unit in self.units}
        for code, unit, due, answered in self.rows("SELECT code, unit, due, answered FROM requests"):
            there, last = answered != NONE, self.last_day(due)
            in_time = there and answered <= last
            self.say("requests", code, "answer", in_time, answered if there else None, last)
            self.time("requests", code, "answer", answered if there else None, due, last)
            if there or due < self.as_of:
                judged[unit].append(int(in_time))
        for unit, rows in judged.items():
            self.share("base_unions", unit, "requests_answered", rows)

    def office(self):
        tasks = {"launch": "Phát động", "guidance": "Hướng dẫn", "monitoring": "Theo dõi", "pressing": "Đôn đốc",
                 "publicity": "Tuyên truyền"}
        for item, task in tasks.items():
            (count,), = self.rows(f"SELECT count(*) FROM office_tasks WHERE task = '{task}' AND dated {IN_PERIOD}")
            self.say("office", "office", f"office_task.{item}", count > 0, count > 0)

    def indicators(self):
        """Fulfilled at the plan, exceeded beyond it, in the direction that is good; open until it is known to be out."""
        better = {"2023": [], "2024": []}
        for code, year, direction, plan, actual, published in self.rows("SELECT * FROM indicators"):
            higher = direction == "Cao hơn"
            out = None if published is None else published != NONE
            gain = None if actual is None else (actual - plan if higher else plan - actual)
            met = None if out is None or (out and gain is None) else out and gain >= 0
            exceeded = bool(met) and gain > 0
            value = Fraction(actual, 100) if out and actual is not None else None
            own, foreign = ("indicator_higher", "indicator_lower") if higher else ("indicator_lower", "indicator_higher")
            self.say("indicators", code, own, met, value, exceeded=exceeded)
            self.say("indicators", code, foreign, "not_applicable", None)
            # «Exceeded» is no more than the plan: an indicator on the plan does not count.
            surely_not = out is False or (gain is not None and gain <= 0)
            better[year].append(0 if surely_not else None if out is None or gain is None else 1)
        for year, rows in better.items():
            self.share("office", "office", f"indicators_exceeded.y{year}", rows)

    def coverage(self, facts):
        """How many base unions fulfil something today, of those to which it applies; open where their verdict is."""
        answers = {"met": 1, "exceeded": 1, "not_met": 0, "not_due": 0, "undetermined": None}
        for item, of in COVERAGE.items():
            said = [facts["base_unions", unit, of, "verdict"] for unit in self.units]
            rows = [answers[verdict] for verdict in said if verdict in answers]
            self.share("office", "office", f"coverage.{item}", rows, bar=False)

    def compute(self):
        for part in (self.results, self.told, self.proofs, self.models, self.papers, self.chain, self.requests,
                     self.office, self.indicators):
            part()
        self.coverage(self.facts)
        return self.facts


# Day, reading (a dash: none), unit, item, verdict, and the counts of a share where they matter.
PLANTED = """
2024-10-31 -                            HC01 report met
2024-10-31 -                            HC02 report not_met
2024-10-31 named_day_counts             HC02 report met
2024-10-31 rest_day_rolls               HC02 report met
2024-10-31 named_day_counts_and_rolls   HC03 report not_met
2024-10-31 -                            HC04 report not_met
2024-07-01 -                            HC04 report not_due
2024-10-31 -                            HC05 report not_met
2024-10-31 -                            HC06 report met
2024-10-31 -                            DN02 report not_met
2024-10-31 -                            HC07 report met
2024-10-31 -                            HC08 report not_met
2024-10-31 -                            DN01 report not_met
2024-10-31 -                            HC09 plan not_met
2024-10-31 -                            HC10 plan not_met
2024-10-31 -                            SN09 plan not_met
2024-10-31 -                            HC09 plan_content.congress not_applicable
2024-10-31 -                            HC11 launch met
2024-10-31 -                            HC12 launch not_met
2024-10-31 launched_before_the_paper    HC12 launch met
2024-10-31 -                            HC13 launch met
2024-10-31 -                            HC14 launch not_met
2024-10-31 -                            HC15 launch met
2024-07-01 -                            HC15 launch not_due
2024-10-31 -                            HC16 plan_content.congress met
2024-10-31 -                            HC17 plan_content.movements undetermined
2024-10-31 -                            SN08 plan_content.congress not_met
2024-10-31 -                            SN08 plan_content.resolution not_met
2024-10-31 -                            HC18 members_told not_met
2024-10-31 -                            HC19 members_told met
2024-07-01 -                            HC19 members_told undetermined
2024-10-31 as_reported                  HC19 members_told undetermined
2024-10-31 -                            HC20 workers_told undetermined
2024-10-31 -                            DN03 employers_told.in_firm undetermined
2024-10-31 -                            SN01 workers_told not_applicable
2024-10-31 -                            SN02 members_told not_met
2024-10-31 -                            DN02 employers_told.in_firm not_met
2024-10-31 -                            DN04 employers_told.in_firm met
2024-10-31 as_reported                  DN04 employers_told.in_firm not_met
2024-10-31 -                            HC01 employers_told.in_firm not_applicable
2024-10-31 -                            HC21 movement.green undetermined
2024-10-31 -                            HC24 movement.renewal undetermined
2024-10-31 -                            HC25 movement.two_good undetermined
2024-10-31 -                            HC22 movement.two_good not_met
2024-10-31 -                            HC23 movement.skilled not_met
2024-10-31 -                            HC27 movement.green not_met
2024-10-31 -                            HC26 movement.no_negativity met
2024-10-31 proof_is_verified            HC26 movement.no_negativity not_met
2024-10-31 -                            SN03 movement.skilled met
2024-10-31 -                            SN03 movement.office_culture met
2024-10-31 -                            DN05 movement.office_culture not_applicable
2024-10-31 -                            HC29 registered not_met
2024-10-31 -                            HC29 aim not_applicable
2024-10-31 -                            HC30 registered met
2024-10-31 -                            HC30 completed not_met
2024-10-31 -                            HC31 completed not_met
2024-10-31 registered_afterwards_counts HC31 completed met
2024-10-31 -                            HC32 completed not_met
2024-10-31 registered_afterwards_counts HC32 completed met
2024-10-31 -                            HC33 completed met
2024-10-31 -                            HC34 registered not_met
2024-10-31 every_form_counts            HC34 registered met
2024-10-31 -                            HC34 results met
2024-10-31 -                            HC35 results_stated not_met 1/2
2024-10-31 -                            HC36 results_stated not_met 1/2
2024-10-31 -                            HC39 results_stated met 1/1
2024-10-31 -                            HC37 completed met
2024-07-15 -                            HC37 completed not_due
2024-10-31 as_reported                  HC37 completed not_met
2024-10-31 -                            HC38 completed not_met
2024-10-31 -                            SN04 registered not_met
2024-10-31 -                            SN10 aim not_met 1/2
2024-10-31 -                            HC40 models_found met
2024-10-31 -                            HC41 models_found exceeded
2024-10-31 -                            HC42 models_found not_met
2024-10-31 -                            HC43 models_found no_target
2024-10-31 -                            SN10 models_found not_met
2024-10-31 -                            SN11 models_found met
2024-10-31 -                            HC44 requests_answered met 1/1
2024-10-31 -                            HC45 requests_answered not_met 1/2
2024-10-31 -                            DN06 requests_answered not_met 0/2
2024-10-31 rest_day_rolls               DN06 requests_answered not_met 1/2
2024-10-31 -                            SN05 requests_answered not_met 0/1
2024-10-31 -                            SN06 requests_answered not_applicable
2024-10-31 -                            SN07 requests_answered met 1/1
2024-10-31 -                            YC4-SN06 answer not_due
2024-10-31 -                            office office_task.monitoring not_met
2024-10-31 -                            office summary met
2024-07-18 -                            office summary not_due
2024-10-31 -                            office summary_complete not_met 60/64
2024-10-31 completed_by_later_reports   office summary_complete not_met 62/64
2024-10-31 -                            office indicators_exceeded.y2023 not_met 12/16
2024-10-31 -                            office indicators_exceeded.y2024 not_met 9/16
2024-10-31 -                            2024-04 indicator_higher undetermined
2024-10-31 -                            2023-09 indicator_lower exceeded
2024-10-31 -                            2023-10 indicator_lower not_met
2024-10-31 -                            2024-09 indicator_lower met
"""


def self_check(directory):
    found, lines = {}, PLANTED.strip().splitlines()
    for line in lines:
        as_of, reading, unit, item, verdict, *counts = line.split()
        if (as_of, reading) not in found:
            all_facts = computed(directory, as_of, reading.strip("-"))
            found[as_of, reading] = {key[1:]: value for key, value in all_facts.items()}
        facts = found[as_of, reading]
        assert facts[unit, item, "verdict"] == verdict, f"{line}: {facts[unit, item, 'verdict']}"
        value = facts[unit, item, "value"]
        assert not counts or "{}/{}".format(*value) == counts[0], f"{line}: {value}"
    usual = {value for (*_, field), value in found["2024-10-31", "-"].items() if field == "verdict"}
    assert usual == {"met", "exceeded", "not_met", "undetermined", "not_applicable", "not_due", "no_target",
                     "measured"}, usual
    print(f"{len(lines)} planted cases hold")
    return 0


def computed(directory, as_of, reading):
    how = USUAL | READINGS[reading]
    now = Campaign(directory, as_of, how)
    facts = now.compute()
    if how["results_on"] < min(as_of, LAST):               # results as they stood on their own day
        then = Campaign(directory, how["results_on"], how).compute()
        facts |= {key: value for key, value in then.items() if key[2] in RESULTS}
        now.coverage(facts)
    return now.facts | facts


def main(arguments):
    if arguments[1:] == ["--self-check"]:
        return self_check(arguments[0])
    if not 2 <= len(arguments) <= 4:
        print(__doc__.split("\n\n")[1], file=sys.stderr)
        return 2
    directory, outcome, *rest = arguments
    as_of, reading = rest + [LAST, ""][len(rest):]
    ours, theirs = computed(directory, as_of, reading), engine(outcome)
    for key, said in beside(outcome):
        theirs |= {(*key, "timing"): (said["timing"]["status"], said["timing"]["days"])} if key[2] in TIMED else {}
        theirs |= {} if reading else {(*key, "otherwise"): said["otherwise"]}
    if not reading:                                        # what every other reading would say, where it differs
        others = {other: computed(directory, as_of, other) for other in READINGS if other}
        for key in [key for key in ours if key[3] == "verdict"]:
            differ = {other: facts[key] for other, facts in others.items() if facts[key] != ours[key]}
            ours[*key[:3], "otherwise"] = differ
    return compare(ours, theirs)


def beside(outcome):
    """What the engine says of each unit and item beside verdict and value."""
    for level in json.loads(Path(outcome).read_text("utf-8"))["levels"]:
        for unit in level["units"]:
            for item, said in unit["criteria"].items():
                yield (level["id"], unit["id"], item), said


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
