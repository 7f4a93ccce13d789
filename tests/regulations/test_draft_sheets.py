"""The review of a large regulation: sheets of bounded size, the place kept, time that does not grow with the whole."""

import re

import pytest

from shounuo.reading.reading import read_text
from shounuo.regulations.drafts.sheets import CHARACTERS, FINDINGS, sheet_at, sheets_of
from shounuo.regulations.drafts.text_pane import contents
from tests.regulations.draft_scene import TEXT, accept_all, adopt, brought, decide, found

LIMIT = "应当自收到之日起{}个工作日内答复，如实记录，"
ONE_LINE = "第一条 " + "".join(LIMIT.format(n % 28 + 1) for n in range(1_000)) + "。"
MANY = "".join(f"第{n}条 {LIMIT.format(n % 28 + 1)}不得推诿。\n" for n in range(1, 401))


def sheets(text, findings=()):
    regulation = read_text(text).regulation
    return regulation, sheets_of(regulation.source, regulation.clauses, dict(findings))


def page(browser, draft, **query):
    answer = browser.get(f"/regulations/drafts/{draft.pk}/", query)
    assert answer.status_code == 200
    return answer.content.decode()


def shown(text):
    return set(re.findall(r'id="f-([^"]+)"', text))


@pytest.mark.parametrize("text", [TEXT, ONE_LINE, MANY, "好" * 40_000])
def test_every_character_of_every_clause_is_on_one_sheet(text):
    regulation, made = sheets(text)
    spans = [(part.start, part.end) for sheet in made for part in sheet]
    whole = "".join(regulation.source[a:b] for a, b in spans)
    assert whole == "".join(regulation.source[slice(*one.span)] for one in regulation.clauses)
    assert max(sum(part.end - part.start for part in sheet) for sheet in made) <= CHARACTERS


def test_a_clause_with_many_findings_is_divided_between_sentences_or_pauses():
    regulation, _made = sheets(ONE_LINE)
    clause = regulation.clauses[0]
    starts = [at for at in range(len(ONE_LINE)) if ONE_LINE.startswith("个工作日", at)]
    made = sheets_of(regulation.source, regulation.clauses, {clause.id: starts})
    assert len(made) > 1
    assert {regulation.source[sheet[-1].end - 1] for sheet in made} == {"，", "。"}
    held = [sum(part.start <= at < part.end for part in sheet for at in starts) for sheet in made]
    assert sum(held) == len(starts) and max(held) <= FINDINGS


def test_a_place_is_found_on_the_sheet_that_shows_it():
    _regulation, made = sheets(MANY)
    assert len(made) > 1
    for number, sheet in enumerate(made):
        assert {sheet_at(made, part.at, part.start) for part in sheet} == {number}


def test_a_small_regulation_is_one_page_without_contents(sun):
    draft = brought(sun)
    assert 'class="sheets"' not in page(sun, draft)
    assert shown(page(sun, draft)) == set(found(draft).items)


@pytest.mark.parametrize("text", [ONE_LINE, MANY])
def test_the_pages_together_show_every_finding_once(sun, text):
    draft = brought(sun, text)
    review = found(draft)
    pages = [shown(page(sun, draft, page=one.number)) for one in contents(review)]
    assert len(pages) > 1
    assert sum(map(len, pages)) == len(review.items) and set().union(*pages) == set(review.items)


def test_the_contents_name_clauses_and_what_is_open_on_each_page(sun):
    draft = brought(sun, MANY)
    before = contents(found(draft))
    assert before[0].first == "第1条"
    key = next(iter(found(draft).items))
    decide(sun, draft, "accept", key)
    after = contents(found(draft))
    assert [one.pending for one in after] == [before[0].pending - 1, *(one.pending for one in before[1:])]


def test_a_page_asked_for_chooses_its_own_first_undecided_finding(sun):
    draft = brought(sun, MANY)
    text = page(sun, draft, page=2)
    chosen = re.search(r'id="here"></span><a class="tag[^"]*"[^>]*id="f-([^"]+)"', text)[1]
    assert chosen in shown(text)
    decide(sun, draft, "accept", chosen)
    assert f'id="here"></span><a class="tag tag--limit" id="f-{chosen}"' not in page(sun, draft, page=2)


def test_after_a_decision_the_next_finding_of_the_place_is_shown(sun):
    draft = brought(sun, MANY)
    keys = list(found(draft).items)
    answer = decide(sun, draft, "accept", keys[300])
    assert answer.url.endswith(f"?at={keys[301]}#here")
    assert keys[301] in shown(sun.get(answer.url).content.decode())


def test_no_decision_moves_a_finding_to_another_page(sun):
    draft = brought(sun, MANY)
    sheets_before = found(draft).material.sheets
    key = next(iter(found(draft).items))
    decide(sun, draft, "reject", key, whole="1")
    assert found(draft).material.sheets == sheets_before


@pytest.mark.parametrize("length", [300_001, 800_000])
def test_a_pasted_megabyte_is_told_beside_its_field_and_the_name_is_kept(sun, length):
    answer = sun.post("/regulations/drafts/", {"text": "条" * length, "title": "某规定"})
    assert answer.status_code == 422 and "某规定" in answer.content.decode()


def test_line_ends_of_browsers_do_not_count(sun):
    text = "我们说话一定要算数。\r\n" * 27_000
    assert len(text.replace("\r\n", "\n")) < 300_000 < len(text)
    brought(sun, text)


def test_a_text_in_which_nothing_is_found_can_be_looked_at_and_added_to(sun):
    draft = brought(sun, "好")
    assert "没有读出规则" in page(sun, draft) and "do=add" in page(sun, draft)
    for other in ("pack/", "compare/", "try/?months=3", "decisions/", "adopt/"):
        assert sun.get(f"/regulations/drafts/{draft.pk}/{other}").status_code == 200


@pytest.mark.parametrize("day", ["2026-10-01", "2020-01-01", "", "2026-13-40"])
def test_a_day_on_which_it_cannot_be_adopted_is_told_beside_its_field_with_the_rest_kept(sun, day):
    draft = brought(sun)
    accept_all(sun, draft)
    answer = adopt(sun, draft, in_force_from=day, document="服务办〔2026〕8号")
    text = answer.content.decode()
    assert answer.status_code == 422 and "服务办〔2026〕8号" in text
    assert re.search(r'class="field field--error".*?name="in_force_from"', text, re.S)


def test_when_everything_is_decided_the_review_leads_on_to_adopting(sun):
    draft = brought(sun)
    assert "每一处都定了" not in page(sun, draft)
    accept_all(sun, draft)
    text = page(sun, draft)
    assert "每一处都定了" in text and f'href="/regulations/drafts/{draft.pk}/adopt/"' in text
