#!/usr/bin/env python3
"""Write the invented data of the Lào Cai campaign, byte for byte the same on every Python from 3.9.

    python3 datasets/generate.py                 rewrite datasets/lao-cai-2024/
    python3 datasets/generate.py --check         exit 1 if the shipped files differ
    python3 datasets/generate.py --spoilt --out DIR                         the same data with faulty rows
    python3 datasets/generate.py --firms 1000000 --unions 5000 --out DIR    a large dataset, no planted cases

What a union looks like is written as counts (SHIPPED), so that every planted case is exact and chance
decides only the details: which row, which day, how many workers. Rows that no count can describe stand
word for word in EXTRA_*.
"""
import argparse
import csv
import sys
from dataclasses import dataclass, field
from datetime import date, timedelta
from itertools import count
from pathlib import Path

from invented import Chance, NO, YES, text

SEED = 20240101
SHIPPED_DIR = Path(__file__).resolve().parent / "lao-cai-2024"
POOR, DONE = "Không hoàn thành nhiệm vụ", "Hoàn thành nhiệm vụ"
GOOD, EXCELLENT = "Hoàn thành tốt nhiệm vụ", "Hoàn thành xuất sắc nhiệm vụ"

HEADERS = {
    "unions": ["Mã đơn vị", "Tên đơn vị", "Cụm thi đua", "Quỹ XHCĐ: kế hoạch (đồng)", "Quỹ XHCĐ: đã đóng (đồng)",
               "Đã nhận danh sách DN"],
    "agencies": ["Mã cơ quan", "Mã CĐ cấp trên", "Đã mở hội nghị CBCC", "Ngày mở hội nghị CBCC"],
    "firms": ["Mã số thuế", "Mã CĐ cấp trên", "DN nhà nước", "Số lao động", "Ngày thành lập CĐCS",
              "Ngày hội nghị NLĐ", "Ngày ký TƯLĐTT", "Ngày hết hạn TƯLĐTT"],
    "base_unions": ["Mã CĐCS", "Mã CĐ cấp trên", "Đủ điều kiện xếp loại", "Xếp loại"],
    "care": ["Mã CĐ cấp trên", "Số đoàn viên và NLĐ", "Số được chăm lo"],
    "initiatives": ["Mã sáng kiến", "Mã CĐ cấp trên", "Ngày công nhận"],
    "courses": ["Mã CĐ cấp trên", "Ngày mở lớp", "Số người học"],
    "violations": ["Mã CĐ cấp trên", "Nghiêm trọng"],
    "tasks": ["Mã CĐ cấp trên", "Nội dung", "Đã thực hiện", "Số văn bản", "Ngày văn bản", "Nơi lưu"],
    "base_programmes": ["Mã CĐCS", "Đã ban hành", "Số văn bản", "Ngày ban hành"],
    "outreach": ["Mã CĐ cấp trên", "Đối tượng", "Tổng số", "Đã học tập"],
    "indicators": ["Mã chỉ tiêu", "Mã CĐ cấp trên", "Tên chỉ tiêu", "Chiều", "Kế hoạch năm", "Thực hiện"],
    "group_targets": ["Mã CĐ cấp trên", "Nhóm đối tượng", "Đã có chỉ tiêu, tiêu chí riêng", "Số văn bản"],
    "meetings": ["Mã CĐ cấp trên", "Loại cuộc", "Ngày tổ chức", "Số biên bản"],
    "membership": ["Mã CĐ cấp trên", "Số liệu đến ngày", "Đoàn viên kết nạp", "Đoàn viên giảm", "CĐCS thành lập",
                   "CĐCS giải thể"],
    "support": ["Mã CĐ cấp trên", "Loại hỗ trợ", "Ngày hỗ trợ", "Số trường hợp", "Số tiền (đồng)"],
}


@dataclass
class Firms:
    covered: int = 0         # non-state, 25 workers or more, with a union
    uncovered: int = 0       # the same without a union
    small: int = 0           # fewer than 25 workers, with a union
    state: int = 0           # state-owned, with a union
    both: int = 0            # of those with a union: conference and agreement, both in 2024
    conference: int = 0      # conference only
    agreement: int = 0       # agreement only; the rest did neither
    in_force: int = 1        # of those without an agreement of 2024: bound by one of 2023 that still runs
    expired: int = 1         # the same, by one that has run out
    others: int = 0          # no union and none needed: fewer than 25 workers


@dataclass
class Union:
    code: str
    name: str
    cluster: str
    planned: object          # dong; "" is no plan assigned
    paid: object             # dong; "" is not reported
    held: int = 0            # agencies that held the conference in 2024
    not_held: int = 0
    firms: Firms = field(default_factory=Firms)
    good: int = 0            # base unions: eligible and good or better
    fair: int = 0            # eligible and below good
    barred: int = 0          # not eligible
    listed: str = YES
    cared: tuple = ()        # (eligible, cared) per wave
    initiatives: int = 0
    courses: int = 0


# The province. Counts here and rows in EXTRA_* together make each planted case; README.md names them.
SHIPPED = [
    Union("H01", "LĐLĐ thành phố Lào Cai", "1", 950_000_000, 1_012_500_000, 209, 1,
          Firms(153, 6, 60, 12, both=195, conference=14, agreement=8, in_force=9, expired=3, others=60),
          188, 15, 7, YES, ((9_840, 9_840), (14_205, 14_012)), 85, 6),
    Union("H02", "LĐLĐ thị xã Sa Pa", "1", 310_000_000, 325_000_000, 75, 0,
          Firms(29, 1, 8, 3, both=35, conference=2, agreement=2, others=21), 81, 9, 5, YES, ((6_120, 6_120),), 31, 4),
    Union("H03", "LĐLĐ huyện Bát Xát", "2", 240_000_000, 240_000_000, 90, 0,
          Firms(33, 1, 5, 2, both=30, conference=8, in_force=6, expired=2, others=18), 98, 7, 5, YES,
          ((4_870, 4_801),), 22, 3),
    Union("H04", "LĐLĐ huyện Bảo Thắng", "1", 330_000_000, 330_000_000, 96, 0,
          Firms(18, 1, 6, 2, both=23, conference=1, agreement=2, others=24), 112, 13, 5, YES,
          ((7_015, 7_015), (3_340, 3_290)), 27, 4),
    Union("H05", "LĐLĐ huyện Bảo Yên", "1", 215_000_000, 215_000_000, 84, 0,
          Firms(18, 0, 1, 0, both=15, conference=2, agreement=2, in_force=0, others=15), 93, 7, 5, YES,
          ((4_410, 4_395),), 18, 3),
    Union("H06", "LĐLĐ huyện Bắc Hà", "2", 200_000_000, 206_000_000, 76, 1,
          Firms(38, 0, 4, 0, both=37, conference=2, agreement=2, others=12), 78, 4, 6, YES, ((3_980, 3_902),), 19, 3),
    Union("H07", "LĐLĐ huyện Mường Khương", "2", "", 118_000_000, 68, 2,
          Firms(15, 1, 3, 0, both=14, conference=2, agreement=1, others=8), 70, 7, 2, YES, ((3_460, 3_301),), 12, 2),
    Union("H08", "LĐLĐ huyện Si Ma Cai", "2", 120_000_000, 120_000_000, 53, 0,
          Firms(9, 0, 1, 0, both=7, conference=1, agreement=1, others=5), 52, 4, 2, YES, ((2_275, 2_275),), 9, 2),
    Union("H09", "LĐLĐ huyện Văn Bàn", "1", 260_000_000, 259_999_999, 88, 0,
          Firms(18, 0, 5, 2, both=22, conference=2, agreement=1, others=20), 106, 8, 6, "", ((5_530, 5_466),), 24, 3),
    Union("N01", "CĐ Viên chức tỉnh", "3", 420_000_000, 455_000_000, 130, 0,
          Firms(), 90, 3, 2, YES, ((5_210, 5_210),), 64, 5),
    Union("N02", "CĐ ngành Giáo dục", "3", 380_000_000, 380_000_000, 120, 0,
          Firms(4, 0, 2, 0, both=6, others=2), 103, 5, 2, YES, ((8_930, 8_930),), 71, 5),
    Union("N03", "CĐ ngành Y tế", "3", 290_000_000, 290_000_000, 45, 0,
          Firms(5, 0, 1, 0, both=6, others=1), 42, 6, 2, YES, ((3_050, 3_050),), 38, 3),
    Union("N04", "CĐ ngành Xây dựng", "3", 160_000_000, "", 12, 0,
          Firms(27, 1, 4, 3, both=30, conference=2, agreement=1, others=10), 41, 3, 1, YES, ((2_860, 2_860),), 14, 2),
    Union("N05", "CĐ ngành Công Thương", "3", 180_000_000, 180_000_000, 14, 0,
          Firms(15, 0, 2, 2, both=16, conference=2, agreement=1, others=9), 31, 2, 1, YES, ((3_325, 3_310),), 20, 2),
    Union("N06", "CĐ ngành Nông nghiệp và Phát triển nông thôn", "3", 150_000_000, 131_250_000, 21, 0,
          Firms(18, 0, 2, 3, both=20, conference=2, agreement=1, others=9), 38, 3, 1, YES, ((2_190, 2_148),), 16, 2),
    Union("N07", "CĐ ngành Giao thông vận tải", "3", 110_000_000, 121_000_000, 10, 0,
          Firms(14, 0, 2, 2, both=16, conference=1, agreement=1, others=6), 25, 4, 1, YES, (), 11, 2),
    Union("N08", "CĐ các Khu công nghiệp tỉnh", "3", 400_000_000, 380_000_000, 0, 0,
          Firms(146, 4, 20, 0, both=145, conference=10, agreement=6, in_force=6, expired=4, others=30),
          108, 9, 3, YES, ((12_400, 12_188), (5_915, 5_704)), 42, 4),
    Union("N09", "CĐ ngành Văn hoá, Thể thao và Du lịch", "3", 90_000_000, 90_000_000, 40, 1,
          Firms(), 28, 2, 0, YES, ((1_240, 1_240),), 13, 1),
]

# Held, day. The office that collects the conferences writes days as d/m/yyyy.
EXTRA_AGENCIES = {
    "H03": [(YES, "1/1/2025"), (YES, "6/1/2025")],          # after the period: not held yet on 31/12/2024
    "H04": [(YES, "31/12/2024"), (YES, "1/1/2024")],        # the last day and the first: both count
    "H06": [(YES, "")],                                     # held, no day given
    "H08": [(YES, ""), ("", "19/2/2024")],                  # no day; a day, but not whether it was held
    "N06": [(YES, "")],
}

# Serial of the tax code, state-owned, workers, union founded, conference, agreement signed, agreement expires.
EXTRA_FIRMS = {
    "H01": [(9000001, "", 120, "2018-06-12", "2024-04-18", "2024-05-20", "2026-05-20")],   # owner not reported
    "H04": [(9000002, NO, 25, "2019-09-02", "2024-03-15", "2024-03-15", "2027-03-14"),     # exactly 25: counts
            (9000003, NO, 24, "", "", "", "")],                                            # 24: does not
    "H05": [(9000004, NO, 18, "2016-04-11", "", "2022-01-01", "2024-12-31")],              # runs out that very day
    "H06": [(9000005, NO, "", "", "", "", ""), (9000006, NO, "", "", "", "", "")],         # workers not reported
    "H09": [(9000007, NO, 64, "2025-01-02", "", "", "")],                                  # a union two days too late
    "N05": [(9000008, NO, 88, "2015-10-05", "2023-06-21", "2024-06-21", "2026-06-20")],    # last year's conference
    "N06": [(9000009, NO, "", "", "", "", ""), (9000010, NO, "", "", "", "", "")],         # workers not reported
}

EXTRA_BASE_UNIONS = {
    "H06": [(YES, ""), (YES, "")],                                        # not graded yet
    "H08": [(YES, ""), (YES, ""), (YES, ""), (YES, ""), ("", GOOD)],      # four not graded yet; eligibility unknown
}
EXTRA_CARE = [("N03", 410, "")]
EXTRA_COURSES = [("H07", "2024-09-12", ""), ("H02", "2025-01-06", 40), ("H05", "2023-12-20", 35)]
VIOLATIONS = [("N03", YES), ("N05", ""), ("N07", NO), ("H04", NO)]

# The tables of what a union shows and counts. Where nothing is planted, a shipped union has done everything.
PLAN, PROGRAMME, STUDY = "Kế hoạch thực hiện Nghị quyết", "Chương trình hành động", "Học tập Nghị quyết Đại hội XIII"
GOOD_WORK, GOOD_ADVICE = "Lao động giỏi, Lao động sáng tạo", "Tham mưu giỏi, phục vụ tốt"
THRIFT, OFFICE_CULTURE = "Hạ tầng đồng bộ; tiết kiệm, chống lãng phí", "Văn hoá công sở"
OF_OFFICIALS = (GOOD_ADVICE, OFFICE_CULTURE)             # asked only where there are agencies

# Done, day of the paper.
PLANTED_TASKS = {
    ("H01", PROGRAMME): (YES, "2024-08-05"),             # five days after round 1
    ("H03", STUDY): (YES, "2024-07-31"),                 # the last day
    ("H04", STUDY): (YES, "2024-08-01"),                 # the day after
    ("H05", PROGRAMME): (YES, "2024-07-31"), ("H05", STUDY): (YES, "2024-01-01"),
    ("H06", PLAN): (YES, "2025-01-02"),                  # after the year
    ("H07", GOOD_WORK): (NO, ""),
    ("H08", PROGRAMME): ("", ""),                        # not said whether
    ("H08", STUDY): (YES, ""),                           # done, without a day
    ("H09", OFFICE_CULTURE): ("", "2024-05-13"),
    ("N03", THRIFT): (NO, ""),
    ("N06", PROGRAMME): (NO, ""),
    ("N08", GOOD_WORK): (YES, "2024-12-31"),
    ("N09", PLAN): (YES, "2023-12-28"), ("N09", STUDY): (YES, "2023-12-31"),        # before the year
}
NO_FORM = ("N07",)                                       # tasks not reported
NO_COUNT = ("N03",)                                      # members who studied the resolution: not counted

# Base unions without a programme; then programmes that are not drawn.
WITHOUT_PROGRAMME = {"H01": 12, "H03": 1, "H07": 6, "H09": 2, "N03": 1, "N08": 9}
ODD_PROGRAMMES = {"H04": [(YES, "2024-12-31"), (YES, "2024-01-01")], "H08": [(YES, ""), ("", ""), ("", "2024-05-20")],
                  "N06": [(YES, "2025-01-03")], "N09": [(YES, "2023-12-31")]}

# How much better than the plan (0: exactly at it), or that plan or actual is blank; by the place of the indicator.
NO_ACTUAL, NO_PLAN = "no actual", "no plan"
PLANTED_INDICATORS = {
    ("H01", 0): 0, ("H03", 1): 0, ("H04", 0): -1, ("H06", 1): -1, ("H08", 2): NO_ACTUAL, ("H09", 3): NO_PLAN,
    ("N03", 3): 0, ("N06", 0): -2, ("N06", 1): NO_ACTUAL, ("N07", 1): 0, ("N08", 0): -3, ("N08", 2): 0,
    ("N09", 1): NO_ACTUAL,
}
NO_INDICATORS = ("H07",)

PLANTED_GROUPS = {("H01", 1): NO, ("H06", 1): NO, ("H08", 0): "", ("N08", 1): NO}
DIALOGUE, BARGAINING, INSPECTION = "Đối thoại", "Thương lượng tập thể", "Kiểm tra, giám sát"
EXTRA_MEETINGS = [("H07", DIALOGUE, "", ""), ("N02", INSPECTION, "1/1/2024", "01/BB"), ("N02", INSPECTION, "31/12/2024", ""),
                  ("H04", BARGAINING, "31/12/2023", "30/BB"), ("H04", BARGAINING, "1/1/2025", "01/BB")]
PLANTED_QUARTERS = {("N08", 3): (210, 655, 2, 1), ("H07", 3): ("", 14, 0, 0), ("N09", 2): (12, 30, 0, 1)}
EXTRA_QUARTERS = [("H06", "2023-12-31", 95, 20, 1, 0)]   # last year's
HOUSE, VISIT, FUND = "Làm mới, sửa nhà", "Thăm hỏi, trợ cấp", "Ủng hộ quỹ khác"
NO_SUPPORT = ("N09",)
EXTRA_SUPPORT = [("H08", HOUSE, "2024-09-16", 1, ""), ("N03", VISIT, "2024-06-20", "", 9_000_000),
                 ("N05", VISIT, "2025-01-02", 25, 12_500_000), ("H01", HOUSE, "2024-12-31", 2, 80_000_000)]

# The same rows as offices spoil them, for a dataset of its own: see README.md.
SPOILT_AGENCIES = EXTRA_AGENCIES | {
    "H08": [(YES, ""), ("Đang chờ", "19/2/2024")],          # the second: a word that is no answer
    "N06": [(YES, "31/02/2024")],                           # no such day
}
AGENCY_WRITTEN_TWICE = 6                                    # the seventh row comes again at the end of the file
SPOILT_FIRMS = EXTRA_FIRMS | {
    "N05": [(9000008, NO, 88, "2015-10-05", "2024-06-21", "2024-06-21", "2026-06-20"),     # one tax code, two days
            (9000008, NO, 88, "2015-10-05", "2023-06-21", "2024-06-21", "2026-06-20")],
    "N06": [(9000009, NO, "", "", "", "", ""), (9000010, NO, -40, "", "", "", "")],
    "H10": [(9000011, NO, 37, "2020-03-03", "2024-05-10", "2024-05-10", "2026-05-09")],    # there is no union H10
}
SPOILT_BASE_UNIONS = EXTRA_BASE_UNIONS | {
    "H06": [(YES, ""), (YES, "Hoàn thành khá nhiệm vụ")],                 # the second: no such grade
    "": [(YES, GOOD)],                                                    # nobody's
}


def days(first, last):
    first, last = date.fromisoformat(first), date.fromisoformat(last)
    return [first + timedelta(n) for n in range((last - first).days + 1)]


def iso(dates):
    return [day.isoformat() for day in dates]


def office(dates):
    return [f"{day.day}/{day.month}/{day.year}" for day in dates]


AGENCY_DAYS = office(days("2024-01-04", "2024-03-29"))
FOUNDED = iso(days("2004-03-01", "2023-12-15"))
CONFERENCE = iso(days("2024-03-01", "2024-10-31"))
SIGNED, EXPIRES = iso(days("2024-01-15", "2024-12-20")), iso(days("2025-12-31", "2026-12-31"))
SIGNED_2023, EXPIRES_LATER = iso(days("2023-02-01", "2023-11-30")), iso(days("2025-02-01", "2025-12-31"))
SIGNED_EARLIER, EXPIRED = iso(days("2020-07-01", "2021-12-31")), iso(days("2023-06-01", "2024-11-30"))
RECOGNISED = office(days("2024-01-10", "2024-12-25"))
RECOGNISED_OUTSIDE = office(days("2023-10-01", "2023-12-31")) + office(days("2025-01-02", "2025-01-20"))
COURSE_DAYS = iso(days("2024-02-20", "2024-11-29"))

# What a task is, the kind of its paper, the days that are drawn for it.
TASKS = [(PLAN, "KH", iso(days("2024-01-08", "2024-03-15"))), (PROGRAMME, "CTr", iso(days("2024-02-19", "2024-05-31"))),
         (STUDY, "KH", iso(days("2024-02-19", "2024-06-28"))), (GOOD_WORK, "KH", iso(days("2024-01-15", "2024-06-28"))),
         (GOOD_ADVICE, "KH", iso(days("2024-01-15", "2024-06-28"))), (THRIFT, "KH", iso(days("2024-01-15", "2024-06-28"))),
         (OFFICE_CULTURE, "KH", iso(days("2024-01-15", "2024-06-28")))]
KEPT = ["Văn phòng", "Hồ sơ điện tử", "Ban Tuyên giáo - Nữ công"]
PROGRAMME_ISSUED = iso(days("2024-03-01", "2024-09-30"))
HIGHER, LOWER = "Càng cao càng tốt", "Càng thấp càng tốt"
INDICATORS = [("Giải ngân vốn được giao (triệu đồng)", HIGHER, 4_000, 9_000), ("Hồ sơ giải quyết quá hạn", LOWER, 12, 40),
              ("Việc làm mới (người)", HIGHER, 60, 900), ("Vụ tai nạn lao động", LOWER, 8, 10),
              ("Thu nộp ngân sách (triệu đồng)", HIGHER, 2_000, 60_000), ("Đề tài, mô hình được áp dụng", HIGHER, 4, 12)]
GROUPS = ["Cán bộ công đoàn", "Cán bộ, công chức", "Viên chức", "Công nhân, lao động"]
MEETING_DAYS = office(days("2024-01-22", "2024-12-20"))
QUARTERS = ["2024-03-31", "2024-06-30", "2024-09-30", "2024-12-31"]
SUPPORT_DAYS = iso(days("2024-01-10", "2024-12-25"))


def tax_code(prefix, serial):
    """Ten digits whose check digit is one off, so that no code can be that of a real firm."""
    body = f"{prefix}{serial:07d}"
    total = sum(weight * int(digit) for weight, digit in zip((31, 29, 23, 19, 17, 13, 7, 5, 3), body))
    return f"{body}{(11 - total % 11) % 10}"


def union_rows(unions, r):
    for u in unions:
        yield u.code, u.name, u.cluster, u.planned, u.paid, u.listed


def agency_rows(unions, r, extra, one_twice):
    number = count(1)
    first = []
    for u in unions:
        rows = [(YES, r.pick(AGENCY_DAYS)) for _ in range(u.held)] + [(NO, "")] * u.not_held
        for row in r.shuffled(rows + extra.get(u.code, [])):
            row = (f"CQ{next(number):04d}", u.code) + row
            if len(first) <= AGENCY_WRITTEN_TWICE:
                first.append(row)
            yield row
    if one_twice:
        yield first[AGENCY_WRITTEN_TWICE]


def firm_rows(unions, r, extra):
    serial = 10_000
    for u in unions:
        f = u.firms
        kinds = ["large"] * f.covered + ["small"] * f.small + ["state"] * f.state
        deeds = [(True, True)] * f.both + [(True, False)] * f.conference + [(False, True)] * f.agreement
        deeds += [(False, False)] * (len(kinds) - len(deeds))
        old = iter(["in force"] * f.in_force + ["expired"] * f.expired)
        rows = [with_union(r, kind, deed, old) for kind, deed in zip(kinds, r.shuffled(deeds))]
        rows += [(NO, workers(r, "large"), "", "", "", "") for _ in range(f.uncovered)]
        rows += [(NO, workers(r, "small"), "", "", "", "") for _ in range(f.others)]
        for row in r.shuffled(rows):
            serial += 1 + r.below(3)
            yield (tax_code("53" if r.random() < 0.85 else "01", serial), u.code) + row
        for row in extra.get(u.code, []):
            yield (tax_code("53", row[0]), u.code) + row[1:]
    for code in sorted(extra.keys() - {u.code for u in unions}):
        for row in extra[code]:
            yield (tax_code("53", row[0]), code) + row[1:]


def with_union(r, kind, deed, old):
    held, signed = deed
    agreement = ("", "")
    if signed:
        agreement = r.pick(SIGNED), r.pick(EXPIRES)
    else:
        state = next(old, "none")
        if state == "in force":
            agreement = r.pick(SIGNED_2023), r.pick(EXPIRES_LATER)
        elif state == "expired":
            agreement = r.pick(SIGNED_EARLIER), r.pick(EXPIRED)
    return (YES if kind == "state" else NO, workers(r, kind), r.pick(FOUNDED),
            r.pick(CONFERENCE) if held else "") + agreement


def workers(r, kind):
    if kind == "small":
        return 3 + r.below(21)
    share = r.random()
    return (26 if kind == "large" else 8) + int(share * share * share * 700)


def base_union_rows(unions, r, extra):
    number = count(1)
    for u in unions + [Union("", "", "", "", "")]:
        rows = [(YES, EXCELLENT if r.random() < 0.22 else GOOD) for _ in range(u.good)]
        rows += [(YES, POOR if r.random() < 0.1 else DONE) for _ in range(u.fair)]
        # H01 leaves the grade of those that may not be graded blank, the others write one all the same.
        rows += [(NO, "" if u.code == "H01" else DONE) for _ in range(u.barred)]
        for row in r.shuffled(rows + extra.get(u.code, [])):
            yield (f"CS{next(number):04d}", u.code) + row


def care_rows(unions, r, extra):
    for u in unions:
        for eligible, cared in u.cared:
            yield u.code, eligible, cared
    yield from extra


def initiative_rows(unions, r):
    number = count(1)
    for u in unions:
        for _ in range(u.initiatives):
            draw = r.random()
            day = r.pick(RECOGNISED) if draw < 0.82 else r.pick(RECOGNISED_OUTSIDE) if draw < 0.9 else ""
            yield f"SK{next(number):04d}", u.code, day


def course_rows(unions, r, extra):
    for u in unions:
        for _ in range(u.courses):
            yield u.code, r.pick(COURSE_DAYS), 15 + r.below(60)
    yield from extra


def task_rows(unions, r, planted, no_form):
    for u in unions:
        rows = []
        for item, kind, drawn in TASKS:
            done, day = planted.get((u.code, item), (YES, r.pick(drawn)))
            if not planted and r.random() < 0.05:
                done, day = NO, ""
            number, kept = f"{3 + r.below(90)}/{kind}-{'LĐLĐ' if u.code[:1] == 'H' else 'CĐ'}", r.pick(KEPT)
            if item not in OF_OFFICIALS or u.held + u.not_held:
                rows.append((u.code, item, done) + ((number, day, kept) if done == YES else ("", day, "")))
        yield from () if u.code in no_form else rows


def base_programme_rows(unions, r, extra, lacking, odd):
    """One row per base union, numbered as in base_unions.csv."""
    number = count(1)
    for u in unions:
        codes = [f"CS{next(number):04d}" for _ in range(u.good + u.fair + u.barred + len(extra.get(u.code, [])))]
        without = lacking.get(u.code, 0) if lacking is not None else int(r.random() * r.random() * len(codes) * 0.2)
        rows = [(NO, "")] * without + odd.get(u.code, [])
        rows += [(YES, r.pick(PROGRAMME_ISSUED)) for _ in range(len(codes) - len(rows))]
        for code, (issued, day) in zip(codes, r.shuffled(rows)):
            yield code, issued, f"{1 + r.below(40)}/CTr-CĐCS" if issued == YES else "", day


def outreach_rows(unions, r, silent):
    for u in unions:
        officers, members = 40 + r.below(200), 900 + r.below(8_000)
        yield u.code, "Cán bộ công đoàn", officers, officers - r.below(4)
        reached = members - int(r.random() * members * 0.2)
        yield u.code, "Đoàn viên", members, "" if u.code in silent else reached


def indicator_rows(unions, r, planted, without):
    for u in unions:
        chosen = INDICATORS[:4 + int(r.random() * (len(INDICATORS) - 3))]
        for place, (name, better, least, spread) in enumerate(chosen):
            plan, ahead = least + int(r.random() * spread), 1 + int(r.random() * least / 4)
            case = planted.get((u.code, place), ahead)
            if not planted and r.random() < 0.1:
                case = -r.below(3)
            ahead = case if isinstance(case, int) else ahead
            actual = plan + ahead if better == HIGHER else plan - ahead
            if u.code not in without:
                yield (f"CT-{u.code}-{place + 1}", u.code, name, better, "" if case == NO_PLAN else plan,
                       "" if case == NO_ACTUAL else actual)


def group_rows(unions, r, planted):
    for u in unions:
        groups = [GROUPS[0]] + GROUPS[1:2 + int(r.random() * (len(GROUPS) - 1))]
        for place, group in enumerate(groups):
            number = f"{3 + r.below(90)}/HD-CĐ"
            written = planted.get((u.code, place), YES)
            if not planted and r.random() < 0.05:
                written = NO
            yield u.code, group, written, number if written == YES else ""


def meeting_rows(unions, r, extra):
    for u in unions:
        firms = u.firms.covered > 0
        for kind, most in ((DIALOGUE, 14), (BARGAINING, 6 if firms else 0), (INSPECTION, 7)):
            for _ in range(int(r.random() * most) + (most > 0)):
                yield u.code, kind, r.pick(MEETING_DAYS), f"{1 + r.below(60):02d}/BB"
    yield from extra


def membership_rows(unions, r, planted, extra):
    for u in unions:
        for quarter, day in enumerate(QUARTERS):
            drawn = 20 + r.below(180), r.below(60), r.below(3), int(r.random() * 1.2)
            yield (u.code, day) + planted.get((u.code, quarter), drawn)
    yield from extra


def support_rows(unions, r, extra, without):
    for u in unions:
        rows = [(u.code, HOUSE, r.pick(SUPPORT_DAYS), 1, 1_000_000 * (20 + r.below(40))) for _ in range(1 + r.below(5))]
        for _ in range(2 + r.below(6)):
            cases = 3 + r.below(40)
            rows.append((u.code, VISIT, r.pick(SUPPORT_DAYS), cases, cases * (500_000 + 100_000 * r.below(6))))
        rows += [(u.code, FUND, r.pick(SUPPORT_DAYS), 1, 1_000_000 * (5 + r.below(60))) for _ in range(r.below(3))]
        yield from () if u.code in without else rows
    yield from extra


# What stands beside the counts: nothing, the planted cases, or the planted cases and faulty rows.
NOTHING, PLANTED, SPOILT = "nothing", "planted", "spoilt"


def tables(unions, beside):
    """Name and rows of each file; every table has chance of its own, so that a change in one leaves the others."""
    def chance(number):
        return Chance(SEED + number)

    def extra(planted, spoilt=None):
        return {NOTHING: type(planted)(), PLANTED: planted, SPOILT: spoilt or planted}[beside]

    yield "unions", union_rows(unions, chance(1))
    yield "agencies", agency_rows(unions, chance(2), extra(EXTRA_AGENCIES, SPOILT_AGENCIES), beside == SPOILT)
    yield "firms", firm_rows(unions, chance(3), extra(EXTRA_FIRMS, SPOILT_FIRMS))
    yield "base_unions", base_union_rows(unions, chance(4), extra(EXTRA_BASE_UNIONS, SPOILT_BASE_UNIONS))
    yield "care", care_rows(unions, chance(5), extra(EXTRA_CARE))
    yield "initiatives", initiative_rows(unions, chance(6))
    yield "courses", course_rows(unions, chance(7), extra(EXTRA_COURSES))
    yield "violations", iter(extra(VIOLATIONS))
    yield "tasks", task_rows(unions, chance(9), extra(PLANTED_TASKS), extra(NO_FORM))
    yield "base_programmes", base_programme_rows(unions, chance(10), extra(EXTRA_BASE_UNIONS),
                                                 None if beside == NOTHING else WITHOUT_PROGRAMME, extra(ODD_PROGRAMMES))
    yield "outreach", outreach_rows(unions, chance(11), extra(NO_COUNT))
    yield "indicators", indicator_rows(unions, chance(12), extra(PLANTED_INDICATORS), extra(NO_INDICATORS))
    yield "group_targets", group_rows(unions, chance(13), extra(PLANTED_GROUPS))
    yield "meetings", meeting_rows(unions, chance(14), extra(EXTRA_MEETINGS))
    yield "membership", membership_rows(unions, chance(15), extra(PLANTED_QUARTERS), extra(EXTRA_QUARTERS))
    yield "support", support_rows(unions, chance(16), extra(EXTRA_SUPPORT), extra(NO_SUPPORT))


def invented(firms, unions):
    """Any number of unions with `firms` firms between them, each like the shipped ones in kind."""
    r = Chance(SEED)
    cuts = [0] + [int((i + (r.random() - 0.5) * 0.8) * firms / unions) for i in range(1, unions)] + [firms]
    return [invented_union(r, i, cuts[i + 1] - cuts[i]) for i in range(unions)]


def invented_union(r, index, firms):
    large, small, state = int(firms * 0.45), int(firms * 0.12), int(firms * 0.05)
    uncovered = int(large * r.random() * 0.1)
    organised = large - uncovered + small + state
    both, conference = int(organised * (0.78 + r.random() * 0.15)), int(organised * 0.05)
    agencies, base = 10 + r.below(40), 10 + r.below(60)
    not_held, fair, barred = r.below(2), int(base * r.random() * 0.2), int(base * r.random() * 0.08)
    planned, eligible = 1_000_000 * (50 + r.below(400)), 500 + r.below(9_000)
    return Union(
        f"U{index + 1:04d}", f"Công đoàn cấp trên số {index + 1:04d}", "123"[index % 3],
        planned, planned // 100 * (94 + r.below(12)), agencies - not_held, not_held,
        Firms(large - uncovered, uncovered, small, state, both, conference, int((organised - both - conference) * 0.5),
              int(organised * 0.03), int(organised * 0.02), firms - large - small - state),
        base - fair - barred, fair, barred, YES, ((eligible, eligible - r.below(60)),), r.below(40), r.below(5))


def write(handle, name, rows):
    out = csv.writer(handle, lineterminator="\n")
    out.writerow(HEADERS[name])
    out.writerows(rows)


def write_all(directory, unions, beside):
    directory.mkdir(parents=True, exist_ok=True)
    for name, rows in tables(unions, beside):
        with open(directory / f"{name}.csv", "w", encoding="utf-8", newline="") as handle:
            write(handle, name, rows)


def differing():
    """The shipped files that are not what this program would write."""
    for name, rows in tables(SHIPPED, PLANTED):
        path = SHIPPED_DIR / f"{name}.csv"
        if not path.exists() or path.read_bytes() != text(HEADERS[name], rows).encode("utf-8"):
            yield path


def main():
    parser = argparse.ArgumentParser(description="Write the invented data of the Lào Cai campaign.")
    parser.add_argument("--check", action="store_true", help="exit 1 if the shipped files differ; write nothing")
    parser.add_argument("--spoilt", action="store_true", help="the shipped data with faulty rows (needs --out)")
    parser.add_argument("--firms", type=int, help="firms of a large dataset (needs --unions and --out)")
    parser.add_argument("--unions", type=int, help="unions of a large dataset")
    parser.add_argument("--out", type=Path, help="directory to write to")
    args = parser.parse_args()
    large = (args.firms, args.unions)
    if args.spoilt and args.out and large == (None, None) and not args.check:
        write_all(args.out, SHIPPED, SPOILT)
        return 0
    if args.check and not args.spoilt and not args.out and large == (None, None):
        stale = list(differing())
        for path in stale:
            print(f"differs: {path.name}", file=sys.stderr)
        return 1 if stale else 0
    if not (args.check or args.spoilt or args.out) and large == (None, None):
        write_all(SHIPPED_DIR, SHIPPED, PLANTED)
        return 0
    if args.check or args.spoilt or args.out is None or None in large or args.unions < 1 or args.firms < 0:
        parser.error("give nothing, --check, --spoilt --out DIR, or --firms N --unions N --out DIR")
    write_all(args.out, invented(args.firms, args.unions), NOTHING)
    return 0


if __name__ == "__main__":
    sys.exit(main())
