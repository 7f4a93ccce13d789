"""A regulation's text brought, reviewed and adopted through the pages."""

import io
import re
import zipfile

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from shounuo.ledger import actions as ledger
from shounuo.regulations.models import Adoption, Draft, OfficeCalendar
from tests.regulations.draft_scene import TEXT, accept_all, adopt, brought, decide, found, key_of


def errors(answer):
    return re.findall(r'class="field__error"[^>]*>([^<]*)<', answer.content.decode())


def upload(browser, content, name="promise.txt", **more):
    return browser.post("/regulations/drafts/", {"file": SimpleUploadedFile(name, content), **more})


def test_a_file_becomes_a_draft_with_its_digest_and_who_brought_it(sun, hall, now):
    assert upload(sun, TEXT.encode("gb18030")).status_code == 302
    one = Draft.objects.get()
    assert (one.name, one.title, one.brought_by, one.brought_at) == (
        "promise.txt", "青溪市民服务中心服务承诺", hall.cast.id("sun"), now)  # fmt: skip
    assert len(one.digest) == 64


@pytest.mark.parametrize(
    "content, name, words",
    [
        (b"", "empty.txt", "文件里没有文字"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"x" * 40, "old.doc", ".docx"),
        (b"PK\x03\x04broken", "broken.docx", "已损坏"),
        (b"%PDF-1.4 nothing", "scan.pdf", "PDF"),
    ],
)
def test_a_file_that_cannot_be_read_is_told_beside_its_field(sun, content, name, words):
    answer = upload(sun, content, name)
    assert answer.status_code == 422
    assert any(words in one for one in errors(answer)), errors(answer)
    assert not Draft.objects.exists()


def test_neither_file_nor_text_is_told(sun):
    answer = sun.post("/regulations/drafts/", {"text": "  "})
    assert (answer.status_code, errors(answer)) == (422, ["请上传文件，或者把全文贴在下面。"])


def test_the_text_stays_when_a_file_comes_with_it(sun):
    answer = upload(sun, b"abc", text="第一条 说话算数。")
    assert answer.status_code == 422 and "第一条 说话算数。" in answer.content.decode()


def test_too_long_a_text_is_told(sun):
    answer = sun.post("/regulations/drafts/", {"text": "条" * 300_001})
    assert answer.status_code == 422 and "300000" in errors(answer)[0]


def test_accepting_is_a_fact_with_who_and_when(sun, draft, hall, now):
    key = key_of(draft, "limit", "第三条")
    assert decide(sun, draft, "accept", key, note="与窗口核对过").status_code == 302
    fact = ledger.read(draft.stream)[-1]
    assert (fact.actor, fact.at, fact.data["verb"]) == (hall.cast.id("sun"), now, "accept")
    one = found(draft).items[key]
    assert (one.verdict, one.last.note) == ("accepted", "与窗口核对过")


EDIT = {"value": "4", "unit": "working_day", "kind": "process", "starts": "materials_complete",
        "ends": ["completed", "declined"], "matters": ["application"], "title": "四个工作日办结"}  # fmt: skip


def test_editing_changes_the_rule_and_keeps_what_was_read(sun, draft):
    key = key_of(draft, "limit", "第四条")
    assert decide(sun, draft, "edit", key, **EDIT).status_code == 302
    one = found(draft).items[key]
    assert (one.verdict, one.values["value"], one.values["starts"]) == ("edited", 4, "materials_complete")
    assert one.said["value"] == 5.0


@pytest.mark.parametrize(
    "wrong, words",
    [({"value": "vier"}, "请填写一个数"), ({"value": ""}, "大于 0"), ({"ends": []}, "至少选一个"),
     ({"starts": "completed"}, "不能是同一件事")],
)  # fmt: skip
def test_a_wrong_value_is_told_beside_its_field(sun, draft, wrong, words):
    answer = decide(sun, draft, "edit", key_of(draft, "limit", "第四条"), **(EDIT | wrong))
    assert answer.status_code == 422
    assert any(words in one for one in errors(answer)), errors(answer)
    assert "四个工作日办结" in answer.content.decode()


def test_rejecting_takes_the_rule_out_of_the_pack(sun, draft):
    decide(sun, draft, "reject", key_of(draft, "limit", "第三条"))
    text = sun.get(f"/regulations/drafts/{draft.pk}/pack.zip").content
    rules = zipfile.ZipFile(io.BytesIO(text)).read(f"{draft.pack}/commitments.yaml").decode()
    assert "第三条" not in rules and "第四条" in rules


def test_splitting_leaves_two_to_decide(sun, draft):
    key = key_of(draft, "disclosure", "第八条")
    total = len(found(draft).items)
    assert decide(sun, draft, "split", key, part_1="在大厅", part_2="公示").status_code == 302
    review = found(draft)
    assert len(review.items) == total + 1
    assert [review.items[f"{key}.{n}"].quote for n in (1, 2)] == ["在大厅", "公示"]


def test_words_that_the_clause_does_not_have_are_told(sun, draft):
    key = key_of(draft, "disclosure", "第八条")
    answer = decide(sun, draft, "split", key, part_1="在大厅", part_2="在网上")
    assert (answer.status_code, errors(answer)) == (422, ["这一条里没有这些字；请照原文抄。"])


def test_merging_leaves_one_over_both_places(sun, draft):
    first, second = (key_of(draft, "disclosure", "第八条", nth) for nth in (0, 1))
    assert decide(sun, draft, "merge", first, other=second).status_code == 302
    merged = [one for one in found(draft).of_clause("第八条") if one.kind == "disclosure"]
    assert len(merged) == 1 and merged[0].quote.endswith("公示，向社会公开")


def test_what_was_overlooked_can_be_added(sun, draft):
    answer = decide(sun, draft, "add", said=EDIT | {"of": "limit"}, clause="第二条", quote="负责到底")
    assert answer.status_code == 302
    added = [one for one in found(draft).of_clause("第二条") if one.verdict == "added"]
    assert [(one.quote, one.values["value"]) for one in added] == [("负责到底", 4)]


def test_a_decision_is_undone_by_a_later_one(sun, draft):
    key = key_of(draft, "limit", "第三条")
    decide(sun, draft, "reject", key)
    version = found(draft).version
    assert decide(sun, draft, "undo", key, undoes=version).status_code == 302
    review = found(draft)
    assert (review.items[key].verdict, len(review.decisions), review.decisions[0].undone) == ("", 2, True)
    assert decide(sun, draft, "undo", key, undoes=version).status_code == 422


def test_a_page_that_has_been_overtaken_answers_409(sun, draft):
    old, key = found(draft).version, key_of(draft, "limit", "第三条")
    decide(sun, draft, "accept", key)
    answer = decide(sun, draft, "reject", key, version=old)
    assert answer.status_code == 409 and "请重看一遍" in answer.content.decode()
    assert found(draft).items[key].verdict == "accepted"


def test_progress_counts_findings_and_clauses(sun, draft):
    before = found(draft)
    decide(sun, draft, "accept", key_of(draft, "limit", "第三条"), whole="1")
    after = found(draft)
    assert (after.decided, after.clauses_done()[0]) == (before.decided + 1, 1)
    words = f"已定 <b>{after.decided}</b> / {len(after.items)} 处"
    assert words in sun.get(f"/regulations/drafts/{draft.pk}/").content.decode()


@pytest.mark.parametrize("name", ["zhou", "wang", "zhao", "chen", "sun", "wu", "zheng"])
def test_only_those_who_may_adopt_decide_and_everybody_in_post_looks(as_, draft, name):
    browser, may = as_(name), name in ("chen", "sun")
    for page in ("", "pack/", "decisions/", "compare/", "try/", "adopt/"):
        assert browser.get(f"/regulations/drafts/{draft.pk}/{page}").status_code == 200
    answer = decide(browser, draft, "accept", key_of(draft, "limit", "第三条"))
    assert answer.status_code == (302 if may else 403)
    assert adopt(browser, draft).status_code == (422 if may else 403)
    assert upload(browser, TEXT.encode()).status_code == (302 if may else 403)


def test_another_organisations_draft_is_not_there(sun, draft):
    from shounuo.organisation.models import Unit

    elsewhere = Unit.objects.exclude(pk=draft.organisation_id).first()
    Draft.objects.filter(pk=draft.pk).update(organisation=elsewhere)
    assert sun.get(f"/regulations/drafts/{draft.pk}/").status_code == 404


def test_nothing_is_adopted_while_something_is_undecided(sun, draft):
    answer = adopt(sun, draft)
    assert answer.status_code == 422 and "没有定下来，不能采用" in answer.content.decode()
    assert Adoption.objects.count() == 1


def test_nothing_is_adopted_that_nobody_says_they_have_read(sun, draft):
    accept_all(sun, draft)
    answer = adopt(sun, draft, read="")
    assert (answer.status_code, Adoption.objects.count()) == (422, 1)
    assert "没有人读过的制度不能采用" in errors(answer)[0]


def test_gaps_are_listed_with_the_setting_and_the_question(sun, draft):
    text = sun.get(f"/regulations/drafts/{draft.pk}/pack/").content.decode()
    assert "草案能装载，没有错" in text
    assert "day_kind" in text and "按哪种算？" in text


def test_a_fresh_text_becomes_an_edition_under_which_a_matter_has_its_clock(sun, draft, hall):
    accept_all(sun, draft)
    answer = adopt(sun, draft, document="服务办〔2026〕8号")
    assert answer.status_code == 302, errors(answer)
    case = hall.ask("2026-11-16 09:30:00")
    draft.refresh_from_db()
    assert (case.adoption_id, draft.adoption.document) == (draft.adoption_id, "服务办〔2026〕8号")
    from shounuo.commitments.models import RunningClock
    from tests.cases.conftest import at

    clocks = {one.clause: one for one in RunningClock.objects.filter(stream=case.stream)}
    assert clocks["第四条"].due_at == at("2026-11-23 17:30:00")
    assert "5个工作日" in clocks["第四条"].words or clocks["第四条"].words == "5 working days"
    page = sun.get(f"/regulations/{draft.adoption_id}/第四条/").content.decode()
    assert "自收到之日起5个工作日内办结" in page


def test_adopting_a_draft_leaves_the_calendar_as_it_is(sun, draft):
    accept_all(sun, draft)
    before = list(OfficeCalendar.objects.values_list("name", "version", "spec"))
    adopt(sun, draft)
    assert list(OfficeCalendar.objects.values_list("name", "version", "spec")) == before


def test_an_adopted_draft_changes_no_more(sun, draft):
    accept_all(sun, draft)
    adopt(sun, draft)
    key = key_of(draft, "limit", "第三条")
    assert decide(sun, draft, "reject", key).status_code == 403
    assert sun.get(f"/regulations/drafts/{draft.pk}/").status_code == 200


def test_a_second_edition_is_compared_with_the_first(sun, draft):
    accept_all(sun, draft)
    adopt(sun, draft)
    draft.refresh_from_db()
    later = brought(sun, TEXT.replace("5个工作日内办结", "4个工作日内办结"), edition=draft.pack)
    page = sun.get(f"/regulations/drafts/{later.pk}/compare/").content.decode()
    row = re.search(r"<tr data-row><th[^>]*>[^<]*4个工作日.*?</tr>", page, re.S)
    assert row and "5 个工作日" in row[0] and "4 个工作日" in row[0] and "有改动" in row[0]


@pytest.mark.parametrize("language", ["zh-hans", "en"])
def test_every_page_of_an_edition_in_one_language_can_be_read(sun, draft, language, hall):
    accept_all(sun, draft)
    adopt(sun, draft, in_force_from="2026-11-11")
    draft.refresh_from_db()
    here = f"/regulations/{draft.adoption_id}"
    pages = [
        f"{here}/{page}"
        for page in ("", "settings/", "settings/day_kind/", "calendars/", "matrix/", "第五条/")
    ]
    pages += ["/regulations/", "/promises-table/", "/desk/", "/desk/register/", "/", "/desk/board/"]
    headers = {"accept-language": language}
    assert [page for page in pages if sun.get(page, headers=headers).status_code != 200] == []
