"""What answers a breach in rules of offices, and what only looks like it: tasks, names, applications, costs."""

import pytest

from tests.reading.reading_of import found_in

ANSWERS = [
    ("擅自转供的，由市场监督管理部门给予警告。", "警告"),
    ("窗口失职的，责令改正，可以张榜三日，并可以责令更换首席代表。", "责令改正"),
    ("用户欠费的，供水公司可以按照合同停供。", "停供"),
    ("逾期不参加年检的，登记机关可以向社会公告。", "向社会公告"),
    ("协会被责令停业的，由登记机关收缴印章。", "收缴印章"),
    ("未一次告知的，自交件之日起即为受理。", "即为受理"),
    ("鉴定由双方选定，所需费用，由过错方承担。", "由过错方承担"),
    ("车票多收的，乘客可以拒绝缴纳车费。", "拒绝缴纳车费"),
    ("商品有瑕疵的，商家应当修理、更换或者退货。", "修理、更换或者退货"),
    ("逾期不拆除的，申请人民法院强制执行。", "强制执行"),
    ("因缺陷受伤的，患者可以向厂家索赔。", "索赔"),
    ("员工顶撞客户的，经理向客户当面致歉。", "致歉"),
    ("对失信企业采取惩戒措施。", "采取惩戒措施"),
    ("评价不满意的，实行末位淘汰。", "末位淘汰"),
    ("投诉属实的，当月奖金扣除三成。", "奖金扣除三成"),
    ("违约用气的，追补气费。", "追补气费"),
    ("货不对板且不符合约定的，买方可以七日内退货。", "退货"),
]
NO_ANSWERS = [
    "协会应当到窗口办理注销登记。",
    "承担医疗责任保险的公司应当设立窗口。",
    "患方提出调解申请的，按照规定处理。",
    "工单不属于本单位的，退回热线平台。",
    "户内设施维护费用由用户承担。",
    "终止前，应当处分剩余财产。",
    "班长承担管理责任。",
    "行政处罚应当出示证件。",
    "保险人员协商赔偿意见。",
    "任何人不得违反规定和本制度的要求私自许诺给予赔偿。",
    "协会履行下列职责：\n（一）对会员进行奖励和惩戒；",
    "气味很浓的，应当开窗并及时报警。",
    "保险公司应当在十日内完成理赔。",
    "违规行为按照下列规定给予处罚：",
]


@pytest.mark.parametrize(("text", "answer"), ANSWERS)
def test_a_breach_has_its_answer(text: str, answer: str) -> None:
    assert [answer in c.quote for c in found_in("第三条 " + text).consequences] == [True]


@pytest.mark.parametrize("text", NO_ANSWERS)
def test_tasks_names_applications_and_costs_answer_no_breach(text: str) -> None:
    assert found_in("第三条 " + text).consequences == ()


def test_an_order_and_the_sanction_of_those_directly_responsible_are_one_tier() -> None:
    (found,) = found_in("瞒报的，责令改正，对直接负责的主管人员给予处分。").consequences
    assert {"order", "sanction"} <= set(found.measures)


def test_a_measure_in_a_title_of_a_law_imposes_nothing() -> None:
    (found,) = found_in("客人有违反《行政处罚法》的行为，应当依法处理。").consequences
    assert found.quote == "依法处理"


TOLD = [
    "撤销名称的，由登记管理机关予以公告。",
    "应当及时报清站名。",
    "平台发布各地出台的有关促进服务业发展的措施、范本和其他信息。",
    "检查后向用户出具书面检查结果。",
    "不予受理的，应当书面通知申请人并说明理由。",
]
NOT_TOLD = [
    "患者应当如实告知病史。",
    "用户应当书面通知燃气公司。",
    "应当公开听取意见。",
    "任何人不得利用网络平台制作、复制、传播或者发布虚假信息。",
    "应当公开向客户道歉。",
    "窗口一次性告知时，可以口头进行。",
]


@pytest.mark.parametrize("text", TOLD)
def test_one_act_of_telling_is_one_disclosure(text: str) -> None:
    assert len(found_in("第三条 " + text).disclosures) == 1


@pytest.mark.parametrize("text", NOT_TOLD)
def test_what_clients_tell_and_what_is_forbidden_is_no_disclosure(text: str) -> None:
    assert found_in("第三条 " + text).disclosures == ()


def test_words_that_run_into_another_word_are_no_times() -> None:
    found = found_in("第三条 制定标准时会同天然气部门进行。\n第二节 现场办理\n第四条 使服务最为迅速。")
    assert not found.limits
    assert not [g for g in found.gaps if g.kind in ("vague_word", "unset_limit")]


def test_after_an_or_the_obligation_goes_on() -> None:
    gaps = found_in("抢修后，公司应当及时恢复原状或者给予补偿。").gaps
    assert [g.quote for g in gaps if g.kind == "vague_word"] == ["应当及时恢复原状"]


def test_before_a_term_expires_is_a_lead_time_and_a_day_of_a_month_is_none() -> None:
    (limit,) = found_in("应当在合同期限届满两个月前申请续期。").limits
    assert (limit.value, limit.unit, limit.kind) == (2, "month", "lead_time")
    assert found_in("应当在每季度首月的十五日前填报。").limits == ()


def test_papers_of_a_period_are_duties_and_terms_are_none() -> None:
    assert len(found_in("公司应当报送设施图和月度运行信息、年度报告。").duties) == 2
    assert found_in("线路经营权每期不得超过八年。").duties == ()
    assert [d.recurrence for d in found_in("应当按季度通报考核结果。").duties] == ["quarterly"]
