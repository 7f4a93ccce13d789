"""The demonstration: every state and kind of service, and nothing that the checks object to."""

from collections import Counter
from datetime import UTC, datetime
from random import Random
from zoneinfo import ZoneInfo

import pytest

from shounuo.cases.models import Case
from shounuo.commitments.models import CheckResult, RunningClock
from shounuo.ledger.models import Fact
from shounuo.ledger.verifying import verify
from shounuo.organisation.models import Absence, Unit
from shounuo.organisation.refusals import NotPossible
from shounuo.rules.calendars import OutOfCoverage, compile_calendar
from shounuo.rules.calendars.china import official_china
from shounuo.rules.loading import BUNDLED, load_pack
from shounuo.site import projections
from shounuo.site.demo.building import build
from shounuo.site.demo.cast import DEFAULT, organisations, read
from shounuo.site.demo.hours import Hours

NOW = datetime(2026, 11, 18, 7, 0, tzinfo=UTC)  # Wednesday 15:00 in Shanghai
SHANGHAI = ZoneInfo("Asia/Shanghai")
STATES = {
    "received", "waiting_for_materials", "in_hand", "with_leader", "in_study", "answered", "completed",
    "declined", "not_accepted", "withdrawn", "transferred_out", "merged",
}  # fmt: skip
EVERYDAY = {
    "appointed", "relayed", "relay_answered", "transferred_out", "merged", "joined", "return_visited", "disputed",
    "reopened", "party_told", "remedied",
}  # fmt: skip
"""What happens in every organisation's month besides the way to an answer."""


@pytest.fixture(scope="module")
def demo(django_db_setup, django_db_blocker):
    """The demonstration built once for this module, and rolled back after it."""
    from django.db import transaction

    with django_db_blocker.unblock(), transaction.atomic():
        yield build(NOW)
        transaction.set_rollback(True)


@pytest.fixture(autouse=True)
def may_read(request, django_db_blocker):
    """The module's own transaction stands in for one a test."""
    with django_db_blocker.unblock():
        yield


def ours():
    return Case.objects.filter(marks="demo")


@pytest.mark.database
class TestBuilt:
    def test_every_step_of_every_story_is_allowed(self, demo):
        assert demo.refused == ()
        assert demo.matters >= 150

    def test_matters_stand_in_every_state(self, demo):
        assert set(ours().values_list("state", flat=True)) == STATES

    def test_clocks_are_kept_late_breached_void_and_running(self, demo):
        found = set(RunningClock.objects.filter(handling=True).values_list("state", flat=True))
        assert found >= {"running", "met", "met_late", "breached", "void"}

    def test_a_breached_matter_is_still_open_and_others_have_late_ends(self, demo):
        assert ours().open().filter(clock_state="breached").count() >= 4
        assert ours().filter(clock_state="met_late").count() >= 5

    def test_a_due_date_of_2027_is_shown_as_provisional(self, demo):
        later = ours().filter(due_at__year=2027)
        assert later.count() >= 2
        assert all(later.values_list("provisional", flat=True))

    def test_every_rating_was_given_and_some_with_words(self, demo):
        assert set(ours().exclude(rating=None).values_list("rating", flat=True)) == {1, 2, 3, 4, 5}

    def test_matters_came_in_by_every_channel_for_every_service(self, demo):
        assert set(ours().values_list("channel", flat=True)) == {"window", "phone", "portal", "post"}
        assert ours().exclude(service="").values("service").distinct().count() == 9

    def test_some_wait_untaken_and_some_for_another_section(self, demo):
        assert ours().open().filter(first_asked="").count() >= 4
        assert ours().filter(handing_to__isnull=False).count() == 4

    def test_everyday_service_is_there_with_every_kind_of_fact_it_knows(self, demo):
        found = set(Fact.objects.values_list("kind", flat=True))
        assert found >= EVERYDAY | {"deferred", "rating_appealed", "rating_appeal_decided"}
        assert set(ours().values_list("kind", flat=True)) == {
            "application",
            "enquiry",
            "suggestion",
            "praise",
        }

    def test_silence_counts_as_acceptance(self, demo):
        assert [f.data["deemed"] for f in Fact.objects.filter(kind="accepted") if f.data.get("deemed")] == [
            True
        ]

    def test_somebody_is_away_and_their_delegate_acts_for_them(self, demo):
        absence = Absence.objects.get()
        assert (absence.state, absence.person.name, absence.delegate.name) == ("in_force", "王敏", "李强")
        theirs, delegate = absence.person.account.actor, absence.delegate.account.actor
        said = Fact.objects.filter(at__gte=absence.from_at, actor=delegate)
        assert sum(fact.data.get("on_behalf_of") == theirs for fact in said) >= 2
        assert not Fact.objects.filter(at__gte=absence.from_at, actor=theirs).exists()

    def test_appointments_lie_ahead_and_one_extension_waits_for_the_leader(self, demo):
        assert ours().open().filter(appointed_at__gt=NOW).count() >= 3
        asked = Counter(Fact.objects.filter(kind__startswith="extension").values_list("kind", flat=True))
        assert asked["extension_requested"] > asked["extension_granted"] + asked["extension_refused"]

    def test_a_rating_set_aside_counts_no_more(self, demo):
        decided = Fact.objects.get(kind="rating_appeal_decided")
        assert decided.data["upheld"] and Case.objects.get(stream=decided.stream).rating is None

    def test_a_second_notice_is_a_broken_promise(self, demo):
        broken = CheckResult.objects.filter(rule="one-complete-notice", state="broken")
        assert broken.count() == 2

    def test_extensions_are_asked_granted_told_and_refused(self, demo):
        kinds = Counter(Fact.objects.filter(kind__startswith="extension").values_list("kind", flat=True))
        assert kinds["extension_requested"] > kinds["extension_granted"] > kinds["extension_refused"] > 0

    def test_an_oral_notice_and_a_correction_are_there(self, demo):
        assert Fact.objects.filter(kind="corrected").count() == 2
        assert sum(f.data.get("form") == "oral" for f in Fact.objects.filter(kind="notice_issued")) == 3

    def test_nothing_happened_after_now_and_staff_acted_in_office_hours(self, demo):
        facts = Fact.objects.filter(marks="demo", stream__in=ours().values("stream"))
        assert facts.filter(at__gt=NOW).count() == 0
        office = compile_calendar(official_china())
        by_staff = [f for f in facts.exclude(actor__in=["", "party"]) if f.kind != "corrected"]
        assert all(office.is_working_day(f.at.astimezone(SHANGHAI).date()) for f in by_staff)

    def test_every_chain_holds_and_the_tables_agree_with_the_facts(self, demo):
        assert verify().fault is None
        assert projections.differences() == []

    def test_boston_is_imported_and_not_public(self, demo):
        boston = Unit.objects.get(path="boston/")
        assert not boston.is_public
        assert demo.imported == Case.objects.filter(organisation=boston).count() == 100

    def test_building_again_changes_nothing(self, demo):
        facts = Fact.objects.count()
        assert build(NOW) is None
        assert Fact.objects.count() == facts


NOT_HERE = {"amsterdam": {"appointed"}}
"""What an organisation has no use for: a report of something in the street needs no meeting."""
ELSEWHERE = [org for org in organisations() if org != DEFAULT]
EVERY_STORY = 70
SHORT = 12


@pytest.mark.parametrize("org", ELSEWHERE)
def test_every_organisation_plays_its_stories_by_its_own_rules(db, settings, org):
    cast = read(org)
    settings.TIME_ZONE = cast.get("time_zone", "Asia/Shanghai")
    built = build(NOW, org=org, most=EVERY_STORY)
    assert built.refused == ()
    assert built.matters >= 30
    kinds = {kind for service in load_pack(BUNDLED / org).services.values() for kind in service.kinds}
    assert set(ours().values_list("state", flat=True)) >= states_of(kinds) | {"transferred_out", "merged"}
    assert set(ours().values_list("kind", flat=True)) >= {"suggestion", "praise"} | (kinds & {"repair"})
    assert set(Fact.objects.values_list("kind", flat=True)) >= EVERYDAY - NOT_HERE.get(org, set())
    assert Absence.objects.filter(state="in_force", delegate__isnull=False).count() == 1
    assert [f for f in Fact.objects.filter(marks="demo") if f.data.get("on_behalf_of")]
    assert set(ours().values_list("organisation__code", flat=True)) == {cast["house"]["code"]}
    assert verify().fault is None
    assert projections.differences() == []


def states_of(kinds):
    """What a month should show: the states of enquiries, and of applications where there are any."""
    asked = {"received", "answered"}
    applied = {"waiting_for_materials", "in_hand", "completed", "declined", "not_accepted", "withdrawn"}
    return asked | applied if "application" in kinds else asked


@pytest.mark.parametrize("org", organisations())
def test_every_section_with_services_has_its_people(org):
    cast, pack = read(org), load_pack(BUNDLED / org)
    sections = {service.section for service in pack.services.values()}
    assert sections <= set(cast["units"])
    led = {code for row in cast["people"].values() for code in (row[7] if len(row) > 7 else ())}
    asked = {play for story in read(org, "matters.yaml")["stories"] for play in story.get("services", ())}
    assert {pack.services[service].section for service in asked} <= led


def test_next_year_is_built_by_the_provisional_calendar(db):
    built = build(NOW.replace(year=2027, month=3), org="service-centre", most=SHORT)
    assert (built.matters, built.refused) == (SHORT, ())


def test_a_year_beyond_the_calendars_is_refused_in_words_and_leaves_nothing(db):
    with pytest.raises(OutOfCoverage, match="2028-03-18 is outside the calendar"):
        build(NOW.replace(year=2028, month=3), org="service-centre", most=SHORT)
    assert Unit.objects.count() == 0


def test_requests_by_network_come_in_on_days_off_too():
    sunday = datetime(2026, 11, 22, 12, 0)
    hours = Hours(compile_calendar(official_china()), sunday, Random(1))
    assert {hours.ago((0, 0), at_any_hour=True).date() for _ in range(9)} == {sunday.date()}
    assert hours.ago((0, 0)).date() == datetime(2026, 11, 20).date()


def test_another_organisations_database_is_left_alone(db):
    from shounuo.organisation.actions import Stamp, found_unit

    found_unit(Stamp("", NOW), code="elsewhere", name_zh="别处", kind="organisation")
    with pytest.raises(NotPossible):
        build(NOW)


def test_a_share_of_the_time_left_keeps_its_side_of_the_due():
    hours = Hours(compile_calendar(official_china()), datetime(2026, 11, 18, 15, 0), Random(1))
    since, due = datetime(2026, 11, 12, 16, 0), datetime(2026, 11, 18, 17, 30)
    assert all(since < hours.later(since, "40-99%", due) < due for _ in range(200))
    assert all(hours.later(since, "101-150%", due) > due for _ in range(200))
