"""Real logs with the mappings of docs/mappings, against counts worked out here with the csv module alone."""

import csv
import gzip
from collections import Counter
from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from tests.imports.conftest import DATA, MAPPINGS, Importer

LOGS = DATA / "logs"
NEW_YORK = ZoneInfo("America/New_York")
IN_JANUARY = datetime(2022, 1, 20, 12, tzinfo=NEW_YORK)
IN_2023 = datetime(2023, 2, 27, tzinfo=NEW_YORK)
IN_2006 = datetime(2006, 12, 1, tzinfo=ZoneInfo("Europe/Rome"))
LATE = datetime(2026, 11, 1, tzinfo=NEW_YORK)


def rows(path: Path) -> Iterator[dict[str, str]]:
    with (gzip.open if path.suffix == ".gz" else open)(path, "rt", encoding="utf-8") as file:
        yield from csv.DictReader(file)


def count(
    at: datetime, opened: datetime, due: datetime | None, closed: datetime | None, unsure: bool
) -> Counter[str]:
    """One matter as the table's columns."""
    said = Counter(matters=1, with_due=due is not None, undecided=unsure)
    ended = closed is not None and closed <= at
    said["closed" if ended else "open"] += 1
    if due and not unsure and ended:
        said["kept" if closed <= due else "late"] += 1
    if due and not unsure and not ended:
        said["open_overdue"] += due < at
    return said


def log_311(path: Path, names: tuple[str, ...], form: str, at: datetime) -> dict[str, int]:
    def moment(text: str) -> datetime | None:
        return datetime.strptime(text, form).replace(tzinfo=NEW_YORK) if text else None

    total: Counter[str] = Counter()
    for row in rows(path):
        opened, due, closed = (moment(row[name]) for name in names[:3])
        is_closed = row[names[3]] == "Closed"
        unsure = is_closed != (closed is not None) or bool(closed and closed < opened)
        if opened <= at:
            ended = (opened if unsure else closed) if is_closed else None
            total += count(at, opened, due, ended, unsure)
    return total


def fines(at: datetime) -> Counter[str]:
    traces: dict[str, list[tuple[datetime, str]]] = {}
    for row in rows(LOGS / "traffic_fines.csv.gz"):
        moment = datetime.fromisoformat(row["timestamp"]).replace(tzinfo=ZoneInfo("Europe/Rome"))
        traces.setdefault(row["case_id"], []).append((moment, row["activity"]))
    total: Counter[str] = Counter()
    for trace in traces.values():
        begun = min(at for at, what in trace if what == "Create Fine")
        ends = [at for at, what in trace if what in ("Payment", "Send for Credit Collection")]
        # 60 days, the first not counted, end at 24:00 of the calendar that judges (Asia/Shanghai)
        home = begun.astimezone(ZoneInfo("Asia/Shanghai"))
        due = home.replace(hour=0, minute=0) + timedelta(days=61)
        if begun <= at:
            total += count(at, begun, due, min(ends, default=None), False)
    return total


BOSTON = ("open_dt", "target_dt", "closed_dt", "case_status")
NYC = ("Created Date", "Due Date", "Closed Date", "Status")


def same(found: dict[str, int], wanted: Counter[str]) -> bool:
    return {k: v for k, v in found.items() if v} == {k: v for k, v in wanted.items() if v}


@pytest.mark.parametrize("at", [IN_JANUARY, LATE])
def test_boston_gives_the_counts_worked_out_by_hand(importer: Importer, at: datetime) -> None:
    report = importer.take(LOGS / "boston311.csv", MAPPINGS / "boston311.yaml")
    assert (report["imported"], report["bad"], report["exit"]) == (100, [], 0)
    wanted = log_311(LOGS / "boston311.csv", BOSTON, "%Y-%m-%d %H:%M:%S", at)
    assert same(importer.total("--at", at.isoformat()), wanted)


@pytest.mark.parametrize("at", [IN_2023, LATE])
def test_new_york_gives_the_counts_worked_out_by_hand(importer: Importer, at: datetime) -> None:
    report = importer.take(LOGS / "nyc311.csv.gz", MAPPINGS / "nyc311.yaml")
    assert (report["imported"], report["undecided"]) == (2500, 17)
    wanted = log_311(LOGS / "nyc311.csv.gz", NYC, "%m/%d/%Y %I:%M:%S %p", at)
    assert same(importer.total("--at", at.isoformat()), wanted)


def test_traffic_fines_give_the_counts_worked_out_by_hand(importer: Importer) -> None:
    report = importer.take(LOGS / "traffic_fines.csv.gz", MAPPINGS / "traffic_fines.yaml")
    assert (report["lines"], report["imported"]) == (34_724, 10_000)
    assert sum(report["unmapped_activities"].values()) == 34_724 - 10_000 - 6_570 - 4_910 - 3_387
    assert same(importer.total("--at", LATE.isoformat()), fines(LATE))
    assert same(importer.total("--at", IN_2006.isoformat()), fines(IN_2006))


def test_a_log_taken_twice_doubles_nothing(importer: Importer) -> None:
    importer.take(LOGS / "boston311.csv", MAPPINGS / "boston311.yaml")
    again = importer.take(LOGS / "boston311.csv", MAPPINGS / "boston311.yaml")
    assert (again["imported"], again["repeated"], importer.total()["matters"]) == (0, 100, 100)


def test_imported_matters_agree_with_their_facts(importer: Importer) -> None:
    importer.take(LOGS / "boston311.csv", MAPPINGS / "boston311.yaml")
    assert importer.run("check").exit_code == 0
    assert importer.run("verify").exit_code == 0


def test_a_unit_and_days_narrow_the_table(importer: Importer) -> None:
    importer.take(LOGS / "boston311.csv", MAPPINGS / "boston311.yaml")
    shanghai = ZoneInfo("Asia/Shanghai")
    said = [(r["department"], datetime.fromisoformat(r["open_dt"]).replace(tzinfo=NEW_YORK).astimezone(shanghai))
            for r in rows(LOGS / "boston311.csv")]  # fmt: skip
    wanted = sum(unit == "PWDx" and "2022-01-10" <= str(day)[:10] <= "2022-01-20" for unit, day in said)
    assert (
        importer.total("--unit", "pwdx", "--from", "2022-01-10", "--to", "2022-01-20")["matters"]
        == wanted
        > 0
    )


def test_the_table_prints_for_people(importer: Importer) -> None:
    importer.take(LOGS / "boston311.csv", MAPPINGS / "boston311.yaml")
    told = importer.run("fulfilment")
    assert told.exit_code == 0
    assert "matters 100, closed 85, open 15" in told.stdout
