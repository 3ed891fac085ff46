"""The job in SQL: `python3 in_duckdb.py DIR OUT [typed]` prints the seconds that it took, imports not counted."""

import sys
import time
from pathlib import Path

import duckdb

from generate import CRITERIA

POPULATION_AND_PROPERTY = {
    "union": ("NOT state_owned AND workers >= 25", "has_union"),
    "conference": ("workers >= 10", "held_on BETWEEN DATE '2024-01-01' AND DATE '2024-12-31'"),
    "density": ("has_union", "members >= workers * 0.8::DECIMAL(2,1)"),
    "agreement": ("has_union AND workers >= 25", "agreed_on BETWEEN DATE '2024-01-01' AND DATE '2024-12-31'"),
    "wage": ("true", "wage >= 5.25"),
    "safe": ("sector IN ('xây dựng', 'khai khoáng')", "accidents = 0"),
    "trained": ("workers > 0", "trained >= workers * 0.5::DECIMAL(2,1)"),
    "of_state": ("state_owned", "held_on <= DATE '2024-09-30'"),
    "strong": ("has_union AND NOT state_owned", "members > 0 AND accidents = 0"),
    "reported": ("true", "held_on IS NOT NULL OR agreed_on IS NOT NULL"),
}

TYPES = """{'code': 'VARCHAR', 'unit': 'VARCHAR', 'name': 'VARCHAR', 'address': 'VARCHAR', 'sector': 'VARCHAR',
    'state_owned': 'BOOLEAN', 'workers': 'INTEGER', 'members': 'INTEGER', 'trained': 'INTEGER', 'has_union': 'BOOLEAN',
    'held_on': 'DATE', 'agreed_on': 'DATE', 'wage': 'DECIMAL(9,2)', 'accidents': 'INTEGER'}"""


def counts(name: str) -> str:
    population, has = POPULATION_AND_PROPERTY[name]
    return (
        f"count(*) FILTER (WHERE {population}) AS n_{name},"
        f"count(*) FILTER (WHERE ({population}) AND ({has})) AS met_{name}"
    )


def points(name: str, target: int, most: int) -> str:
    """Hundredths of points, a half rounded up: whole numbers, for the answers have to be the same."""
    n, met, full = f"n_{name}", f"met_{name}", most * 100
    share = f"({2 * full * 100}::BIGINT * {met} + {n} * {target}) // (2 * {n} * {target})"
    return f"CASE WHEN coalesce({n}, 0) = 0 OR 100 * {met} >= {target} * {n} THEN {full} ELSE {share} END"


def query(folder: Path, typed: bool) -> str:
    reader = f"read_csv('{folder}/firms.csv', header = true" + (f", columns = {TYPES})" if typed else ")")
    return f"""
        WITH measured AS (SELECT unit, {", ".join(counts(name) for name, _, _ in CRITERIA)} FROM {reader} GROUP BY unit),
        units AS (SELECT * FROM read_csv('{folder}/units.csv', header = true)),
        scored AS (
            SELECT units.code, units.cluster, {" + ".join(points(*criterion) for criterion in CRITERIA)} AS score
            FROM units LEFT JOIN measured ON units.code = measured.unit
        ),
        ranked AS (SELECT *, rank() OVER (PARTITION BY cluster ORDER BY score DESC) AS rank FROM scored)
        SELECT code, cluster, score, rank, score >= 8500 AND rank <= 3 AS flag FROM ranked ORDER BY code
    """


if __name__ == "__main__":
    folder, out = Path(sys.argv[1]), sys.argv[2]
    started = time.perf_counter()
    duckdb.sql(f"COPY ({query(folder, 'typed' in sys.argv)}) TO '{out}' (HEADER false)")
    print(time.perf_counter() - started)
