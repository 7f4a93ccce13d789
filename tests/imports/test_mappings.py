"""What a stranger's mapping needs, and how a wrong one is told."""

import json
from datetime import UTC, datetime

import pytest

from shounuo.cases.models import Case
from shounuo.organisation.models import Unit
from tests.imports.conftest import MAPPING, Importer

ROW = ("1", "2026-01-05 09:00", "2026-01-07 17:30", "2026-01-07 17:30")
STATUS = """\
name: log
columns: {id: id, received: opened, promised: due, completed: closed, status: status}
status: {open: [Open, 2], closed: "Closed*", declined: Refused, withdrawn: Withdrawn}
"""
HEAD = ("id", "opened", "due", "closed", "status")
EVENTS = """\
name: log
shape: events
columns: {id: case, activity: activity, at: time, promised: due}
activities: {Start: received, Done: completed, Sent: {fact: party_told, data: {of: section}}}
"""
EVENT_HEAD = ("case", "activity", "time", "due")


@pytest.mark.parametrize(
    ("line", "named"),
    [
        ("nonsense: 1", "nonsense"),
        ("shape: columns", "shape"),
        ("time_zone: Mars/Olympus", "time_zone"),
        ("dates: ['%Q']", "dates"),
        ("day_end: noon", "day_end"),
        ("encoding: klingon", "encoding"),
        ("kind: banana", "kind"),
        ("channels: {Fon: telephone}", "channels"),
        ("within: 5 working days", "within"),
        ("within: soon", "within"),
        ("within: 7 days before", "within"),
        ("activities: {A: exploded}", "activities.A"),
        ("activities: {A: date_promised}", "activities.A"),
        ("shape: events", "columns.activity"),
        ("delimiter: ', '", "delimiter"),
        ("columns: {id: id}", "columns"),
        ("- a list", "mapping.yaml"),
    ],
)
def test_a_wrong_mapping_names_its_key(importer: Importer, line: str, named: str) -> None:
    text = line + "\n" if line.startswith("-") else MAPPING + line + "\n"
    text = "name: log\n" + line + "\n" if line.startswith("columns") else text
    assert named in importer.refusal(importer.log(ROW), text)


def test_an_unknown_unit_is_told_with_those_there_are(importer: Importer) -> None:
    told = importer.run("import", "requests", str(importer.log(ROW)), "--mapping",
                        str(importer.mapping(MAPPING)), "--unit", "nowhere")  # fmt: skip
    assert "qingxi/metrology (" in str(told.exception)


def test_a_dry_run_reads_everything_and_keeps_nothing(importer: Importer) -> None:
    report = importer.take(importer.log(ROW), MAPPING, "--dry-run")
    assert (report["matters"], report["recorded"], Case.objects.count()) == (1, False, 0)


def test_people_are_told_of_bad_rows_by_line_and_column(importer: Importer) -> None:
    file = importer.log(ROW, ("2", "yesterday", "", ""))
    told = importer.run(
        "import", "requests", str(file), "--mapping", str(importer.mapping(MAPPING)), "--unit", "qingxi"
    )
    assert told.exit_code == 1
    assert "log.csv, line 3, column opened: no date" in told.output
    assert "nothing recorded" in told.output


def test_equal_to_due_is_kept_and_a_second_later_late(importer: Importer) -> None:
    importer.take(importer.log(ROW, ("2", *ROW[1:3], "2026-01-07 17:30:01")))
    total = importer.total()
    assert (total["kept"], total["late"]) == (1, 1)


def test_the_identities_hold(importer: Importer) -> None:
    odd = [
        ("3", *ROW[1:3], ""),
        ("4", ROW[1], "", ROW[3]),
        ("5", ROW[1], "never", ROW[3]),
        ("6", ROW[1], ROW[2], "2025-01-01"),
    ]
    importer.take(importer.log(ROW, ("2", *ROW[1:3], "2026-01-08"), *odd))
    t = importer.total()
    assert t == {
        "matters": 6,
        "closed": 5,
        "open": 1,
        "with_due": 4,
        "kept": 1,
        "late": 1,
        "open_overdue": 1,
        "undecided": 2,
    }
    assert t["matters"] == t["closed"] + t["open"]


def test_status_words_decide_and_unknown_ones_are_undecided(importer: Importer) -> None:
    said = ["open", "2", "Closed - duplicate", "refused", "WITHDRAWN", "???", ""]
    rows = [(str(n), *ROW[1:3], "" if word in ("open", "2") else ROW[3], word) for n, word in enumerate(said)]
    importer.take(importer.log(*rows, head=HEAD), STATUS)
    t = importer.total()
    assert (t["open"], t["closed"], t["undecided"], t["kept"], t["open_overdue"]) == (2, 5, 2, 2, 2)


def test_closed_without_a_moment_and_open_with_one_are_undecided(importer: Importer) -> None:
    rows = [("1", *ROW[1:3], "", "Closed"), ("2", *ROW[1:], "Open"), ("3", *ROW[1:3], "", "what")]
    importer.take(importer.log(*rows, head=HEAD), STATUS)
    t = importer.total()
    assert (t["closed"], t["open"], t["undecided"]) == (1, 2, 3)
    assert t["kept"] == t["late"] == t["open_overdue"] == 0


def test_a_target_before_the_opening_is_undecided(importer: Importer) -> None:
    importer.take(importer.log(("1", "2026-01-05", "2025-12-31", "2026-01-06")))
    assert importer.total()["undecided"] == 1


def test_several_forms_of_date_and_offsets_in_cells(importer: Importer) -> None:
    rows = [("1", "05.01.2026 09:00", "2026-01-07T17:30:00+00:00", "2026-01-08T01:30:00+08:00"),
            ("2", "2026-01-05T09:00:00Z", "", "")]  # fmt: skip
    report = importer.take(importer.log(*rows), MAPPING + "dates: ['%d.%m.%Y %H:%M', iso]\n")
    assert report["bad"] == []
    assert importer.total()["kept"] == 1


def test_midnight_as_a_whole_day_can_be_said_in_the_form(importer: Importer) -> None:
    dates = "dates: ['%Y-%m-%d 00:00:00', '%Y-%m-%d %H:%M:%S']\n"
    importer.take(
        importer.log(("1", "2026-01-05 09:00:00", "2026-01-07 00:00:00", "2026-01-07 20:00:00")),
        MAPPING + dates,
    )
    assert importer.total()["kept"] == 1


def test_daylight_saving_time_of_the_zone_counts(importer: Importer) -> None:
    file = importer.log(("1", "2026-03-07 12:00", "2026-03-09 12:00", ""), ("2", "2026-11-01 12:00", "", ""))
    importer.take(file, MAPPING + "time_zone: America/New_York\n")
    received = list(Case.objects.order_by("pk").values_list("received_at", flat=True))
    assert received == [datetime(2026, 3, 7, 17, tzinfo=UTC), datetime(2026, 11, 1, 17, tzinfo=UTC)]
    assert Case.objects.get(outside="log:1").due_at == datetime(2026, 3, 9, 16, tzinfo=UTC)


def test_columns_for_unit_service_channel_and_words(importer: Importer) -> None:
    mapping = """\
name: log
columns: {id: id, received: opened, unit: unit, service: service, channel: channel}
channels: {Fon: phone}
units: {Eichamt: metrology}
services: {W: weighing-instrument-verification}
"""
    head = ("id", "opened", "unit", "service", "channel")
    importer.take(
        importer.log(
            ("1", "2026-01-05", "Eichamt", "W", "Fon"), ("2", "2026-01-05", "", "X", "?"), head=head
        ),
        mapping,
    )
    found = Case.objects.order_by("pk").values_list("section__code", "service", "channel")
    assert list(found) == [("metrology", "weighing-instrument-verification", "phone"), (None, "X", "other")]


def test_units_are_made_once_each_and_never_mixed_up(importer: Importer) -> None:
    long = "Department of Public Works and Highways "
    names = ["A&B", "A-B", "民政科", long + "North", long + "South"]
    rows = [(str(n), "2026-01-05", name) for n, name in enumerate(names)]
    mapping = "name: log\ncolumns: {id: id, received: opened, unit: unit}\n"
    file = importer.log(*rows, head=("id", "opened", "unit"))
    importer.take(file, mapping)
    importer.take(file, mapping.replace("name: log", "name: again"))
    assert Unit.objects.filter(name_zh__in=names).count() == 5
    assert Case.objects.values("section").distinct().count() == 5


def test_a_number_used_twice_with_other_contents_is_a_bad_row(importer: Importer) -> None:
    report = importer.take(importer.log(ROW, ROW, ("1", *ROW[1:3], "2026-02-01")))
    assert [(bad["line"], bad["value"]) for bad in report["bad"]] == [(4, "1")]


def test_numbers_too_long_to_tell_apart_are_bad_rows(importer: Importer) -> None:
    report = importer.take(importer.log(("x" * 200, *ROW[1:])))
    assert report["bad"][0]["reason"] == "longer than 79 characters"


def events(importer: Importer, *rows: tuple[str, ...], text: str = EVENTS) -> dict[str, object]:
    return importer.take(importer.log(*rows, head=EVENT_HEAD), text)


def test_events_in_any_order_end_at_the_mapped_end(importer: Importer) -> None:
    events(importer, ("a", "Done", "2026-01-07 12:00", ""), ("a", "Archive", "2026-03-01", ""),
           ("a", "Start", "2026-01-05 09:00", "2026-01-08"))  # fmt: skip
    assert Case.objects.get().ended_at == datetime(2026, 1, 7, 4, tzinfo=UTC)
    assert importer.total()["kept"] == 1


def test_the_last_of_several_ends_counts_when_told_so(importer: Importer) -> None:
    rows = [
        ("a", "Start", "2026-01-05", "2026-01-08"),
        ("a", "Done", "2026-01-06", ""),
        ("a", "Done", "2026-01-10", ""),
    ]
    events(importer, *rows, text=EVENTS + "end: last\n")
    assert importer.total()["late"] == 1


def test_a_trace_without_its_beginning_is_a_bad_row(importer: Importer) -> None:
    report = events(
        importer, ("a", "Done", "2026-01-07", ""), ("", "Start", "2026-01-07", ""), ("b", "Start", "soon", "")
    )
    assert sorted(bad["reason"][:8] for bad in report["bad"]) == ["empty", "no date;", "no event"]


def test_an_end_before_the_beginning_is_undecided(importer: Importer) -> None:
    events(importer, ("a", "Start", "2026-01-05", "2026-01-08"), ("a", "Done", "2026-01-02", ""))
    assert importer.total()["undecided"] == 1


def test_only_some_values_of_a_column_count(importer: Importer) -> None:
    head = ("case", "activity", "time", "due", "lifecycle")
    rows = [("a", "Start", "2026-01-05", "2026-01-08", "complete"), ("a", "Done", "2026-01-06", "", "start"),
            ("a", "Done", "2026-01-09 09:00", "", "complete")]  # fmt: skip
    importer.take(importer.log(*rows, head=head), EVENTS + "only: {lifecycle: complete}\n")
    assert importer.total()["late"] == 1


def test_a_promise_made_later_does_not_count_before(importer: Importer) -> None:
    events(importer, ("a", "Start", "2026-01-05", ""), ("a", "Sent", "2026-01-20", "2026-01-25"))
    assert importer.total("--at", "2026-01-15")["with_due"] == 0
    assert importer.total("--at", "2026-02-01")["open_overdue"] == 1


def test_a_limit_in_words_counts_from_its_event(importer: Importer) -> None:
    text = EVENTS.replace(", promised: due", "") + "within: 10 days\nwithin_from: party_told\n"
    events(importer, ("a", "Start", "2026-01-05", ""), ("a", "Sent", "2026-01-20", ""), ("a", "Done", "2026-01-30 23:59", ""),  # noqa: E501
           ("b", "Start", "2026-01-05", ""), ("b", "Done", "2026-01-06", ""), text=text)  # fmt: skip
    assert (importer.total()["with_due"], importer.total()["kept"]) == (1, 1)
    assert importer.total("--at", "2026-01-10")["with_due"] == 0


def test_an_open_matter_is_overdue_only_after_its_due(importer: Importer) -> None:
    importer.take(importer.log(("1", "2026-01-05 09:00", "2026-01-07 17:30", "")))
    assert importer.total("--at", "2026-01-07T17:30")["open_overdue"] == 0
    assert importer.total("--at", "2026-01-07T17:30:01")["open_overdue"] == 1
    assert importer.total("--at", "2026-01-04")["matters"] == 0


def test_the_table_gives_each_promise_and_unit(importer: Importer) -> None:
    importer.take(importer.log(ROW), MAPPING, unit="metrology")
    table = json.loads(importer.run("fulfilment", "--json").stdout)
    assert [(row["rule"], row["unit"], row["kept"]) for row in table["promises"]] == [
        ("kept-by-promised-date", "metrology", 1)
    ]


@pytest.mark.parametrize(
    "words", [("--from", "x"), ("--to", "2026-13-01"), ("--at", "noon"), ("--unit", "nowhere")]
)
def test_a_wrong_option_is_named(importer: Importer, words: tuple[str, str]) -> None:
    told = importer.run("fulfilment", *words)
    assert told.exit_code == 1
    assert words[1] in str(told.exception)
