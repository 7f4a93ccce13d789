"""The duty roster: who is on duty when, what is refused, and a file with faults."""

from datetime import UTC, date, datetime, time, timedelta

import pytest

from shounuo.organisation.actions import Away, NotPossible, Stamp, Turn, enter_absence, set_roster
from shounuo.organisation.duty import on_duty, supervisors_on_duty
from shounuo.organisation.models import Shift
from shounuo.organisation.roster_file import BadRoster, read_roster

NOW = datetime(2026, 11, 11, 2, 0, tzinfo=UTC)  # Wednesday, 10:00
STAMP = Stamp("", NOW)
DAY, DAYTIME, NIGHT = date(2026, 11, 11), (time(8, 30), time(17, 30)), (time(17, 30), time(8, 30))
HEAD = "日期,开始,结束,姓名,值班主任\n"


@pytest.fixture
def arrange(cast):
    """`arrange("metrology", [("wang", DAYTIME)])`: one day of one unit."""

    def run(unit, turns, day=DAY, band=None):
        said = [Turn(day, *hours, cast.people[who], who == "sun") for who, hours in turns]
        return set_roster(STAMP, cast.units[unit], [day], said, band)

    return run


def names(cast, people):
    known = {person.pk: name for name, person in cast.people.items()}
    return [known[one] for one in people]


def test_the_roster_says_who_is_on_duty(cast, arrange):
    arrange("metrology", [("wang", DAYTIME), ("li", NIGHT)])
    at = [NOW + timedelta(hours=n) for n in (0, 8, 22, 23)]
    assert [names(cast, on_duty(cast.units["metrology"].pk, one)) for one in at] == [
        ["wang"],
        ["li"],
        ["li"],
        [],
    ]


def test_a_section_without_a_roster_uses_that_of_the_house(cast, arrange):
    arrange("qingxi", [("zhou", DAYTIME)])
    assert names(cast, on_duty(cast.units["metrology"].pk, NOW)) == ["zhou"]


def test_for_somebody_absent_the_delegate_is_on_duty(cast, arrange):
    arrange("metrology", [("wang", DAYTIME)])
    away = Away(NOW, NOW + timedelta(days=1), delegate=cast.people["li"])
    enter_absence(STAMP, cast.people["wang"], away)
    assert names(cast, on_duty(cast.units["metrology"].pk, NOW)) == ["li"]


def test_the_supervisor_is_on_the_roster_or_holds_the_role(cast, arrange):
    unit = cast.units["metrology"].pk
    assert names(cast, supervisors_on_duty(unit, NOW)) == ["sun"]
    arrange("metrology", [("sun", DAYTIME)])
    assert names(cast, supervisors_on_duty(unit, NOW)) == ["sun"]
    assert on_duty(unit, NOW) == []


def test_a_shift_is_replaced_and_other_hours_stay(cast, arrange):
    arrange("metrology", [("wang", DAYTIME), ("li", NIGHT)])
    arrange("metrology", [("zhao", DAYTIME)], band=DAYTIME)
    assert sorted(Shift.objects.values_list("person__name_zh", flat=True)) == ["李强", "赵立"]


def test_nobody_is_on_duty_twice_at_a_time(cast, arrange):
    arrange("metrology", [("wang", NIGHT)])
    with pytest.raises(NotPossible, match="王敏 2026-11-12 排了两个重叠的班"):
        arrange("office", [("wang", (time(8, 0), time(12, 0)))], date(2026, 11, 12))


def test_who_is_not_in_post_is_not_on_duty(arrange):
    with pytest.raises(NotPossible, match="没有任职"):
        arrange("metrology", [("wang", DAYTIME)], date(2025, 12, 31))


def test_a_file_is_read_in_both_encodings(cast):
    rows = HEAD + "2026-11-11,08:30,17:30,王敏,否\n2026/11/11,17:30,08:30,Q006,是\n"
    for encoding in ("utf-8-sig", "gb18030"):
        turns = read_roster(rows.encode(encoding), cast.house)
        assert [(t.person.name_zh, t.supervises) for t in turns] == [("王敏", False), ("孙丽", True)]


@pytest.mark.parametrize(
    ("row", "column", "said"),
    [
        ("11.11.2026,08:30,17:30,王敏,", "日期", "不是日期"),
        ("2026-02-30,08:30,17:30,王敏,", "日期", "不是日期"),
        ("2026-11-11,8h,17:30,王敏,", "开始", "不是时间"),
        ("2026-11-11,08:30,25:00,王敏,", "结束", "不是时间"),
        ("2026-11-11,08:30,17:30,无名,", "姓名", "没有叫“无名”的人"),
        ("2026-11-11,08:30,17:30,王敏,也许", "值班主任", "应写“是”或“否”"),
    ],
)
def test_a_fault_is_told_with_line_and_column(cast, row, column, said):
    with pytest.raises(BadRoster) as bad:
        read_roster((HEAD + "2026-11-10,08:30,17:30,王敏,\n" + row).encode(), cast.house)
    [fault] = bad.value.faults
    assert (fault.line, fault.column) == (3, column)
    assert said in fault.said


@pytest.mark.parametrize(
    "content", [b"", b"\xff\xfe\x00", HEAD.encode(), "日期,姓名\n".encode(), b"x" * 600_000]
)
def test_what_is_no_roster_is_refused(cast, content):
    with pytest.raises(BadRoster):
        read_roster(content, cast.house)


def test_a_month_is_arranged_on_its_page(cast, client):
    client.force_login(cast.people["zhao"].account, "django.contrib.auth.backends.ModelBackend")
    path = "/organisation/duty/arrange/?unit=metrology&month=2026-12"
    said = {"first-2026-12-01": cast.people["wang"].pk, "supervisor-2026-12-01": cast.people["sun"].pk}
    assert client.post(path, said).status_code == 302
    words = client.get("/organisation/duty/?unit=metrology&month=2026-12").content.decode()
    assert "王敏" in words
    assert Shift.objects.count() == 2
    client.post(path, {"first-2026-12-01": cast.people["li"].pk})
    assert Shift.objects.get().person.name_zh == "李强"
