"""An answer is read once more: what it leaves open is named, and what answers is left alone."""

import pytest

from shounuo.cases.answer_check import questions, weaknesses

GOOD = [
    ("电梯年检多久一次？", "每年一次，到期前一个月申报。"),
    ("要带什么材料，收费多少？", "带营业执照复印件；检定费每台 60 元。"),
    ("在哪里办", "市政务大厅 3 号窗口。"),
    ("能不能网上办？", "可以，登录政务网申报。"),
    ("我的证为什么还没下来", "因为缺少现场检查记录，补齐后 5 个工作日内发证。"),
    ("衡器检定", "已检定合格。"),
    ("How long does it take?", "It takes four working days."),
]
BAD = [
    ("电梯年检多久一次？", "您的来信已收悉，我们将按规定办理。", ["empty_phrase", "unanswered"]),
    ("多久能办好，要多少钱？", "5 个工作日内办好。", ["unanswered"]),
    ("在哪里办？", "请耐心等待。", ["empty_phrase", "unanswered"]),
    ("衡器检定", "正在研究。", ["empty_phrase"]),
]


@pytest.mark.parametrize(("asked", "answer"), GOOD)
def test_an_answer_that_answers_raises_nothing(asked: str, answer: str) -> None:
    assert weaknesses(asked, answer) == []


@pytest.mark.parametrize(("asked", "answer", "found"), BAD)
def test_what_is_empty_or_unanswered_is_named(asked: str, answer: str, found: list[str]) -> None:
    assert [one.code for one in weaknesses(asked, answer)] == found


def test_a_phrase_with_something_definite_beside_it_is_no_empty_one() -> None:
    assert weaknesses("", "正在研究，10月13日前书面答复您") == []


def test_several_questions_in_one_sentence_are_told_apart() -> None:
    assert questions("电梯要年检，多久一次，去哪里办？我很急。") == ["多久一次", "去哪里办？"]


def test_long_text_is_read_in_no_time() -> None:
    assert len(weaknesses("多久，" * 1000, "按规定办理。" * 650)) > 1000
