"""Board, appointments, kept filters and the spreadsheet of the list."""

from io import BytesIO
from typing import Any

import pytest
from openpyxl import load_workbook

from shounuo.cases.models import Case, SavedFilter
from tests.cases.conftest import Hall, at
from tests.cases.desk import Desk, text

MONDAY = "2026-09-28 09:10"


@pytest.fixture
def desk(hall: Hall, monkeypatch: Any) -> Desk:
    found = Desk(hall, monkeypatch)
    found.stand_still("2026-09-28 11:00:00")
    return found


def due(case: Case, when: str | None) -> Case:
    Case.objects.filter(pk=case.pk).update(due_at=at(when) if when else None)
    return case


@pytest.fixture
def four(hall: Hall) -> dict[str, Case]:
    """Late, due today, due on Wednesday, and due after the holidays of 1-7 October."""
    moments = {"late": "2026-09-28 10:00", "today": "2026-09-28 17:30", "soon": "2026-09-30 17:30",
               "later": "2026-10-12 17:30", "none": None}  # fmt: skip
    return {step: due(hall.in_hand(MONDAY), when) for step, when in moments.items()}


@pytest.mark.parametrize("step", ["late", "today", "soon", "later", "none"])
def test_each_step_lists_its_own(desk: Desk, four: dict[str, Case], step: str) -> None:
    page = text(desk.get("zhao", "/desk/matters/", due=step))
    assert [name for name, case in four.items() if f"/desk/matters/{case.number}/" in page] == [step]


def test_the_board_counts_what_its_links_list(desk: Desk, four: dict[str, Case]) -> None:
    page = text(desk.get("zhao", "/desk/board/"))
    for step in four:
        assert f'?due={step}&amp;sort=due&amp;section=metrology"' in page
    assert four["late"].number in page
    assert f"/desk/matters/{four['later'].number}/" not in page


def test_a_clerk_of_another_section_counts_nothing_of_it(desk: Desk, four: dict[str, Case]) -> None:
    assert "section=metrology" not in text(desk.get("he", "/desk/board/"))


def book(answer: Any) -> Any:
    return load_workbook(BytesIO(answer.content)).active


def cells(answer: Any) -> list[list[str]]:
    return [[str(cell.value or "") for cell in row] for row in book(answer).iter_rows()]


def test_the_spreadsheet_holds_the_filtered_list(desk: Desk, hall: Hall) -> None:
    one = hall.ask(MONDAY, kind="enquiry", service="")
    hall.ask(MONDAY, section="standards")
    lines = cells(desk.get("zhao", "/desk/matters/export/", section="metrology"))
    assert lines[1][0] == one.number
    assert lines[2][0] == ""


TYPED = {
    "words": "我叫赵小兰，电话13911113333，住杏花巷7号\n想问上班时间",
    "name": "赵小兰",
    "phone": "139 1111 3333",
}


@pytest.mark.parametrize("kind", ["enquiry", "suggestion", "praise", "application"])
def test_the_spreadsheet_holds_nothing_that_was_typed_by_who_asked(desk: Desk, hall: Hall, kind: str) -> None:
    service = {} if kind == "application" else {"service": ""}
    case = hall.ask(MONDAY, kind=kind, **service, **TYPED)
    Case.objects.filter(pk=case.pk).update(outside="12345-2026-88")
    lines = cells(desk.get("zhao", "/desk/matters/export/"))
    assert (lines[1][0], lines[1][-1]) == (case.number, "12345-2026-88")
    assert lines[1][2] == (lines[1][1] if service else "衡器强制检定")
    said = " ".join(value for line in lines for value in line)
    assert "不含当事人的姓名和联系方式" in said
    parts = {typed[n : n + 4] for typed in TYPED.values() for n in range(len(typed) - 3)}
    assert sorted(part for part in parts if part in said) == []


def test_what_looks_like_a_formula_stays_text(desk: Desk, hall: Hall) -> None:
    Case.objects.filter(pk=hall.ask(MONDAY).pk).update(outside="=1+1 衡器")
    sheet = book(desk.get("zhao", "/desk/matters/export/"))
    assert (sheet["L2"].value, sheet["L2"].data_type) == ("=1+1 衡器", "s")


UNUSABLE = [
    ({"q": "衡" * 160}, "最多 80 个字，您写了 160 个"), ({"q": "衡\x00器"}, "field__error"), ({"state": "zzz"}, "“zzz”"),
    ({"section": "moon"}, "“moon”"), ({"mine": "7"}, "“7”"), ({"since": "2026-13-45"}, "“2026-13-45”不是日期"),
    ({"until": "9999-12-31"}, "“9999-12-31”不是日期"), ({"since": "0001-01-01"}, "“0001-01-01”不是日期"),
    ({"since": "2026-09-02", "until": "2026-09-01"}, "不能早于"), ({"q": "检定", "kind": "<b>"}, "“&lt;b&gt;”"),
]  # fmt: skip


@pytest.mark.parametrize("query, told", UNUSABLE)
def test_a_condition_that_cannot_be_used_is_told_and_lists_nothing(
    desk: Desk, hall: Hall, query: dict[str, str], told: str
) -> None:
    case = hall.ask("2026-09-01 09:10")
    answer = desk.get("zhao", "/desk/matters/", **query)
    page = text(answer)
    assert answer.status_code == 422
    assert told in page and "没有查找" in page
    assert case.number not in page and "保存这组条件" not in page
    assert f'value="{query.get("q", "")}"' in page


@pytest.mark.parametrize("query", [one for one, _told in UNUSABLE])
def test_the_spreadsheet_of_an_unusable_condition_is_the_list_that_tells_it(
    desk: Desk, hall: Hall, query: dict[str, str]
) -> None:
    answer = desk.get("zhao", "/desk/matters/export/", **query)
    assert answer.status_code == 302
    assert desk.as_("zhao").get(answer.url).status_code == 422


def test_filters_are_kept_by_name_and_forgotten(desk: Desk, hall: Hall) -> None:
    desk.post("zhao", "/desk/matters/keep/", name="本科室逾期", query="due=late&page=3")
    kept = SavedFilter.objects.get()
    assert (kept.name, kept.query) == ("本科室逾期", "due=late")
    assert "/desk/matters/?due=late" in text(desk.get("zhao", "/desk/matters/"))
    assert "本科室逾期" not in text(desk.get("wang", "/desk/matters/"))
    desk.post("wang", f"/desk/matters/drop/{kept.pk}/")
    assert SavedFilter.objects.exists()
    desk.post("zhao", f"/desk/matters/drop/{kept.pk}/")
    assert not SavedFilter.objects.exists()


def test_a_name_too_long_to_keep_is_said_again(desk: Desk, hall: Hall) -> None:
    answer = desk.post("zhao", "/desk/matters/keep/", name="长" * 41, query="due=late")
    assert "长" * 41 in text(desk.as_("zhao").get(answer.url))
    assert not SavedFilter.objects.exists()


def test_nobody_keeps_more_than_twenty(desk: Desk, hall: Hall) -> None:
    for n in range(21):
        desk.post("zhao", "/desk/matters/keep/", name=f"第{n}组", query="")
    assert SavedFilter.objects.count() == 20


def test_appointments_of_the_week_stand_by_day(desk: Desk, hall: Hall) -> None:
    case = hall.in_hand(MONDAY)
    Case.objects.filter(pk=case.pk).update(appointed_at=at("2026-09-30 14:00"))
    page = text(desk.get("zhao", "/desk/appointments/"))
    assert case.number in page and "14:00" in page
    assert case.number not in text(desk.get("zhao", "/desk/appointments/", week="2026-W41"))
    assert desk.get("zhao", "/desk/appointments/", week="nonsense").status_code == 200


def test_at_the_end_of_a_week_the_next_appointment_is_shown(desk: Desk, hall: Hall) -> None:
    case = hall.in_hand("2026-09-24 09:10:00")
    Case.objects.filter(pk=case.pk).update(appointed_at=at("2026-10-09 14:00"))
    desk.stand_still("2026-09-26 10:00")
    assert case.number in text(desk.get("zhao", "/desk/appointments/"))
    desk.stand_still("2026-10-10 10:00")
    assert case.number not in text(desk.get("zhao", "/desk/appointments/", week="2026-W42"))
