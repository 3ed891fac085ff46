#!/usr/bin/env python3
"""The Lào Cai campaign computed a second time, in SQL, from nothing but the CSV files.

    lao_cai_2024.py DATASET_DIR OUTCOME.json     compare with the engine's outcome; exit 1 on any difference
    lao_cai_2024.py DATASET_DIR OUTCOME.json DAY compare verdicts and values as of an earlier day of the year
    lao_cai_2024.py DATASET_DIR --print          what this computation finds
    lao_cai_2024.py DATASET_DIR --self-check     assert the planted cases that datasets/README.md names

Cells: SQL's NULL is the unknown, because SQL's own AND, OR, NOT and comparisons over NULL are exactly the
three-valued logic that the campaign asks for. «There is none» is the text 'none': it sorts after every ISO
day, so that it is neither in the period nor on or before any day. A day later than AS_OF has not happened,
and `BETWEEN` and `<=` treat it so without further ado.

Numbers are whole, and so is the arithmetic: shares are compared by cross-multiplication, points and scores
are counted in hundredths and rounded half up.

Where the directive's campaign is silent, this computation takes these readings:
- a unit without a target (no_target) is scored like one that a criterion does not apply to;
- an award that has no quota is granted to all who fulfil its conditions;
- a condition that names a criterion holds when it is met or exceeded and is open when it is undetermined.
"""
import csv
import itertools
import json
import re
import sqlite3
import sys
from datetime import date
from fractions import Fraction
from pathlib import Path

from facts import FLAGS, NONE, compare, database, number as exact

AS_OF = "2024-12-31"          # the last day of the year, too: what is later has neither happened nor counts
DUE = {"resolution_studied": "2024-07-31", "programme_begun": "2024-07-31",
       "everywhere.studied": "2024-07-31", "everywhere.round_1": "2024-07-31"}       # all else at the end of the year
WEIGHT = 20
FLAG_QUOTA = 1

# ---------------------------------------------------------------- the tables: column, header, type, what a blank is

GRADES = {"Không hoàn thành nhiệm vụ": 0, "Hoàn thành nhiệm vụ": 1,
          "Hoàn thành tốt nhiệm vụ": 2, "Hoàn thành xuất sắc nhiệm vụ": 3}
CLUSTERS = {"1": "1", "2": "2", "3": "3"}
ITEMS = {"Kế hoạch thực hiện Nghị quyết": "plan", "Chương trình hành động": "programme",
         "Học tập Nghị quyết Đại hội XIII": "study", "Lao động giỏi, Lao động sáng tạo": "good_work",
         "Tham mưu giỏi, phục vụ tốt": "good_advice", "Hạ tầng đồng bộ; tiết kiệm, chống lãng phí": "thrift",
         "Văn hoá công sở": "office_culture"}
BETTER = {"Càng cao càng tốt": "higher", "Càng thấp càng tốt": "lower"}
MEETINGS = {"Đối thoại": "dialogue", "Thương lượng tập thể": "bargaining", "Kiểm tra, giám sát": "inspection"}
SUPPORT = {"Làm mới, sửa nhà": "house", "Thăm hỏi, trợ cấp": "visit", "Ủng hộ quỹ khác": "fund"}
PARENT = ("unit", "Mã CĐ cấp trên", str, None)

TABLES = {
    "unions": [("code", "Mã đơn vị", str, None), ("name", "Tên đơn vị", str, None),
               ("cluster", "Cụm thi đua", CLUSTERS, None),
               ("planned", "Quỹ XHCĐ: kế hoạch (đồng)", int, NONE), ("paid", "Quỹ XHCĐ: đã đóng (đồng)", int, None),
               ("listed", "Đã nhận danh sách DN", FLAGS, None)],
    "agencies": [("code", "Mã cơ quan", str, None), PARENT, ("held", "Đã mở hội nghị CBCC", FLAGS, None),
                 ("held_on", "Ngày mở hội nghị CBCC", date, None)],
    "firms": [("code", "Mã số thuế", str, None), PARENT, ("state_owned", "DN nhà nước", FLAGS, None),
              ("workers", "Số lao động", int, None), ("union_founded", "Ngày thành lập CĐCS", date, NONE),
              ("conference_on", "Ngày hội nghị NLĐ", date, NONE), ("signed_on", "Ngày ký TƯLĐTT", date, NONE),
              ("expires_on", "Ngày hết hạn TƯLĐTT", date, NONE)],
    "base_unions": [("code", "Mã CĐCS", str, None), PARENT, ("eligible", "Đủ điều kiện xếp loại", FLAGS, None),
                    ("grade", "Xếp loại", GRADES, None)],
    "care": [PARENT, ("eligible", "Số đoàn viên và NLĐ", int, None), ("cared", "Số được chăm lo", int, None)],
    "initiatives": [("code", "Mã sáng kiến", str, None), PARENT, ("recognised_on", "Ngày công nhận", date, NONE)],
    "courses": [PARENT, ("held_on", "Ngày mở lớp", date, None), ("people", "Số người học", int, None)],
    "violations": [PARENT, ("serious", "Nghiêm trọng", FLAGS, None)],
    "tasks": [PARENT, ("item", "Nội dung", ITEMS, None), ("done", "Đã thực hiện", FLAGS, None),
              ("dated", "Ngày văn bản", date, None)],
    "base_programmes": [("unit", "Mã CĐCS", str, None), ("issued", "Đã ban hành", FLAGS, None),
                        ("dated", "Ngày ban hành", date, None)],       # the unit is the base union's, see load()
    "outreach": [PARENT, ("total", "Tổng số", int, None), ("reached", "Đã học tập", int, None)],
    "indicators": [("code", "Mã chỉ tiêu", str, None), PARENT, ("better", "Chiều", BETTER, None),
                   ("plan", "Kế hoạch năm", int, NONE), ("actual", "Thực hiện", int, None)],
    "group_targets": [PARENT, ("written", "Đã có chỉ tiêu, tiêu chí riêng", FLAGS, None)],
    "meetings": [PARENT, ("kind", "Loại cuộc", MEETINGS, None), ("held_on", "Ngày tổ chức", date, None)],
    "membership": [PARENT, ("up_to", "Số liệu đến ngày", date, None), ("joined", "Đoàn viên kết nạp", int, None),
                   ("left_it", "Đoàn viên giảm", int, None), ("founded", "CĐCS thành lập", int, None),
                   ("dissolved", "CĐCS giải thể", int, None)],
    "support": [PARENT, ("kind", "Loại hỗ trợ", SUPPORT, None), ("given_on", "Ngày hỗ trợ", date, None),
                ("cases", "Số trường hợp", int, None), ("amount", "Số tiền (đồng)", int, None)],
}


def cell(text, kind, blank):
    """The value of a cell; None is unknown, which a faulty cell is too."""
    text = text.strip()
    if text == "":
        return blank
    if kind is str:
        return text
    if kind is int:
        if re.fullmatch(r"-?\d+[.,]\d+", text):
            sys.exit(f"`{text}`: this computation knows whole numbers only")
        return int(text) if re.fullmatch(r"\d+", text) else None      # a minus is out of range: min = 0
    if kind is date:
        return day(text)
    return kind.get(text)


def day(text):
    iso, office = re.fullmatch(r"(\d{4})-(\d\d)-(\d\d)", text), re.fullmatch(r"(\d{1,2})/(\d{1,2})/(\d{4})", text)
    parts = iso.groups() if iso else office.groups()[::-1] if office else ()
    try:
        return date(*map(int, parts)).isoformat()
    except (TypeError, ValueError):
        return None


def read(directory, table):
    """Rows of one file after the rules for faulty rows, except that nobody's rows are still among them."""
    columns, by_key, rows = TABLES[table], {}, []
    with open(directory / f"{table}.csv", encoding="utf-8-sig", newline="") as handle:
        lines = csv.reader(handle)
        header = next(lines)
        place = [header.index(text) for _, text, _, _ in columns]
        for line in lines:
            short, long = len(line) < len(header), len(line) > len(header)
            row = [None if at >= len(line) or (long and name not in ("code", "unit")) else cell(line[at], kind, blank)
                   for at, (name, _, kind, blank) in zip(place, columns)]
            key = row[0] if columns[0][0] == "code" else None
            if key is None or key not in by_key:
                by_key[key] = row
                rows.append(row)
            elif table == "unions":
                sys.exit(f"unions.csv: {key} stands twice")
            else:                          # the same key again: what differs is unknown; nothing does in a plain copy
                by_key[key][:] = [a if a == b else None for a, b in zip(by_key[key], row)]
    return rows


def load(directory):
    db = database(TABLES, lambda table: read(directory, table))
    for table in TABLES:
        if table == "base_programmes":
            db.execute("CREATE TABLE of_base_union AS SELECT unit AS base_union FROM base_programmes")
            db.execute("UPDATE base_programmes AS p SET unit = (SELECT unit FROM base_unions WHERE code = p.unit)")
        if table != "unions":              # a parent that is blank or not found: the row is in no unit, nor in the province
            db.execute(f"DELETE FROM {table} WHERE unit IS NULL OR unit NOT IN (SELECT code FROM unions)")
    return db


# ---------------------------------------------------------------- the criteria

# Each share is two conditions on the rows of one table: p, the row is in the population; q, it has the property.
# `at_least` in percent; `scored` says whether the criterion carries WEIGHT points.
SHARES = [
    # criterion, table, at_least, scored, p, q
    ("agency_conference", "agencies", 100, 1, "1", "held AND held_on BETWEEN '2024-01-01' AND '2024-12-31'"),
    ("firm_conference_and_agreement", "firms", 85, 1, f"union_founded <= '{AS_OF}'",
     "conference_on BETWEEN '2024-01-01' AND '2024-12-31' AND signed_on BETWEEN '2024-01-01' AND '2024-12-31'"),
    ("firm_conference", "firms", 85, 0, f"union_founded <= '{AS_OF}'",
     "conference_on BETWEEN '2024-01-01' AND '2024-12-31'"),
    ("firm_agreement", "firms", 85, 0, f"union_founded <= '{AS_OF}'",
     "signed_on BETWEEN '2024-01-01' AND '2024-12-31'"),
    ("union_coverage", "firms", 95, 1, "NOT state_owned AND workers >= 25", f"union_founded <= '{AS_OF}'"),
    ("good_base_unions", "base_unions", 90, 1, "eligible", "grade >= 2"),
    ("good_of_all_base_unions", "base_unions", 90, 0, "1", "grade >= 2"),
    ("base_programmes", "base_programmes", 100, 0, "1", "issued AND dated BETWEEN '2024-01-01' AND '2024-12-31'"),
    ("indicators_at_plan", "indicators", 100, 0, "plan <> 'none'",
     "CASE better WHEN 'lower' THEN actual <= plan WHEN 'higher' THEN actual >= plan END"),
    ("targets_exceeded", "indicators", 100, 0, "plan <> 'none'",
     "CASE better WHEN 'lower' THEN actual < plan WHEN 'higher' THEN actual > plan END"),
    ("group_targets", "group_targets", 100, 0, "1", "written"),
]
MISSING = {"firms": "firms_missing", "base_programmes": "programmes_missing", "group_targets": "groups_missing"}

# What a union shows by a paper of the year; and whether it is asked only where there are agencies.
TASKS = {"plan": 0, "programme": 0, "good_work": 0, "good_advice": 1, "thrift": 0, "office_culture": 1}

# The first day of a thing that was done: criterion, item, first and last day on which it is in time.
DAYS = {"resolution_studied": ("study", "2024-01-01", "2024-07-31"),
        "programme_begun": ("programme", "0001-01-01", "2024-07-31")}

# Of the unions that are asked, those that did it: criterion of the province, criterion of a union.
EVERYWHERE = {"everywhere.plan": "task.plan", "everywhere.programme": "task.programme",
              "everywhere.studied": "resolution_studied", "everywhere.good_work": "task.good_work",
              "everywhere.good_advice": "task.good_advice", "everywhere.thrift": "task.thrift",
              "everywhere.office_culture": "task.office_culture", "everywhere.social_fund": "social_fund",
              "everywhere.round_1": "programme_begun"}

# Sums that are only measured: criterion, table, the rows that count, what is added, what is taken away. A count adds 1.
SUMS = [(f"meetings.{kind}", "meetings", f"kind = '{kind}' AND held_on BETWEEN '2024-01-01' AND '2024-12-31'", "1", "0")
        for kind in MEETINGS.values()]
SUMS += [(criterion, "membership", "up_to BETWEEN '2024-01-01' AND '2024-12-31'", plus, minus)
         for criterion, plus, minus in [("members_joined", "joined", "0"), ("members_gained", "joined", "left_it"),
                                        ("base_unions_founded", "founded", "0"),
                                        ("base_unions_gained", "founded", "dissolved")]]
SUMS += [(criterion, "support", f"kind = '{kind}' AND given_on BETWEEN '2024-01-01' AND '2024-12-31'", what, "0")
         for criterion, kind, what in [("helped.houses", "house", "cases"), ("helped.visits", "visit", "cases"),
                                       ("spent.houses", "house", "amount"), ("spent.visits", "visit", "amount"),
                                       ("spent.funds", "fund", "amount")]]

# What `all_met` looks at beside the five that are scored.
ASKED = [f"task.{item}" for item in TASKS] + list(DAYS)
ASKED += ["base_programmes", "indicators_at_plan", "group_targets", "targets_exceeded"]

# Rows may be missing where the list of firms was not delivered or nothing is known of Tết; the province owns all rows.
UNITS = """
CREATE TABLE unit AS
SELECT code AS unit, cluster,
       listed IS NOT TRUE AND code NOT IN (SELECT unit FROM firms) AS firms_missing,
       code NOT IN (SELECT unit FROM care) AS care_missing,
       code NOT IN (SELECT unit FROM tasks) AS tasks_missing,
       code NOT IN (SELECT unit FROM outreach) AS outreach_missing,
       code NOT IN (SELECT unit FROM membership) AS membership_missing,
       code NOT IN (SELECT unit FROM group_targets) AS groups_missing,
       code IN (SELECT unit FROM base_unions WHERE code NOT IN (SELECT base_union FROM of_base_union))
           AS programmes_missing
FROM unions;
INSERT INTO unit SELECT 'province', NULL, max(firms_missing), max(care_missing), max(tasks_missing), max(outreach_missing),
                        max(membership_missing), max(groups_missing), max(programmes_missing) FROM unit;
CREATE VIEW member AS        -- which unit owns the rows of which union
SELECT code AS owner, code AS unit FROM unions UNION ALL SELECT 'province', code FROM unions;
CREATE TABLE tally (unit, criterion, at_least, scored, missing, yy, yn, yu, uy, un, uu);
"""

TALLY = """
INSERT INTO tally
SELECT unit.unit, '{criterion}', {at_least}, {scored}, {missing},
       count(*) FILTER (WHERE p AND q), count(*) FILTER (WHERE p AND NOT q), count(*) FILTER (WHERE p AND q IS NULL),
       count(*) FILTER (WHERE p IS NULL AND q), count(*) FILTER (WHERE p IS NULL AND NOT q),
       count(*) FILTER (WHERE p IS NULL AND q IS NULL AND owner IS NOT NULL)
FROM unit LEFT JOIN (SELECT owner, ({p}) AS p, ({q}) AS q FROM {table} JOIN member USING (unit)) ON owner = unit.unit
GROUP BY unit.unit
"""

# The least share takes every unreported property as absent and every doubtful row without the property as in the
# population; the greatest the other way round. Missing rows may be any number of either kind.
JUDGED = """
CREATE VIEW bounds AS
SELECT *, yy + yn + yu AS of, yu + uy + un + uu AS unknown,
       yy + yn + yu = 0 AND uy + un + uu = 0 AND NOT missing AS nobody,
       yy + yn + yu = 0 AS maybe_nobody,
       -- nothing but doubtful rows with the property: whenever there is a share at all, it is 1 (and 0 likewise)
       CASE WHEN missing THEN 0 WHEN yy + yn + yu + un + uu = 0 THEN 1 ELSE yy END AS least_met,
       CASE WHEN missing THEN 1 WHEN yy + yn + yu + un + uu = 0 THEN 1 ELSE yy + yn + yu + un + uu END AS least_of,
       CASE WHEN missing THEN 1 ELSE yy + yu + uy + uu END AS greatest_met,
       CASE WHEN missing THEN 1 WHEN yy + yn + yu + uy + uu = 0 THEN 1 ELSE yy + yn + yu + uy + uu END AS greatest_of
FROM tally;

CREATE VIEW share_judged AS
SELECT unit, criterion, yy AS met, of, unknown, least_met, least_of, greatest_met, greatest_of, scored, missing,
       CASE WHEN nobody THEN 'not_applicable'
            WHEN maybe_nobody THEN 'undetermined'
            WHEN 100 * least_met >= at_least * least_of THEN 'met'
            WHEN 100 * greatest_met < at_least * greatest_of THEN 'not_met'
            ELSE 'undetermined' END AS verdict,
       maybe_nobody AS may_not_apply,
       -- hundredths of a point: 100 * WEIGHT * min(1, share / at_least), half up
       min(100 * {w}, (2 * 100 * {w} * 100 * least_met + at_least * least_of) / (2 * at_least * least_of)) AS least_points,
       min(100 * {w}, (2 * 100 * {w} * 100 * greatest_met + at_least * greatest_of) / (2 * at_least * greatest_of))
           AS greatest_points
FROM bounds;
CREATE TABLE judged AS SELECT * FROM share_judged;

-- The fund is all or nothing against a plan of the unit's own; without a plan there is no target.
INSERT INTO judged (unit, criterion, met, scored, verdict, may_not_apply, least_points, greatest_points)
SELECT unit, criterion, met, 1, verdict, verdict = 'no_target',
       CASE WHEN verdict IN ('met', 'exceeded') THEN 100 * {w} ELSE 0 END,
       CASE WHEN verdict = 'not_met' THEN 0 ELSE 100 * {w} END
FROM (SELECT code AS unit, 'social_fund' AS criterion, paid AS met,
             CASE WHEN planned = 'none' THEN 'no_target'
                  WHEN planned IS NULL OR paid IS NULL THEN 'undetermined'
                  WHEN paid > planned THEN 'exceeded'
                  WHEN paid = planned THEN 'met' ELSE 'not_met' END AS verdict
      FROM unions);

INSERT INTO judged (unit, criterion, met, unknown, scored, verdict)
SELECT unit.unit, 'initiatives', coalesce(sum(yes), 0), coalesce(sum(yes IS NULL AND owner IS NOT NULL), 0), 0, 'measured'
FROM unit LEFT JOIN (SELECT owner, recognised_on BETWEEN '2024-01-01' AND '2024-12-31' AS yes
                     FROM initiatives JOIN member USING (unit)) r ON owner = unit.unit
GROUP BY unit.unit;

INSERT INTO judged (unit, criterion, met, unknown, scored, verdict)
SELECT unit.unit, 'training', coalesce(sum(CASE WHEN yes THEN people END), 0),
       coalesce(sum(owner IS NOT NULL AND (yes IS NULL OR (yes AND people IS NULL))), 0), 0, 'measured'
FROM unit LEFT JOIN (SELECT owner, people, held_on BETWEEN '2024-01-01' AND '2024-12-31' AS yes
                     FROM courses JOIN member USING (unit)) r ON owner = unit.unit
GROUP BY unit.unit;
""".replace("{w}", str(WEIGHT))

# Care at Tết and the study of the resolution are ratios of two sums. An unknown number is 0 or more: in the divisor it
# pulls the ratio down to 0, in the dividend it lifts it without bound, and a missing row may do either.
RATIO = """
INSERT INTO judged (unit, criterion, met, of, unknown, least_met, least_of, greatest_met, greatest_of, scored, missing,
                    verdict)
SELECT unit, '{criterion}', part, whole, missing OR open_below OR open_above,
       CASE WHEN missing OR open_below THEN 0 ELSE part END, CASE WHEN missing OR open_below THEN 1 ELSE whole END,
       CASE WHEN missing OR open_above THEN NULL ELSE part END, whole, 0, missing,
       CASE WHEN whole = 0 AND NOT (missing OR open_below) THEN 'not_applicable'
            WHEN {measured} AND whole > 0 THEN 'measured'
            WHEN whole > 0 AND part >= whole AND NOT (missing OR open_below) THEN 'met'
            WHEN whole > 0 AND part < whole AND NOT (missing OR open_above) THEN 'not_met'
            ELSE 'undetermined' END
FROM (SELECT unit.unit, {missing} AS missing,
             coalesce(sum({part}), 0) AS part, coalesce(sum({whole}), 0) AS whole,
             coalesce(max(owner IS NOT NULL AND {whole} IS NULL), 0) AS open_below,
             coalesce(max(owner IS NOT NULL AND {part} IS NULL), 0) AS open_above
      FROM unit LEFT JOIN (SELECT * FROM {table} JOIN member USING (unit)) r ON owner = unit.unit GROUP BY unit.unit)
"""

# A sum of which the rows or their numbers are open. Every number is 0 or more, and 1 where rows are counted.
SUM = """
INSERT INTO judged (unit, criterion, scored, verdict, least_met, least_of, greatest_met, greatest_of, missing)
SELECT unit.unit, '{criterion}', 0, 'measured',
       CASE WHEN {missing} AND '{minus}' <> '0' OR sum(yes IS NOT 0 AND minus IS NULL AND owner IS NOT NULL) > 0
                 OR sum(yes IS NULL AND '{minus}' <> '0' AND owner IS NOT NULL) > 0 THEN NULL
            ELSE coalesce(sum(CASE WHEN yes THEN coalesce(plus, 0) - minus END), 0) END, 1,
       CASE WHEN {missing} OR sum(yes IS NOT 0 AND plus IS NULL AND owner IS NOT NULL) > 0
                 OR sum(yes IS NULL AND '{plus}' <> '1' AND owner IS NOT NULL) > 0 THEN NULL
            ELSE coalesce(sum(CASE WHEN yes IS NOT 0 THEN plus - coalesce(CASE WHEN yes THEN minus END, 0) END), 0) END, 1,
       {missing}
FROM unit LEFT JOIN (SELECT owner, ({rows}) AS yes, {plus} AS plus, {minus} AS minus
                     FROM {table} JOIN member USING (unit)) r ON owner = unit.unit
GROUP BY unit.unit
"""

# Yes where a row surely says so, open where one may or where no form was sent, no otherwise.
TASK = """
INSERT INTO judged (unit, criterion, scored, verdict, met)
SELECT unit, 'task.{item}', 0,
       CASE WHEN {of_officials} AND unit NOT IN (SELECT unit FROM agencies) THEN 'not_applicable'
            WHEN best = 2 THEN 'met' WHEN best = 1 THEN 'undetermined' ELSE 'not_met' END,
       CASE best WHEN 2 THEN 1 WHEN 0 THEN 0 END
FROM (SELECT unit.unit, CASE WHEN tasks_missing THEN 1 ELSE max(CASE WHEN yes THEN 2 WHEN yes IS NULL THEN 1 ELSE 0 END) END
                        AS best
      FROM unit LEFT JOIN (SELECT unit, item = '{item}' AND done AND dated BETWEEN '2024-01-01' AND '2024-12-31' AS yes
                           FROM tasks) USING (unit)
      WHERE unit <> 'province' GROUP BY unit.unit)
"""

# The earliest of the days on which it was surely done, and every other day that may turn out to be the earliest.
# Of a thing without its day that is any day: before the first, the first itself, or the day of evaluation.
DAY = """
INSERT INTO judged (unit, criterion, scored, verdict, met)
WITH surely AS (
    SELECT code AS unit, coalesce(min(dated), 'none') AS day
    FROM unions LEFT JOIN tasks ON unit = code AND item = '{item}' AND done AND dated <= '{as_of}' GROUP BY code),
maybe AS (
    SELECT unit, dated FROM tasks
    WHERE (item = '{item}' AND done AND dated <= '{as_of}') IS NULL
    UNION ALL SELECT unit, NULL FROM unit WHERE tasks_missing AND unit <> 'province'),
candidate AS (
    SELECT unit, day FROM surely
    UNION ALL
    SELECT unit, coalesce(dated, any_day) FROM maybe
    JOIN (SELECT '0000-12-31' AS any_day UNION ALL SELECT '{first}' UNION ALL SELECT '{as_of}') ON dated IS NULL OR any_day = '{first}'),
possible AS (SELECT c.unit, c.day FROM candidate c JOIN surely s USING (unit) WHERE c.day <= s.day)
SELECT unit, '{criterion}', 0,
       CASE WHEN min(day BETWEEN '{first}' AND '{last}') THEN 'met'
            WHEN max(day BETWEEN '{first}' AND '{last}') THEN 'undetermined' ELSE 'not_met' END,
       CASE WHEN min(day) = max(day) THEN min(day) END
FROM possible GROUP BY unit
"""

# ---------------------------------------------------------------- scores, ranks, awards

RANKS = """
CREATE TABLE ranked AS
SELECT me.unit, me.least, me.greatest,
       1 + (SELECT count(*) FROM score o WHERE o.cluster = me.cluster AND o.least > me.greatest) AS rank_best,
       1 + (SELECT count(*) FROM score o WHERE o.cluster = me.cluster AND o.unit <> me.unit AND o.greatest > me.least)
           AS rank_worst,
       (SELECT count(*) FROM score o WHERE o.cluster = me.cluster AND o.unit <> me.unit AND me.least = me.greatest
               AND o.least = me.least AND o.greatest = me.greatest) > 0 AS tied
FROM score me WHERE me.cluster IS NOT NULL;
"""

# Conditions as 1, 0 or NULL. min() over rows is the Kleene «and» once the unknown is put in the middle.
AWARDS = """
CREATE UNIQUE INDEX one_verdict ON judged (unit, criterion);

CREATE VIEW holds AS
SELECT unit, criterion, CASE WHEN verdict IN ('met', 'exceeded') THEN 1 WHEN verdict = 'undetermined' THEN NULL ELSE 0 END AS yes
FROM judged WHERE unit <> 'province';

CREATE TABLE flag AS
SELECT code AS unit, nullif(coalesce(lowest, 0.5), 0.5) AS yes
FROM unions LEFT JOIN
     (SELECT unit, min(coalesce(yes, 0.5)) AS lowest FROM holds JOIN judged USING (unit, criterion)
      WHERE (scored OR criterion IN ({asked})) AND verdict NOT IN ('not_applicable', 'no_target') GROUP BY unit) ON unit = code;

CREATE TABLE commendation AS
SELECT code AS unit,
       (SELECT yes FROM holds WHERE unit = code AND criterion = 'agency_conference')
       AND (SELECT yes FROM holds WHERE unit = code AND criterion = 'social_fund')
       AND CASE WHEN EXISTS (SELECT 1 FROM violations WHERE unit = code AND serious) THEN 0
                WHEN EXISTS (SELECT 1 FROM violations WHERE unit = code AND serious IS NULL) THEN NULL ELSE 1 END AS yes
FROM unions;

-- The quota, in a cluster, among those who surely or possibly fulfil the conditions.
CREATE TABLE race AS
SELECT f.unit, f.yes, r.least, r.greatest, s.cluster FROM flag f JOIN ranked r USING (unit) JOIN score s USING (unit)
WHERE f.yes IS NOT 0;

CREATE VIEW cut AS
SELECT me.unit, me.yes,
       (SELECT count(*) FROM race o WHERE o.cluster = me.cluster AND o.yes AND o.least > me.greatest) AS surely_ahead,
       (SELECT count(*) FROM race o WHERE o.cluster = me.cluster AND o.unit <> me.unit AND o.greatest > me.least) AS maybe_ahead,
       (SELECT count(*) FROM race o WHERE o.cluster = me.cluster AND o.unit <> me.unit AND o.greatest >= me.least) AS not_behind,
       (SELECT count(*) FROM race o WHERE o.cluster = me.cluster AND o.unit <> me.unit AND o.yes
               AND me.least = me.greatest AND o.least = me.least AND o.greatest = me.least) AS surely_level
FROM race me;

CREATE TABLE awarded AS
SELECT unit, 'flag' AS award,
       CASE WHEN flag.yes = 0 THEN 'not_eligible'
            WHEN flag.yes IS NULL THEN 'undetermined'
            WHEN surely_ahead >= {quota} THEN 'eligible'
            WHEN not_behind < {quota} THEN 'granted'
            WHEN maybe_ahead < {quota} AND surely_ahead + 1 + surely_level > {quota} THEN 'tied_at_cut'
            ELSE 'undetermined' END AS verdict
FROM flag LEFT JOIN cut USING (unit)
UNION ALL
SELECT unit, 'commendation', CASE yes WHEN 1 THEN 'granted' WHEN 0 THEN 'not_eligible' ELSE 'undetermined' END
FROM commendation;
""".replace("{quota}", str(FLAG_QUOTA)).replace("{asked}", ", ".join(f"'{criterion}'" for criterion in ASKED))


def half_up(value):
    return (2 * value.numerator + value.denominator) // (2 * value.denominator)


def score(items):
    """Least and greatest score in hundredths; `items` are (verdict, may not apply, least, greatest) in hundredths.

    An item that does not apply is left out and the rest scaled up to the full maximum. Where it is open
    whether an item applies, both possibilities are tried, and the widest result stands.
    """
    applies = [(False,) if verdict in ("not_applicable", "no_target") else (True, False) if maybe else (True,)
               for verdict, maybe, _, _ in items]
    lows, highs = [], []
    for choice in itertools.product(*applies):
        if any(choice):
            scale = Fraction(len(items), sum(choice))          # all items weigh the same
            lows.append(half_up(scale * sum(item[2] for item, yes in zip(items, choice) if yes)))
            highs.append(half_up(scale * sum(item[3] for item, yes in zip(items, choice) if yes)))
    return (min(lows), max(highs)) if lows else (None, None)


def compute(directory, as_of=AS_OF):
    """The facts, as of the end of the year or of an earlier day: then verdicts and values alone."""
    db = load(directory)

    def run(sql, *values):
        return db.execute(sql.replace(f"'{AS_OF}'", f"'{as_of}'"), values)

    db.executescript(UNITS)
    for criterion, table, at_least, scored, p, q in SHARES:
        missing = MISSING.get(table, "0")
        run(TALLY.format(criterion=criterion, table=table, at_least=at_least, scored=scored, missing=missing, p=p, q=q))
    db.executescript(JUDGED.replace(f"'{AS_OF}'", f"'{as_of}'"))
    run(RATIO.format(criterion="tet", table="care", missing="care_missing", part="cared", whole="eligible", measured=0))
    run(RATIO.format(criterion="people_reached", table="outreach", missing="outreach_missing", part="reached",
                     whole="total", measured=1))
    for criterion, table, rows, plus, minus in SUMS:
        missing = "membership_missing" if table == "membership" else "0"
        run(SUM.format(criterion=criterion, table=table, rows=rows, plus=plus, minus=minus, missing=missing))
    for item, of_officials in TASKS.items():
        run(TASK.format(item=item, of_officials=of_officials))
    for criterion, (item, first, last) in DAYS.items():
        run(DAY.format(criterion=criterion, item=item, first=first, last=last, as_of=as_of))
    for criterion, below in EVERYWHERE.items():
        source = f"(SELECT unit, verdict FROM judged WHERE criterion = '{below}' AND unit <> 'province')"
        run(TALLY.format(criterion=criterion, table=source, at_least=100, scored=0, missing=0,
                         p="verdict NOT IN ('not_applicable', 'no_target')",
                         q="CASE verdict WHEN 'undetermined' THEN NULL ELSE verdict IN ('met', 'exceeded') END"))
        run("INSERT INTO judged SELECT * FROM share_judged WHERE criterion = ? AND unit = 'province'", criterion)
    if as_of != AS_OF:
        return early(*outcome(db, ranked=False), as_of)
    db.execute("CREATE TABLE score (unit, cluster, least, greatest)")
    for unit, cluster in db.execute("SELECT code, cluster FROM unions").fetchall():
        items = db.execute("SELECT verdict, may_not_apply, least_points, greatest_points FROM judged "
                           "WHERE scored AND unit = ?", (unit,)).fetchall()
        db.execute("INSERT INTO score VALUES (?, ?, ?, ?)", (unit, cluster, *score(items)))
    db.executescript(RANKS + AWARDS)
    return outcome(db)


# ---------------------------------------------------------------- one flat list of facts, from here and from the engine

RATIOS, NUMBERS = ("tet", "people_reached"), ("social_fund", "initiatives", "training")
BOUNDED = RATIOS + tuple(criterion for criterion, *_ in SUMS)        # one number, or the least and the greatest it can be


def early(facts, nullable, as_of):
    """What is not fulfilled before its day is not due; what is open stays open."""
    for (unit, item, field), value in facts.items():
        if field == "verdict" and value == "not_met" and as_of < DUE.get(item, AS_OF):
            facts[unit, item, field] = "not_due"
    return {key: value for key, value in facts.items() if key[2] in EARLY}, nullable


EARLY = ("verdict", "value", "least", "greatest")


def outcome(db, ranked=True):
    """Facts by (unit, item, field), and the keys where the engine may also say null: nothing is open, or all is."""
    facts, nullable = {}, set()

    def state(unit, item, field, value, may_be_null=False):
        facts[unit, item, field] = value
        if may_be_null:
            nullable.add((unit, item, field))

    db.row_factory = sqlite3.Row
    for row in db.execute("SELECT * FROM judged ORDER BY unit, rowid"):
        unit, item, verdict = row["unit"], row["criterion"], row["verdict"]
        state(unit, item, "verdict", verdict)
        if item in NUMBERS:
            state(unit, item, "value", None if row["unknown"] or row["met"] is None else Fraction(row["met"]))
        elif item in DAYS or item.startswith("task."):
            state(unit, item, "value", None if verdict == "not_applicable" else row["met"])
        else:
            least, greatest = share(row["least_met"], row["least_of"]), share(row["greatest_met"], row["greatest_of"])
            if verdict == "not_applicable":
                least = greatest = None
            spare = least == greatest or row["missing"]
            state(unit, item, "least", least, spare)
            state(unit, item, "greatest", greatest, spare)
            if item in BOUNDED:
                state(unit, item, "value", least if least == greatest else None)
            else:
                state(unit, item, "value", (row["met"], row["of"], row["unknown"]), verdict == "not_applicable")
        points = (Fraction(row["least_points"], 100), Fraction(row["greatest_points"], 100)) \
            if row["scored"] and verdict not in ("not_applicable", "no_target") else None
        state(unit, item, "points", points, unit == "province")
    if not ranked:
        return facts, nullable
    for row in db.execute("SELECT * FROM ranked"):
        least, greatest = Fraction(row["least"], 100), Fraction(row["greatest"], 100)
        best, worst = row["rank_best"], row["rank_worst"]
        state(row["unit"], "", "score", least if least == greatest else None)
        state(row["unit"], "", "score_least", least, least == greatest)
        state(row["unit"], "", "score_greatest", greatest, least == greatest)
        state(row["unit"], "", "rank", best if best == worst else None)
        state(row["unit"], "", "rank_best", best, best == worst)
        state(row["unit"], "", "rank_worst", worst, best == worst)
        state(row["unit"], "", "tied", bool(row["tied"]))
        state(row["unit"], "", "provisional", False)
    for row in db.execute("SELECT * FROM awarded"):
        state(row["unit"], row["award"], "award", row["verdict"])
    return facts, nullable


def share(met, of):
    return Fraction(met, of) if met is not None and of else None


def engine_facts(path):
    facts = {}
    for unit in (unit for level in json.loads(path.read_text("utf-8"))["levels"] for unit in level["units"]):
        for item, said in unit["criteria"].items():
            facts[unit["id"], item, "verdict"] = said["verdict"]
            facts[unit["id"], item, "value"] = counts(said.get("value"), item)
            if item not in NUMBERS and item not in DAYS and not item.startswith("task."):
                facts[unit["id"], item, "least"] = number(said.get("least"))
                facts[unit["id"], item, "greatest"] = number(said.get("greatest"))
            facts[unit["id"], item, "points"] = points(said.get("points"))
        if unit.get("score_of") is None:            # the province is not scored
            continue
        for field in ("score", "score_least", "score_greatest"):
            facts[unit["id"], "", field] = number(unit[field])
        for field in ("rank", "rank_best", "rank_worst", "tied", "provisional"):
            facts[unit["id"], "", field] = unit[field]
        for award in unit["awards"]:
            facts[unit["id"], award["id"], "award"] = award["verdict"]
    return facts


def counts(value, item):
    if value is not None and ("flag" in value or "date" in value):
        return int(value["flag"]) if "flag" in value else value["date"] or NONE
    if value is None or item in BOUNDED or "of" not in value:
        return number(value)
    return value["met"], value["of"], value["unknown"]


def number(value):
    """A share, a number object or a decimal as an exact fraction; null stays null."""
    if isinstance(value, dict):
        return share(Fraction(value["met"]), Fraction(value["of"])) if "of" in value else number(value["number"])
    return exact(value)


def points(value):
    if value is None:
        return None
    ends = [value.get("earned", value.get("least")), value.get("earned", value.get("greatest"))]
    return None if None in ends else tuple(Fraction(end) for end in ends)


def show(value):
    if isinstance(value, tuple) and len(value) == 3:
        return "{} of {}{}".format(*value[:2], f", {value[2]} unknown" if value[2] else "")
    if isinstance(value, tuple):
        return " … ".join(dict.fromkeys(map(show, value)))
    if isinstance(value, Fraction) and 100 * value % 1 == 0:
        return f"{float(value):.12g}" if value.denominator > 1 else str(value)
    return "null" if value is None else str(value)


def print_all(facts):
    by_item = {}
    for (unit, item, field), value in facts.items():
        by_item.setdefault(unit, {}).setdefault(item, []).append((field, value))
    for unit in sorted(by_item):
        print(unit)
        for item, fields in by_item[unit].items():
            print(f"  {item:31}" + "  ".join(f"{field} {show(value)}" for field, value in fields if value is not None))


# ---------------------------------------------------------------- the planted cases of datasets/README.md

PLANTED = """
H01       agency_conference              not_met         209 of 210
H01       union_coverage                 met             153 of 159, 1 unknown
H01       good_of_all_base_unions        undetermined    188 of 210, 7 unknown
H01       social_fund                    exceeded        1012500000
H02       good_base_unions               met             81 of 90
H02       flag                           granted
H02       commendation                   granted
H03       agency_conference              not_met         90 of 92
H03       firm_conference_and_agreement  not_met         30 of 40
H04       agency_conference              met             98 of 98
H04       union_coverage                 met             19 of 20
H04       good_base_unions               not_met         112 of 125
H05       firm_conference                met             17 of 20
H05       firm_agreement                 met             17 of 20
H05       firm_conference_and_agreement  not_met         15 of 20
H05       social_fund                    met             215000000
H06       agency_conference              not_met         76 of 78, 1 unknown
H06       union_coverage                 met             38 of 38, 2 unknown
H06       good_base_unions               met             78 of 84, 2 unknown
H07       good_base_unions               met             70 of 77
H07       good_of_all_base_unions        not_met         70 of 79
H07       social_fund                    no_target       118000000
H07       training                       measured        null
H08       agency_conference              undetermined    53 of 55, 2 unknown
H08       good_base_unions               undetermined    52 of 60, 5 unknown
H08       flag                           not_eligible
H08       commendation                   undetermined
H09       union_coverage                 not_met         18 of 19
H09       firm_conference_and_agreement  met             22 of 25
H09       social_fund                    not_met         259999999
N01       union_coverage                 not_applicable  0 of 0
N01       firm_conference_and_agreement  not_applicable  0 of 0
N01       flag                           tied_at_cut
N02       flag                           tied_at_cut
N03       tet                            undetermined    null
N03       commendation                   not_eligible
N04       social_fund                    undetermined    null
N04       flag                           undetermined
N05       firm_conference                met             18 of 20
N05       firm_conference_and_agreement  not_met         16 of 20
N05       commendation                   undetermined
N06       agency_conference              undetermined    21 of 22, 1 unknown
N06       union_coverage                 undetermined    18 of 18, 2 unknown
N07       tet                            undetermined    null
N07       commendation                   granted
N08       agency_conference              not_applicable  0 of 0
N09       union_coverage                 not_applicable  0 of 0
N09       flag                           not_eligible
N09       commendation                   not_eligible
H01       task.programme                 met             1
H01       programme_begun                not_met         2024-08-05
H01       base_programmes                not_met         198 of 210
H01       indicators_at_plan             met             4 of 4
H01       targets_exceeded               not_met         3 of 4
H01       group_targets                  not_met         1 of 2
H03       resolution_studied             met             2024-07-31
H03       indicators_at_plan             met             6 of 6
H03       targets_exceeded               not_met         5 of 6
H04       resolution_studied             not_met         2024-08-01
H04       base_programmes                met             130 of 130
H05       programme_begun                met             2024-07-31
H05       resolution_studied             met             2024-01-01
H06       task.plan                      not_met         0
H06       indicators_at_plan             not_met         5 of 6
H07       task.good_work                 not_met         0
H07       indicators_at_plan             not_applicable  0 of 0
H07       meetings.dialogue              measured        null
H07       members_joined                 measured        null
H08       task.programme                 undetermined    null
H08       resolution_studied             undetermined    null
H08       programme_begun                undetermined    null
H08       base_programmes                undetermined    60 of 63, 3 unknown
H08       group_targets                  undetermined    1 of 2, 1 unknown
H08       spent.houses                   measured        null
H09       task.office_culture            undetermined    null
N03       task.thrift                    not_met         0
N03       people_reached                 measured        null
N06       programme_begun                not_met         none
N06       base_programmes                not_met         41 of 42
N07       task.plan                      undetermined    null
N08       task.good_advice               not_applicable  null
N08       members_gained                 measured        -10
N09       task.plan                      not_met         0
N09       resolution_studied             not_met         2023-12-31
N09       helped.houses                  measured        0
province  everywhere.plan                not_met         15 of 18, 1 unknown
province  everywhere.good_advice         undetermined    16 of 17, 1 unknown
province  everywhere.social_fund         not_met         13 of 17, 1 unknown
province  base_programmes                not_met         1522 of 1558, 3 unknown
province  agency_conference              not_met         1233 of 1244, 4 unknown
province  union_coverage                 met             562 of 578, 5 unknown
province  good_base_unions               met             1384 of 1501, 7 unknown
"""
NOBODY_ELIGIBLE = ("H03", "H06", "H07", "H08")


def self_check(facts):
    """Every planted case is what the README says, and no verdict of a judged day is missing."""
    for line in PLANTED.strip().splitlines():
        unit, item, verdict, *value = line.split(maxsplit=3)
        if (unit, item, "award") in facts:
            assert facts[unit, item, "award"] == verdict, line
            continue
        assert facts[unit, item, "verdict"] == verdict, line
        assert [show(facts[unit, item, "value"])] == value, line
    assert all(facts[unit, "flag", "award"] == "not_eligible" for unit in NOBODY_ELIGIBLE)
    assert facts["N01", "", "score"] == facts["N02", "", "score"] == 100 and facts["N01", "", "tied"]
    verdicts = {value for (_, _, field), value in facts.items() if field == "verdict"}
    assert verdicts == {"met", "exceeded", "not_met", "undetermined", "not_applicable", "no_target", "measured"}, verdicts
    print(f"{len(PLANTED.strip().splitlines())} planted cases hold")
    return 0


def main(arguments):
    as_of = arguments[2] if len(arguments) == 3 else AS_OF
    if len(arguments) not in (2, 3) or as_of > AS_OF:
        print(__doc__.split("\n\n")[1], file=sys.stderr)
        return 2
    facts, nullable = compute(Path(arguments[0]), as_of)
    if arguments[1] == "--print":
        print_all(facts)
        return 0
    if arguments[1] == "--self-check":
        return self_check(facts)
    engine = engine_facts(Path(arguments[1]))
    if as_of != AS_OF:
        engine = {key: value for key, value in engine.items() if key[2] in EARLY}
    return compare(facts, engine, nullable, show)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
