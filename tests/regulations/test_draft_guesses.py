"""What a draft says beyond its text: guessed events and matters, names of codes, the day from which limits count."""

import re

import pytest

from shounuo.reading.drafting.draft import words
from shounuo.reading.lexicon import entries
from shounuo.regulations.drafts import wording
from shounuo.regulations.drafts.record import packed_of
from tests.regulations.draft_scene import accept_all, adopt, brought, decide, found, key_of
from tests.regulations.test_drafts import EDIT


def test_limits_count_from_the_day_that_people_put_for_the_whole(sun, draft, hall):
    """The text says 1 November: put later or earlier, every limit goes along, or a matter would have no clock."""
    head = {"title": "甲", "issuer": "乙", "version": "1", "in_force_from": "2026-11-16"}
    for day in ("2026-10-05", "2026-11-16"):
        said = {"seen": found(draft).version, **head, "in_force_from": day}
        assert sun.post(f"/regulations/drafts/{draft.pk}/pack/", said).status_code == 302
        pack = packed_of(draft, found(draft)).pack
        assert {one.from_ for rule in pack.commitments.values() for one in rule.within} == {day}


def test_what_was_guessed_is_said_until_somebody_has_decided(sun, draft):
    key = key_of(draft, "limit", "第五条")
    text = sun.get(f"/regulations/drafts/{draft.pk}/", {"at": key}).content.decode()
    assert "推定；原文没有写" in text and f"?at={key}&amp;do=edit#id_starts" in text
    note = {one.clause: one.note["zh"] for one in packed_of(draft, found(draft)).pack.commitments.values()}
    assert "起点是推定的" in note["第五条"]
    decide(sun, draft, "edit", key, **EDIT)
    text = sun.get(f"/regulations/drafts/{draft.pk}/", {"at": key}).content.decode()
    assert "推定" not in text and "do=edit#id_starts" not in text
    note = {one.clause: one.note["zh"] for one in packed_of(draft, found(draft)).pack.commitments.values()}
    assert "起点由审阅人定下" in note["第五条"]


def test_every_word_that_reading_gives_has_a_name():
    """A code without a name would be shown bare."""
    named = {("measures", "measure"): words("measures"), ("recurrences", "recurrence"): wording.RECURRENCES,
             ("limit_kinds", "name"): wording.LIMIT_KINDS, ("open_points", "kind"): wording.GAPS,
             ("vague_words", "kind"): wording.GAPS}  # fmt: skip
    for (file, key), known in named.items():
        given = {one.get(key, getattr(one, key, None)) for one in entries(file)} - {None}
        assert given and given <= set(known), f"name these: {given - set(known)}"


def test_a_measure_that_the_lexicon_has_and_nobody_named_is_kept_by_an_edit(sun, draft, monkeypatch):
    key = key_of(draft, "consequence", "第九条")
    monkeypatch.delitem(words("measures"), "circular")
    said = {"measures": ["circular"], "scope": "person", "least": "3"}
    assert decide(sun, draft, "edit", key, **said).status_code == 302
    assert found(draft).items[key].values["measures"] == ["circular"]


def test_a_label_in_brackets_gets_no_others(sun):
    draft = brought(sun, "一、承诺\n（一）投诉应当及时处理。\n（二）应当在3个工作日内办结。\n")
    titles = [one.title["zh"] for one in packed_of(draft, found(draft)).pack.settings.values()]
    assert "没有数字的快慢（一）" in titles and not [one for one in titles if "（（" in one]


def test_a_promise_that_has_no_limit_for_a_matter_is_named_on_its_page(sun, draft, hall):
    accept_all(sun, draft)
    adopt(sun, draft)
    case = hall.ask("2026-11-16 09:30:00", kind="repair", service="")
    text = sun.get(f"/desk/matters/{case.number}/").content.decode()
    told = re.findall(r'class="inset inset--risk">([^<]*没有定出时限[^<]*)<', text)
    assert len(told) == len(set(told)) == 2 and all("45分钟" in one or "90分钟" in one for one in told)


@pytest.mark.parametrize(
    "clause, kinds",
    [("接到漏气报告后，应当在30分钟内到达现场。", ["repair"]), ("应当在30分钟内到达现场。", ["repair"]),
     ("投诉人可以申请复核，复核应当在7日内作出。", ["complaint"]), ("应当在7日内办结申请。", ["application"])],
)  # fmt: skip
def test_for_which_matters_a_limit_holds_is_guessed_from_its_words(sun, clause, kinds):
    review = found(brought(sun, f"第一条 {clause}"))
    assert [one.values["matters"] for one in review.items.values() if one.kind == "limit"] == [kinds]


def test_a_limit_that_differs_in_something_else_than_its_length_says_in_what(sun, draft):
    accept_all(sun, draft)
    adopt(sun, draft)
    later = brought(sun, edition=draft.pack)
    decide(sun, later, "edit", key_of(later, "limit", "第四条"), **(EDIT | {"value": "5", "title": "五日"}))
    page = sun.get(f"/regulations/drafts/{later.pk}/compare/").content.decode()
    row = re.search(r"<tr data-row><th[^>]*>五日.*?</tr>", page, re.S)[0]
    assert "另有变化：从何时起算" in row and "到什么为止" not in row
