"""A draft tried on the past: the counts are those of judging each matter, and nothing is written."""

from collections import Counter

import pytest
from django.test import Client

from shounuo.cases.models import Case
from shounuo.cases.trying import outcomes, streams_since, try_on
from shounuo.commitments.models import RunningClock
from shounuo.ledger import actions as ledger
from shounuo.ledger.models import Fact
from shounuo.ledger.moments import civil
from shounuo.regulations.editions import edition_of
from shounuo.regulations.streams import facts_of
from tests.cases.conftest import at
from tests.regulations.draft_scene import brought

NOW = at("2026-11-11 10:00:00")


@pytest.fixture
def sun(hall, now, monkeypatch):
    monkeypatch.setattr("django.utils.timezone.now", lambda: now)
    browser = Client(headers={"accept-language": "zh-hans"})
    browser.force_login(hall.cast.people["sun"].account)
    return browser


@pytest.fixture
def matters(hall):
    for day in ("2026-10-12", "2026-10-13", "2026-11-05"):
        hall.in_hand(f"{day} 09:00:00")
    return hall.ask("2026-11-10 09:00:00", kind="enquiry", service="")


def test_the_counts_are_those_of_judging_each_matter(hall, matters):
    edition, moment = edition_of(hall.adoption.pk), civil(NOW)
    direct = Counter()
    for case in Case.objects.all():
        direct.update(outcomes(edition, facts_of(ledger.read(case.stream)), moment))
    total, streams = streams_since(hall.cast.house.pk, at("2026-09-01 00:00:00"))
    judged, (promises,) = try_on(streams, [edition], moment)
    assert (total, judged) == (4, 4)
    tried = {(one.rule, name): getattr(one, name) for one in promises for name in ("kept", "late", "open")}
    assert {key: n for key, n in tried.items() if n} == dict(direct)
    assert sum(direct.values()) > 0


def test_matters_before_the_span_are_left_out(hall, matters):
    assert streams_since(hall.cast.house.pk, at("2026-11-01 00:00:00"))[0] == 2


def test_when_time_is_up_what_was_judged_is_said(hall, matters):
    _total, streams = streams_since(hall.cast.house.pk, at("2026-09-01 00:00:00"))
    assert try_on(streams, [edition_of(hall.adoption.pk)], civil(NOW), lambda: False)[0] == 0


def test_a_draft_is_tried_beside_todays_edition_and_writes_nothing(sun, hall, matters):
    draft = brought(sun)
    before = Fact.objects.count(), RunningClock.objects.count()
    page = sun.get(f"/regulations/drafts/{draft.pk}/try/?months=12").content.decode()
    assert "按草案" in page and "按现行的" in page and "有 4 件" in page
    assert (Fact.objects.count(), RunningClock.objects.count()) == before


def test_the_drafts_promises_count_as_if_they_had_always_been_in_force(sun, hall, matters):
    import re

    draft = brought(sun)
    page = sun.get(f"/regulations/drafts/{draft.pk}/try/?months=12").content.decode()
    row = re.search(r"<tr data-row>(?:(?!</tr>).)*5个工作日(?:(?!</tr>).)*</tr>", page, re.S)
    numbers = re.findall(r'class="num"[^>]*>(?:<b[^>]*>)?(\d+)', row[0])
    assert numbers[:3] == ["0", "2", "1"]
