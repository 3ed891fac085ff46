#!/usr/bin/env python3
"""Writes the invented data of the Kon Tum campaign: `generate.py`, `generate.py --check`, `generate.py --out DIR`.

Sixty-four base unions, of which nearly all do what they should; what makes a case stands in PLANTED, by unit and
file, and replaces what chance would give. The README beside this file says what each planted case is to show.
"""
import sys
from datetime import date, timedelta
from pathlib import Path

HERE = Path(__file__).resolve().parent
sys.path.insert(0, str(HERE.parent))
from invented import NO, YES, Chance, main  # noqa: E402

AGENCY, SERVICE, FIRM = "Hành chính", "Sự nghiệp", "Doanh nghiệp"
SECTORS = [("HC", AGENCY, "cơ quan", 46), ("SN", SERVICE, "đơn vị sự nghiệp", 11), ("DN", FIRM, "doanh nghiệp", 7)]

PLAN, LAUNCH, OTHER_PAPER = "Kế hoạch", "Phát động", "Khác"
FINAL, INTERIM, OFFICE, FEDERATION = "Tổng kết", "Sơ bộ", "CĐVC tỉnh", "LĐLĐ tỉnh"
LETTER, MAIL = "Công văn", "Thư điện tử"
PRODUCT, WORK, PROJECT, TASK, PART, OTHER = "Sản phẩm", "Công trình", "Dự án", "Nhiệm vụ", "Phần việc", "Khác"
ROADS, SAVINGS, COUNTRYSIDE, TOWN = "Kết cấu hạ tầng", "Tiết kiệm, chống lãng phí", "Nông thôn mới", "Đô thị văn minh"
MODELS = ["Mô hình", "Mô hình", "Tập thể điển hình", "Cá nhân điển hình"]
SKILLED, GREEN = "Lao động giỏi, lao động sáng tạo", "Xanh - Sạch - Đẹp, Bảo đảm an toàn vệ sinh lao động"
TWO_GOOD = "Giỏi việc nước, đảm việc nhà"
RENEWAL = "Đổi mới, sáng tạo, hiệu quả trong hoạt động của tổ chức Công đoàn"
HONEST = "Cán bộ, công chức, viên chức nói không với tiêu cực"
CULTURE = "Cán bộ, công chức, viên chức thi đua thực hiện văn hoá công sở"
FOR_ALL, FOR_OFFICIALS = [SKILLED, GREEN, TWO_GOOD, RENEWAL], [HONEST, CULTURE]
WAVES = [date(2023, 12, 31), date(2024, 3, 31), date(2024, 6, 30), date(2024, 9, 30)]
IN_WORDS = ["giảm thời gian chờ của người dân", "gắn kết đoàn viên", "nâng cao ý thức nơi công sở", "giúp hộ khó khăn"]


def day(text):
    return date.fromisoformat(text)


def paper(kind, dated, number="01", congress=YES, movements=YES, resolution=YES):
    return kind, number, day(dated), congress, movements, resolution


def final(sent_on, to=OFFICE):
    return FINAL, to, day(sent_on), LETTER


def thing(kind, registered_on, completed_on=None, money=None, words=None, theme=SAVINGS):
    return kind, theme, registered_on and day(registered_on), completed_on and day(completed_on), money, words


def proof(movement, claimed=YES, dated="2024-04-10", verified=YES, number="07"):
    return movement, claimed, number if claimed == YES else None, dated and day(dated), verified


# ── What is planted ──────────────────────────────────────────────────────────────────────────────────────────────

LAUNCHED = paper(LAUNCH, "2023-12-04", "02")
PLANNED = paper(PLAN, "2023-11-28")
PLANTED = {
    "documents": {
        "HC09": [paper(PLAN, "2023-12-05", number=None), LAUNCHED],
        "HC10": [LAUNCHED],
        "HC11": [paper(PLAN, "2023-11-13"), paper(LAUNCH, "2023-11-13", "02")],
        "HC12": [PLANNED, paper(LAUNCH, "2023-11-12", "02")],
        "HC13": [PLANNED, paper(LAUNCH, "2023-11-01", "02"), paper(LAUNCH, "2023-11-27", "04")],
        "HC14": [PLANNED],
        "HC15": [PLANNED, paper(LAUNCH, "2024-10-31", "02")],
        "HC16": [paper(PLAN, "2023-11-24", congress=NO), paper(PLAN, "2024-01-09", "03"), LAUNCHED],
        "HC17": [paper(PLAN, "2023-11-24", movements=None), LAUNCHED],
        "SN08": [paper(PLAN, "2023-11-24", congress=NO, resolution=NO), LAUNCHED],
        "SN09": [paper(PLAN, "2023-10-31"), LAUNCHED],
    },
    "reports": {
        "HC01": [final("2024-07-14")],
        "HC02": [final("2024-07-15")],
        "HC03": [final("2024-07-16")],
        "HC04": [],
        "HC05": [final("2024-07-08", FEDERATION), final("2024-07-22")],
        "HC06": [(INTERIM, OFFICE, day("2024-06-28"), MAIL), final("2024-07-12")],
        "HC07": [final("2024-07-10"), final("2024-07-17")],
        "HC08": [final("2024-07-18")],
        "DN01": [final("2024-08-05")],
        "DN02": [(INTERIM, OFFICE, day("2024-07-09"), MAIL)],
    },
    # Told and in all, for members, workers and employers; by day.
    "outreach": {
        "HC18": [("2024-06-30", 118, 119, 14, 14, None, None)],
        "HC19": [("2024-09-30", 64, 64, 9, 9, None, None)],
        "HC20": [("2024-06-30", 87, 87, None, 12, 0, 1)],
        "SN01": [("2024-06-30", 41, 41, 0, 0, None, None)],
        "SN02": [("2024-06-30", 71, 73, 22, 22, None, None), ("2024-11-05", 73, 73, 22, 22, None, None)],
        "DN02": [("2024-06-30", 230, 230, 61, 61, 3, 4)],
        "DN03": [("2024-06-30", 154, 154, 40, 40, None, 5)],
        "DN04": [("2024-06-30", 96, 96, 33, 33, 2, 3), ("2024-09-30", 96, 96, 33, 33, 3, 3)],
    },
    # What replaces or, with None, takes away the line of a movement; [] is a form that never came back.
    "movements": {
        "HC21": {GREEN: proof(GREEN, None, None, None)},
        "HC22": {TWO_GOOD: proof(TWO_GOOD, NO, None, None)},
        "HC23": {SKILLED: proof(SKILLED, dated="2023-10-20")},
        "HC24": {RENEWAL: proof(RENEWAL, dated=None)},
        "HC25": [],
        "HC26": {HONEST: proof(HONEST, verified=NO)},
        "HC27": {GREEN: None},
        "HC28": {"Khác": proof("Khác", dated="2024-05-19")},
        "SN03": {SKILLED: proof(SKILLED, dated="2023-11-01"), CULTURE: proof(CULTURE, dated="2024-10-31")},
        "DN05": {CULTURE: proof(CULTURE)},
    },
    "registrations": {
        "HC29": [],
        "HC30": [thing(WORK, "2024-02-01")],
        "HC31": [thing(PART, None, "2024-05-02", words=IN_WORDS[0])],
        "HC32": [thing(WORK, "2024-05-20", "2024-05-19", 40_000_000)],
        "HC33": [thing(WORK, "2024-05-19", "2024-05-19", 40_000_000)],
        "HC34": [thing(PRODUCT, "2024-01-15", "2024-06-01", 12_500_000),
                 thing(TASK, "2024-01-15", "2024-06-20", words=IN_WORDS[2])],
        "HC35": [thing(WORK, "2024-01-10", "2024-04-01", 65_000_000), thing(PART, "2024-01-10", "2024-04-15")],
        "HC36": [thing(WORK, "2024-01-10", "2024-04-01", 21_000_000),
                 thing(OTHER, "2024-01-10", "2024-04-15", words=IN_WORDS[1])],
        "HC37": [thing(PROJECT, "2023-11-01", "2024-10-31", 310_000_000)],
        "HC38": [thing(PROJECT, "2024-03-01", "2024-11-02", 95_000_000)],
        "HC39": [thing(PART, "2024-03-26", "2024-06-19", words=IN_WORDS[3], theme=COUNTRYSIDE)],
        "SN04": [thing(WORK, "2023-10-31", "2024-04-30", 18_000_000)],
        "SN10": [thing(WORK, "2024-01-10", "2024-07-15", 30_000_000, theme=None),
                 thing(PART, "2024-01-10", "2024-09-02", words=IN_WORDS[0])],
    },
    # How many models the unit set itself, and the days on which it found some.
    "models": {
        "HC40": (2, ["2024-01-15", "2024-05-15"]),
        "HC41": (2, ["2024-01-15", "2024-05-15", "2024-10-31"]),
        "HC42": (3, ["2024-01-15", "2024-05-15"]),
        "HC43": (None, ["2024-01-15", "2024-02-15", "2024-03-15", "2024-04-15"]),
        "SN10": (1, ["2023-10-31"]),
        "SN11": (0, []),
    },
    # The answer to a request, by wave.
    "requests": {
        "HC44": {1: "2024-02-29"},
        "HC45": {1: "2024-03-01", 2: "2024-05-17"},
        "SN05": {3: None},
        "SN06": {4: None},
        "SN07": {4: "2024-10-28"},
        "DN06": {2: "2024-05-20", 3: None},
    },
}

# Asked, due, and how many of a hundred unions are asked.
REQUESTS = {1: ("2024-02-15", "2024-02-29", 30), 2: ("2024-05-06", "2024-05-18", 22),
            3: ("2024-09-16", "2024-09-30", 30), 4: ("2024-10-21", "2024-11-05", 12)}

# Name, higher is better, plan and actual of 2023, plan and actual of 2024; None is not published.
INDICATORS = [
    ("Tốc độ tăng tổng sản phẩm (%)", True, "8.5", "8.7", "9", "8.4"),
    ("Tổng sản phẩm bình quân đầu người (triệu đồng)", True, "58", "58.6", "63", "63.2"),
    ("Thu ngân sách trên địa bàn (tỉ đồng)", True, "4000", "4000", "4200", "4316"),
    ("Vốn đầu tư toàn xã hội (tỉ đồng)", True, "21500", "20940", "23000", None),
    ("Kim ngạch xuất khẩu (triệu USD)", True, "325", "342.5", "350", "361"),
    ("Diện tích trồng rừng mới (ha)", True, "3000", "3125", "3000", "3000"),
    ("Độ che phủ rừng (%)", True, "63.2", "63.69", "63.8", "63.9"),
    ("Số xã đạt chuẩn nông thôn mới", True, "47", "48", "52", "51"),
    ("Tỉ lệ hộ nghèo (%)", False, "10.8", "10.1", "8.2", "8.2"),
    ("Tỉ lệ trẻ em dưới 5 tuổi suy dinh dưỡng (%)", False, "19.5", "19.8", "19", "18.7"),
    ("Tỉ lệ tham gia bảo hiểm y tế (%)", True, "92", "92.35", "93", "93.4"),
    ("Số giường bệnh trên một vạn dân", True, "44.5", "44.5", "45", "45.6"),
    ("Tỉ lệ lao động qua đào tạo (%)", True, "58", "58.2", "60", None),
    ("Tỉ lệ hộ dân nông thôn dùng nước hợp vệ sinh (%)", True, "93", "93.5", "94", "94.1"),
    ("Tai nạn giao thông (vụ)", False, "110", "97", "95", "104"),
    ("Lượt khách du lịch (nghìn lượt)", True, "1300", "1450", "1500", "1625"),
]

OFFICE_TASKS = [
    ("Phát động", "21", "2023-11-13"), ("Hướng dẫn", "22", "2023-11-13"), ("Hướng dẫn", "04", "2024-01-18"),
    ("Đôn đốc", "31", "2024-06-03"), ("Đôn đốc", "38", "2024-07-16"), ("Tuyên truyền", "25", "2023-12-01"),
    ("Tuyên truyền", "12", "2024-03-08"), ("Theo dõi", "19", "2023-10-27"),
]
OFFICE_REPORTS = [(FEDERATION, "41", "2024-07-19")]

# ── What chance gives the others ─────────────────────────────────────────────────────────────────────────────────


class Union:
    def __init__(self, chance, code, name, sector):
        self.code, self.name, self.sector = code, name, sector
        self.members = 18 + chance.below(120) + (90 if sector == FIRM else 0)
        self.workers = 2 + chance.below(25) + (20 if sector == FIRM else 0)
        self.employers = 2 + chance.below(4) if sector == FIRM else None


def unions(chance):
    return [Union(chance, f"{prefix}{number:02d}", f"CĐCS {kind} số {number:02d}", sector)
            for prefix, sector, kind, count in SECTORS for number in range(1, count + 1)]


def documents(chance, union):
    planned = chance.day(date(2023, 11, 20), date(2024, 1, 20))
    rows = [(PLAN, f"{1 + chance.below(9):02d}", planned, YES, YES, YES)]
    rows.append((LAUNCH, f"{10 + chance.below(9):02d}", planned + timedelta(days=3 + chance.below(25)), YES, YES, YES))
    if chance.yes(25):
        dated = chance.day(date(2024, 2, 1), date(2024, 9, 30))
        rows.append((OTHER_PAPER, f"{20 + chance.below(9):02d}", dated, NO, YES, NO))
    return rows


def address(code, kind, number, dated):
    return f"{code}/{dated.year}/{kind}-{number}.pdf" if number and dated else None


def reports(chance, union):
    early = [(INTERIM, OFFICE, chance.day(date(2024, 3, 20), date(2024, 4, 10)), MAIL)] if chance.yes(15) else []
    sent_on = chance.day(date(2024, 6, 24), date(2024, 7, 12))
    return early + [(FINAL, OFFICE, sent_on, LETTER if chance.yes(70) else MAIL)]


def told(chance, number, wave):
    """All at the end of June, fewer before."""
    return number if wave >= 2 else number * (40 + 25 * wave + chance.below(25)) // 100


def outreach(chance, union):
    waves = [(at, dated) for at, dated in enumerate(WAVES) if at == 2 or chance.yes(80)]
    for at, dated in waves:
        yield (dated, *(number for group in (union.members, union.workers, union.employers)
                        for number in ((None, None) if group is None else (group, told(chance, group, at)))))


def movements(chance, union):
    named = FOR_ALL + (FOR_OFFICIALS if union.sector != FIRM else [])
    lines = {}
    for movement in named:
        dated = chance.day(date(2023, 12, 1), date(2024, 6, 25))
        lines[movement] = (movement, YES, f"{chance.below(40) + 1:02d}", dated, YES if chance.yes(75) else None)
    if chance.yes(12):
        dated = chance.day(date(2024, 2, 1), date(2024, 9, 25))
        lines["Khác"] = ("Khác", YES, f"{chance.below(40) + 1:02d}", dated, None)
    planted = PLANTED["movements"].get(union.code)
    if planted is not None:
        lines = {} if planted == [] else lines | planted
    return [line for line in lines.values() if line is not None]


def registrations(chance, union):
    for number in range(1 + chance.below(4)):
        kind = chance.pick([WORK, WORK, PROJECT, PART, PART]) if number == 0 else \
            chance.pick([PRODUCT, WORK, WORK, PROJECT, TASK, PART, PART])
        registered_on = chance.day(date(2023, 11, 20), date(2024, 3, 31))
        completed_on = registered_on + timedelta(days=30 + chance.below(190)) if number == 0 or chance.yes(75) else None
        money = 1_000_000 * (3 + chance.below(180)) if completed_on and kind != TASK and chance.yes(70) else None
        words = chance.pick(IN_WORDS) if completed_on and (money is None or chance.yes(30)) else None
        theme = None if chance.yes(10) else chance.pick([ROADS, SAVINGS, SAVINGS, COUNTRYSIDE, TOWN])
        yield kind, theme, registered_on, completed_on, money, words


def models(chance, union):
    """How many the unit set itself, and the days on which it found some."""
    planned = None if chance.yes(35) else 1 + chance.below(3)
    found = max(0, (planned or 1) - 1 + chance.below(3))
    return planned, sorted(chance.day(date(2023, 12, 1), date(2024, 9, 20)).isoformat() for _ in range(found))


def requests(chance, union):
    answers = {}
    for wave, (asked_on, due, percent) in REQUESTS.items():
        if chance.yes(percent):
            answers[wave] = None if wave == 4 else chance.day(day(asked_on) + timedelta(days=2), day(due)).isoformat()
    return PLANTED["requests"].get(union.code, answers)


def ours(file, chance, union, by_chance):
    """The planted rows of a union, or those that chance gives it."""
    given = list(by_chance(chance, union))
    return PLANTED[file].get(union.code, given)


# ── The files ────────────────────────────────────────────────────────────────────────────────────────────────────


def tables():
    all_unions = unions(Chance(2023_01))
    planned, model_rows, model_chance = {}, [], Chance(2023_06)
    for union in all_unions:
        count, found = PLANTED["models"].get(union.code) or models(model_chance, union)
        planned[union.code] = count
        for found_on in found:
            spread = day(found_on) + timedelta(days=40 + model_chance.below(60)) if model_chance.yes(60) else None
            code = f"MH{len(model_rows) + 1:03d}"
            model_rows.append((code, union.code, model_chance.pick(MODELS), day(found_on), spread))

    paper_rows, chance = [], Chance(2023_02)
    for union in all_unions:
        for kind, number, dated, *ticks in ours("documents", chance, union, documents):
            full = number and f"{number}/{'KH' if kind == PLAN else 'CV'}-CĐCS"
            paper_rows.append((union.code, kind, full, dated, address(union.code, "VB", number, dated), *ticks))

    report_rows, chance = [], Chance(2023_03)
    for union in all_unions:
        for at, (kind, to, sent_on, channel) in enumerate(ours("reports", chance, union, reports), 1):
            report_rows.append((union.code, kind, to, f"{20 + at}/BC-CĐCS", sent_on, channel))

    outreach_rows, chance = [], Chance(2023_04)
    for union in all_unions:
        given = list(outreach(chance, union))
        if union.code in PLANTED["outreach"]:
            given = [(day(dated), m_all, m, w_all, w, e_all, e)
                     for dated, m, m_all, w, w_all, e, e_all in PLANTED["outreach"][union.code]]
        outreach_rows += [(union.code, *line) for line in given]

    movement_rows, chance = [], Chance(2023_05)
    for union in all_unions:
        for movement, claimed, number, dated, verified in movements(chance, union):
            full = number and f"{number}/BC-CĐCS"
            kept = address(union.code, "MC", number, dated)
            movement_rows.append((union.code, movement, claimed, full, dated, kept, verified))

    registration_rows, chance = [], Chance(2023_07)
    for union in all_unions:
        for line in ours("registrations", chance, union, registrations):
            registration_rows.append((f"DK{len(registration_rows) + 1:03d}", union.code, *line))

    request_rows, chance = [], Chance(2023_08)
    for union in all_unions:
        for wave, answered_on in requests(chance, union).items():
            asked_on, due, _ = REQUESTS[wave]
            answered_on = answered_on and day(answered_on)
            request_rows.append((f"YC{wave}-{union.code}", union.code, day(asked_on), day(due), answered_on,
                                 f"{30 + wave}/BC-CĐCS" if answered_on else None))

    indicator_rows = []
    for year, published, at in (("2023", day("2024-01-25"), 2), ("2024", day("2024-10-28"), 4)):
        for number, line in enumerate(INDICATORS, 1):
            plan, actual = line[at], line[at + 1]
            better = "Cao hơn" if line[1] else "Thấp hơn"
            indicator_rows.append((f"{year}-{number:02d}", line[0], year, better, plan, actual,
                                   published if actual else None))

    return {
        "base_unions.csv": (["Mã CĐCS", "Tên CĐCS", "Khối", "Số mô hình, điển hình tự đăng ký"],
                            [(u.code, u.name, u.sector, planned[u.code]) for u in all_unions]),
        "documents.csv": (["Mã CĐCS", "Loại văn bản", "Số văn bản", "Ngày văn bản", "Địa chỉ lưu",
                           "Gắn với chào mừng Đại hội XIII CĐVN", "Thống nhất với các phong trào CĐ đã triển khai",
                           "Triển khai Nghị quyết Đại hội CĐ các cấp"], paper_rows),
        "reports.csv": (["Mã CĐCS", "Loại báo cáo", "Nơi nhận", "Số báo cáo", "Ngày gửi", "Hình thức gửi"], report_rows),
        "requests.csv": (["Mã yêu cầu", "Mã CĐCS", "Ngày yêu cầu", "Hạn trả lời", "Ngày trả lời", "Số báo cáo"],
                         request_rows),
        "registrations.csv": (["Mã đăng ký", "Mã CĐCS", "Loại", "Gắn với", "Ngày đăng ký", "Ngày hoàn thành",
                               "Giá trị làm lợi (đồng)", "Giá trị chính trị - xã hội"], registration_rows),
        "models.csv": (["Mã mô hình, điển hình", "Mã CĐCS", "Loại", "Ngày phát hiện", "Ngày nhân rộng"], model_rows),
        "movements.csv": (["Mã CĐCS", "Phong trào", "Có minh chứng", "Số văn bản", "Ngày văn bản", "Địa chỉ lưu",
                           "CĐVC tỉnh xác nhận"], movement_rows),
        "outreach.csv": (["Mã CĐCS", "Số liệu đến ngày", "Đoàn viên: tổng số", "Đoàn viên: đã được phổ biến",
                          "Người lao động: tổng số", "Người lao động: đã được phổ biến",
                          "Người sử dụng lao động: tổng số", "Người sử dụng lao động: đã được phổ biến"], outreach_rows),
        "indicators.csv": (["Mã chỉ tiêu", "Tên chỉ tiêu", "Năm", "Chiều tốt", "Kế hoạch", "Thực hiện", "Ngày công bố"],
                           indicator_rows),
        "office_tasks.csv": (["Nhiệm vụ", "Số văn bản", "Ngày văn bản", "Địa chỉ lưu"],
                             [(task, f"{number}/CĐVC", day(dated), address("CĐVC", "VB", number, day(dated)))
                              for task, number, dated in OFFICE_TASKS]),
        "office_reports.csv": (["Nơi nhận", "Số báo cáo", "Ngày gửi"],
                               [(to, f"{number}/BC-CĐVC", day(dated)) for to, number, dated in OFFICE_REPORTS]),
    }


if __name__ == "__main__":
    sys.exit(main(tables(), HERE))
