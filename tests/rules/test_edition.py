"""An edition answers with the value in force, the setting decided and the shorter limit."""

from __future__ import annotations

from datetime import date, datetime
from pathlib import Path

import pytest

from shounuo.rules.applies import applies
from shounuo.rules.edition import Edition, edition_for
from shounuo.rules.loading import load_pack
from tests.rules.tiny import FILES, write_pack

NOON = datetime(2026, 10, 9, 12)


def edition(folder: Path, decided: dict | None = None, **files: str) -> Edition:
    return edition_for(load_pack(write_pack(folder, **files)), decided or {})


def words(
    e: Edition, rule: str, at: datetime = NOON, service: str | None = None, **data: object
) -> str | None:
    return e.within(e.pack.commitments[rule], at, service, data)[0]


def test_a_setting_counts_from_its_day_and_before_that_its_default(tmp_path: Path) -> None:
    e = edition(tmp_path, {"day_kind": ((date(2026, 10, 10), "days"),)})
    assert e.setting("day_kind", date(2026, 10, 9)) == "working days"
    assert e.setting("day_kind", date(2026, 10, 10)) == "days"
    assert e.undecided() == ("longest",)
    assert words(e, "leaders-word") == "2 working days"
    assert words(e, "leaders-word", datetime(2026, 10, 10, 9)) == "2 days"


@pytest.mark.parametrize(
    ("statutory", "promised", "shorter"),
    [
        ("10 working days", "4 working days", "4 working days"),
        ("3 days", "4 working days", "3 days"),
        ("6 days", "4 working days", "4 working days"),
        ("2 hours", "1 working day", "2 hours"),
        (None, "4 working days", "4 working days"),
        (None, None, None),
    ],
)
def test_the_shorter_limit_binds_and_empty_ones_are_left_out(
    tmp_path: Path, statutory: str | None, promised: str | None, shorter: str | None
) -> None:
    e = edition(tmp_path)
    service = e.pack.services["licence"].model_copy(
        update={"statutory_limit": statutory, "promised_limit": promised}
    )
    e = Edition(e.pack.model_copy(update={"services": {"licence": service}}), {}, e.calendars)
    assert words(e, "in-time", datetime(2026, 10, 12, 9), "licence") == shorter


def test_the_dated_value_of_the_start_day_counts(tmp_path: Path) -> None:
    text = FILES["commitments"].replace(
        '{value: "2 {day_kind}", from: 2026-01-01}, {value: 1 day, from: 2026-01-01, when: {urgent: true}}',
        "{value: 1 day, from: 2026-01-01, when: {urgent: true}}, "
        "{value: 5 days, from: 2026-01-01, to: 2026-10-08}, {value: 3 days, from: 2026-10-09}",
    )
    e = edition(tmp_path, commitments=text)
    assert words(e, "leaders-word", datetime(2026, 10, 8, 23)) == "5 days"
    assert words(e, "leaders-word", datetime(2026, 10, 9, 0)) == "3 days"
    assert words(e, "leaders-word", NOON, urgent=True) == "1 day"
    assert words(e, "leaders-word", datetime(2025, 12, 31)) is None


def test_the_else_of_a_promise_is_the_words_and_the_value_says_by(tmp_path: Path) -> None:
    e = edition(tmp_path)
    said, value = e.within(e.pack.commitments["promised"], NOON, None, {})
    assert said == "3 working days"
    assert value is not None and value.by == "promised_date"


def test_the_digest_follows_the_content_not_the_writing(tmp_path: Path) -> None:
    plain = edition(tmp_path / "a").digest
    spaced = edition(tmp_path / "b", norms="# a comment\n" + FILES["norms"]).digest
    changed = edition(tmp_path / "c", norms=FILES["norms"].replace("en: Polite", "en: Civil")).digest
    assert plain == spaced != changed


def test_commitments_are_found_by_kind_and_service(tmp_path: Path) -> None:
    e = edition(tmp_path)
    wanted = e.pack.commitments["in-time"].applies_to
    assert applies(wanted, "application", {}, "licence", e.service("licence"))
    assert not applies(wanted, "enquiry", {}, None, None)
    assert "told-once" not in dict(e.clock_rules()) and "told-once" in dict(e.check_rules())
