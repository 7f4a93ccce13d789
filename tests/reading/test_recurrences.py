"""Ways of saying again and again: lists of rounds, seasons, spoken words; and what only looks like one."""

import pytest

from tests.reading.reading_of import found_in

SAID = [
    ("窗口实行日清点、周通气、月讲评、年终总评。", 4),
    ("巡线员日巡，班长周抽查，部门月普查，公司季度联查。", 4),
    ("实行日巡、周查、月评。", 3),
    ("实行周巡视、月保养。", 2),
    ("水箱一年洗两回，泵房三天一小查、半月一大查。", 3),
    ("理事会五年换届一次，常务理事会半年召开一次。", 2),
    ("全年明察暗访不少于六次。", 1),
    ("一般干部两年内至少轮岗锻炼一次。", 1),
    ("公交车辆实行安全日检制度。", 1),
    ("应急演练隔年一次。", 1),
    ("元旦、春节前对场站进行综合检查。", 1),
    ("汛前、汛后对管线各检查一遍。", 1),
    ("年初制定全年计划，年中检查，年末总结。", 3),
    ("投诉件按月归类、按季分析。", 2),
    ("逢年过节看望老人户。", 1),
    ("地板跑一趟拖一遍。", 1),
]
ONLY_LOOK_SO = [
    "具体安排按照每月《值班安排表》执行。",
    "逾期缴纳的，按日加收万分之五的违约金。",
    "当年年度考核为不合格的，调离窗口。",
    "每位局领导参加接待。",
    "会员大会每届四年。",
    "落实定人、定期限、定措施的要求。",
    "对每月投诉量排名前五的线路重点监管。",
    "三个月内迟到两次的，给予批评。",
    "每户减免5吨水费。",
    "完成日常巡查得10分。",
]


@pytest.mark.parametrize(("text", "number"), SAID)
def test_every_round_is_a_duty_of_its_own(text: str, number: int) -> None:
    assert len(found_in(text).duties) == number


@pytest.mark.parametrize("text", ONLY_LOOK_SO)
def test_names_rates_and_statistics_are_no_duties(text: str) -> None:
    assert found_in(text).duties == ()


def test_a_report_named_by_its_year_is_due_once() -> None:
    (duty,) = found_in("年度财务报告在年末向全体成员公布。").duties
    assert duty.quote.startswith("年末")


def test_a_period_beside_a_vague_word_leaves_no_gap() -> None:
    assert found_in("公司定期每月检查一次。").gaps == ()


LEAFLET = "您来电我们必到，您放心。\n{}\n"


@pytest.mark.parametrize("text", ["少一两，补给您半斤。", "卖假货，摊子停三天。", "收了红包，这个月白干。"])
def test_in_a_leaflet_what_follows_a_wrong_is_its_remedy(text: str) -> None:
    assert len(found_in(LEAFLET.format(text)).consequences) == 1
    assert found_in(LEAFLET.format("没水，师傅四十分钟赶到。")).consequences == ()


@pytest.mark.parametrize(
    "text", ["菜价写在餐车上。", "账本摊开给大伙儿瞧。", "先给您看单子。", "停水头一天贴出来。"]
)
def test_a_leaflet_tells_in_its_own_words(text: str) -> None:
    assert len(found_in(LEAFLET.format(text)).disclosures) == 1


def test_a_paragraph_after_a_numbered_list_is_no_item_of_it() -> None:
    text = "应当提交下列材料：\n（一）申请书；\n（二）名单；\n登记机关不予登记的，应当书面通知申请人。"
    assert len(found_in(text).disclosures) == 1
