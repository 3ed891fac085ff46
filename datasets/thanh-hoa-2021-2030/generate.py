#!/usr/bin/env python3
"""Write the invented data of the Thanh Hoá movement, byte for byte the same on every Python from 3.9.

    python3 datasets/thanh-hoa-2021-2030/generate.py            rewrite the CSV files of this folder
    python3 datasets/thanh-hoa-2021-2030/generate.py --check    exit 1 if they differ

Chance fills in what nobody looks at. What a case needs stands word for word in the tables named after the file that
they change (LETTERS, LAUNCHES, …); README.md says what comes of it.
"""
import sys
from dataclasses import dataclass, field
from datetime import date, timedelta
from pathlib import Path

HERE = Path(__file__).resolve().parent
sys.path.insert(0, str(HERE.parents[0]))
from invented import Chance, main  # noqa: E402

chance = Chance(20210225)
YEARS = range(2021, 2026)
LAST_DAY = date(2025, 12, 31)                      # the figures describe this day
MERGER = date(2025, 1, 1)                          # Đông Sơn becomes part of the city
DISSOLVED = date(2025, 7, 1)                       # from this day there are no district unions
UPPER, DIRECT, BASE = "CĐ cấp trên trực tiếp cơ sở", "CĐCS trực thuộc tỉnh", "CĐCS"
OFFICE, FIRM = "HCSN", "DN"
BEFORE = timedelta(days=1)

# ── who there is ─────────────────────────────────────────────────────────────────────────────────────────────────

# Code, name, base unions of offices and schools, base unions of firms.
DISTRICTS = [
    ("H01", "LĐLĐ thành phố Thanh Hoá", 26, 20), ("H02", "LĐLĐ thành phố Sầm Sơn", 16, 8),
    ("H03", "LĐLĐ thị xã Bỉm Sơn", 12, 13), ("H04", "LĐLĐ thị xã Nghi Sơn", 20, 9),
    ("H05", "LĐLĐ huyện Đông Sơn", 11, 6), ("H06", "LĐLĐ huyện Hà Trung", 17, 7),
    ("H07", "LĐLĐ huyện Nga Sơn", 18, 6), ("H08", "LĐLĐ huyện Hậu Lộc", 17, 6),
    ("H09", "LĐLĐ huyện Hoằng Hoá", 24, 9), ("H10", "LĐLĐ huyện Quảng Xương", 20, 7),
    ("H11", "LĐLĐ huyện Nông Cống", 19, 6), ("H12", "LĐLĐ huyện Triệu Sơn", 20, 6),
    ("H13", "LĐLĐ huyện Thọ Xuân", 22, 8), ("H14", "LĐLĐ huyện Yên Định", 19, 7),
    ("H15", "LĐLĐ huyện Thiệu Hoá", 16, 5), ("H16", "LĐLĐ huyện Vĩnh Lộc", 12, 4),
    ("H17", "LĐLĐ huyện Thạch Thành", 17, 5), ("H18", "LĐLĐ huyện Cẩm Thuỷ", 14, 4),
    ("H19", "LĐLĐ huyện Ngọc Lặc", 16, 5), ("H20", "LĐLĐ huyện Như Thanh", 13, 3),
    ("H21", "LĐLĐ huyện Như Xuân", 12, 3), ("H22", "LĐLĐ huyện Thường Xuân", 14, 3),
    ("H23", "LĐLĐ huyện Lang Chánh", 10, 2), ("H24", "LĐLĐ huyện Bá Thước", 15, 2),
    ("H25", "LĐLĐ huyện Quan Hoá", 12, 1), ("H26", "LĐLĐ huyện Quan Sơn", 11, 1),
    ("H27", "LĐLĐ huyện Mường Lát", 9, 0),
]
SECTORS = [
    ("N01", "CĐ Viên chức tỉnh", 40, 0), ("N02", "CĐ Khu kinh tế Nghi Sơn và các khu công nghiệp", 0, 46),
    ("N03", "CĐ ngành Giáo dục", 38, 0), ("N04", "CĐ ngành Y tế", 24, 2),
    ("N05", "CĐ ngành Công Thương", 4, 22), ("N06", "CĐ ngành Nông nghiệp và Phát triển nông thôn", 12, 9),
    ("N07", "CĐ ngành Xây dựng", 2, 17), ("N08", "CĐ ngành Giao thông vận tải", 3, 12),
    ("N09", "CĐ ngành Văn hoá, Thể thao và Du lịch", 11, 3),
]
DIRECT_UNIONS = 22
BOARDS = ["TGNC", "CSPL", "TC", "TCH", "UBKT", "VP"]
DEPARTMENTS = [
    ("TGNC", "Ban Tuyên giáo – Nữ công", "Ban", False, None),
    ("CSPL", "Ban Chính sách, pháp luật và Quan hệ lao động", "Ban", False, None),
    ("TC", "Ban Tổ chức", "Ban", False, None), ("TCH", "Ban Tài chính", "Ban", False, None),
    ("UBKT", "Văn phòng Uỷ ban Kiểm tra", "Ban", False, None), ("VP", "Văn phòng", "Ban", False, None),
    ("NVH", "Nhà Văn hoá Lao động", "Đơn vị trực thuộc", True, date(2021, 3, 15)),
    ("NN", "Nhà nghỉ Công đoàn", "Đơn vị trực thuộc", True, None),                       # an office and no slogan
    ("TVPL", "Trung tâm Tư vấn pháp luật", "Đơn vị trực thuộc", False, None),            # no office of its own
    ("DN", "Trung tâm Giới thiệu việc làm", "Đơn vị trực thuộc", "", date(2021, 4, 2)),  # nobody has said whether it has one
]


@dataclass
class Union:
    code: str
    name: str
    sector: str
    founded: date
    lives: list = field(default_factory=list)          # (kind, above, supervisor, from, to, what became of it)
    own_office: object = False

    def at(self, day):
        return next((life for life in self.lives if life[3] <= day and (life[4] is None or day <= life[4])), None)

    def end(self, last, why):
        kind, above, supervisor, start, _, _ = self.lives.pop()
        self.lives.append((kind, above, supervisor, start, last, why))

    def move(self, day, kind, above, supervisor, why):
        self.end(day - BEFORE, why)
        self.lives.append((kind, above, supervisor, day, None, ""))


def founded():
    return chance.day(date(1996, 1, 1), date(2019, 12, 31))


unions = {}


def add(code, name, kind, above, supervisor, sector, day, own_office=False):
    unions[code] = Union(code, name, sector, day, [(kind, above, supervisor, day, None, "")], own_office)


NO_OFFICE = {"N07": False, "N08": False, "N09": "", "H27": False}
for at, (code, name, _, _) in enumerate(DISTRICTS + SECTORS):
    add(code, name, UPPER, None, BOARDS[at % len(BOARDS)], "", date(1996, 1, 1), NO_OFFICE.get(code, True))
for at in range(DIRECT_UNIONS):
    add(f"T{at + 1:02}", f"CĐCS trực thuộc số {at + 1:02}", DIRECT, None, BOARDS[at % len(BOARDS)],
        OFFICE if at < 9 else FIRM, founded(), True)
unions["T22"].lives[0] = (DIRECT, None, None, unions["T22"].founded, None, "")              # in nobody's charge
for above, _, offices, firms in DISTRICTS + SECTORS:
    for at in range(offices + firms):
        code = f"CS{len(unions) - len(DISTRICTS) - len(SECTORS) - DIRECT_UNIONS + 1:04}"
        add(code, f"CĐCS số {code[2:]}", BASE, above, None, OFFICE if at < offices else FIRM, founded())


def base_of(above, day=date(2021, 4, 30)):
    return [union for union in unions.values() if (life := union.at(day)) and life[0] == BASE and life[1] == above]


# What happens to them. First what cases need, by code; then, by chance, to others.
first = {above: base_of(above)[0].code for above, _, offices, firms in DISTRICTS + SECTORS}
named = set(first.values())
for above, day in (("H01", date(2021, 4, 30)), ("H01", date(2021, 5, 1)), ("N02", date(2021, 6, 15)), ("N02", date(2023, 3, 1))):
    code = f"CS{len(unions) - len(DISTRICTS) - len(SECTORS) - DIRECT_UNIONS + 1:04}"
    add(code, f"CĐCS số {code[2:]}", BASE, above, None, FIRM, day)
    named.add(code)
add("T23", "CĐCS trực thuộc số 23", DIRECT, None, "CSPL", FIRM, date(2021, 3, 6), True)       # on the day by which plans were due
add("T24", "CĐCS trực thuộc số 24", DIRECT, None, "CSPL", FIRM, date(2025, 3, 3), True)       # not a year old at the end of 2025
unions["T21"].end(date(2023, 6, 30), "Doanh nghiệp giải thể")
spare = [union for union in unions.values() if union.lives[0][0] == BASE and union.code not in named]
moved_early = next(union for union in base_of("H07") if union.sector == FIRM)
moved_early.move(date(2022, 7, 1), BASE, "N02", None, "Chuyển về N02")
for union in spare:
    if union is moved_early:
        continue
    if chance.yes(2):
        union.end(chance.day(date(2021, 7, 1), date(2024, 12, 31)), "Kết thúc hoạt động")
    elif chance.yes(1):
        into = chance.pick(base_of(union.lives[0][1]))
        union.end(date(2022, 12, 31), f"Sáp nhập vào {into.code}" if into is not union else "Kết thúc hoạt động")
for at in range(40):                                                                          # unions founded under way
    above = chance.pick([code for code, *_ in DISTRICTS[:20] + SECTORS[1:]])
    code = f"CS{len(unions) - len(DISTRICTS) - len(SECTORS) - DIRECT_UNIONS - 2 + 1:04}"
    add(code, f"CĐCS số {code[2:]}", BASE, above, None, FIRM, chance.day(date(2021, 7, 1), date(2024, 10, 31)))
for union in list(unions.values()):
    life = union.at(MERGER)
    if life and life[1] == "H05":
        union.move(MERGER, BASE, "H01", None, "Chuyển về H01")
unions["H05"].end(MERGER - BEFORE, "Sáp nhập vào H01")
for at, union in enumerate(list(unions.values())):
    life = union.at(DISSOLVED)
    if life and life[0] == BASE and life[1].startswith("H"):
        if union.sector == FIRM:
            union.move(DISSOLVED, DIRECT, None, BOARDS[at % len(BOARDS)], "Chuyển về LĐLĐ tỉnh")
        else:
            union.end(DISSOLVED - BEFORE, "Kết thúc hoạt động")
for code, *_ in DISTRICTS:
    if code != "H05":
        unions[code].end(DISSOLVED - BEFORE, "Kết thúc hoạt động")

at_start = [union for union in unions.values() if union.at(date(2021, 4, 30))]
leading = [union for union in unions.values() if union.lives[0][0] != BASE]                   # upper and direct from the first
number = {}


def paper(code, year, sort):
    """The number of a paper."""
    number[code, year] = number.get((code, year), 0) + 1
    return f"{number[code, year]:02}/{sort}-{code}"


# ── set going in 2021 ────────────────────────────────────────────────────────────────────────────────────────────

# Code: day of issue, targets, whether the committee was advised; None: no plan.
PLANS = {"H20": (date(2021, 3, 2), 0, True), "H21": None, "H22": (date(2021, 3, 3), 6, ""), "H23": (date(2021, 3, 4), 5, False),
         "T12": (date(2021, 4, 30), 4, True), "T13": (date(2021, 5, 2), 4, True)}
# Code: (to the propaganda department, to the department in charge), each (how, day) or None.
LETTER, MAIL, BY_HAND = "Công văn", "Thư điện tử", "Nộp trực tiếp"
LETTERS = {
    "H02": [(LETTER, date(2021, 3, 5)), (LETTER, date(2021, 3, 5))],       # the last day
    "H03": [(LETTER, date(2021, 3, 6)), (LETTER, date(2021, 3, 5))],       # the day itself, a Saturday
    "H04": [(LETTER, date(2021, 3, 8)), (LETTER, date(2021, 3, 8))],       # the Monday after
    "H06": [(MAIL, date(2021, 3, 4)), (LETTER, date(2021, 3, 4))],         # by mail only
    "H09": [(LETTER, date(2021, 3, 9)), (LETTER, date(2021, 3, 3))],       # the Tuesday after
    "H10": [(LETTER, date(2021, 3, 4)), None],                             # to one of the two
    "H11": [(LETTER, None), (LETTER, date(2021, 3, 5))],                   # no day was written down
    "H12": [(BY_HAND, date(2021, 3, 3)), (LETTER, date(2021, 3, 3))],
    "T03": [(LETTER, date(2021, 3, 6)), (LETTER, date(2021, 3, 6))],
    "T08": [(LETTER, date(2021, 3, 8)), (LETTER, date(2021, 3, 5))],       # the Monday after, to one of the two
    "T23": [None, None],
}
# Code: held on, pledge signed on, registrations; None: none was held.
LAUNCHES = {
    "H02": (date(2021, 3, 31), date(2021, 3, 31), 1),                      # the last day
    "H03": (date(2021, 4, 1), date(2021, 4, 1), 24),                       # one day late
    "H04": (date(2021, 2, 26), date(2021, 2, 26), 31),                     # before the month began
    "H14": (date(2021, 3, 20), date(2021, 3, 22), 18),                     # the pledge two days later
    "H15": (date(2021, 3, 18), None, 0),                                   # no pledge, no registration
    "H16": (date(2021, 3, 19), date(2021, 3, 19), None),                   # registrations not reported
    "H17": None,
    "N02": (date(2021, 3, 1), date(2021, 3, 1), 46),                       # the first day of the month
    "N06": (date(2021, 3, 15), date(2021, 3, 18), 20),                     # the pledge three days later
    "T01": (date(2021, 4, 30), date(2021, 4, 30), 40),                     # the last day, a holiday
    "T02": (date(2021, 5, 1), date(2021, 5, 1), 12),
    "T04": (date(2021, 3, 31), date(2021, 3, 31), 15),                     # before its month
    first["H01"]: (date(2021, 4, 30), date(2021, 4, 30), 9),
    first["H02"]: (date(2021, 5, 4), date(2021, 5, 4), 7),                 # the working day after the holidays
    first["N01"]: None,
}
ON_TIME = {"H01", "H24", "N03", "N05"}                                     # all their base unions launched and planned in time

plans, letters, launches = [], [], []
for union in unions.values():
    kind, above, supervisor, start, *_ = union.lives[0]
    late_comer = union not in at_start
    planned = PLANS.get(union.code, ())
    if planned == () and (above in ON_TIME or kind != BASE or not chance.yes(3)):
        day = (start + timedelta(days=20 + chance.below(60)) if late_comer else
               chance.day(date(2021, 2, 26), date(2021, 3, 5)) if kind != BASE else chance.day(date(2021, 3, 8), date(2021, 4, 23)))
        advised = True if kind != BASE or not chance.yes(4) else "" if chance.yes(40) else False
        planned = day, 3 + chance.below(9), advised
    if planned:
        plans.append((union.code, paper(union.code, 2021, "KH"), *planned))
    held = LAUNCHES.get(union.code, ())
    if held == ():
        if late_comer:
            day = start + timedelta(days=30 + chance.below(90))
        elif kind == UPPER:
            day = chance.day(date(2021, 3, 8), date(2021, 3, 30))
        else:
            day = chance.day(date(2021, 4, 5), date(2021, 4, 29))
            if kind == BASE and above not in ON_TIME:
                kept = chance.below(100)
                day = (chance.day(date(2021, 3, 20), date(2021, 3, 31)) if kept < 5 else
                       chance.day(date(2021, 5, 2), date(2021, 6, 20)) if kept < 8 else None if kept < 9 else day)
        pledged = day if day and (kind != BASE or not chance.yes(4)) else None
        held = (day, pledged, 3 + chance.below(40)) if day else None
    if held:
        launches.append((union.code, paper(union.code, 2021, "BC"), *held))
for union in leading:
    kind, _, supervisor, start, *_ = union.lives[0]
    usual = [(LETTER, chance.day(date(2021, 2, 26), date(2021, 3, 5))) for _ in range(2)]
    for to, sent in zip(("TGNC", supervisor), LETTERS.get(union.code, usual if start < date(2021, 3, 6) else [])):
        if sent and to:
            letters.append((union.code, to, sent[0], paper(union.code, 2021, "CV"), sent[1]))

CLUSTERS = [("C1", "Cụm thi đua số 1", [code for code, *_ in DISTRICTS[:9]]),
            ("C2", "Cụm thi đua số 2", [code for code, *_ in DISTRICTS[9:18]]),
            ("C3", "Cụm thi đua số 3", [code for code, *_ in DISTRICTS[18:]]),
            ("C4", "Cụm thi đua các ngành", [code for code, *_ in SECTORS]),
            ("C5", "Cụm thi đua CĐCS trực thuộc số 1", [f"T{at:02}" for at in range(1, 12)]),
            ("C6", "Cụm thi đua CĐCS trực thuộc số 2", [f"T{at:02}" for at in range(12, 23)])]
UNASSIGNED, ASSIGNED = {"H18", "T15"}, {"H27": date(2021, 3, 31), "N09": date(2021, 4, 1)}
clusters, members = [], []
for code, name, inside in CLUSTERS:
    last = DISSOLVED - BEFORE if inside[0].startswith("H") else None
    clusters.append((code, name, date(2021, 1, 15), last))
    for unit in inside:
        day = None if unit in UNASSIGNED else ASSIGNED.get(unit) or chance.day(date(2021, 3, 3), date(2021, 3, 29))
        to = unions[unit].lives[-1][4]
        members.append((code, unit, date(2021, 1, 15), to, day, paper(code, 2021, "TB") if day else ""))

projects = []
for at in range(38):
    owner = ("N02", "H04", "H01", "N07", "N05", "T10", "H13", "N08", "N06")[at % 9]
    opened = chance.day(date(2021, 2, 1), date(2024, 10, 31))
    launched = None if at in (4, 13, 22) else opened + timedelta(days=10 + chance.below(80))   # N05 has launched on one of its four
    if unions[owner].at(opened):
        projects.append((f"DA{at + 1:02}", owner, ("Tỉnh", "Ngành", "Địa phương")[at % 3], opened, launched))

# ── every year ───────────────────────────────────────────────────────────────────────────────────────────────────

# Unit, year: what is other than usual in its report; None: none was sent.
REPORTS = {
    ("H18", 2023): {"sent": date(2024, 1, 3)},                             # late: on the last day of the year there is none
    ("H19", 2022): {"to": "CĐ cấp trên"},                                  # sent to the wrong place
    ("H20", 2021): {"sent": date(2021, 12, 31)},                           # the last day
    ("N03", 2025): {"slogan": False}, ("N04", 2025): {"slogan": ""},
    ("N05", 2025): {"displays": 0}, ("N06", 2025): {"displays": ""}, ("N01", 2025): {"displays": 1},
    ("N08", 2025): {"results": ""}, ("N09", 2025): {"standards": False},
    ("N02", 2024): None, ("T05", 2025): None, ("H07", 2021): {"slogan": False}, ("H08", 2021): {"slogan": ""},
}
ALL_REPORTED = {("N07", year) for year in YEARS} | {("H24", 2021), ("H24", 2024)}
reports, reviews = [], []
REVIEWS = {("N04", 2025, "five"): None, ("N05", 2025, "five"): date(2025, 12, 31), ("T06", 2025, "five"): None,
           ("H21", 2021, "one"): date(2021, 12, 31), ("H22", 2021, "one"): date(2022, 1, 4), ("H23", 2021, "one"): None,
           ("N06", 2025, "one"): None, ("N07", 2024, "one"): date(2025, 1, 8), ("T07", 2025, "one"): ""}
for year in YEARS:
    for union in unions.values():
        life = union.at(date(year, 12, 20))
        if not life or union.founded > date(year, 10, 31):
            continue
        kind, above = life[0], life[1]
        sent = chance.day(date(year, 11, 15), date(year, 12, 4)) if kind == BASE else chance.day(date(year, 12, 5), date(year, 12, 18))
        told = lambda: True if kind != BASE or not chance.yes(3) else "" if chance.yes(50) else False     # noqa: E731
        count = lambda most: chance.below(most)                                                           # noqa: E731
        row = {"to": "CĐ cấp trên" if kind == BASE else "LĐLĐ tỉnh", "sent": sent,
               "purpose": told(), "results": told(), "examples": told(), "standards": told(),
               "slogan": union.own_office if kind == UPPER else "", "displays": 2 + count(12) if kind == UPPER else "",
               "proposals": count(4), "articles": count(6 if kind == BASE else 40), "culture": 1 + count(5),
               "talks": count(3), "exchanges": count(3), "registered": 2 + count(30),
               "inspected": 4 + count(12) if kind == UPPER else ""}
        other = REPORTS.get((union.code, year), {})
        silent = kind == BASE and chance.yes(1.5) and (above, year) not in ALL_REPORTED
        if other is not None and not silent:
            row.update(other)
            to, sent_on, *rest = row.values()
            reports.append((union.code, year, to, sent_on, paper(union.code, year, "BC"), *rest))
        for span, words in (("one", "Sơ kết năm"), ("five", "Sơ kết 05 năm")):
            if span == "five" and (year < 2025 or kind == BASE):
                continue
            day = chance.day(date(year, 11, 20), date(year, 12, 28))
            skipped = kind == BASE and chance.yes(2)
            late = kind == BASE and chance.yes(1) and year < 2025
            day = REVIEWS.get((union.code, year, span), None if skipped else date(year + 1, 1, 6) if late else day)
            if day is not None:
                reviews.append((union.code, words, year, day or None, paper(union.code, year, "BB")))

INDICATORS = {UPPER: ("Đoàn viên mới", "CĐCS mới", "Sáng kiến", "TƯLĐTT"), DIRECT: ("Đoàn viên mới", "Sáng kiến")}
# Unit, year: assigned and reached of each indicator; None: nothing was assigned.
QUOTAS = {
    ("H01", 2021): [(420, 420), (6, 6), (12, 12), (9, 9)],                # all exactly
    ("H02", 2021): [(150, 151), (3, 4), (12, 15), (5, 6)],                # all exceeded
    ("H03", 2021): [(160, 170), (3, 3), (12, 11), (5, 6)],                # one short by one
    ("H06", 2021): [(120, None), (2, 2), (8, 9), (4, 4)],                 # one not reported
    ("H08", 2021): [(110, None), (2, 1), (8, 9), (4, 4)],                 # one not reported, another missed
    ("N09", 2021): None, ("T05", 2021): None, ("T05", 2025): None, ("N09", 2025): None,
    ("N01", 2025): [(300, 301), (2, 3), (90, 99), (4, 5)],                # all exceeded
    ("N02", 2025): [(2600, 2600), (7, 9), (200, 205), (18, 18)],          # exactly
    ("N03", 2025): [(250, 249), (2, 2), (140, 150), (3, 3)],              # 249 of 250 prints near 100 %
    ("N04", 2025): [(180, None), (2, 2), (110, 120), (3, 3)],             # one not reported
    ("N05", 2025): [(320, 340), (3, 4), (60, 66), (8, 9)],
    ("N06", 2025): [(90, 96), (1, 1), (45, 40), (3, 3)],
}
quotas = []
for year in YEARS:
    for union in unions.values():
        assigned_on = date(2021, 2, 20) if year == 2021 else date(year, 1, 22)
        if year == 2025 and union.lives[-1][5] == "" and union.lives[-1][3] == DISSOLVED:
            assigned_on = date(2025, 7, 21)                               # a quota for the rest of the year
        life = union.at(assigned_on)
        if not life or life[0] == BASE or QUOTAS.get((union.code, year), ()) is None:
            continue
        if assigned_on > DISSOLVED and chance.yes(20):
            continue
        settled = chance.day(date(year, 12, 15), date(year, 12, 24)) if union.at(date(year, 12, 31)) else None
        given = QUOTAS.get((union.code, year))
        if not given:
            given = []
            for _ in INDICATORS[life[0]]:
                assigned = 2 + chance.below(60)
                given.append((assigned, assigned + chance.below(5) - chance.yes(7) * 4))
        for indicator, (assigned, reached) in zip(INDICATORS[life[0]], given):
            reached = max(reached, 0) if reached is not None and settled else None
            quotas.append((union.code, year, indicator, f"{year % 100}{'2' if assigned_on > DISSOLVED else '1'}/QĐ-LĐLĐ",
                           assigned_on, assigned, reached, settled))

PLAIN = {("N05", 2025): 1, ("H09", 2021): 1}                               # publications of the year without the slogan
publications = []
for year in YEARS:
    for union in leading:
        months = [month for month in (4, 7, 10) if union.at(date(year, month, 28))]
        if union.code == "N07" or (union.lives[0][0] == DIRECT and chance.yes(60)):
            continue                                                      # publishes nothing: nothing to judge
        for at, month in enumerate(months):
            slogan = False if at < PLAIN.get((union.code, year), 0) else "" if (union.code, year, at) == ("N06", 2025, 0) else True
            publications.append((union.code, ("Tờ gấp", "Video", "Tờ rơi")[at], date(year, month, 1 + chance.below(27)), slogan))

# ── tasks, charge and inspections ────────────────────────────────────────────────────────────────────────────────

unit_tasks = [("N01", "Toạ đàm khối HCSN", date(2021, 6, 18), "31/CV-N01"), ("N02", "Hội nghị khối DN", date(2022, 5, 19), "27/CV-N02")]
ONCE = [("TGNC", "Văn bản hướng dẫn", 2021, date(2021, 2, 25)), ("CSPL", "Quy định giải thưởng", 2021, date(2021, 8, 30)),
        ("TGNC", "Sơ kết 05 năm", 2025, date(2025, 12, 30))]
YEARLY = [("TGNC", "Tổng hợp, báo cáo"), ("TGNC", "Sơ kết năm"), ("TGNC", "Hướng dẫn tuyên truyền"),
          ("CSPL", "Phối hợp cơ quan thi đua"), ("CSPL", "Kế hoạch kiểm tra"), ("CSPL", "Tổng hợp, báo cáo")]
NOT_DONE = {("TGNC", "Hướng dẫn tuyên truyền", 2023), ("CSPL", "Tổng hợp, báo cáo", 2025)}
department_tasks = []
for board, task, year, day in ONCE + [(board, task, year, chance.day(date(year, 12, 19), date(year, 12, 30)) if "Kế hoạch" not in task
                                       else date(year, 3, 10)) for year in YEARS for board, task in YEARLY]:
    if (board, task, year) not in NOT_DONE:
        department_tasks.append((board, task, year, day, paper(board, year, "BC"), f"hồ sơ {year}/{board}"))

supervision, inspections = [], []
for union in unions.values():
    for _, _, board, start, to, _ in union.lives:
        if board:
            supervision.append((board, union.code, max(start, date(2021, 2, 1)), to))
WITHOUT = {("TC", 2021): 1, ("VP", 2025): 2, ("UBKT", 2023): 1, ("TCH", 2025): 1}      # unions in charge that nobody inspected
for year in YEARS:
    skipped = dict(WITHOUT)
    for union in unions.values():
        life = union.at(date(year, 10, 15))
        if not life or not life[2] or union.founded > date(year, 9, 30):
            continue
        board = life[2]
        if skipped.get((board, year), 0):
            skipped[board, year] -= 1
            continue
        seen = "" if life[0] != UPPER or not union.own_office else False if (union.code, year) == ("N02", 2025) else True
        day = chance.day(max(date(year, 5, 10), life[3]), date(year, 11, 10))
        inspections.append((union.code, board, day, paper(board, year, "BB"), seen))

chairs = [(f"CT-{union.code}", union.code, start, to) for union in unions.values()
          for kind, _, _, start, to, _ in union.lives if kind != BASE]

# ── persons ──────────────────────────────────────────────────────────────────────────────────────────────────────

WORKER, OFFICIAL = "Công nhân", "CCVC, người lao động"
GOOD, MODEL = "Công nhân giỏi", "CCVC, người lao động tiêu biểu"
NOMINATED = {WORKER: 44, OFFICIAL: 47}                                     # a year; 40 may have the title
# Year, place among those nominated: what is other than usual.
DOSSIERS = {
    (2025, WORKER, 0): {"registered": "base"},                             # registered on the day of the nomination
    (2025, WORKER, 1): {"registered": None},                               # never registered
    (2025, WORKER, 2): {"registered": "before"},                           # one day before
    (2025, WORKER, 3): {"upper": "before"},                                # the union above came first
    (2025, WORKER, 4): {"upper": None},                                    # the union above has not proposed
    (2025, WORKER, 5): {"minutes": False}, (2025, WORKER, 6): {"report": ""},
    (2025, WORKER, 7): {"regulation": False}, (2025, WORKER, 8): {"regulation": ""},
    (2025, OFFICIAL, 0): {"title": GOOD},                                  # the title of the other class
    (2025, OFFICIAL, 1): {"minutes": ""}, (2025, OFFICIAL, 2): {"upper": "same"},
    (2021, WORKER, 0): {"registered": None}, (2021, OFFICIAL, 0): {"title": GOOD},
}
people, nominations, unit_feats, person_feats = [], [], [], []
for year in YEARS:
    proposing = date(year, 8, 20)
    for person_class, many in NOMINATED.items():
        # Nine dossiers of workers and three of officials are about the chain: their base unions stand under another.
        homes = [union for union in unions.values() if (life := union.at(proposing)) and life[0] != UPPER
                 and union.founded < date(year, 1, 1) and union.sector == (FIRM if person_class == WORKER else OFFICE)]
        below = [union for union in homes if union.at(proposing)[0] == BASE]
        for at in range(many):
            home = chance.pick(below if at < 9 else homes)
            code = f"P{len(people) + 1:04}"
            people.append((code, home.code, person_class))
            base_on = proposing + timedelta(days=chance.below(12))
            upper_on = base_on + timedelta(days=5 + chance.below(15)) if home.at(base_on)[0] == BASE else None
            other = dict(DOSSIERS.get((year, person_class, at), {}))
            registered = chance.day(date(year, 1, 10), date(year, 3, 25))
            if "registered" in other:
                registered = {"base": base_on, "before": base_on - BEFORE, None: None}[other["registered"]]
            if "upper" in other:
                upper_on = {"before": base_on - BEFORE, "same": base_on, None: None}[other["upper"]]
            # The places around the fortieth in 2024 have the same votes.
            votes = 60 if year == 2024 and person_class == WORKER and 36 <= at < 42 else 99 - at
            nominations.append((f"HS{year % 100}{len(nominations) % 1000:03}", code, other.get("title", GOOD if person_class == WORKER else MODEL),
                                year, registered, base_on, upper_on, votes,
                                other.get("report", True), other.get("minutes", True), other.get("regulation", True)))
    for at in range(3):
        home = chance.pick([union for union in unions.values() if union.at(date(year, 6, 1)) and union.at(date(year, 12, 31))])
        happened = chance.day(max(date(year, 5, 1), home.founded), date(year, 10, 30))
        proposed = None if at == 2 else happened + timedelta(days=6 + chance.below(20))
        unit_feats.append((f"TT{year % 100}{at + 1:02}", home.code, happened, proposed, "" if (year, at) == (2025, 1) else True))
    for at in range(4):
        code = f"P{len(people) + 1:04}"
        home = chance.pick([union for union in unions.values() if union.at(date(year, 6, 1)) and union.at(date(year, 12, 31))
                            and union.lives[0][0] != UPPER])
        people.append((code, home.code, WORKER if home.sector == FIRM else OFFICIAL))
        happened = chance.day(date(year, 5, 1), date(year, 10, 30))
        proposed = None if at == 3 else happened + timedelta(days=4 + chance.below(20))
        person_feats.append((f"CN{year % 100}{at + 1:02}", code, happened, proposed, False if (year, at) == (2025, 1) else True))

# ── the files ────────────────────────────────────────────────────────────────────────────────────────────────────

units = [(union.code, union.name, kind, union.sector, above, board, union.own_office, union.founded, start, to, why)
         for union in unions.values() for kind, above, board, start, to, why in union.lives]
TABLES = {
    "units.csv": (["Mã đơn vị", "Tên đơn vị", "Loại", "Khối", "Mã cấp trên", "Ban phụ trách", "Có trụ sở riêng", "Ngày thành lập",
                   "Từ ngày", "Đến ngày", "Biến động"], units),
    "clusters.csv": (["Mã cụm", "Tên cụm", "Từ ngày", "Đến ngày"], clusters),
    "departments.csv": (["Mã ban", "Tên", "Loại", "Có trụ sở riêng", "Ngày bố trí khẩu hiệu"], DEPARTMENTS),
    "chairs.csv": (["Mã chức danh", "Mã đơn vị", "Từ ngày", "Đến ngày"], chairs),
    "people.csv": (["Mã người", "Mã đơn vị", "Đối tượng"], people),
    "plans.csv": (["Mã đơn vị", "Số văn bản", "Ngày ban hành", "Số chỉ tiêu cụ thể", "Đã tham mưu cấp uỷ"], plans),
    "letters.csv": (["Mã đơn vị", "Nơi nhận", "Hình thức gửi", "Số văn bản", "Ngày gửi"], letters),
    "launches.csv": (["Mã đơn vị", "Số văn bản", "Ngày phát động", "Ngày ký giao ước", "Số đăng ký thi đua"], launches),
    "cluster_members.csv": (["Mã cụm", "Mã đơn vị", "Từ ngày", "Đến ngày", "Ngày phân công nhiệm vụ", "Số văn bản"], members),
    "projects.csv": (["Mã dự án", "Mã đơn vị", "Cấp", "Ngày khởi công", "Ngày phát động thi đua"], projects),
    "quotas.csv": (["Mã đơn vị", "Năm", "Chỉ tiêu", "Số quyết định giao", "Ngày giao", "Giao", "Thực hiện", "Ngày chốt số liệu"], quotas),
    "reports.csv": (["Mã đơn vị", "Năm", "Nơi nhận", "Ngày gửi", "Số văn bản", "TT mục đích, chỉ tiêu", "TT kết quả", "TT điển hình",
                     "TT tiêu chuẩn danh hiệu", "Khẩu hiệu tại trụ sở", "Điểm cổ động trực quan", "Đề xuất treo khẩu hiệu", "Tin, bài",
                     "Hoạt động VHVN-TDTT", "Hội nghị, toạ đàm", "Giao lưu điển hình", "Lượt đăng ký thi đua", "CĐCS được kiểm tra"], reports),
    "reviews.csv": (["Mã đơn vị", "Kỳ", "Năm", "Ngày tổ chức", "Số văn bản"], reviews),
    "publications.csv": (["Mã đơn vị", "Loại ấn phẩm", "Ngày phát hành", "Có khẩu hiệu"], publications),
    "unit_tasks.csv": (["Mã đơn vị", "Nhiệm vụ", "Ngày hoàn thành", "Số văn bản"], unit_tasks),
    "department_tasks.csv": (["Mã ban", "Nhiệm vụ", "Năm", "Ngày hoàn thành", "Số văn bản", "Địa chỉ"], department_tasks),
    "supervision.csv": (["Mã ban", "Mã đơn vị", "Từ ngày", "Đến ngày"], supervision),
    "inspections.csv": (["Mã đơn vị", "Mã ban", "Ngày kiểm tra", "Số biên bản", "Có khẩu hiệu"], inspections),
    "nominations.csv": (["Mã hồ sơ", "Mã người", "Danh hiệu", "Năm", "Ngày đăng ký", "Ngày CĐCS đề nghị", "Ngày cấp trên trình",
                         "Tỉ lệ phiếu (%)", "Báo cáo thành tích", "Biên bản bình xét", "Đạt quy định giải thưởng"], nominations),
    "unit_feats.csv": (["Mã hồ sơ", "Mã đơn vị", "Ngày lập thành tích", "Ngày trình", "Báo cáo thành tích"], unit_feats),
    "person_feats.csv": (["Mã hồ sơ", "Mã người", "Ngày lập thành tích", "Ngày trình", "Báo cáo thành tích"], person_feats),
}

if __name__ == "__main__":
    sys.exit(main(TABLES, HERE))
