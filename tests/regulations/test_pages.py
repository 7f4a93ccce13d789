"""The pages of regulations: who may read and decide, what they say, what wrong input gets."""

import re
from datetime import date

import pytest
from django.urls import reverse

from shounuo.organisation.actions import Stamp, appoint, enrol, found_unit, open_account, open_post
from shounuo.regulations.access import GRANTS
from shounuo.regulations.models import Adoption, SettingDecision
from tests.cases.conftest import at
from tests.conftest import CAST

DECISION = {"value": '"days"', "from_date": "2026-11-12", "document": "服务办〔2026〕3号"}


@pytest.fixture
def home(hall):
    return hall.adoption.pk


def words(answer):
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", answer.content.decode()))


def pages(home):
    yield reverse("regulation-list")
    for name in ("regulation", "settings", "regulation-calendars"):
        yield reverse(name, args=[home])
    yield reverse("setting", args=[home, "day_kind"])
    yield reverse("regulation-clause", args=[home, "003-4/二.第二条"])


def test_everybody_in_post_reads_every_page(as_, home):
    for name in CAST:
        browser = as_(name)
        assert [browser.get(page).status_code for page in pages(home)] == [200] * 6, name


def test_who_is_not_signed_in_is_sent_to_sign_in(client, home):
    assert {client.get(page).url.split("?")[0] for page in pages(home)} == {reverse("sign-in")}


def stranger(hall):
    stamp = Stamp("", at("2026-01-05 09:00:00"))
    other = found_unit(stamp, code="other", name_zh="别的单位", kind="organisation")
    person = enrol(stamp, other, "1", "外人")
    appoint(stamp, person, open_post(stamp, other, "主任", ["service_office"]), date(2026, 1, 1))
    hall.cast.people["stranger"] = person
    open_account(stamp, person, "stranger")


def test_another_organisations_pages_do_not_exist(hall, as_, home):
    stranger(hall)
    browser = as_("stranger")
    assert [browser.get(page).status_code for page in pages(home)] == [200] + [404] * 5
    assert "质量技术监督局优质服务" in words(as_("sun").get(reverse("regulation-list")))
    assert "施行中" not in words(browser.get(reverse("regulation-list")))


def test_unknown_clauses_settings_and_packs_do_not_exist(as_, home):
    found = [reverse("regulation-clause", args=[home, "003-4/none"]), reverse("setting", args=[home, "none"]),
             reverse("regulation-adopt", args=["none"]), reverse("regulation", args=[999])]  # fmt: skip
    assert [as_("sun").get(page).status_code for page in found] == [404] * 4


def who(verb, may):
    """The cast, those who may do a verb or those who may not."""
    return [name for name, (*_rest, roles) in CAST.items() if bool(set(roles) & GRANTS[verb]) == may]


def test_the_table_names_the_service_office_and_the_leader():
    assert who("decide_setting", True) == who("adopt", True) == ["chen", "sun"]


@pytest.mark.parametrize("may, status", [(True, 302), (False, 403)])
def test_only_deciders_decide(as_, home, may, status):
    for number, name in enumerate(who("decide_setting", may), 1):
        typed = DECISION | {"from_date": f"2026-11-{11 + number}"}
        answer = as_(name).post(reverse("setting", args=[home, "day_kind"]), typed)
        assert (answer.status_code, SettingDecision.objects.count()) == (status, number if may else 0), name
        assert may or "由归口管理部门或分管领导决定" in words(answer)


@pytest.mark.parametrize("may, status", [(True, 302), (False, 403)])
def test_only_deciders_adopt(as_, home, may, status):
    for number, name in enumerate(who("adopt", may), 1):
        typed = {"in_force_from": f"2026-12-0{number}", "document": "", "confirmed": "1"}
        answer = as_(name).post(reverse("regulation-adopt", args=["service-centre"]), typed)
        assert (answer.status_code, Adoption.objects.count()) == (status, 1 + number if may else 1), name


def test_readers_see_no_form(as_, home):
    page = reverse("setting", args=[home, "day_kind"])
    forms = [b'name="from_date"' in as_(name).get(page).content for name in ("sun", "wang")]
    assert forms == [True, False]


def test_adopting_is_asked_once_more_and_says_what_will_happen(as_, home):
    page, typed = reverse("regulation-adopt", args=["service-centre"]), {"in_force_from": "2026-12-01"}
    asked = as_("sun").post(page, typed)
    assert "自 2026年12月1日 零时起收到的事项" in words(asked) and Adoption.objects.count() == 1
    assert "到那一天为止" in words(asked)
    done = as_("sun").post(page, typed | {"confirmed": "1"}, follow=True)
    assert "已采用，自 2026-12-01 起施行" in words(done)


@pytest.mark.parametrize(
    "day, why", [("2026-11-10", "不能早于今天"), ("soon", "请写成"), ("", "请填写这一项")]
)
def test_a_wrong_day_is_told_beside_the_field_and_what_was_typed_stays(as_, home, day, why):
    typed = {"in_force_from": day, "document": "打过的字", "confirmed": "1"}
    answer = as_("sun").post(reverse("regulation-adopt", args=["service-centre"]), typed)
    assert answer.status_code == 422
    assert why in answer.content.decode().split('id="id_in_force_from-error"')[1][:120]
    assert 'value="打过的字"' in answer.content.decode()


WRONG = [
    ("notice_limit", {"value": "own", "own": "过一阵"}, "own", 'value="过一阵"'),
    ("notice_limit", {"value": "own", "own": "提前 3 天"}, "own", 'value="提前 3 天"'),
    ("notice_limit", {"value": '"same day"', "own": "3 天"}, "own", 'value="3 天"'),
    ("repeat_count", {"value": "三次"}, "value", 'value="三次"'),
    ("repeat_count", {"value": "-1"}, "value", 'value="-1"'),
    ("complaint_contact", {"value": "   "}, "value", "号码"),
    ("corrected_readings", {"value": "只有一格"}, "value", "只有一格</textarea>"),
]


@pytest.mark.parametrize("key, typed, field, kept", WRONG)
def test_a_wrong_value_is_told_beside_the_field_and_what_was_typed_stays(as_, home, key, typed, field, kept):
    answer = as_("sun").post(reverse("setting", args=[home, key]), typed | {"from_date": "2026-11-12"})
    text = answer.content.decode()
    assert (answer.status_code, SettingDecision.objects.count()) == (422, 0)
    assert f'id="id_{field}-error"' in text and kept in text


def test_a_choice_that_was_not_offered_is_refused(as_, home):
    answer = as_("sun").post(reverse("setting", args=[home, "day_kind"]), DECISION | {"value": '"moon"'})
    assert (answer.status_code, SettingDecision.objects.count()) == (422, 0)


def test_a_day_that_has_passed_is_refused_beside_its_field(as_, home):
    answer = as_("sun").post(
        reverse("setting", args=[home, "day_kind"]), DECISION | {"from_date": "2026-11-10"}
    )
    assert "生效日期不能早于今天" in answer.content.decode().split('id="id_from_date-error"')[1][:80]


RIGHT = [
    ("day_kind", {"value": '"days"'}, "days"),
    ("notice_limit", {"value": "own", "own": "3 个工作日"}, "3 working days"),
    ("notice_limit", {"value": "own", "own": "1 Working Day"}, "1 working day"),
    ("notice_limit", {"value": '"same day"', "own": ""}, "same day"),
    ("unanswered_enquiry_limit", {"value": "null"}, None),
    ("repeat_count", {"value": "2"}, 2),
    ("shorter_limit", {"value": "false"}, False),
    ("complaint_contact", {"value": "0000-8800 110"}, "0000-8800 110"),
    ("named_systems", {"value": "甲制 | 乙制 | 是\n丙制｜｜否"},
     [{"name": "甲制", "alias": "乙制", "held": True}, {"name": "丙制", "alias": "", "held": False}]),
]  # fmt: skip


@pytest.mark.parametrize("key, typed, value", RIGHT)
def test_what_people_type_becomes_the_value(as_, home, key, typed, value):
    as_("sun").post(reverse("setting", args=[home, key]), typed | {"from_date": "2026-11-11"})
    assert SettingDecision.objects.get().value == value


def test_the_decision_is_shown_with_who_and_in_which_document(as_, home):
    shown = words(as_("sun").post(reverse("setting", args=[home, "day_kind"]), DECISION, follow=True))
    assert "孙丽 · 服务办〔2026〕3号" in shown and "11月12日 周四 起" in shown


def test_undecided_settings_come_first(as_, home):
    typed = {"value": "2013-07-07", "from_date": "2026-11-11"}
    as_("sun").post(reverse("setting", args=[home, "effective_date"]), typed)
    shown = words(as_("wang").get(reverse("settings", args=[home])))
    order = [shown.index(one) for one in ("还没有决定 51 / 52", "投诉电话", "已经决定 1 / 52", "生效日期")]
    assert order == sorted(order)


def test_a_decision_for_a_later_day_is_shown_as_coming(as_, home):
    page = reverse("setting", args=[home, "repeat_count"])
    shown = words(as_("sun").post(page, {"value": "5", "from_date": "2026-12-01"}, follow=True))
    assert "现在按默认 3 12月1日 周二 起 ：5" in shown.replace("起：", "起 ：")


FILTERS = [
    ("shape=routing", "的有 11 条"), ("gap=A36", "的有 2 条"), ("gap=A36&undecided=on", "的有 2 条"),
    ("shape=duty", "没有符合的条款"), ("gap=A99", "003-4/序"), ("shape=definition&gap=A21", "的有 1 条"),
]  # fmt: skip


@pytest.mark.parametrize("query, told", FILTERS)
def test_clauses_are_filtered_by_the_address(as_, home, query, told):
    assert told in words(as_("wang").get(reverse("regulation", args=[home]) + f"?{query}"))


def test_a_decided_gap_is_no_longer_open_on_its_clause(as_, home):
    page = reverse("regulation", args=[home]) + "?gap=A07"
    before = words(as_("wang").get(page))
    as_("sun").post(
        reverse("setting", args=[home, "shorter_limit"]), {"value": "true", "from_date": "2026-11-11"}
    )
    after = words(as_("wang").get(page))
    assert ("疑点 A07 未定" in before, "疑点 A07 已定" in after) == (True, True)


def test_every_clause_and_every_setting_has_a_page(hall, as_, home, bureau_pack):
    browser = as_("wang")
    found = [reverse("regulation-clause", args=[home, key]) for key in bureau_pack.clauses]
    found += [reverse("setting", args=[home, key]) for key in bureau_pack.settings]
    assert {browser.get(page).status_code for page in found} == {200}


def test_the_calendar_names_the_notice_of_each_year_and_what_is_provisional(as_, home):
    listed = words(as_("wang").get(reverse("regulation-calendars", args=[home])))
    year = words(as_("wang").get(reverse("regulation-calendar", args=[home, "office"])))
    assert "其后至 2027年12月31日" in listed and "国务院办公厅关于2026年部分节假日安排的通知" in year


def test_the_number_of_questions_does_not_grow_with_the_clauses(as_, home, django_assert_max_num_queries):
    browser = as_("wang")
    browser.get(reverse("regulation", args=[home]))
    with django_assert_max_num_queries(10):
        browser.get(reverse("regulation", args=[home]))


def test_a_label_that_begins_its_heading_is_not_said_twice():
    from shounuo.regulations.wording import clause_label
    from shounuo.rules.loading import BUNDLED, load_pack

    pack = load_pack(BUNDLED / "life-oasis")
    assert clause_label(pack, "000/六.a") == "六、承诺监督"


def test_the_checklist_says_so_when_nothing_is_in_force_any_more(as_, hall):
    from datetime import date

    from shounuo.regulations.models import Adoption

    Adoption.objects.update(in_force_to=date(2026, 11, 1))
    shown = as_("zhou").post(reverse("desk-register-papers"), {"kind": "application", "service": "x"})
    assert shown.status_code == 200 and "没有施行中的制度" in words(shown)
