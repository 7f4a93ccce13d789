"""What clauses say: limits with their events, duties, consequences with thresholds, disclosures, shapes."""

import pytest

from tests.reading.reading_of import found_in

LIMITS = [
    ("窗口应当自受理之日起五个工作日内办结。", 5, "working_day", "process", "受理", "办结"),
    ("接到报修后，维修人员应在45分钟内到达现场。", 45, "minute", "arrival", "接到报修", "到达现场"),
    ("计划停水应提前24小时通知用户。", 24, "hour", "lead_time", "计划停水", "通知用户"),
    ("应当在期限届满前三十日提出申请。", 30, "day_unspecified", "lead_time", "期限届满", "提出申请"),
    ("等候时间不超过10分钟。", 10, "minute", "other", None, None),
    ("投诉3个工作日答复。", 3, "working_day", "answer", None, "答复"),
    ("经批准可以延长10日。", 10, "day_unspecified", "extension", None, None),
    ("材料齐全的，应当当场受理。", 0, "on_the_spot", "accept", None, "受理"),
    ("一般咨询当日答复。", 0, "same_day", "answer", None, "答复"),
    ("最长不能超过十五个工作日。", 15, "working_day", "other", None, None),
]
NO_LIMITS = [
    "停电超过24小时的，应当安排人员值守。", "三日内未补正的，视为放弃。", "服务热线24小时受理。", "保修期为两年。",
    "试用期30天。", "每月5日前报送报表。", "公示期不少于7日。", "不能当场答复的，应当告知期限。", "自即日起施行。",
    "违反本规定，在5日内未改正的，给予警告。", "一个月内累计迟到三次的，给予批评。",
]  # fmt: skip


@pytest.mark.parametrize(("text", "value", "unit", "kind", "starts", "ends"), LIMITS)
def test_a_limit_is_found_with_its_events(
    text: str, value: float, unit: str, kind: str, starts: str | None, ends: str | None
) -> None:
    (limit,) = found_in(text).limits
    assert (limit.value, limit.unit, limit.kind) == (value, unit, kind)
    assert (limit.starts, limit.ends) == (starts, ends)


@pytest.mark.parametrize("text", NO_LIMITS)
def test_thresholds_windows_durations_and_breaches_are_no_limits(text: str) -> None:
    assert found_in(text).limits == ()


def test_the_obliged_party_is_named_in_the_clause_above_or_by_the_article() -> None:
    above = "第一条 本办法适用于各供电单位。\n第二条 客服中心接到投诉后，按下列规定处理：\n"
    text = above + "（一）一般投诉2日内办结；\n第三条 3日内办结。"
    first, second = found_in(text).limits
    assert (first.obliged, first.starts) == ("客服中心", "接到投诉")
    assert second.obliged == "各供电单位"


def test_figures_by_place_keep_their_place() -> None:
    limits = found_in("抢修人员到达现场：城区45分钟，农村90分钟内到达。").limits
    assert [(x.value, x.place) for x in limits] == [(45, "城区"), (90, "农村")]


def test_counting_from_the_next_day_and_averages_are_kept() -> None:
    assert found_in("自收到次日起7日内答复。").limits[0].first_day == "next_day"
    assert found_in("平均等候时间不超过10分钟。").limits[0].measured == "average"


def test_a_window_before_another_limit_is_no_limit() -> None:
    limits = found_in("在采暖期开始后的十日内，应当在五小时内到达现场。").limits
    assert [x.value for x in limits] == [5]


DUTIES = [
    ("各单位应于每月29日上报兑现表。", "monthly", "29日"), ("在6月25日上报半年报告。", "yearly", "6月25日"),
    ("在次年1月5日上报全年报告。", "yearly", "1月5日"), ("每年召开一次至二次座谈会。", "yearly", None),
    ("每季度向业主公示收支。", "quarterly", None), ("抢修热线24小时值班。", "24h", None),
    ("营业厅全年无休。", "every_day", None), ("每户安检一次。", "per_event", None),
    ("定期走访客户。", "unspecified", None), ("对供热企业进行年度评价。", "yearly", None),
    ("垃圾日产日清。", "daily", None), ("每两个月抄表一次。", "every_n", None), ("周一至周五对外办公。", "hours", None),
]  # fmt: skip
NO_DUTIES = [
    "每逾期一日加收滞纳金。",
    "每次扣2分。",
    "在规定期限内反馈。",
    "纳入年度考核。",
    "自2024年3月1日起施行。",
    "未定期检查的，给予警告。",
]


@pytest.mark.parametrize(("text", "recurrence", "day"), DUTIES)
def test_a_recurring_duty_is_found(text: str, recurrence: str, day: str | None) -> None:
    (duty,) = found_in(text).duties
    assert (duty.recurrence, duty.day) == (recurrence, day)


@pytest.mark.parametrize("text", NO_DUTIES)
def test_rates_dates_and_breaches_are_no_duties(text: str) -> None:
    assert found_in(text).duties == ()


def test_a_duty_keeps_counts_recipient_and_evidence() -> None:
    (duty,) = found_in("供电单位每年向市局报送《服务报告》一次至二次。").duties
    assert (duty.least, duty.most, duty.evidence, duty.obliged) == (1, 2, "服务报告", "供电单位")
    assert duty.recipient == "市局"


def test_each_tier_is_one_consequence_with_its_measures() -> None:
    text = (
        "违反本制度的，给予批评教育，责令作出书面检查；情节严重的，调离岗位；构成犯罪的，移送司法机关处理。"
    )
    first, second, third = found_in(text).consequences
    assert set(first.measures) == {"criticism", "order", "written_self_criticism"}
    assert (second.measures, second.grade) == (("removal_from_post",), "grave")
    assert third.grade == "criminal"


def test_a_count_is_kept_with_window_and_scope() -> None:
    text = "第一条 有下列情形之一的，给予告诫：\n1、工作人员月累计迟到超过3次的；\n2、对所属科室人员累计被告诫3次以上的。"
    found = [c.threshold for c in found_in(text).consequences if c.threshold]
    assert [(t.least, bool(t.window)) for t in found] == [(4, True), (3, False)]


@pytest.mark.parametrize(
    "text",
    [
        "建立健全责任追究制度。",
        "不得给予处罚。",
        "及时调查处理投诉。",
        "被取消资格的企业可以申诉。",
        "合同应当约定违约责任等内容。",
    ],
)
def test_a_measure_only_named_is_no_consequence(text: str) -> None:
    assert found_in(text).consequences == ()


@pytest.mark.parametrize(
    ("text", "to"),
    [
        ("应当向社会公布服务承诺。", "public"), ("在营业场所醒目位置张贴收费标准。", "public"),
        ("应当书面告知申请人。", "party"),
        ("不予受理的，应当说明理由。", "party"), ("将处理结果反馈投诉人。", "party"), ("应当出具受理凭证。", "party"),
    ],
)  # fmt: skip
def test_a_disclosure_is_found(text: str, to: str) -> None:
    assert [d.to for d in found_in(text).disclosures] == [to]


@pytest.mark.parametrize(
    "text",
    [
        "遵循公开、公平、公正的原则。",
        "未公示收费标准的，给予警告。",
        "应当通知有关部门。",
        "设置公示栏。",
        "自公布之日起施行。",
    ],
)
def test_principles_breaches_and_internal_notices_are_no_disclosures(text: str) -> None:
    assert found_in(text).disclosures == ()


def test_quotes_are_the_source_word_for_word() -> None:
    text = "第一条 窗口应当在三 个工作 日内办结，并及时告知申请人。"
    found = found_in(text)
    for item in (*found.limits, *found.disclosures, *found.gaps):
        assert item.quote == text[slice(*item.span)]
    assert found.limits[0].value == 3


def test_clauses_have_shapes() -> None:
    rules = "第一条 窗口应当在3日内办结。\n第二条 由办公室负责受理投诉。\n第三条 工作人员应当文明礼貌。"
    text = rules + "\n第四条 本办法自发布之日起施行。"
    shapes = [s[0] for s in found_in(text).shapes.values() if s]
    assert shapes == ["commitment", "routing", "norm", "definition"]


def test_days_called_working_days_in_parentheses_are_working_days() -> None:
    (limit,) = found_in("需勘验的，三日（工作日）内组织完成。").limits
    assert (limit.value, limit.unit) == (3, "working_day")


def test_a_price_for_each_hour_late_is_no_limit_and_no_duty() -> None:
    found = found_in("抢修超时的，每延长一日减收气费5%，每次赔付用户50元。")
    assert (found.limits, found.duties) == ((), ())


def test_what_follows_a_proved_breach_is_a_consequence_whatever_its_words() -> None:
    (found,) = found_in("重复投诉三次以上的事项，由市局督办。").consequences
    assert (found.quote, found.pattern) == ("由市局督办", "after_a_breach")
    assert found_in("为避免造成不良影响，结合中心实际情况，制定本办法。").consequences == ()


def test_under_a_heading_of_breaches_a_known_failure_is_answered() -> None:
    text = "违约责任：\n1、高空抛物经监控锁定的，肇事者写保证书；\n"
    assert [c.quote for c in found_in(text).consequences] == ["肇事者写保证书"]


def test_an_item_of_breaches_may_have_its_own_measure() -> None:
    text = "第一条 会员有下列行为之一的，按情节处理：\n（一）伪造证明的，摘除标牌；\n（二）挖抢员工的。"
    assert "摘除标牌" in [c.quote for c in found_in(text).consequences]


def test_a_heading_in_a_line_of_a_table_publishes_nothing() -> None:
    assert found_in("服务项目：票价公示").disclosures == ()
    (told,) = found_in("8、收支公开 每年1月公布物业费账目。").disclosures
    assert told.quote.startswith("公布")


def test_a_breach_with_its_own_rate_is_a_tier_of_its_own() -> None:
    found = found_in("晨会晚到每次扣1分，缺席每次扣4分。").consequences
    assert [c.quote for c in found] == ["每次扣1分", "每次扣4分"]


def test_an_item_of_a_list_of_measures_is_one_whatever_its_words() -> None:
    found = found_in("第九条 可以采取下列惩戒方式：\n（一）行业内告诫；\n（二）首页点名一周。").consequences
    assert "listed_measure" in {c.pattern for c in found if "点名" in c.quote}


def test_a_time_that_passed_in_vain_is_a_threshold() -> None:
    text = "发出催办单五日内，仍未处理的，予以通报批评。"
    assert found_in(text).limits == ()
    assert [c.measures for c in found_in(text).consequences] == [("circular",)]


def test_the_quote_of_a_disclosure_shows_to_whom_it_is_told() -> None:
    (told,) = found_in("检修应当向沿线住户公告停水的起止时刻。").disclosures
    assert told.quote.startswith("向沿线住户公告")


@pytest.mark.parametrize(
    "text", ["为奖励先进、改进服务，特制定本办法。", "附加分满5分为止。", "以上奖励只给第一名。"]
)
def test_a_purpose_and_a_way_of_counting_are_no_consequences(text: str) -> None:
    assert found_in(text).consequences == ()
