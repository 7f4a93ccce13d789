from datetime import UTC, date, datetime, timedelta

import pytest
from django.db import IntegrityError, transaction
from django.db.models import ProtectedError

from shounuo.ledger.actions import read
from shounuo.organisation.access import head_of, leader_in_charge
from shounuo.organisation.actions import (
    NotPossible,
    Stamp,
    appoint,
    change_unit,
    close_post,
    end_appointment,
    enrol,
    found_unit,
    open_post,
)
from shounuo.organisation.models import Appointment, Person, Unit

STAMP = Stamp("admin", datetime(2026, 11, 11, 2, 0, tzinfo=UTC))


def names(people):
    return [person.name_zh for person in people]


def test_people_are_found_by_role_and_unit(cast, now):
    assert names(Person.objects.holding("handler", now, cast.units["metrology"])) == ["王敏", "李强"]
    assert names(Person.objects.holding("handler", now, cast.units["office"])) == []


def test_people_are_found_in_everything_below_a_unit(cast, now):
    assert names(Person.objects.holding("section_head", now, cast.house, below=True)) == ["赵立", "何正"]


def test_a_role_is_not_mistaken_for_one_with_a_similar_name(cast, now):
    open_post(STAMP, cast.units["office"], "见习", ["handler"])
    assert names(Person.objects.holding("handle", now)) == []


def test_sections_are_those_of_one_organisation_only(cast):
    hall = found_unit(STAMP, code="hall", name_zh="分中心", kind="organisation", parent=cast.house)
    found_unit(STAMP, code="window", name_zh="分中心窗口", parent=hall)
    assert [unit.code for unit in Unit.objects.sections_of(hall)] == ["window"]
    assert Unit.objects.sections_of(cast.house).count() == 5
    assert Unit.objects.within(cast.house).count() == 8


def test_a_window_finds_its_head_and_leader_above(cast, now):
    window = found_unit(STAMP, code="seal", name_zh="检定窗口", kind="window", parent=cast.units["metrology"])
    assert head_of(window, now).name_zh == "赵立"
    assert leader_in_charge(window, now).name_zh == "陈国安"


def test_the_head_of_a_unit_beside_is_nobody_s_head(cast, now):
    assert head_of(cast.units["standards"], now) is None


def test_an_appointment_covers_its_first_day_and_not_its_last(cast):
    held = Appointment.objects.get(person=cast.people["li"])
    end_appointment(STAMP, held, date(2026, 11, 12))
    last_evening = datetime(2026, 11, 11, 15, 59, tzinfo=UTC)  # 23:59 in Shanghai
    assert cast.people["li"].roles_at(last_evening) == {"handler"}
    assert cast.people["li"].roles_at(last_evening + timedelta(minutes=1)) == set()


def test_an_appointment_ends_once(cast):
    held = Appointment.objects.get(person=cast.people["li"])
    end_appointment(STAMP, held, date(2026, 11, 12))
    with pytest.raises(NotPossible, match="已经结束"):
        end_appointment(STAMP, held, date(2026, 11, 13))


def test_the_database_refuses_an_appointment_that_ends_before_it_begins(cast):
    with pytest.raises(IntegrityError), transaction.atomic():
        Appointment.objects.filter(person=cast.people["li"]).update(to_date=date(2020, 1, 1))


@pytest.mark.parametrize("code", ["", "Window", "a b", "-a", "a--b", "科", "a/b"])
def test_a_badly_formed_code_is_refused(cast, code):
    with pytest.raises(NotPossible, match="代码"):
        found_unit(STAMP, code=code, name_zh="新科室", parent=cast.house)


def test_a_code_is_taken_once_in_an_organisation(cast):
    with pytest.raises(NotPossible, match="window"):
        found_unit(STAMP, code="window", name_zh="新科室", parent=cast.units["office"])


def test_a_section_stands_in_an_organisation(db):
    with pytest.raises(NotPossible, match="单位"):
        found_unit(STAMP, code="alone", name_zh="孤科")


def test_a_post_carries_only_roles_that_exist(cast):
    with pytest.raises(NotPossible, match="emperor"):
        open_post(STAMP, cast.house, "皇帝", ["emperor"])


def test_a_post_is_closed_only_when_it_is_empty(cast):
    post = cast.people["li"].appointments.get().post
    with pytest.raises(NotPossible, match="还有人"):
        close_post(STAMP, post, date(2026, 12, 1))
    end_appointment(STAMP, post.appointments.get(), date(2026, 12, 1))
    close_post(STAMP, post, date(2026, 12, 1))
    with pytest.raises(NotPossible, match="撤销"):
        appoint(STAMP, cast.people["wang"], post, date(2026, 12, 1))


def test_nobody_is_appointed_to_another_organisation_s_post(cast):
    other = found_unit(STAMP, code="other", name_zh="别的单位", kind="organisation")
    stranger = enrol(STAMP, other, "1", "外人")
    with pytest.raises(NotPossible, match="另一个单位"):
        appoint(STAMP, stranger, cast.people["li"].appointments.get().post, date(2026, 12, 1))


def test_what_people_depend_on_cannot_be_removed(cast):
    for thing in (cast.units["metrology"], cast.people["wang"], cast.people["wang"].account):
        with pytest.raises(ProtectedError):
            thing.delete()


def test_every_change_is_a_fact_on_the_unit_s_stream(cast):
    unit = cast.units["standards"]
    change_unit(STAMP, unit, phone="0000-8800 101", name_zh=unit.name_zh)
    fact = read(unit.stream)[-1]
    assert (fact.kind, fact.actor) == ("organisation_changed", "admin")
    was, fields = {"phone": "0000-8800 100"}, {"phone": "0000-8800 101"}
    assert fact.data == {"change": "unit_changed", "fields": fields, "was": was}


def test_a_change_that_changes_nothing_leaves_no_fact(cast):
    before = len(read(cast.house.stream))
    change_unit(STAMP, cast.house, name_zh=cast.house.name_zh)
    assert len(read(cast.house.stream)) == before


def test_the_ledger_knows_no_names_of_people(cast):
    words = str([fact.data for unit in cast.units.values() for fact in read(unit.stream)])
    assert not any(person.name_zh in words or person.name_en in words for person in cast.people.values())


def test_names_follow_the_reader_s_language(cast):
    from django.utils.translation import override

    with override("en"):
        assert (cast.house.name, cast.people["wang"].name) == ("Qingxi Quality Service Centre", "Wang Min")
    with override("zh-hans"):
        assert cast.house.name == "青溪市质量服务中心"
