"""What a regulation leaves open is found, and what it settles is not called a gap."""

import pytest

from tests.reading.reading_of import found_in

WORDED = {
    "vague_word": ["应当及时处理。", "要尽快答复客户。", "应立即组织抢修。", "第一时间报告。"],
    "unset_limit": [
        "应当按时办结。",
        "在规定或承诺的时限内办理完毕。",
        "应当在合理期限内答复。",
        "各项业务限时办结。",
    ],
    "unset_period": ["定期走访客户。", "不定期开展抽查。"],
    "unset_lead": ["停水应当提前通知用户。"],
}
SETTLED = [
    "未及时处理的，给予警告。", "遵循合法、及时、便民的原则。", "及时率达到98%。", "为了及时处理投诉，制定本办法。",
    "实行首问负责制、限时办结制。", "应当提前3日通知用户。", "责令限期改正。", "按期答复率不低于95%。", "在法定期间提出。",
]  # fmt: skip
OTHER = [
    ("missing_start", "对需要研究的问题，应在7日内办结。"),
    ("day_kind_open", "应在7日内办结。"),
    ("threshold_without_window", "累计被告诫3次以上的，调离岗位。"),
    ("rule_not_held", "按照有关规定处理。"),
    ("rule_not_held", "严格遵守《员工守则》。"),
    ("unset_extension", "特殊情况需延期办理。"),
    ("amount_not_set", "造成损失的，予以赔偿。"),
    ("undefined_grade", "情节严重的，予以开除。"),
    ("vague_measure", "前一位客户业务办理时间过长，应当致歉。"),
    ("absence_clock_open", "经办人员外出，应委托他人代理其业务。"),
    ("open_exemption", "除电话咨询或可用口头形式告知的外，均应书面告知。"),
    ("no_predicate", "能当场答复的要当场答复；不能当场答复的；对其他询问，应指明科室。"),
    ("masked_contact", "投诉电话：260xxxx。"),
    ("no_effective_date", "本办法自发布之日起执行。"),
    ("day_not_in_every_month", "每月29日上报总结。"),
    ("no_recipient", "每月29日上报总结。"),
    ("no_day", "每年公示一次财务情况。"),
    ("stray_mark", "公开办事程序、和办理时限。"),
    ("unclear_recipient", "由纪检组主要负责人汇报并转监察室。"),
    ("right_without_channel", "任何人有权举报违诺行为。"),
    ("no_reply", "受理投诉，认真登记。"),
    ("limit_not_held", "工作人员不准违反办结时限。"),
]


@pytest.mark.parametrize(("kind", "text"), [(kind, text) for kind, texts in WORDED.items() for text in texts])
def test_a_time_announced_and_not_set_is_a_gap(kind: str, text: str) -> None:
    assert kind in {g.kind for g in found_in(text).gaps}


@pytest.mark.parametrize("text", SETTLED)
def test_breaches_names_and_settled_times_are_no_gaps_of_wording(text: str) -> None:
    assert [g.quote for g in found_in(text).gaps if g.kind in WORDED] == []


@pytest.mark.parametrize(("kind", "text"), OTHER)
def test_a_point_left_open_is_a_gap(kind: str, text: str) -> None:
    assert kind in {g.kind for g in found_in(text).gaps}


def test_one_breach_with_two_different_measures_is_a_contradiction() -> None:
    text = "第一条 以权谋私的，予以辞退。\n第二条 以权谋私的，给予警告。\n第三条 推诿的，给予警告。"
    (gap,) = [g for g in found_in(text).gaps if g.kind == "contradictory_measures"]
    assert (gap.clause, gap.quote) == ("第二条", "以权谋私")


def test_equal_measures_are_no_contradiction() -> None:
    text = "第一条 以权谋私的，予以辞退。\n第二条 以权谋私情节严重的，予以辞退。"
    assert "contradictory_measures" not in {g.kind for g in found_in(text).gaps}


def test_a_repeated_and_a_missing_number_are_gaps() -> None:
    text = "第一条 应当文明服务。\n第二条 应当公正。\n第二条 应当廉洁。\n第五条 应当守纪。"
    kinds = [g.kind for g in found_in(text).gaps if g.kind.endswith("_number")]
    assert kinds == ["duplicate_number", "missing_number"]


def test_a_breach_that_a_register_shows_is_no_gap() -> None:
    breach = "第一条 首问责任人未尽职的，给予批评教育。\n"
    assert "breach_without_register" in {g.kind for g in found_in(breach).gaps}
    kept = found_in(breach + "第二条 做好首问登记。")
    assert "breach_without_register" not in {g.kind for g in kept.gaps}


def test_two_names_that_may_be_one_thing_are_shown() -> None:
    text = "第一条 接受业务主管部门监督。\n第二条 接受业务主管单位监督。"
    assert [g.quote for g in found_in(text).gaps if g.kind == "two_names"] == ["业务主管单位"]


def test_working_days_counted_by_a_rule_close_the_gap_of_day_kind() -> None:
    text = "第一条 应在7日内办结。\n第二条 本办法规定的期限以工作日计算。"
    assert "day_kind_open" not in {g.kind for g in found_in(text).gaps}
