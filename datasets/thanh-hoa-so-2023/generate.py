#!/usr/bin/env python3
"""Write the invented data of the campaign of a department's union in Thanh Hóa, the same bytes on every Python from 3.9.

    python3 datasets/thanh-hoa-so-2023/generate.py           rewrite the files beside this one
    python3 datasets/thanh-hoa-so-2023/generate.py --check   exit 1 if they differ

The books as they stood on 31/1/2025. A section that keeps everything is the rule (regular_*); what differs is
written out by section (PLANTED_*), and README.md says what comes of it.
"""
import sys
from datetime import date
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))
from invented import NO, YES, Chance, main  # noqa: E402

SEED = 20231101

# Code, name, people on the roll when the campaign begins.
SECTIONS = [
    ("T01", "Tổ CĐ Văn phòng Sở", 24), ("T02", "Tổ CĐ Thanh tra Sở", 14),
    ("T03", "Tổ CĐ phòng Kế hoạch - Tài chính", 12), ("T04", "Tổ CĐ phòng Tổ chức - Pháp chế", 11),
    ("T05", "Tổ CĐ phòng Nghiệp vụ 1", 10), ("T06", "Tổ CĐ phòng Nghiệp vụ 2", 13),
    ("T07", "Tổ CĐ phòng Nghiệp vụ 3", 9), ("T08", "Tổ CĐ phòng Nghiệp vụ 4", 12),
    ("T09", "Tổ CĐ phòng Nghiệp vụ 5", 8), ("T10", "Tổ CĐ phòng Nghiệp vụ 6", 11),
    ("T11", "Tổ CĐ Trung tâm Dịch vụ công", 16), ("TTCNTT", "Tổ CĐ Trung tâm Công nghệ thông tin", 34),
    ("B01", "CĐ bộ phận Chi cục số 1", 118), ("B02", "CĐ bộ phận Chi cục số 2", 72),
    ("B03", "CĐ bộ phận Chi cục số 3", 46), ("B04", "CĐ bộ phận Chi cục số 4", 39),
    ("B05", "CĐ bộ phận Trung tâm số 1", 141), ("B06", "CĐ bộ phận Trung tâm số 2", 57),
    ("B07", "CĐ bộ phận Trung tâm số 3", 63), ("B08", "CĐ bộ phận Trung tâm số 4", 28),
    ("B09", "CĐ bộ phận Đoàn số 1", 85), ("B10", "CĐ bộ phận Đoàn số 2", 51),
    ("B11", "CĐ bộ phận Quỹ số 1", 26), ("B12", "CĐ bộ phận Ban Quản lý dự án", 44),
]
CODES = [code for code, *_ in SECTIONS]
POSTER = "TTCNTT"                                # the one group that clause IV.2 names
SILENT = "T11"                                   # has returned neither its tick-list nor its list of meetings

# ── people: joined, left, told, day told ─────────────────────────────────────────────────────────────────────────

PLANTED_PEOPLE = {
    "B01": [("2019-04-01", "", NO, "")],                                        # one of 119 was not told
    "B02": [("2020-09-15", "", "", "")],                                        # nothing reported
    "B03": [("2018-02-01", "", YES, "2023-11-01"),                              # the first day counts,
            ("2018-02-01", "", YES, "2024-10-31")],                             # and so does the last
    "B04": [("2021-06-01", "", YES, "2023-10-31"),                              # told before the campaign began,
            ("2021-06-01", "", YES, "2024-11-05")],                             # or after it ended
    "B05": [("2017-03-01", "2024-10-30", NO, ""),                               # had left: not on the roll any more
            ("2024-11-01", "", NO, "")],                                        # had not come yet
    "B06": [("2016-08-01", "2024-10-31", NO, "")],                              # on the roll for the last time that day
    "B10": [("2022-05-16", "", YES, "")],                                       # told, no day given
}

# ── tick-lists: (section, task) -> done, day, proof, number of the paper, address ─────────────────────────────────

PAPER, ADDRESS, NOTHING = "Văn bản", "Đường dẫn", "Không có"
TASKS = {
    "care": "Gắn với chăm lo đời sống, việc làm", "reform": "Gắn với cải cách hành chính",
    "digital": "Gắn với chuyển đổi số",
    "aspiration": "Phong trào hiện thực hóa khát vọng", "culture": "Phong trào văn hóa công sở",
    "example": "Học tập và làm theo Bác", "official": "Xây dựng người cán bộ, công chức, viên chức",
    "procedures": "Vận động cải cách thủ tục, nâng chất lượng tham mưu",
    "party": "Báo cáo cấp ủy", "management": "Phối hợp với chuyên môn", "launch": "Tổ chức phát động",
}
POSTER_TASKS = {"full_text": "Đăng toàn văn kế hoạch", "running_text": "Chạy chữ điện tử"}
PLANTED_TASKS = {
    ("T02", "care"): (NO, "", NOTHING, "", ""), ("T02", "digital"): (NO, "", NOTHING, "", ""),   # one of three is enough
    ("T03", "care"): (NO, "", NOTHING, "", ""), ("T03", "reform"): (NO, "", NOTHING, "", ""),
    ("T03", "digital"): (NO, "", NOTHING, "", ""),
    ("T04", "launch"): (YES, "2023-11-01", PAPER, "01/KH-T04", ""),                # the first day counts
    ("T05", "launch"): (YES, "2024-10-31", PAPER, "09/KH-T05", ""),                # and so does the last
    ("T06", "launch"): (YES, "2023-10-31", PAPER, "07/KH-T06", ""),                # the day before does not
    ("T07", "launch"): (YES, "2024-11-01", PAPER, "12/KH-T07", ""),                # nor the day after
    ("T08", "party"): (YES, "2023-12-04", NOTHING, "", ""),                        # a tick alone is a claim
    ("T09", "party"): (YES, "", PAPER, "06/BC-T09", ""),                           # done, no day given
    ("T10", "party"): ("", "", "", "", ""),                                        # nothing reported
    ("T10", "management"): (YES, "2023-12-11", ADDRESS, "", "https://so.example/tin/t10"),       # instead of a paper
    ("B02", "procedures"): (NO, "", NOTHING, "", ""), ("B03", "culture"): (NO, "", NOTHING, "", ""),
    ("B05", "official"): (YES, "2024-03-18", NOTHING, "", ""),
    ("B06", "example"): ("", "2024-02-05", PAPER, "17/BC-B06", ""),                # a paper, but not whether it was done
    ("B09", "aspiration"): (NO, "", NOTHING, "", ""), ("B10", "culture"): (YES, "2024-10-15", PAPER, "14/BC-B10", ""),
    ("B12", "care"): ("", "", "", "", ""), ("B12", "reform"): ("", "", "", "", ""),              # none for sure
    ("B12", "digital"): (NO, "", NOTHING, "", ""),
    (POSTER, "full_text"): (YES, "2023-11-28", ADDRESS, "", "https://so.example/ke-hoach/thi-dua-dac-biet"),
    (POSTER, "running_text"): (YES, "2023-12-01", PAPER, "31/BC-TTCNTT", ""),      # not where it can be seen
}
WITHOUT_LINE = {("B08", "management")}                                            # the line is missing from the list

# ── summing-up: the days, none, or "" for a meeting whose day is not given ───────────────────────────────────────

PLANTED_SUMMING_UP = {
    "T02": ["2024-08-15"], "T03": ["2024-08-31"], "T04": ["2024-09-01"], "T05": ["2024-07-31"],
    "T06": ["2024-07-25", "2024-08-26"], "T07": ["2024-08-20", "2024-09-12"], "T08": ["2024-08-01"],
    "T09": [""], "T10": [], "B01": ["2024-08-16"], "B04": ["2024-08-14"], "B12": ["2024-11-08"],
}
COMMITTEE_MEETINGS = [("launch", "2023-11-24"), ("other", "2024-01-18"), ("other", "2024-04-25"),
                      ("summing_up", "2024-08-29"), ("other", "2024-10-22")]
MEETING_KINDS = {"launch": "Phát động", "summing_up": "Tổng kết", "other": "Khác"}

# ── reports on results to the committee: the days; a section that is not here sent one in August ────────────────

PLANTED_REPORTS = {
    "T03": [("final", "committee", "2024-08-31")], "T04": [("final", "committee", "2024-09-01")],
    "T05": [("final", "committee", "2024-10-31")], "T07": [("final", "committee", "2024-08-27"), ("final", "committee", "2024-09-16")],
    "T10": [], "T11": [], POSTER: [("final", "committee", "2024-11-04")],
    "B11": [("final", "management", "2024-08-26")],                               # to the wrong desk
    "B12": [("progress", "committee", "2024-05-20")],                             # on progress, not on results
}
REPORT_KINDS = {"final": "Kết quả", "progress": "Tiến độ"}
DESKS = {"committee": "BCH Công đoàn Sở", "management": "Lãnh đạo đơn vị"}

# ── targets ──────────────────────────────────────────────────────────────────────────────────────────────────────

SUPERIOR, DEPARTMENT, SECTION, CONGRESS = "CĐVC tỉnh", "Công đoàn Sở", "Tự đề ra", "Nghị quyết Đại hội"
PAPERS = {("2023", SUPERIOR): "18/KH-CĐVC", ("2023", DEPARTMENT): "04/KH-CĐS",
          ("2024", SUPERIOR): "11/KH-CĐVC", ("2024", DEPARTMENT): "03/KH-CĐS", ("2023-2028", CONGRESS): "01/NQ-ĐH"}
# A kind of target: origin, least and greatest plan, whether the plan is a most.
YEARLY = [(SUPERIOR, 85, 98, NO), (SUPERIOR, 2, 9, NO), (DEPARTMENT, 90, 99, NO), (DEPARTMENT, 0, 4, YES), (SECTION, 3, 30, NO)]
TERM = [(CONGRESS, 80, 95, NO), (CONGRESS, 10, 60, NO), (CONGRESS, 1, 5, YES)]
DAYS = {"2023": ["2023-12-12", "2024-01-19"],                                     # the estimate, then the final figure
        "2024": ["2024-04-05", "2024-07-05", "2024-10-04", "2025-01-17"],
        "2023-2028": ["2024-01-26", "2024-07-12", "2025-01-24"]}
NOT_ASSIGNED = {("B06", "2024"), ("T09", "2023"), ("T09", "2024"), ("T10", "2023-2028")}
OWN_TARGETS_ONLY = {("B11", "2023"), ("B11", "2024")}
EXACTLY_AT_PLAN = {("B08", "2023"), ("B08", "2024")}
ABOVE_PLAN = {("T01", "2023"), ("T01", "2024"), ("B05", "2024")}
# (section, span, number of the target) -> its results against plan, by day of report; None: no figure in the report.
PLANTED_MARGINS = {
    ("B07", "2023", 0): [-3, -1], ("B07", "2024", 0): [-60, -40, -16, -1],         # one short, by one
    ("B09", "2023", 3): [2, -1], ("B09", "2024", 3): [2, 1, -1, -2],              # more than the most
    ("B10", "2023", 2): [1, -2],                                                  # the estimate was at plan, the final figure not
    ("B02", "2023", 1): [], ("B02", "2024", 1): [],                               # never reported
    ("B03", "2024", 4): [None, None, None, None],                                     # reported without the figure
    ("T02", "2024", 0): [-50, -30, -4, 0],                                        # reached at the very end of the year
    ("T03", "2023", 1): [0, 0], ("T05", "2023", 4): [-2, 3],                      # short in the estimate, over in the end
}

# ── the province's own targets: year, plan, whether it is a most, margins by day of publication ────────────────────

PROVINCE = [("2023", 11, NO, [-4, -4]), ("2023", 35500, NO, [6200, 7700]), ("2023", 136, NO, [0, 1]),
            ("2023", 57, NO, [0, 0]), ("2023", 2, YES, [0, 0]),
            ("2024", 11, NO, [0, 1, 1]), ("2024", 35600, NO, [-9800, 17000, 18900]), ("2024", 138, NO, [-60, 0, 0]),
            ("2024", 59, NO, [-8, 1, 1]), ("2024", 2, YES, [1, 0, 0])]
PROVINCE_DAYS = {"2023": ["2023-12-08", "2024-03-29"], "2024": ["2024-07-05", "2024-12-06", "2025-01-24"]}


def people_rows(chance):
    serial = 0
    for code, _, size in SECTIONS:
        talk = chance.day(date(2023, 11, 20), date(2023, 12, 15))
        rows = []
        for _ in range(size):
            joined = chance.day(date(1998, 1, 1), date(2023, 10, 1))
            rows.append((joined, "", YES, talk if chance.yes(92) else chance.day(talk, date(2024, 1, 31))))
        for _ in range(size // 12):              # those who left in the course, and those who came in their place
            left = chance.day(date(2024, 2, 1), date(2024, 9, 30))
            rows.append((chance.day(date(1985, 1, 1), date(2010, 1, 1)), left, YES, talk))
            came = chance.day(date(2024, 3, 1), date(2024, 9, 1))
            rows.append((came, "", YES, chance.day(came, date(2024, 10, 15))))
        if code == SILENT:
            rows = [(joined, left, "", "") for joined, left, *_ in rows]
        for row in chance.shuffled(rows + PLANTED_PEOPLE.get(code, [])):
            serial += 1
            yield (f"N{serial:04d}", code) + row


def task_rows(chance):
    for code in CODES:
        if code == SILENT:
            continue
        for number, (task, word) in enumerate((TASKS | POSTER_TASKS if code == POSTER else TASKS).items(), start=2):
            day = chance.day(date(2023, 11, 20), date(2023, 12, 20) if task in ("party", "management", "launch") else date(2024, 6, 28))
            paper, address = f"{number:02d}/BC-{code}", f"https://so.example/tin/{code.lower()}-{number}"
            row = (YES, day, ADDRESS, "", address) if chance.yes(20) else (YES, day, PAPER, paper, "")
            if (code, task) not in WITHOUT_LINE:
                yield (code, word) + PLANTED_TASKS.get((code, task), row)


def meeting_rows(chance):
    for code in CODES:
        launch = chance.day(date(2023, 11, 20), date(2023, 12, 15))
        usual = chance.day(date(2024, 8, 19), date(2024, 8, 30))
        if code != SILENT:
            meetings = [("launch", launch), ("other", chance.day(date(2024, 1, 8), date(2024, 6, 28)))]
            meetings += [("summing_up", day) for day in PLANTED_SUMMING_UP.get(code, [usual])]
            yield from ((code, MEETING_KINDS[kind], day) for kind, day in meetings)


def report_rows(chance):
    for code in CODES:
        usual = [("final", "committee", chance.day(date(2024, 8, 20), date(2024, 8, 30)))]
        if chance.yes(30):
            usual.insert(0, ("progress", "committee", chance.day(date(2024, 4, 1), date(2024, 6, 28))))
        for number, (kind, desk, day) in enumerate(PLANTED_REPORTS.get(code, usual), start=41):
            yield f"{number}/BC-{code}", code, REPORT_KINDS[kind], DESKS[desk], day


DEEDS = ["Rút ngắn thời gian giải quyết hồ sơ", "Số hóa hồ sơ lưu trữ", "Sáng kiến cải tiến quy trình",
         "Hoàn thành sớm nhiệm vụ năm", "Chăm lo đoàn viên khó khăn", "Tham mưu văn bản đúng hạn"]


def commendation_rows(chance):
    number = 0
    for code, _, size in SECTIONS:
        if code == "B08":                        # commended nobody
            continue
        for _ in range(1 + size // 16):
            number += 1
            draw = chance.below(100)
            day = chance.day(date(2024, 8, 19), date(2024, 10, 31)) if draw < 80 else \
                chance.day(date(2023, 11, 20), date(2024, 8, 1)) if draw < 90 else \
                chance.day(date(2024, 11, 1), date(2025, 1, 20)) if draw < 96 else chance.day(date(2023, 9, 1), date(2023, 10, 31))
            yield f"{number:03d}/QĐ-CĐ", code, day, chance.pick(DEEDS) if chance.yes(88) else ""
    for code, day in (("T01", "2023-10-31"), ("T01", "2023-11-01"), ("T01", "2024-10-31"), ("T01", "2024-11-01")):
        number += 1
        yield f"{number:03d}/QĐ-CĐ", code, day, DEEDS[0]


def model_rows(chance):
    number = 0
    for code, _, size in SECTIONS:
        for _ in range(size // 24 + chance.below(2)):
            number += 1
            yield f"DH{number:02d}", code, chance.day(date(2024, 1, 15), date(2024, 10, 25)) if chance.yes(70) else ""
    yield from (("DH98", "T02", "2023-10-31"), ("DH99", "T02", "2024-11-01"))


def target_rows(chance):
    """The targets with their results: ((code, section, span, origin, paper, ceiling, plan), [(day, actual)])."""
    serial = 0
    for code in CODES:
        for span in ("2023", "2024", "2023-2028"):
            for at, (origin, low, high, ceiling) in enumerate(TERM if span == "2023-2028" else YEARLY):
                plan = low + chance.below(high - low + 1)
                margins = margins_of(chance, code, span, at, plan, ceiling)
                if (code, span) in NOT_ASSIGNED or (code, span) in OWN_TARGETS_ONLY and origin != SECTION:
                    continue
                serial += 1
                target = f"CT{serial:03d}", code, span, origin, PAPERS.get((span, origin), ""), ceiling, plan
                yield target, [(day, actual_of(plan, margin, ceiling)) for day, margin in zip(DAYS[span], margins)]


def margins_of(chance, code, span, at, plan, ceiling):
    end = 0 if (code, span) in EXACTLY_AT_PLAN else 1 + chance.below(3) if (code, span) in ABOVE_PLAN else chance.below(4)
    reports = len(DAYS[span])
    if span == "2023-2028":                      # five years: half of the way at most, a few are there already
        usual = [0] * reports if ceiling == YES or chance.yes(15) else [-plan + plan * step // 8 for step in range(1, reports + 1)]
    elif ceiling == YES:                         # a most of none cannot be undercut
        usual = [min(end, plan)] * reports
    elif span == "2023":
        usual = [end] * reports
    else:                                        # a quarter each time, the rest at the end
        usual = [-plan + plan * step // 4 for step in range(1, reports)] + [end]
        if (code, span) in ABOVE_PLAN:           # done early
            usual[-2] = end
    return PLANTED_MARGINS.get((code, span, at), usual)


def actual_of(plan, margin, ceiling):
    return "" if margin is None else plan - margin if ceiling == YES else plan + margin


def tables():
    chance = Chance(SEED)
    people, tasks, meetings = list(people_rows(chance)), list(task_rows(chance)), list(meeting_rows(chance))
    reports, commendations, models = list(report_rows(chance)), list(commendation_rows(chance)), list(model_rows(chance))
    targets = list(target_rows(chance))
    return {
        "sections.csv": (["Mã", "Tên tổ, bộ phận", "Đã nộp biểu"],
                         [(code, name, NO if code == SILENT else YES) for code, name, _ in SECTIONS]),
        "people.csv": (["Mã người", "Mã", "Ngày đến", "Ngày đi", "Đã được phổ biến", "Ngày phổ biến"], people),
        "tasks.csv": (["Mã", "Việc", "Đã làm", "Ngày làm", "Minh chứng", "Số văn bản", "Đường dẫn"], tasks),
        "meetings.csv": (["Mã", "Loại hội nghị", "Ngày họp"], meetings),
        "committee_meetings.csv": (["Loại hội nghị", "Ngày họp"],
                                   [(MEETING_KINDS[kind], day) for kind, day in COMMITTEE_MEETINGS]),
        "reports.csv": (["Số công văn", "Mã", "Loại báo cáo", "Nơi nhận", "Ngày gửi"], reports),
        "commendations.csv": (["Số quyết định", "Mã", "Ngày quyết định", "Thành tích"], commendations),
        "models.csv": (["Mã điển hình", "Mã", "Ngày nhân rộng"], models),
        "targets.csv": (["Mã chỉ tiêu", "Mã", "Kỳ", "Nguồn", "Số kế hoạch", "Không vượt quá", "Kế hoạch"],
                        [target for target, _ in targets]),
        "results.csv": (["Mã chỉ tiêu", "Ngày báo cáo", "Thực hiện"],
                        [(target[0], day, actual) for target, results in targets for day, actual in results]),
        "province_targets.csv": (["Mã chỉ tiêu", "Kỳ", "Không vượt quá", "Kế hoạch"],
                                 [(f"TH{number:02d}", span, ceiling, plan)
                                  for number, (span, plan, ceiling, _) in enumerate(PROVINCE, start=1)]),
        "province_results.csv": (["Mã chỉ tiêu", "Ngày công bố", "Thực hiện"],
                                 [(f"TH{number:02d}", day, actual_of(plan, margin, ceiling))
                                  for number, (span, plan, ceiling, margins) in enumerate(PROVINCE, start=1)
                                  for day, margin in zip(PROVINCE_DAYS[span], margins)]),
    }


if __name__ == "__main__":
    sys.exit(main(tables(), Path(__file__).resolve().parent))
