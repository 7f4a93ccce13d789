"""Template tags: people's dates, shares, links, and the palette's contrast."""

import re
from datetime import UTC, date, datetime
from itertools import product
from pathlib import Path

import pytest
from django.http import HttpRequest
from django.template import Context, Template
from django.utils.translation import override

from shounuo.site import navigation
from shounuo.site.dates import people_date
from shounuo.site.templatetags.look import share

DUE = datetime(2026, 10, 12, 9, 30, tzinfo=UTC)  # 17:30 in Shanghai
STATIC = Path(navigation.__file__).parent / "static"


def render(text: str, **context: object) -> str:
    return Template("{% load look %}" + text).render(Context(context))


@pytest.mark.parametrize(
    ("tail", "zh", "en"),
    [
        ("clock", "10月12日 周一 17:30", "Mon 12 Oct, 17:30"),
        ("close", "10月12日 周一 下班前", "Mon 12 Oct, before closing"),
        ("due", "10月12日 周一 17:30", "Mon 12 Oct, 17:30"),
        ("date", "10月12日 周一", "Mon 12 Oct"),
        ("official", "2026年10月12日", "12 Oct 2026"),
    ],
)
def test_dates_are_said_as_people_say_them(tail: str, zh: str, en: str) -> None:
    assert (people_date(DUE, "zh-hans", tail=tail), people_date(DUE, "en", tail=tail)) == (zh, en)


def test_midnight_is_the_end_of_the_day_before() -> None:
    assert people_date(datetime(2026, 10, 13), "zh", tail="due") == "10月12日 周一 24:00前"


def test_the_year_is_said_when_it_is_another() -> None:
    assert people_date(date(2027, 1, 4), "zh", this_year=2026) == "2027年1月4日 周一"


def test_an_unknown_tail_is_an_error() -> None:
    with pytest.raises(ValueError, match="clock, close"):
        people_date(DUE, "zh", tail="soon")


def test_the_exact_instant_stays_for_machines_and_on_hover() -> None:
    html = render('{% people_date due tail="close" now=due %}', due=DUE)
    assert (
        html == '<time datetime="2026-10-12T17:30:00+08:00" title="2026-10-12 17:30:00">'
        "10月12日 周一 下班前</time>"
    )


def test_the_pages_now_decides_whether_the_year_shows() -> None:
    shown = '{% people_date due "date" %} {% brief_date due %}'
    assert "2026" not in re.sub("<[^>]+>", "", render(shown, due=DUE, now=DUE))
    assert re.sub("<[^>]+>", "", render(shown, due=DUE)) == "2026年10月12日 周一 2026/10/12 17:30"


def test_the_filter_follows_the_readers_language() -> None:
    with override("en"):
        assert "Oct" in render('{{ due|people_date:"date" }}', due=DUE)


def test_no_date_is_nothing() -> None:
    assert render("{{ due|people_date }}{% people_date due %}{% brief_date due %}", due=None) == ""


@pytest.mark.parametrize(
    ("kept", "total", "said"),
    [(312, 312, "100%"), (9999, 10000, "99.9%"), (81, 84, "96.4%"), (2, 3, "66.7%"), (1, 16, "6.3%"),
     (1, 100000, "0.1%"), (0, 5, "0%"), (0, 0, "—")],
)  # fmt: skip
def test_a_share_is_rounded_half_up_and_only_all_is_a_hundred(kept: int, total: int, said: str) -> None:
    assert share(kept, total) == said


def test_a_page_no_app_has_brought_is_left_out() -> None:
    pages = (navigation.Page("no-such-page", "x"), navigation.Page("sign-in", "y"))
    with pytest.MonkeyPatch.context() as patch:
        patch.setitem(navigation.PAGES, "desk", pages)
        assert [link.label for link in navigation.links("desk", "/sign-in/")] == ["y"]


@pytest.mark.parametrize(
    ("cookie", "attribute"), [("text", ' data-text="large"'), ("theme", ' data-theme="large"')]
)
def test_only_known_choices_reach_the_page(cookie: str, attribute: str) -> None:
    request = HttpRequest()
    request.COOKIES = {cookie: "large"}
    assert (render("{% reader_choices %}", request=request) == attribute) == (cookie == "text")


def test_sorting_keeps_the_filters_and_leaves_the_page() -> None:
    request = HttpRequest()
    request.GET = request.GET.copy()
    request.GET.update({"q": "称", "sort": "due", "page": "3"})
    html = render('{% sort_header "due" "到期" %}', request=request)
    assert "sort=-due" in html and "q=" in html and "page=" not in html and 'aria-sort="ascending"' in html


def luminance(colour: str) -> float:
    parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    red, green, blue = [
        part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts
    ]
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    low, high = sorted((luminance(one), luminance(other)))
    return (high + 0.05) / (low + 0.05)


def palettes() -> list[dict[str, str]]:
    css = (STATIC / "css" / "tokens.css").read_text(encoding="utf-8")
    blocks = [
        dict(re.findall(r"--([\w-]+): (#[0-9a-f]{6})", block)) for block in re.findall(r"\{([^{}]+)\}", css)
    ]
    return [{**blocks[0], **block} for block in blocks if "paper" in block]


PAIRS = [
    *product(("ink", "soft", "seal", "bamboo", "amber", "slate"), ("paper", "card", "sunk")),
    ("main-text", "main"), ("main-soft", "main"), ("on-fill", "seal-fill"), ("on-fill", "bamboo-fill"),
    ("seal", "seal-bg"), ("bamboo", "bamboo-bg"), ("amber", "amber-bg"), ("slate", "slate-bg"),
    ("soft", "hatch"), ("slate", "slate-line"),
]  # fmt: skip


def test_every_text_colour_reads_on_every_ground_in_light_and_dark() -> None:
    found = [(pair, contrast(palette[pair[0]], palette[pair[1]])) for palette in palettes() for pair in PAIRS]
    assert len(palettes()) == 3 and [row for row in found if row[1] < 4.5] == []


def test_edges_of_controls_can_be_seen() -> None:
    assert all(
        contrast(palette["edge"], palette[ground]) >= 3
        for palette in palettes()
        for ground in ("card", "paper")
    )


def test_vendored_files_are_the_ones_written_down() -> None:
    from hashlib import sha256

    sums = re.findall(
        r"`([\w.]+\.js)`.*`([0-9a-f]{64})`", (STATIC / "vendor" / "VERSIONS.md").read_text(encoding="utf-8")
    )
    assert sums and all(
        sha256((STATIC / "vendor" / name).read_bytes()).hexdigest() == total for name, total in sums
    )
