#!/usr/bin/env python3
"""Write the invented data of the Ninh Thuận campaign, byte for byte the same on every Python from 3.9.

    python3 datasets/ninh-thuan-2023/generate.py            rewrite the files of this folder
    python3 datasets/ninh-thuan-2023/generate.py --check    exit 1 if the files differ
    python3 datasets/ninh-thuan-2023/generate.py --out DIR  write into another folder

The base unions of U02 are planted: `plant` says word for word what differs from a union that did everything.
Chance decides the others, and decides only details: how many, which day, done or not.
"""
import sys
from datetime import date
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))
from invented import Chance, main  # noqa: E402

SEED = 20230315
FIRM, STATE = "Doanh nghiệp", "Hành chính, sự nghiệp"
INITIATIVES, MEMBERS, BASE_UNIONS = "01 triệu sáng kiến", "Phát triển đoàn viên", "Thành lập CĐCS"

# Code, name, base unions, of these in firms (percent).
UPPER = [
    ("U01", "LĐLĐ thành phố Phan Rang - Tháp Chàm", 72, 45), ("U02", "LĐLĐ huyện Ninh Sơn", 0, 30),
    ("U03", "LĐLĐ huyện Bác Ái", 36, 8), ("U04", "LĐLĐ huyện Ninh Hải", 40, 25),
    ("U05", "LĐLĐ huyện Ninh Phước", 44, 25), ("U06", "LĐLĐ huyện Thuận Bắc", 28, 20),
    ("U07", "LĐLĐ huyện Thuận Nam", 30, 30), ("U08", "CĐ Viên chức tỉnh", 56, 0),
    ("U09", "CĐ ngành Giáo dục", 34, 0), ("U10", "CĐ ngành Y tế", 14, 7), ("U11", "CĐ các Khu công nghiệp", 18, 100),
]
TASKS = {                                    # the code of a deed and who is asked for it
    "PD": "province upper base", "PT1": "base", "PT2": "base", "PT3": "base", "PT4": "base", "CVD": "state",
    "DN1": "firm", "DN2": "firm", "HC1": "state", "HC2": "state", "QCDC": "base", "CBDH": "province upper base",
    "TT": "province upper base", "CM": "province upper", "KH": "upper base",
}
CONGRESS, REVIEW, MONTH, TET, ANNIVERSARY, DIALOGUE = \
    "Đại hội", "Sơ kết, tổng kết", "Tháng Công nhân", "Chăm lo Tết", "Kỷ niệm", "Đối thoại"
WORK, PRODUCT, PART, FIGURE = "Công trình", "Sản phẩm", "Phần việc", "Chỉ tiêu"
COLLECTIVES, INDIVIDUALS = "Tập thể", "Cá nhân"
CLASSES = ["Tập thể", "Người lao động trực tiếp", "Chuyên môn, nghiệp vụ", "Lãnh đạo, quản lý"]
UP, DOWN = "Tăng", "Giảm"


def d(text):
    return date.fromisoformat(text)


class Unit:
    def __init__(self, code, name, above, kind, sector=None, founded="2008-01-01", closed=None, reported=True):
        self.code, self.name, self.above, self.kind, self.sector = code, name, above, kind, sector
        self.founded, self.closed, self.reported = d(founded), closed and d(closed), reported
        self.rows = {}                       # table: planted rows instead of those of chance

    def asked(self, who):
        words = who.split()
        return self.kind in words or {FIRM: "firm", STATE: "state"}.get(self.sector) in words


# ---------------------------------------------------------------- what is planted

def everything(unit):
    """The rows of a base union that did everything in time, and met its quota of 4 without passing it."""
    return {
        "quotas": [(INITIATIVES, 2023, 4, "118/QĐ-LĐLĐ")],
        "initiatives": initiatives(4),
        "indicators": [("CT1", 2023, UP, 100, 104, "2023-12-20"), ("CT2", 2023, DOWN, 5, 4, "2023-12-20")],
        "deeds": [(task, True, "2023-05-12", f"{n + 10}/BC-CĐCS", None, True) for n, (task, who) in enumerate(TASKS.items())
                  if unit.asked(who)],
        "works": [(WORK, "2023-03-01", "2023-06-10", True)],
        "events": [(CONGRESS, None, "2023-03-22", 60), (REVIEW, "1", "2023-07-06", 25), (REVIEW, "2", "2024-01-09", 30),
                   (MONTH, None, "2023-05-12", 40), (TET, None, "2023-01-12", 35)],
        "pledges": [(COLLECTIVES, "2023-01-16"), (INDIVIDUALS, "2023-01-18")],
        "reports": [("Cấp trên trực tiếp", "2023-07-10", "15/BC-CĐCS")],
    }


def initiatives(valid, late=0, pending=0, refused=0):
    """Initiatives: valid by June, recognised and uploaded in August, pending, refused."""
    return ([("", "2023-02-10", "2022-10-03", "2023-03-01")] * valid + [("", "2023-08-01", "2022-10-03", "2023-08-10")] * late
            + [("", None, "2022-11-07", "2023-04-04")] * pending + [(True, None, "2022-11-07", "2023-04-05")] * refused)


# What of everything() is different, by the number of the union within U02: sector, what, {table: rows}.
PLANTED = [
    (STATE, "quota 12, valid 12, pending 3", {"quotas": [(INITIATIVES, 2023, 12, "118/QĐ-LĐLĐ")], "initiatives": initiatives(12, pending=3, refused=1)}),
    (STATE, "quota 12, valid 13, one of them in August", {"quotas": [(INITIATIVES, 2023, 12, "118/QĐ-LĐLĐ")], "initiatives": initiatives(12, late=1)}),
    (FIRM, "quota 12, valid 13 by June", {"quotas": [(INITIATIVES, 2023, 12, "118/QĐ-LĐLĐ")], "initiatives": initiatives(13)}),
    (STATE, "no quota, five initiatives", {"quotas": [], "initiatives": initiatives(5)}),
    (FIRM, "quotas of another year and another programme", {"quotas": [(INITIATIVES, 2022, 3, "96/QĐ-LĐLĐ"), (MEMBERS, 2023, 6, "120/QĐ-LĐLĐ")]}),
    (STATE, "eight initiatives on and beside the ends of the windows", {"quotas": [(INITIATIVES, 2023, 5, "118/QĐ-LĐLĐ")], "initiatives": [
        ("", "2023-08-20", "2021-08-31", "2022-09-01"), ("", "2023-08-20", "2021-09-01", "2022-09-01"),
        ("", "2023-10-02", "2023-09-01", "2023-08-30"), ("", "2023-10-02", "2023-09-02", "2023-08-30"),
        ("", "2021-12-20", "2021-11-01", "2022-01-07"), ("", "2021-12-20", "2021-11-01", "2022-01-08"),
        ("", "2023-08-20", "2022-11-01", "2023-09-01"), ("", "2023-08-20", "2022-11-01", "2023-09-02")]}),
    (STATE, "two days of application not given", {"initiatives": initiatives(3) + [("", "2023-02-10", None, "2023-03-01")] * 2}),
    (FIRM, "a quota of nought", {"quotas": [(INITIATIVES, 2023, 0, "118/QĐ-LĐLĐ")], "initiatives": []}),
    (STATE, "every indicator exactly at its plan", {"indicators": [("CT1", 2023, UP, 100, 100, "2023-12-20"), ("CT2", 2023, DOWN, 5, 5, "2023-12-20"), ("CT1", 2022, UP, 90, 80, "2022-12-20")]}),
    (STATE, "one indicator missed, the others far beyond", {"indicators": [("CT1", 2023, UP, 1000, 999, "2023-12-20"), ("CT2", 2023, DOWN, 5, 3, "2023-12-20"), ("CT3", 2023, UP, 100, 140, "2023-12-20")]}),
    (STATE, "one figure not given", {"indicators": [("CT1", 2023, UP, 100, 110, "2023-12-20"), ("CT2", 2023, DOWN, 5, None, "2023-12-20")]}),
    (FIRM, "a firm that missed one indicator", {"indicators": [("CT1", 2023, UP, 1000, 999, "2023-12-20"), ("CT2", 2023, DOWN, 5, 3, "2023-12-20")]}),
    (STATE, "a plan of no accident, kept; one figure closed in January", {"indicators": [("CT1", 2023, UP, 100, 101, "2023-12-20"), ("CT2", 2023, DOWN, 0, 0, "2024-01-05")]}),
    (STATE, "registered on the last day", {"works": [(PART, "2023-03-15", "2023-05-15", True)]}),
    (STATE, "registered one day late, and completed", {"works": [(PART, "2023-03-16", "2023-05-15", True)]}),
    (FIRM, "registered, not completed", {"works": [(PRODUCT, "2023-03-10", None, None)]}),
    (STATE, "completed before it was registered", {"works": [(WORK, "2023-03-14", "2023-03-13", True)]}),
    (STATE, "registered a figure only", {"works": [(FIGURE, "2023-03-10", "2023-11-20", True)]}),
    (FIRM, "nothing registered", {"works": []}),
    (STATE, "completed on the last day of the year, not assessed", {"works": [(WORK, "2023-03-10", "2023-12-31", None)]}),
    (STATE, "completed on the day after", {"works": [(WORK, "2023-03-10", "2024-01-01", True)]}),
    (FIRM, "congress on the last day of the round", {CONGRESS: [(CONGRESS, None, "2023-06-30", 55)]}),
    (STATE, "congress on the day after", {CONGRESS: [(CONGRESS, None, "2023-07-01", 48)]}),
    (FIRM, "no congress", {CONGRESS: []}),
    (STATE, "first review on the last day of the round, which is not after it", {REVIEW: [(REVIEW, "1", "2023-06-30", 20), (REVIEW, "2", "2023-12-31", 20)]}),
    (STATE, "reviews on the first days after the rounds", {REVIEW: [(REVIEW, "1", "2023-07-01", 20), (REVIEW, "2", "2024-01-01", 20)]}),
    (FIRM, "no review", {REVIEW: []}),
    (STATE, "form of evidence not sent", {"reported": False, "deeds": []}),
    (STATE, "form sent empty", {"deeds": []}),
    (FIRM, "done, with neither document nor address", {"PT1": (True, "2023-05-12", None, None, False)}),
    (STATE, "whether it was done is not said", {"CVD": (None, "2023-05-12", "21/BC-CĐCS", None, None)}),
    (STATE, "done, with an address and no day", {"HC1": (True, None, None, "congdoan.example/hc1", True)}),
    (FIRM, "done on the last day of the year before", {"DN2": (True, "2022-12-31", "88/BC-CĐCS", None, True)}),
    (FIRM, "done on the first day of the year, seen at an address", {"DN2": (True, "2023-01-01", None, "congdoan.example/dn2", True)}),
    (STATE, "not done", {"PT4": (False, None, None, None, None)}),
    (FIRM, "activities on the day before and the day after the month", {MONTH: [(MONTH, None, "2023-04-30", 30), (MONTH, None, "2023-06-01", 30)]}),
    (FIRM, "activities on the first and the last day of the month", {MONTH: [(MONTH, None, "2023-05-01", 30), (MONTH, None, "2023-05-31", 30)]}),
    (STATE, "care for the Tết to come", {TET: [(TET, None, "2023-12-28", 30)]}),
    (STATE, "care in the year before", {TET: [(TET, None, "2022-12-31", 30)]}),
    (STATE, "pledges on the last day of the quarter and the day after", {"pledges": [(COLLECTIVES, "2023-03-31"), (INDIVIDUALS, "2023-04-01")]}),
    (FIRM, "a pledge between collectives only", {"pledges": [(COLLECTIVES, "2023-02-14")]}),
    (STATE, "no report", {"reports": []}),
    (FIRM, "figure of March closed, the rest pending", {"indicators": [("CT1", 2023, UP, 10, 12, "2023-03-31"), ("CT2", 2023, DOWN, 3, 1, None)]}),
    (STATE, "completed on the day it was registered", {"works": [(WORK, "2023-03-14", "2023-03-14", True)]}),
    (STATE, "did everything and more: beyond quota by June", {"initiatives": initiatives(6)}),
]
FOUNDED = [("2023-03-15", FIRM), ("2023-03-16", FIRM), ("2023-06-30", FIRM), ("2023-07-01", FIRM), ("2024-01-01", FIRM)]


def plant():
    units = []
    for number, (sector, _, different) in enumerate(PLANTED, 1):
        unit = Unit(f"B02{number:02}", f"CĐCS số {number:02} thuộc U02", "U02", "base", sector)
        rows, different = everything(unit), dict(different)
        unit.reported = different.pop("reported", True)
        for what, instead in different.items():
            if what in TASKS:
                rows["deeds"] = [(what, *instead) if row[0] == what else row for row in rows["deeds"]]
            elif what in rows:
                rows[what] = instead
            else:
                rows["events"] = [row for row in rows["events"] if row[0] != what] + instead
        unit.rows = rows
        units.append(unit)
    for at, (day, sector) in enumerate(FOUNDED, 1):           # founded in the year: nothing of it is planned or due before
        unit = Unit(f"B029{at}", f"CĐCS mới số {at} thuộc U02", "U02", "base", sector, founded=day)
        unit.rows = {table: [] for table in everything(unit)}
        units.append(unit)
    closed = Unit("B0299", "CĐCS đã giải thể thuộc U02", "U02", "base", FIRM, closed="2023-10-01")
    closed.rows = everything(closed)
    return units + [closed]


# ---------------------------------------------------------------- what chance makes

def all_units():
    r = Chance(SEED)
    units = [Unit("T", "LĐLĐ tỉnh Ninh Thuận", None, "province", founded="1992-04-01")]
    units += [Unit(code, name, "T", "upper", founded="1993-01-01") for code, name, *_ in UPPER]
    for code, _, size, firms in UPPER:
        for number in range(1, size + 1):
            sector = FIRM if r.yes(firms) else STATE
            founded = r.day(date(1996, 1, 1), date(2022, 11, 30)).isoformat()
            units.append(Unit(f"B{code[1:]}{number:02}", f"CĐCS số {number:02} thuộc {code}", code, "base", sector, founded,
                              reported=r.yes(98)))
    return units + plant()


def quota_rows(units, r):
    sizes = {code: size or len(PLANTED) for code, _, size, _ in UPPER}
    yield "T", INITIATIVES, 2023, 1500, "05/QĐ-TLĐ"
    yield "T", MEMBERS, 2023, 900, "05/QĐ-TLĐ"
    yield "T", BASE_UNIONS, 2023, 9, "05/QĐ-TLĐ"
    for unit in units:
        if unit.kind == "upper" and unit.code != "U11":       # the union of the industrial parks was assigned nothing
            size = sizes[unit.code]
            yield unit.code, INITIATIVES, 2023, size * 4, "118/QĐ-LĐLĐ"
            yield unit.code, INITIATIVES, 2022, size * 3, "96/QĐ-LĐLĐ"
            yield unit.code, MEMBERS, 2023, size + 20, "120/QĐ-LĐLĐ"
            if unit.code in ("U01", "U02", "U05"):
                yield unit.code, BASE_UNIONS, 2023, 3, "121/QĐ-LĐLĐ"
        elif unit.kind == "base" and not unit.rows and r.yes(86):
            yield unit.code, INITIATIVES, 2023, 2 + r.below(5), f"{unit.above[1:]}/QĐ-CĐ"
        for row in unit.rows.get("quotas", []):
            yield unit.code, *row


def initiative_rows(units, r):
    rows = []
    for unit in units:
        if "initiatives" in unit.rows:
            rows += [(unit.code, *row) for row in unit.rows["initiatives"]]
            continue
        for _ in range(r.below(4) + r.below(5) + r.below(3) if unit.kind == "base" else r.below(6)):
            applied = r.day(date(2021, 9, 1), date(2023, 5, 31))
            recognised = r.day(max(applied, date(2022, 1, 10)), date(2023, 8, 20)) if r.yes(91) else None
            uploaded = r.day(recognised or date(2023, 3, 1), date(2023, 9, 8)) if r.yes(96) else None
            rows.append((unit.code, True if recognised is None and r.yes(30) else "", recognised, applied, uploaded))
    for number, row in enumerate(rows, 1):
        yield f"SK{number:04}", *row


def indicator_rows(units, r):
    for unit in units:
        if "indicators" in unit.rows:
            for code, year, better, plan, actual, closed in unit.rows["indicators"]:
                yield f"{unit.code}-{code}-{year}", unit.code, year, better, plan, actual, closed, None
        elif unit.kind != "province":
            for number in range(1, 3 + r.below(3)):
                better = DOWN if r.yes(25) else UP
                plan = 20 + r.below(180) if better == UP else 2 + r.below(9)
                change = r.below(plan // 8 + 2) if r.yes(93) else -1 - r.below(plan // 10 + 1)
                actual = max(0, plan + (change if better == UP else -change))
                yield (f"{unit.code}-CT{number}-2023", unit.code, 2023, better, plan, actual,
                       r.day(date(2023, 11, 20), date(2024, 1, 15)) if r.yes(98) else None, r.pick([None, None, 2, 3]))


def deed_rows(units, r):
    for unit in units:
        if "deeds" in unit.rows:
            for row in unit.rows["deeds"]:
                yield unit.code, *row
            continue
        for number, (task, who) in enumerate(TASKS.items()):
            if not unit.asked(who) or not unit.reported:
                continue
            if r.yes(97):
                day = r.day(date(2023, 1, 10), date(2023, 11, 30))
                address = f"congdoan.example/{unit.code.lower()}/{task.lower()}" if r.yes(30) else None
                paper = f"{1 + r.below(90)}/BC-CĐ" if address is None or r.yes(50) else None
                yield unit.code, task, True, day, paper, address, r.pick([True, True, True, True, False, None])
            elif r.yes(60):
                yield unit.code, task, False, None, None, None, None


def work_rows(units, r):
    rows = []
    for unit in units:
        if "works" in unit.rows:
            rows += [(unit.code, *row) for row in unit.rows["works"]]
        elif unit.kind == "base":
            sure = unit.above == "U10"                        # there every base union completed one
            for _ in range((1 + r.below(2)) if sure or r.yes(97) else 0):
                registered = r.day(date(2023, 2, 1), date(2023, 3, 15) if sure or r.yes(90) else date(2023, 5, 10))
                done = r.day(date(2023, 5, 12), date(2023, 6, 28) if r.yes(75) else date(2023, 12, 15)) if sure or r.yes(95) else None
                kind = r.pick([WORK, PRODUCT, PART, PART]) if sure or r.yes(96) else FIGURE
                rows.append((unit.code, kind, registered, done, r.pick([True, True, True, False, None]) if done else None))
    for number, row in enumerate(rows, 1):
        yield f"DK{number:04}", *row


def event_rows(units, r):
    for unit in units:
        if "events" in unit.rows:
            for row in unit.rows["events"]:
                yield unit.code, *row
            continue

        def people():
            return 12 + r.below(90)

        if unit.kind == "province":
            yield unit.code, CONGRESS, None, d("2023-10-12"), 220
        elif unit.kind == "upper":
            yield unit.code, CONGRESS, None, r.day(date(2023, 5, 4), date(2023, 6, 29)), people()
        elif r.yes(98):
            yield unit.code, CONGRESS, None, r.day(date(2023, 2, 8), date(2023, 6, 30)), people()
        if r.yes(97):
            yield unit.code, REVIEW, "1", r.day(date(2023, 7, 3), date(2023, 8, 20)), people()
        if r.yes(90):
            yield unit.code, REVIEW, "2", r.day(date(2024, 1, 2), date(2024, 2, 6)), people()
        if r.yes(98):
            yield unit.code, MONTH, None, r.day(date(2023, 5, 1), date(2023, 5, 31)), people()
        if r.yes(98):
            yield unit.code, TET, None, r.day(date(2023, 1, 3), date(2023, 1, 19)), people()
        for _ in range(r.below(3)):
            yield unit.code, ANNIVERSARY, None, r.pick([r.day(date(2023, 5, 10), date(2023, 6, 12)), r.day(date(2023, 7, 20), date(2023, 9, 5))]), people()
        if r.yes(35):
            yield unit.code, DIALOGUE, None, r.day(date(2023, 3, 1), date(2023, 11, 30)), people()


def pledge_rows(units, r):
    for unit in units:
        if "pledges" in unit.rows:
            for row in unit.rows["pledges"]:
                yield unit.code, *row
        elif unit.kind != "province":
            for between in [COLLECTIVES] + [INDIVIDUALS] * (unit.kind == "base"):
                if r.yes(97):
                    yield unit.code, between, r.day(date(2023, 1, 3), date(2023, 1, 31) if r.yes(94) else date(2023, 3, 31))


def entrant_rows(units, r):
    planted = [                                               # contest, registered, done, effective, commended
        (True, "2022-11-10", "2022-11-10", True, "2023-12-20"), (True, "2022-11-10", "2022-11-09", True, None),
        (False, None, "2023-04-04", True, None), (True, "2023-01-05", None, None, None),
        (True, "2023-01-05", "2023-06-01", False, None), (True, "2023-01-05", "2023-06-01", None, None),
        (None, "2023-02-01", "2023-07-01", True, None),
    ]
    rows = [("B0201", *row) for row in planted]
    for unit in units:
        if unit.kind == "base" and not unit.rows and r.yes(32):
            registered = r.day(date(2022, 9, 5), date(2023, 4, 28))
            done = r.day(registered, date(2023, 12, 10)) if r.yes(90) else None
            effective = done and r.pick([True, True, True, True, False, None])
            rows.append((unit.code, r.yes(60), registered, done, effective,
                         r.day(max(done, date(2023, 7, 1)), date(2024, 1, 20)) if effective and r.yes(70) else None))
    for number, row in enumerate(rows, 1):
        yield f"CN{number:03}", *row


def commendation_rows(units, r):
    planted = [(CLASSES[1], "1", "2023-06-30", True), (CLASSES[1], "1", "2023-07-01", True), (CLASSES[0], "1", "2023-07-02", False),
               (CLASSES[3], "2", "2023-12-31", None), (CLASSES[2], "2", "2024-01-01", True)]
    for row in planted:
        yield "B0201", *row
    yield "B0202", None, "1", "2023-07-05", True              # whom it went to is not said
    for unit in units:
        if unit.kind != "province" and not unit.rows:
            for _ in range(r.below(3)):
                first = r.yes(50)
                day = r.day(date(2023, 7, 3), date(2023, 8, 31)) if first else r.day(date(2024, 1, 2), date(2024, 1, 30))
                yield unit.code, r.pick([CLASSES[0], CLASSES[0], *CLASSES[1:], CLASSES[1]]), "1" if first else "2", day, r.yes(55)


def member_rows(units, r):
    yield "B0201", "2022-12-31", 50
    yield "B0201", "2023-01-01", 3
    yield "B0202", "2023-12-31", 4
    yield "B0202", "2024-01-01", 60
    yield "B0203", "2023-09-30", None                         # a report without its number
    for unit in units:
        if unit.kind == "base" and not unit.rows and r.yes(45):
            yield unit.code, r.pick(["2023-03-31", "2023-06-30", "2023-09-30", "2023-12-31"]), 1 + r.below(14 if unit.sector == FIRM else 5)


def report_rows(units, r):
    for unit in units:
        if "reports" in unit.rows:
            for row in unit.rows["reports"]:
                yield unit.code, *row
        elif unit.kind == "upper":
            if unit.code == "U06":                            # it reported, but not to the province
                yield unit.code, "Nơi khác", "2023-07-12", "31/BC-LĐLĐ"
                continue
            for day in ("2023-07-14", "2024-01-16"):
                yield unit.code, "LĐLĐ tỉnh", day, f"{20 + r.below(60)}/BC-CĐ"
        elif unit.kind == "base" and r.yes(96):
            yield unit.code, "Cấp trên trực tiếp", r.day(date(2023, 6, 20), date(2023, 12, 20)), f"{1 + r.below(40)}/BC-CĐCS"


KINDS = {"province": "Tỉnh", "upper": "Trên cơ sở", "base": "Cơ sở"}


def tables():
    units = all_units()

    def rows(number, of):
        return list(of(units, Chance(SEED + number)))

    return {
        "units.csv": (["Mã đơn vị", "Tên đơn vị", "Mã cấp trên", "Cấp", "Khối", "Ngày thành lập", "Ngày giải thể", "Đã gửi biểu minh chứng"],
                      [(u.code, u.name, u.above, KINDS[u.kind], u.sector, u.founded, u.closed, u.reported) for u in units]),
        "quotas.csv": (["Mã đơn vị", "Chương trình", "Năm", "Chỉ tiêu giao", "Số quyết định"], rows(1, quota_rows)),
        "initiatives.csv": (["Mã sáng kiến", "Mã đơn vị", "Không được công nhận", "Ngày công nhận", "Ngày áp dụng", "Ngày cập nhật"], rows(2, initiative_rows)),
        "indicators.csv": (["Mã dòng", "Mã đơn vị", "Năm", "Chiều", "Kế hoạch", "Thực hiện", "Ngày chốt số liệu", "Trọng số"], rows(3, indicator_rows)),
        "deeds.csv": (["Mã đơn vị", "Mã việc", "Đã làm", "Ngày", "Số văn bản", "Địa chỉ minh chứng", "Cấp trên đã xác nhận"], rows(4, deed_rows)),
        "works.csv": (["Mã đăng ký", "Mã đơn vị", "Loại", "Ngày LĐLĐ tỉnh nhận đăng ký", "Ngày hoàn thành", "Có hiệu quả"], rows(5, work_rows)),
        "events.csv": (["Mã đơn vị", "Loại", "Đợt", "Ngày tổ chức", "Số người"], rows(6, event_rows)),
        "pledges.csv": (["Mã đơn vị", "Giao ước giữa", "Ngày ký"], rows(7, pledge_rows)),
        "entrants.csv": (["Mã người đăng ký", "Mã đơn vị", "Dự Hội thi Sáng tạo kỹ thuật", "Ngày đăng ký", "Ngày thực hiện xong", "Có hiệu quả", "Ngày khen thưởng"], rows(8, entrant_rows)),
        "commendations.csv": (["Mã đơn vị", "Đối tượng", "Đợt", "Ngày khen", "Đã tuyên truyền gương"], rows(9, commendation_rows)),
        "member_changes.csv": (["Mã đơn vị", "Ngày báo cáo", "Kết nạp mới"], rows(10, member_rows)),
        "reports.csv": (["Mã đơn vị", "Nơi nhận", "Ngày gửi", "Số văn bản"], rows(11, report_rows)),
    }


if __name__ == "__main__":
    sys.exit(main(tables(), Path(__file__).resolve().parent))
