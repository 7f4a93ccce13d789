"""Finding matters by words, names and numbers, on both databases."""

from datetime import datetime, timedelta
from itertools import cycle
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shounuo.cases.models import Case, Lookup
from shounuo.cases.newest import Newest
from shounuo.cases.search import grams_of, wanted
from tests.cases.conftest import Hall

MONDAY = "2026-09-28 09:10"
CHINESE = st.text(alphabet="衡器检定台秤加油机水表电能表", min_size=2, max_size=30)


def found(asked: str) -> set[int]:
    return set(Case.objects.filter(lookup__grams__match=wanted(asked)).values_list("pk", flat=True))


@pytest.fixture
def scale(hall: Hall) -> Case:
    return hall.ask(MONDAY, words="台秤两台要检定，型号 TCS-150，急", name="欧阳小梅", phone="139 0000 2207")


@pytest.fixture
def pump(hall: Hall) -> Case:
    return hall.ask(MONDAY, words="加油机检定预约", name="城东加油站", phone="139-0000-3318")


@pytest.mark.parametrize(
    "asked", ["台秤", "两台", "秤两台要", "欧阳", "小梅", "tcs", "ＴＣＳ", "150", "13900002207", "139 0000 2207", "2207",
              "欧阳 台秤", "急"],
)  # fmt: skip
def test_a_matter_is_found_by(scale: Case, pump: Case, asked: str) -> None:
    assert found(asked) == {scale.pk}


@pytest.mark.parametrize("asked", ["水表", "欧阳 加油", "12207", "台称", "tcx"])
def test_nothing_is_found_by(scale: Case, pump: Case, asked: str) -> None:
    assert found(asked) == set()


def test_what_both_say_finds_both(scale: Case, pump: Case) -> None:
    assert found("检定") == {scale.pk, pump.pk}


@pytest.mark.parametrize("asked", ["'", '"', "检定'; --", 'a" OR "b', "\\ : * & | !", "台秤'"])
def test_signs_of_the_query_language_are_only_signs(scale: Case, asked: str) -> None:
    grams = wanted(asked)
    assert not grams or found(asked) <= {scale.pk}


def test_an_erased_matter_is_not_found(scale: Case) -> None:
    Lookup.objects.filter(case_id=scale.stream).delete()
    assert found("台秤") == set()


@pytest.mark.parametrize("common", [True, False])
@pytest.mark.parametrize(("near", "far"), [(3, 200), (3, 8), (200, 200), (1, 0)])
def test_the_newest_hits_are_those_that_sorting_everything_gives(
    hall: Hall, monkeypatch: pytest.MonkeyPatch, near: int, far: int, common: bool
) -> None:
    monkeypatch.setattr("shounuo.cases.newest.NEAR", near)
    monkeypatch.setattr("shounuo.cases.newest.FAR", far)
    days = [*range(0, 250, 17), 0, 0, 1, 2, 3, 4, 6, 7, 120, 121]
    words = cycle(["台秤检定", "台秤检定", "水表检定"])
    for number, (back, word) in enumerate(zip(days, words, strict=False)):
        hall.ask(f"{datetime(2026, 9, 28, 9) - timedelta(days=back):%Y-%m-%d %H:%M}", words=f"{word}{number}")
    for asked in ("检定", "台秤", "水表", "电梯"):
        found = Newest(Case.objects.all(), wanted(asked), common=common)
        hits = list(found.cases.filter(lookup__grams__match=wanted(asked)).order_by("-received_at", "-id"))
        assert [found[begin : begin + 3] for begin in (0, 3, 7, 30)] == [
            hits[begin : begin + 3] for begin in (0, 3, 7, 30)
        ]
        assert (found.reached(5), found.reached(1000)) == (min(5, len(hits)), len(hits))


def test_a_common_word_is_looked_for_among_the_newest_only(
    scale: Case, pump: Case, monkeypatch: pytest.MonkeyPatch, django_assert_num_queries: Any
) -> None:
    monkeypatch.setattr("shounuo.cases.newest.NEAR", 1)
    with django_assert_num_queries(2) as asked:
        assert Newest(Case.objects.all(), wanted("检定"), common=False).ids(2) == [pump.pk, scale.pk]
    assert ">=" in asked.captured_queries[1]["sql"]


@given(CHINESE, st.data())
def test_every_part_of_two_characters_or_more_is_asked_for_as_it_was_kept(
    words: str, data: st.DataObject
) -> None:
    first = data.draw(st.integers(0, len(words) - 2))
    last = data.draw(st.integers(first + 2, len(words)))
    assert {gram for gram, _begins in wanted(words[first:last])} <= set(grams_of(words).split())
