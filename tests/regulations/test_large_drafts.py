"""Texts of hundreds of thousands of characters and more: reviewed, adopted and run, or told beside the field."""

import json
import random
import re

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from shounuo.regulations import actions
from shounuo.regulations.drafts import packing
from shounuo.regulations.drafts.record import files_to_take, packed_of, review_of
from shounuo.regulations.models import Draft
from shounuo.regulations.sheet import cited, cited_each
from shounuo.rules.edition import pack_digest
from shounuo.rules.loading import inspect_pack, inspect_parts
from tests.reading.made_files import docx, paragraph, part
from tests.regulations.draft_scene import TEXT, accept_all, adopt, brought, decide, found
from tests.regulations.test_drafts import errors, upload

ARTICLES = (
    "对咨询事项，应当自收到之日起{n}个工作日内答复，并在登记簿上记录来人、来意和答复的内容。",
    "工作人员一个月内被投诉查实{n}次以上的，给予通报批评，并扣减当月绩效，由服务办在大厅公示。",
    "申请材料不齐全的，应当在{n}日内一次性书面告知需要补正的全部材料；没有告知的，视为材料齐全。",
    "服务办每月{n}日前向中心领导报送服务承诺兑现情况表，每年至少抽查{n}次，抽查应当及时、公正。",
)


def long_text(characters):
    """Articles in turn, numbered through."""
    lines, size, number = ["青溪市服务承诺汇编"], 0, 0
    while size < characters:
        number += 1
        lines.append(f"第{number}条 " + ARTICLES[number % len(ARTICLES)].format(n=number % 27 + 1))
        size += len(lines[-1]) + 1
    return "\n".join(lines)


def all_at_once(draft, sun_id, now):
    """One decision about everything: what `accept_all` does in hundreds of pages."""
    from shounuo.organisation.actions import Stamp

    review = review_of(draft)
    keys = [one.key for one in review.pending]
    actions.decide(draft, "accept", keys, {}, review.version, Stamp(sun_id, now))


def test_a_text_of_200_000_characters_is_reviewed_adopted_and_runs(sun, hall, now):
    draft = brought(sun, long_text(200_000))
    for page in ("", "?page=3", "pack/", "compare/", "adopt/"):
        assert sun.get(f"/regulations/drafts/{draft.pk}/{page}").status_code == 200
    decide(sun, draft, "accept", found(draft).pending[0].key)
    all_at_once(draft, hall.cast.id("sun"), now)
    assert adopt(sun, draft).status_code == 302
    draft.refresh_from_db()
    assert hall.ask("2026-11-16 09:30:00").adoption_id == draft.adoption_id
    assert sun.get(f"/regulations/{draft.adoption_id}/?page=2").status_code == 200


@pytest.mark.parametrize(
    "text", [TEXT, long_text(9_000), "第一条 “{甲}：- *乙* & #丙，\x85是”应当3日内办结。"]
)
def test_the_files_to_take_away_hold_the_pack_that_is_adopted(sun, text, tmp_path):
    draft = brought(sun, text)
    accept_all(sun, draft)
    review = review_of(draft)
    folder = tmp_path / draft.pack
    folder.mkdir()
    for name, words in files_to_take(draft, review).items():
        (folder / name).write_text(words, encoding="utf-8")
    again, kept = inspect_pack(folder), packed_of(draft, review)
    assert (again.faults, kept.faults) == ((), ())
    assert pack_digest(again.pack) == pack_digest(kept.pack)
    assert list(again.pack.commitments) == list(kept.pack.commitments)


def test_the_pack_is_worked_out_once_for_the_pages_that_follow_each_other(sun, monkeypatch):
    draft = brought(sun)
    asked = []
    monkeypatch.setattr(packing, "inspect_parts", lambda *given: asked.append(1) or inspect_parts(*given))
    for page in ("pack/", "compare/", "adopt/", "pack/"):
        sun.get(f"/regulations/drafts/{draft.pk}/{page}")
    assert len(asked) == 1
    decide(sun, draft, "reject", found(draft).pending[0].key)
    sun.get(f"/regulations/drafts/{draft.pk}/pack/")
    assert len(asked) == 2


def test_packs_that_were_worked_out_do_not_pile_up(sun):
    draft = brought(sun)
    for key in list(found(draft).items)[:5]:
        decide(sun, draft, "accept", key)
        sun.get(f"/regulations/drafts/{draft.pk}/pack/")
    assert packing._packed.cache_info().currsize <= 2


@pytest.mark.parametrize("form", ["multipart", "urlencoded"])
def test_words_beyond_what_is_taken_in_are_told_beside_their_field(sun, form):
    said = {"text": "条" * 1_000_000, "title": "某规定"}
    kind = {} if form == "multipart" else {"content_type": "application/x-www-form-urlencoded"}
    answer = sun.post("/regulations/drafts/", said if not kind else "text=" + "x" * 2_700_000, **kind)
    assert answer.status_code == 413
    assert ["最多 300000 个字" in one for one in errors(answer)] == [True]
    assert re.search(r'class="field field--error".*?name="text"', answer.content.decode(), re.S)


def test_the_largest_text_is_said_before_anybody_tries(sun):
    assert "最多 30 万个字" in sun.get("/regulations/drafts/").content.decode()


@pytest.mark.parametrize("size", [5 * 1024 * 1024 + 1, 30 * 1024 * 1024])
def test_a_file_beyond_the_bound_is_told_beside_it_with_the_rest_kept(sun, size):
    answer = upload(sun, b"x" * size, "big.txt", title="某规定")
    assert answer.status_code == 413 and 'value="某规定"' in answer.content.decode()
    assert errors(answer) == ["文件太大：最多 5 MB。"]
    assert not Draft.objects.exists()


def test_a_file_of_the_largest_size_is_read(sun):
    pictures = random.Random(5).randbytes(5 * 1024 * 1024 - 8_000)
    content = docx(part("document", "".join(map(paragraph, TEXT.splitlines()))), media=pictures)
    assert 4.9 < len(content) / 1024 / 1024 <= 5
    assert upload(sun, content, "promise.docx").status_code == 302


def test_a_text_without_the_forms_token_is_refused(hall, as_, ten_oclock):
    stranger = Client(enforce_csrf_checks=True)
    stranger.force_login(hall.cast.people["sun"].account)
    assert stranger.post("/regulations/drafts/", {"text": TEXT}).status_code == 403
    assert not Draft.objects.exists()


def test_nobody_signed_out_is_answered_about_sizes(db, client):
    big = SimpleUploadedFile("big.txt", b"x" * 3_000_000)
    assert client.post("/regulations/drafts/", {"file": big}).status_code == 302


def test_clauses_are_cited_alike_one_by_one_and_together(sun):
    draft = brought(sun, TEXT + "第三条 又一条同号的。\n")
    pack = packed_of(draft, found(draft)).pack
    together = cited_each(pack, pack.clauses)
    assert together == {key: cited(pack, key) for key in pack.clauses}
    assert len({one for key, one in together.items() if key.startswith("第三条")}) == 2


def test_a_regulation_of_many_clauses_is_shown_page_by_page(sun, hall, now):
    draft = brought(sun, long_text(25_000))
    all_at_once(draft, hall.cast.id("sun"), now)
    adopt(sun, draft)
    draft.refresh_from_db()
    shown = [sun.get(f"/regulations/{draft.adoption_id}/?page={n}").content.decode() for n in (1, 2)]
    keys = [set(re.findall(r'clauses__key">([^<]+)', one)) for one in shown]
    assert len(keys[0]) == 300 and keys[1] and not keys[0] & keys[1]
    assert json.loads(draft.reading)["clauses"][0]["id"] in keys[0]


def test_a_file_of_too_many_characters_is_told_before_it_is_read(sun, monkeypatch):
    from shounuo.reading import reading

    monkeypatch.setattr(reading, "split", lambda text: pytest.fail("it was read"))
    assert errors(upload(sun, b"a" * 1_000_000)) == ["文字太长：最多 300000 个字。"]


def test_signs_that_turn_the_direction_of_writing_turn_nothing_around_them(sun):
    """They are set aside, shown where they stood, and closed in: what is read is what becomes the rule."""
    draft = brought(sun, "第一条 \u202e结办内日3 应当在5日内答复。")
    text = sun.get(f"/regulations/drafts/{draft.pk}/").content.decode()
    assert text.count("\u202e") == text.count("<bdi>\u202e</bdi>") > 0
