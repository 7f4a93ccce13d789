"""Deciding a setting: what fits its type, from which day it counts, what the record keeps."""

from datetime import date

import pytest

from shounuo.cases import actions
from shounuo.commitments.models import RunningClock
from shounuo.ledger import actions as ledger
from shounuo.organisation.actions import Stamp
from shounuo.regulations.actions import Refused, decide_setting
from shounuo.regulations.editions import edition_of
from shounuo.regulations.history import decisions_of
from shounuo.regulations.models import SettingDecision
from tests.cases.conftest import at

TODAY = date(2026, 11, 11)
ROW = {"clause": "x", "source": "a", "reading": "b"}

FITS = [
    ("day_kind", "days"), ("notice_limit", "2 working days"), ("unanswered_enquiry_limit", None),
    ("repeat_count", 2), ("extensions_at_most", 0), ("shorter_limit", False), ("bureau_rules", "局发〔2026〕1号"),
    ("complaint_contact", "0000-8800 110"), ("corrected_readings", [ROW]), ("corrected_readings", []),
]  # fmt: skip
REFUSED = [
    ("nobody_asked", 1), ("day_kind", "moon days"), ("day_kind", None), ("notice_limit", "soon"),
    ("notice_limit", None), ("notice_limit", "2 days before"), ("notice_limit", "by the date promised"),
    ("notice_limit", "3 years"), ("repeat_count", "3"), ("repeat_count", 2.5), ("repeat_count", True),
    ("repeat_count", -1), ("leader_extension", 0), ("shorter_limit", "yes"), ("shorter_limit", 1),
    ("bureau_rules", "  "), ("bureau_rules", "长" * 301), ("complaint_contact", 110),
    ("corrected_readings", "x"), ("corrected_readings", [{"clause": "x"}]), ("corrected_readings", [ROW | {"source": []}]),
]  # fmt: skip


def decide(hall, key, value, day=TODAY, who="sun", when="2026-11-11 10:00:00", document=""):
    stamp = Stamp(hall.cast.id(who), at(when))
    return decide_setting(hall.cast.house, hall.adoption, key, value, day, stamp, document)


@pytest.mark.parametrize("key, value", FITS)
def test_a_value_that_fits_is_in_force(hall, key, value):
    decide(hall, key, value)
    assert edition_of(hall.adoption.pk).setting(key, TODAY) == value


@pytest.mark.parametrize("key, value", REFUSED)
def test_a_value_that_does_not_fit_is_refused_and_nothing_is_recorded(hall, key, value):
    before = len(ledger.read(hall.cast.house.stream))
    with pytest.raises(Refused):
        decide(hall, key, value)
    assert (len(ledger.read(hall.cast.house.stream)), SettingDecision.objects.count()) == (before, 0)


def test_a_day_before_today_is_refused(hall):
    with pytest.raises(Refused) as refused:
        decide(hall, "day_kind", "days", date(2026, 11, 10))
    assert refused.value.field == "from_date"


def test_only_clocks_that_start_from_that_day_on_count_by_it(hall):
    day_before, same_day = hall.in_hand("2026-11-11 09:00:00"), date(2026, 11, 12)
    actions.refer_to_leader(hall.on(day_before.stream, "wang", "2026-11-11 09:30:00"), "请示")
    decide(hall, "day_kind", "days", same_day)
    after = hall.in_hand("2026-11-12 09:00:00")
    actions.refer_to_leader(hall.on(after.stream, "wang", "2026-11-12 09:30:00"), "请示")
    words = dict(RunningClock.objects.filter(rule="leaders-word").values_list("stream", "words"))
    assert (words[day_before.stream], words[after.stream]) == ("2 working days", "2 days")


def test_a_clock_that_runs_keeps_its_value_when_it_is_judged_again(hall):
    case = hall.in_hand("2026-11-11 09:00:00")
    actions.refer_to_leader(hall.on(case.stream, "wang", "2026-11-11 09:30:00"), "请示")
    decide(hall, "day_kind", "days", TODAY.replace(day=12))
    actions.add_note(hall.on(case.stream, "wang", "2026-11-12 10:00:00"), "补记")
    clock = RunningClock.objects.get(stream=case.stream, rule="leaders-word")
    assert (clock.words, clock.due_at) == ("2 working days", at("2026-11-13 17:30:00"))


def test_the_decision_is_a_fact_on_the_organisations_stream(hall):
    decide(hall, "day_kind", "days", document="服务办〔2026〕3号")
    fact = ledger.read(hall.cast.house.stream)[-1]
    assert (fact.kind, fact.actor) == ("setting_decided", hall.cast.id("sun"))
    assert fact.data == {"pack": "quality-bureau", "key": "day_kind", "value": "days", "from": "2026-11-11",
                         "document": "服务办〔2026〕3号"}  # fmt: skip


def test_of_two_decisions_for_one_day_the_later_counts_and_both_stay_in_the_record(hall, bureau_pack):
    decide(hall, "day_kind", "days", document="3号")
    decide(hall, "day_kind", "working days", who="chen", when="2026-11-11 15:00:00", document="4号")
    row = SettingDecision.objects.get()
    assert (row.value, row.document) == ("working days", "4号")
    told = decisions_of(hall.cast.house, bureau_pack, "day_kind")
    assert [(one.by, one.document, one.replaced) for one in told] == [
        ("陈国安", "4号", False),
        ("孙丽", "3号", True),
    ]


def test_before_its_day_a_decision_does_not_count(hall):
    decide(hall, "repeat_count", 5, date(2026, 12, 1))
    edition = edition_of(hall.adoption.pk)
    assert [edition.setting("repeat_count", day) for day in (date(2026, 11, 30), date(2026, 12, 1))] == [3, 5]
