"""Papers: what they say, who may have them, and that the PDF says the same as the page."""

import re
import subprocess
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from io import BytesIO
from time import sleep
from typing import Any

import pytest
from django.utils.translation import override

from shounuo.cases import actions
from shounuo.cases.actions import NoticeForm
from shounuo.cases.models import Case
from shounuo.cases.receipts import secret_of
from shounuo.site.typesetting import making
from shounuo.site.typesetting.child import NO_FONT, families
from tests.cases.conftest import Hall
from tests.portal.conftest import Visitor, bureau_pack, hall, stand_at, visitor

__all__ = ["bureau_pack", "hall", "stand_at", "visitor"]

pytestmark = pytest.mark.django_db
WORDS = {"form": "written", "remarks": "请在工作日来。"}


def text_of(pdf: bytes) -> str:
    """What a PDF reader finds, without spaces and line ends."""
    from pypdf import PdfReader

    return re.sub(r"\s", "", "".join(page.extract_text() for page in PdfReader(BytesIO(pdf)).pages))


def seq_of(case: Case, kind: str) -> int:
    from shounuo.ledger.models import Fact

    return Fact.objects.filter(stream=case.stream, kind=kind).order_by("seq").values_list("seq", flat=True)[0]


@pytest.fixture
def ended(hall: Hall) -> Case:
    """An application: one notice, one extension, finished."""
    case = hall.in_hand("2026-11-02 09:10:00", name="沈小满", phone="139 0000 7301")
    stream = case.stream
    actions.issue_notice(
        hall.on(stream, "wang", "2026-11-02 09:40:00"), NoticeForm(["licence-copy"], **WORDS)
    )
    actions.mark_complete(hall.on(stream, "wang", "2026-11-04 10:00:00"))
    actions.request_extension(
        hall.on(stream, "wang", "2026-11-05 10:00:00"),
        "handle-in-time",
        "2 working days",
        "equipment",
        "检定台在修。",
    )
    actions.grant_extension(hall.on(stream, "chen", "2026-11-05 11:00:00"))
    actions.tell_extension(hall.on(stream, "wang", "2026-11-05 14:00:00"), "phone")
    return actions.complete(hall.on(stream, "wang", "2026-11-11 16:00:00"), "检定合格，证书在窗口领取。")


PAPERS = {
    "received": ["受理回执", "首问责任人", "期限怎样算", "限时办结"],
    "notice_issued": ["一次性告知书", "营业执照", "请在工作日来。", "签收人"],
    "extension_granted": ["延期告知书", "检定台在修。", "2个工作日", "延期后最迟2026年11月12日周四下班前"],
    "completed": ["办理结果通知书", "检定合格，证书在窗口领取。", "扫码评价"],
}


@pytest.mark.parametrize("kind", PAPERS)
def test_the_pdf_says_number_dues_and_what_belongs_to_it(visitor: Visitor, ended: Case, kind: str) -> None:
    visitor.open(ended)
    answer = visitor.client.get(f"/progress/{ended.number}/papers/{seq_of(ended, kind)}.pdf")
    told = text_of(answer.content)
    assert answer.headers["Content-Type"] == "application/pdf"
    assert [part for part in [ended.number, "青溪市质量服务中心", *PAPERS[kind]] if part not in told] == []


@pytest.mark.parametrize("kind", PAPERS)
def test_page_and_pdf_say_the_same(visitor: Visitor, ended: Case, kind: str) -> None:
    visitor.open(ended)
    place = f"/progress/{ended.number}/papers/{seq_of(ended, kind)}"
    page = visitor.client.get(f"{place}/")
    told = text_of(visitor.client.get(f"{place}.pdf").content)
    paper = page.context["paper"]
    steps = [step.text for shown in paper.clocks for step in shown.why.steps]
    lines = [line for part in paper.parts for line in part.lines]
    wanted = [paper.title, paper.opening, *steps, *lines, *paper.foot]
    assert [one for one in wanted if re.sub(r"\s", "", one) not in told] == []


def test_the_due_day_and_its_reason_are_on_the_receipt(visitor: Visitor, ended: Case) -> None:
    visitor.open(ended)
    told = text_of(visitor.client.get(f"/progress/{ended.number}/papers/1.pdf").content)
    assert "11月12日周四" in told and secret_of(ended.stream).replace(" ", "") in told


def test_in_english_the_paper_is_english(visitor: Visitor, ended: Case) -> None:
    visitor.open(ended)
    visitor.client.cookies["language"] = "en"
    told = text_of(visitor.client.get(f"/progress/{ended.number}/papers/1.pdf").content)
    assert "Thu12Nov2026" in told and "beforeclosing" in told


def test_codes_hold_a_number_and_a_secret_and_nothing_personal(visitor: Visitor, ended: Case) -> None:
    visitor.open(ended)
    page = visitor.client.get(f"/progress/{ended.number}/papers/{seq_of(ended, 'completed')}/")
    addresses = [code.address for code in page.context["codes"]]
    assert addresses[0] == f"http://testserver/p/{ended.number}/{secret_of(ended.stream)}/"
    assert re.fullmatch(rf"http://testserver/r/{ended.number}/[A-Z2-7]{{16}}/", addresses[1])


def test_no_cache_keeps_a_paper(visitor: Visitor, ended: Case) -> None:
    visitor.open(ended)
    assert "no-store" in visitor.client.get(f"/progress/{ended.number}/papers/1.pdf").headers["Cache-Control"]


def test_without_the_secret_there_is_no_paper(client: Any, ended: Case) -> None:
    for tail in ("/", ".pdf"):
        answer = client.get(f"/progress/{ended.number}/papers/1{tail}")
        assert answer.status_code == 302 and "/progress/?" in answer.headers["Location"]


def test_a_fact_without_paper_has_none(visitor: Visitor, ended: Case) -> None:
    visitor.open(ended)
    assert visitor.client.get(f"/progress/{ended.number}/papers/2.pdf").status_code == 404
    assert visitor.client.get(f"/progress/{ended.number}/papers/999999999999999999999.pdf").status_code == 404


@pytest.mark.parametrize(("who", "status"), [("wang", 200), ("zhao", 200), ("chen", 404), ("zheng", 404)])
def test_only_those_who_hand_papers_out_get_the_pdf(
    client: Any, hall: Hall, ended: Case, who: str, status: int
) -> None:
    client.force_login(hall.cast.people[who].account)
    assert client.get(f"/desk/matters/{ended.number}/papers/1.pdf").status_code == status


def test_who_only_looks_sees_no_secret(client: Any, hall: Hall, ended: Case) -> None:
    client.force_login(hall.cast.people["chen"].account)
    page = client.get(f"/desk/matters/{ended.number}/receipt/")
    assert [code.address for code in page.context["codes"]] == [
        f"http://testserver/progress/?number={ended.number}"
    ]
    assert secret_of(ended.stream) not in page.content.decode()


def test_without_a_chinese_font_the_page_says_what_to_install(
    visitor: Visitor, ended: Case, monkeypatch: pytest.MonkeyPatch
) -> None:
    def none(*_words: Any, **_more: Any) -> Any:
        return subprocess.CompletedProcess([], NO_FONT, b"", b"")

    monkeypatch.setattr(making.subprocess, "run", none)
    visitor.open(ended)
    answer = visitor.client.get(f"/progress/{ended.number}/papers/1.pdf")
    assert answer.status_code == 503 and "fonts-noto-cjk" in answer.content.decode()


@pytest.mark.parametrize(
    ("there", "chosen"),
    [
        ({"Noto Serif CJK SC", "Noto Sans CJK SC"}, ("Noto Serif CJK SC", "Noto Sans CJK SC")),
        ({"Noto Sans CJK SC", "DejaVu Sans"}, ("Noto Sans CJK SC", "Noto Sans CJK SC")),
        ({"DejaVu Sans"}, ("", "")),
    ],
)
def test_one_chinese_family_stands_in_for_the_other(there: set[str], chosen: tuple[str, str]) -> None:
    assert families(there) == chosen


def test_an_extension_nobody_was_told_of_says_when_it_would_count(
    visitor: Visitor, hall: Hall, stand_at: Callable[[str], Any]
) -> None:
    case = hall.in_hand("2026-11-02 09:10:00")
    actions.mark_complete(hall.on(case.stream, "wang", "2026-11-02 10:00:00"))
    actions.request_extension(
        hall.on(case.stream, "wang", "2026-11-03 10:00:00"),
        "handle-in-time",
        "2 working days",
        "equipment",
        "在修。",
    )
    actions.grant_extension(hall.on(case.stream, "chen", "2026-11-03 11:00:00"))
    seq = seq_of(case, "extension_granted")
    visitor.open(case)
    stand_at("2026-11-04 10:00:00")
    with override("zh-hans"):
        page = visitor.client.get(f"/progress/{case.number}/papers/{seq}/").content.decode()
    assert "11月10日 周二 下班前" in page
    assert "批准并已告知" not in page and "告知您以后计入期限" in page
    assert "11月4日 10:00" not in page.replace("2026年", "")
    stand_at("2026-11-09 10:00:00")
    late = visitor.client.get(f"/progress/{case.number}/papers/{seq}/").content.decode()
    assert "这次延期不改变期限" in late


def test_papers_are_set_one_after_the_other_so_that_their_fonts_fit_into_memory(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    at_once: list[int] = []
    running = [0]

    def child(*_words: Any, **_how: Any) -> Any:
        running[0] += 1
        at_once.append(running[0])
        sleep(0.02)
        running[0] -= 1
        return subprocess.CompletedProcess([], 0, b"%PDF", b"")

    monkeypatch.setattr(making.subprocess, "run", child)
    monkeypatch.setattr(making, "data_of", lambda paper: {})
    with ThreadPoolExecutor(4) as people:
        assert list(people.map(making.pdf_of, [None] * 4)) == [b"%PDF"] * 4  # type: ignore[list-item]
    assert at_once == [1, 1, 1, 1]
