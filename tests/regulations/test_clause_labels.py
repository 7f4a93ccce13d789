"""How clauses are cited: in Chinese as printed, in English wholly in English."""

import re

import pytest
from django.utils import translation

from shounuo.regulations.clause_labels import english_label
from shounuo.regulations.sheet import cited, short_label
from shounuo.regulations.wording import as_printed, clause_label
from shounuo.rules.loading import BUNDLED, load_pack
from shounuo.rules.shapes import Clause

PACKS = sorted(path.name for path in BUNDLED.iterdir() if (path / "pack.yaml").exists())


@pytest.mark.parametrize("printed, english", [
    ("第一条", "Article 1"), ("第十二条", "Article 12"), ("第一百零五条", "Article 105"), ("第3条", "Article 3"),
    ("第 三 条", "Article 3"),
    ("第三条之一", "Article 3-1"), ("第二章", "Chapter 2"), ("第四节", "Section 4"), ("第一部分", "Part 1"), ("一、", "1"),
    ("1、", "Item 1"), ("2.", "Item 2"), ("（二）", "(2)"), ("(一)", "(1)"), ("4.4.3(1)", "4.4.3(1)"), ("4.1", "4.1"),
    ("①", "①"), ("Grofvuil", "Grofvuil"), ("附件", "附件"), ("", ""),
])  # fmt: skip
def test_a_printed_label_has_one_english_form(printed: str, english: str) -> None:
    assert english_label(printed) == english


@pytest.mark.parametrize("pack, clause, english, chinese", [
    ("quality-bureau", "003-4/二.第二条", "Part 2. Time-limited completion, Article 2", "二、限时办结制度 第二条"),
    ("quality-bureau", "003-4/四.第一条.1", "Part 4. Grounds of complaint, Item 1", "四、第一条 投诉内容 1"),
    ("quality-bureau", "003-4/五.第三条", "Part 5. Heads of section, Article 3", "五、第三条 科室负责人"),
    ("life-oasis", "000/二(一).a", "2. Principles. Fairness (1)", "二、服务原则：公平公正 (一)"),
    ("life-oasis", "000/六.a", "6. Oversight of commitments", "六、承诺监督"),
    ("cixian-power", "003-3/3.1", "Functions 3.1", "管理职能 3.1"),
    ("daqing-power-unit", "003-1/第一条", "Chapter 1. General, Article 1", "第一章 总则 第一条"),
    ("amsterdam", "sia/grofvuil", "Waste, Grofvuil", "垃圾 Grofvuil"),
])  # fmt: skip
def test_a_clause_is_cited_in_one_language(pack: str, clause: str, english: str, chinese: str) -> None:
    found = load_pack(BUNDLED / pack)
    with translation.override("en"):
        assert clause_label(found, clause) == english
    assert clause_label(found, clause) == chinese


@pytest.mark.parametrize("name", PACKS)
def test_no_english_citation_of_a_bundled_pack_has_chinese_in_it(name: str) -> None:
    pack = load_pack(BUNDLED / name)
    with translation.override("en"):
        cites = [clause_label(pack, key) for key in pack.clauses]
        cites += [short_label(clause, "") for clause in pack.clauses.values()]
    assert [one for one in cites if re.search("[一-龥、（）]", one)] == []


def test_a_heading_without_english_keeps_the_whole_citation_as_printed() -> None:
    pack = load_pack(BUNDLED / "quality-bureau")
    only = Clause.model_construct(heading={"zh": "第一章 总则"}, label="第三条", text={"zh": "甲"})
    bare = only.model_copy(update={"heading": None})
    found = pack.model_copy(update={"clauses": {"a": only, "b": bare}})
    with translation.override("en"):
        assert [clause_label(found, key) for key in "ab"] == ["第一章 总则 第三条", "Article 3"]


def test_the_printed_label_is_at_hand_where_english_is_read() -> None:
    pack, dutch = load_pack(BUNDLED / "quality-bureau"), load_pack(BUNDLED / "amsterdam")
    assert as_printed(pack, "003-4/二.第二条") is None
    assert as_printed(dutch, "sia/grofvuil") == ("nl", "Afval Grofvuil")
    with translation.override("en"):
        assert as_printed(pack, "003-4/二.第二条") == ("zh", "二、限时办结制度 第二条")
        assert cited(pack, "003-4/一.第二条.a").startswith("Part 1. First-inquiry responsibility, Article 2")
