"""Writes the job: a campaign, its units and clusters, and as many firms as wanted.

    python3 generate.py DIR [FIRMS [UNITS]]
    python3 generate.py --level DIR [UNITS]

The first is ten criteria over a table of fourteen columns, two of which no rule reads. The second is a level that has a
row for each unit: what judging costs by itself.
"""

import random
import sys
from pathlib import Path

CLUSTERS = 60

CAMPAIGN = """\
id      = "peers"
period  = { from = 2024-01-01, to = 2024-12-31, clause = "1" }
include = ["tables.toml"]
rules   = ["criteria.rhai"]
data    = { dir = ".", as_of = 2024-12-31 }

[params]
large   = { value = 25, clause = "2" }
small   = { value = 10, clause = "2" }
density = { value = "80%", clause = "2" }
half    = { value = "50%", clause = "2" }
wage    = { value = 5.25, clause = "2" }
deadline = { value = 2024-09-30, clause = "2" }
good    = { value = 85, clause = "3" }
front   = { value = 3, clause = "3" }

[levels.units]
table   = "units"
cluster = "cluster"
score   = { round = { items = 2, score = 2 }, not_applicable = "full", clause = "2" }
rank    = { by = ["score desc"], ties = "competition", clause = "3" }

[defaults.criteria]
levels = ["units"]
clause = "2"

CRITERIA
[awards.flag]
levels   = ["units"]
requires = ["good", "in_front"]
clause   = "3"
"""

# Each criterion: its target in percent, and how much it is worth.
CRITERIA = [
    ("union", 95, 10),
    ("conference", 90, 10),
    ("density", 80, 10),
    ("agreement", 85, 10),
    ("wage", 70, 10),
    ("safe", 98, 10),
    ("trained", 60, 10),
    ("of_state", 95, 10),
    ("strong", 50, 10),
    ("reported", 75, 10),
]

CRITERION = """\
[criteria.%s]
at_least = "%d%%"
points   = { max = %d, by = "proportional", clause = "2" }
"""

RULES = """\
fn union()      { unit.firms.filter(|f| !f.state_owned && f.workers >= params.large).share(|f| f.has_union) }
fn conference() { unit.firms.filter(|f| f.workers >= params.small).share(|f| f.held_on in period) }
fn density()    { unit.firms.filter(|f| f.has_union).share(|f| f.members >= f.workers * params.density) }
fn agreement()  { unit.firms.filter(|f| f.has_union && f.workers >= params.large).share(|f| f.agreed_on in period) }
fn wage()       { unit.firms.share(|f| f.wage >= params.wage) }
fn safe()       { unit.firms.filter(|f| f.sector in ["xây dựng", "khai khoáng"]).share(|f| f.accidents == 0) }
fn trained()    { unit.firms.filter(|f| f.workers > 0).share(|f| f.trained >= f.workers * params.half) }
fn of_state()   { unit.firms.filter(|f| f.state_owned).share(|f| f.held_on <= params.deadline) }
fn strong()     { unit.firms.filter(|f| f.has_union && !f.state_owned).share(|f| f.members > 0 && f.accidents == 0) }
fn reported()   { unit.firms.share(|f| f.held_on != none || f.agreed_on != none) }

fn good()     { unit.score >= params.good }
fn in_front() { unit.rank <= params.front }
"""

SECTORS = ["xây dựng", "khai khoáng", "dệt may", "thương mại", "chế biến", "vận tải", "dịch vụ"]

TABLES = """\
[tables.units]
file    = "units.csv"
key     = "code"
[tables.units.columns]
code    = { type = "text" }
cluster = { type = "text" }

[tables.firms]
file    = "firms.csv"
key     = "code"
parent  = "unit"
no_rows = "none"
[tables.firms.columns]
code        = { type = "text" }
unit        = { type = "link", to = "units" }
name        = { type = "text" }
address     = { type = "text" }
sector      = { type = "choice", values = [%s] }
state_owned = { type = "flag" }
workers     = { type = "number", min = 0 }
members     = { type = "number", min = 0, blank = "none" }
trained     = { type = "number", min = 0 }
has_union   = { type = "flag" }
held_on     = { type = "date", blank = "none" }
agreed_on   = { type = "date", blank = "none" }
wage        = { type = "number", min = 0 }
accidents   = { type = "number", min = 0 }
""" % ", ".join(f'"{sector}"' for sector in SECTORS)

HEADER = "code,unit,name,address,sector,state_owned,workers,members,trained,has_union,held_on,agreed_on,wage,accidents\n"

NAMES = [
    "Công ty TNHH Hoàng Liên", "Công ty cổ phần Bắc Hà", "Doanh nghiệp tư nhân Minh Tâm",
    "Hợp tác xã nông nghiệp Thịnh Phát", "Công ty cổ phần Khoáng sản Tây Bắc", "Xí nghiệp vận tải Sông Hồng",
    "Công ty một thành viên An Bình", "Công ty cổ phần Dệt may Phương Nam",
]
STREETS = [
    "đường Hoàng Liên, phường Cốc Lếu", "đường Nguyễn Huệ, phường Lào Cai", "phố Ngô Quyền, phường Kim Tân",
    "đường Trần Hưng Đạo, phường Bắc Cường", "thôn Tả Phìn, xã Tả Phìn", "đường Điện Biên Phủ, phường Xuân Tăng",
]


def write(folder: Path, firms: int, units: int) -> None:
    """The whole job."""
    folder.mkdir(parents=True, exist_ok=True)
    criteria = "\n".join(CRITERION % each for each in CRITERIA)
    (folder / "campaign.toml").write_text(CAMPAIGN.replace("CRITERIA", criteria), "utf-8")
    (folder / "tables.toml").write_text(TABLES, "utf-8")
    (folder / "criteria.rhai").write_text(RULES, "utf-8")
    with (folder / "units.csv").open("w", encoding="utf-8") as out:
        out.write("code,cluster\n")
        out.writelines(f"U{unit:04},K{unit % CLUSTERS:02}\n" for unit in range(units))
    with (folder / "firms.csv").open("w", encoding="utf-8") as out:
        out.write(HEADER)
        for start in range(0, firms, 100_000):
            out.write("".join(rows(start, min(start + 100_000, firms), units)))


def rows(start: int, end: int, units: int):
    """Firms, always the same ones; units differ in how well they do."""
    draw = random.Random(start).random
    for row in range(start, end):
        unit = int(draw() * units)
        strength = 0.55 + 0.45 * ((unit * 7919) % 1000) / 1000
        good = lambda share: draw() < share * strength
        workers = int(draw() ** 3 * 600)
        state, union = draw() < 0.15, good(1.02)
        members = str(int(workers * (0.6 + 0.4 * draw()))) if union else ("" if draw() < 0.9 else "0")
        held = f"2024-{1 + int(draw() * 12):02}-{1 + int(draw() * 28):02}" if good(0.98) else ""
        agreed = f"{2023 + (draw() < 0.9)}-{1 + int(draw() * 12):02}-{1 + int(draw() * 28):02}" if union and good(0.95) else ""
        yield (
            f'{row:010},U{unit:04},{NAMES[row % 8]} {row % 977},"{row % 311} {STREETS[row % 6]}",{SECTORS[int(draw() * 7)]},'
            f"{'true' if state else 'false'},{workers},{members},{int(workers * draw() * (0.6 + strength))},"
            f"{'true' if union else 'false'},{held},{agreed},{3 + draw() * 9 * strength:.2f},{int(draw() < 0.03)}\n"
        )


LEVEL = """\
id      = "level"
period  = { from = 2024-01-01, to = 2024-12-31, clause = "1" }
rules   = ["criteria.rhai"]
data    = { dir = ".", as_of = 2024-12-31 }

[params]
plan = { value = 100, clause = "2" }
late = { value = 2024-09-30, clause = "2" }

[levels.units]
table   = "units"
cluster = "cluster"
score   = { round = { items = 2, score = 2 }, not_applicable = "zero", clause = "2" }
rank    = { by = ["score desc"], ties = "competition", clause = "3" }

[defaults.criteria]
levels = ["units"]
clause = "2"

[criteria.paid]
at_least = { param = "plan" }
points   = { max = 30, by = "proportional", clause = "2" }
[criteria.growth]
at_least = 0.05
points   = { max = 20, by = "all_or_nothing", clause = "2" }
[criteria.complaints]
at_most  = 2
points   = { max = 20, by = "all_or_nothing", clause = "2" }
[criteria.reported]
by       = { param = "late" }
points   = { max = 10, by = "all_or_nothing", clause = "2" }
[criteria.listed]
present  = true
points   = { max = 20, by = "all_or_nothing", clause = "2" }

[tables.units]
file    = "units.csv"
key     = "code"
[tables.units.columns]
code       = { type = "text" }
cluster    = { type = "text" }
paid       = { type = "number", min = 0 }
before     = { type = "number", min = 0 }
complaints = { type = "number", min = 0 }
report_on  = { type = "date", blank = "none" }
listed     = { type = "flag" }
"""

LEVEL_RULES = """\
fn paid()       { unit.paid }
fn growth()     { (unit.paid - unit.before) / unit.before }
fn complaints() { unit.complaints }
fn reported()   { unit.report_on }
fn listed()     { unit.listed }
"""


def write_level(folder: Path, units: int) -> None:
    """A level with a row for each unit."""
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "campaign.toml").write_text(LEVEL, "utf-8")
    (folder / "criteria.rhai").write_text(LEVEL_RULES, "utf-8")
    draw = random.Random(1).random
    with (folder / "units.csv").open("w", encoding="utf-8") as out:
        out.write("code,cluster,paid,before,complaints,report_on,listed\n")
        for unit in range(units):
            held = f"2024-{1 + int(draw() * 12):02}-{1 + int(draw() * 28):02}" if draw() < 0.9 else ""
            out.write(
                f"{unit:07},K{unit % 200:03},{draw() * 150:.1f},{10 + draw() * 120:.1f},{int(draw() * 5)},{held},"
                f"{'true' if draw() < 0.8 else 'false'}\n"
            )


if __name__ == "__main__":
    level = "--level" in sys.argv
    plain = [argument for argument in sys.argv[1:] if not argument.startswith("--")]
    counts = [int(count.replace("_", "")) for count in plain[1:]]
    if level:
        write_level(Path(plain[0]), *(counts or [1_000_000]))
    else:
        firms, units = (counts + [1_000_000, 5_000][len(counts):])[:2]
        write(Path(plain[0]), firms, units)
