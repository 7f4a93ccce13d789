"""Adopting an edition: the one before ends, matters keep theirs, the fact is on the stream."""

from datetime import date, timedelta

import pytest

from shounuo.ledger import actions as ledger
from shounuo.organisation.actions import Stamp
from shounuo.regulations.actions import Refused, adopt, adopt_for_imports, keep_calendar
from shounuo.regulations.editions import edition_of, governing
from shounuo.regulations.models import Adoption, OfficeCalendar
from shounuo.rules.calendars import CalendarSpec
from tests.cases.conftest import at

NEXT = date(2026, 11, 16)


def second(hall, pack, day=NEXT, when="2026-11-11 10:00:00", document=""):
    changed = pack.model_copy(update={"head": pack.head.model_copy(update={"version": "2"})})
    return adopt(hall.cast.house, changed, day, Stamp(hall.cast.id("sun"), at(when)), document)


def test_the_edition_before_ends_on_the_day_the_next_begins(hall, bureau_pack):
    later = second(hall, bureau_pack)
    hall.adoption.refresh_from_db()
    assert (hall.adoption.in_force_to, later.in_force_to) == (NEXT, None)


def test_the_last_day_before_belongs_to_the_first_edition(hall, bureau_pack):
    later = second(hall, bureau_pack)
    evening, morning = at("2026-11-15 23:59:59"), at("2026-11-16 00:00:00")
    found = [governing(hall.cast.house.pk, moment)[0] for moment in (evening, morning)]
    assert found == [hall.adoption.pk, later.pk]


def test_a_matter_keeps_the_edition_in_force_when_it_came_in(hall, bureau_pack):
    case = hall.in_hand("2026-11-12 09:10:00")
    later = second(hall, bureau_pack, when="2026-11-12 10:00:00")
    after = hall.ask("2026-11-16 09:00:00")
    case.refresh_from_db()
    assert (case.adoption_id, after.adoption_id) == (hall.adoption.pk, later.pk)


def test_adopting_is_a_fact_on_the_organisations_stream(hall, bureau_pack):
    later = second(hall, bureau_pack, document="服务办〔2026〕9号")
    fact = ledger.read(hall.cast.house.stream)[-1]
    assert (fact.kind, fact.actor, fact.at) == (
        "edition_adopted",
        hall.cast.id("sun"),
        at("2026-11-11 10:00:00"),
    )
    assert fact.data == {"pack": "quality-bureau", "version": "2", "digest": later.text.digest,
                         "from": "2026-11-16", "document": "服务办〔2026〕9号"}  # fmt: skip


@pytest.mark.parametrize("day", [date(2026, 1, 7), date(2026, 1, 6)])
def test_an_edition_from_the_same_or_an_earlier_day_is_refused(hall, bureau_pack, day):
    with pytest.raises(Refused) as refused:
        second(hall, bureau_pack, day, when="2026-01-06 10:00:00")
    assert "已有自同日或更晚起施行的版本" in str(refused.value)


def test_a_second_edition_cannot_begin_on_a_day_that_has_passed(hall, bureau_pack):
    with pytest.raises(Refused) as refused:
        second(hall, bureau_pack, date(2026, 11, 10))
    assert refused.value.field == "in_force_from"
    assert second(hall, bureau_pack, date(2026, 11, 11)).in_force_from == date(2026, 11, 11)


def test_the_first_edition_may_begin_before_today(cast, bureau_pack):
    stamp = Stamp(cast.id("sun"), at("2026-11-11 10:00:00"))
    assert adopt(cast.house, bureau_pack, date(2026, 1, 1), stamp).in_force_from == date(2026, 1, 1)


def test_no_edition_begins_before_the_regulation_itself(cast, bureau_pack):
    stamp = Stamp(cast.id("sun"), at("2026-11-11 10:00:00"))
    with pytest.raises(Refused):
        adopt(cast.house, bureau_pack, date(2013, 7, 6), stamp)
    assert not Adoption.objects.exists()


def test_the_same_calendar_is_kept_once(hall, bureau_pack):
    second(hall, bureau_pack)
    assert list(OfficeCalendar.objects.values_list("name", "version")) == [("office", 1)]


def test_a_new_calendar_reaches_editions_that_are_in_memory(hall, bureau_pack):
    old = edition_of(hall.adoption.pk).calendar("office")
    hours = {"1": [["08:00", "12:00"]]}
    office = bureau_pack.calendars["office"].model_copy(update={"weekly": hours})
    second(hall, bureau_pack.model_copy(update={"calendars": {"office": office}}))
    assert edition_of(hall.adoption.pk).calendar("office") is not old


def test_the_edition_of_imports_governs_nothing(hall, bureau_pack):
    adopt_for_imports(hall.cast.house, bureau_pack, Stamp("", at("2026-11-11 10:00:00")))
    found = governing(hall.cast.house.pk, at("2026-11-11 10:00:00") + timedelta(days=1))
    assert found[0] == hall.adoption.pk


def test_the_kept_edition_has_its_clauses_in_order(hall, bureau_pack):
    assert list(edition_of(hall.adoption.pk).pack.clauses) == list(bureau_pack.clauses)


def test_a_calendar_that_somebody_edited_outlives_the_next_edition(hall, bureau_pack):
    newest = OfficeCalendar.objects.get(organisation=hall.cast.house, name="office")
    spec = CalendarSpec.model_validate(newest.spec | {"weekly": {"1": [("08:00", "12:00")]}})
    stamp = Stamp(hall.cast.id("sun"), at("2026-11-10 09:00:00"))
    keep_calendar(hall.cast.house, "office", spec, newest.version, stamp, "冬季时间")
    second(hall, bureau_pack)
    kept = OfficeCalendar.objects.filter(organisation=hall.cast.house, name="office").latest("version")
    assert (kept.version, kept.note) == (newest.version + 1, "冬季时间")
