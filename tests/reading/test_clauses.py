"""A text to its clauses: labels, who stands under whom, ids, spans, and no character lost."""

import json
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from shounuo.reading.clauses import split
from shounuo.reading.labels import at_start, han_number
from shounuo.reading.residue import FORMS, find, forms
from shounuo.reading.text import Clause, Regulation
from shounuo.rules.loading.reader import read_document

HERE = Path(__file__).resolve().parent
NUMBERINGS = HERE / "numberings"
SHARED = HERE.parents[2] / "shared"
EXPECTED = read_document(NUMBERINGS / "expected.yaml").data
GOLD = sorted((SHARED / "data" / "reading").glob("*.gold.json"))
TEXTS = [*sorted(NUMBERINGS.glob("*.txt")), *sorted((SHARED / "seeds").glob("*.txt"))]


def text_of(path: Path) -> str:
    with path.open(encoding="utf-8", newline="") as file:
        return file.read()


def labels(source: str) -> list[str]:
    return [clause.label for clause in split(source).clauses if clause.label]


def words(source: str) -> dict[str, str]:
    return {clause.id: clause.text for clause in split(source).clauses}


@pytest.mark.parametrize("name", EXPECTED)
def test_every_printed_label_is_found_and_nothing_else(name: str) -> None:
    clauses = split(text_of(NUMBERINGS / f"{name}.txt")).clauses
    assert [clause.id for clause in clauses if clause.label] == EXPECTED[name]["labelled"]


@pytest.mark.parametrize("name", EXPECTED)
def test_what_is_no_clause_is_set_aside_with_its_reason(name: str) -> None:
    residue = split(text_of(NUMBERINGS / f"{name}.txt")).residue
    assert [item.why for item in residue] == EXPECTED[name]["set_aside"]


@pytest.mark.parametrize("path", GOLD, ids=lambda path: path.stem)
def test_the_labels_of_a_gold_text_are_found(path: Path) -> None:
    gold = json.loads(text_of(path))
    source = text_of((path.parent / gold["text_file"]).resolve())
    printed = [clause["label"] for clause in gold["clauses"] if clause["label"]]
    assert [label.rstrip("：:") for label in labels(source)] == printed


@pytest.mark.parametrize("path", TEXTS, ids=lambda path: path.stem)
def test_no_character_is_lost(path: Path) -> None:
    assert list(split(text_of(path)).uncovered()) == []


SENTENCES = [
    "供水应当连续。",
    "三日内答复，情况复杂的，延长2.5小时",
    "按照第三条规定办理；",
    "有下列情形的：",
    "总 则",
    "见（一）、（二）项。",
]
MARKS = [
    "第一条",
    "第二条 ",
    "第三章\u3000",
    "一、",
    "二、",
    "（一）",
    "(二)",
    "1.",
    "2、",
    "1.1",
    "4.1.10 ",
    "①",
    "②",
    "● ",
    "第一篇：",
    "a)",
    "5",
    "附件1：",
]
RESIDUE = [
    "- 3 -",
    "上一页 1 下一页",
    "作者:管理员 发布于:2013-07-07",
    "<br/>",
    "&nbsp;",
    "合 2 作",
    "目  录",
]
SIGNS = ["\u202e", "\x00", "\f", "\ufeff"]
GAPS = ["\n", "\r\n", " ", "\u3000\u3000", "", "\n\n\n", "\t", "\u2028"]
pieces = st.sampled_from([*SENTENCES, *MARKS, *RESIDUE, *SIGNS, *GAPS]) | st.text(max_size=3)


@settings(max_examples=300, deadline=None)
@given(st.lists(pieces, max_size=40).map("".join))
def test_whatever_the_text_every_character_has_one_owner(source: str) -> None:
    regulation = split(source)
    assert list(regulation.uncovered()) == []
    assert_whole(regulation)


def assert_whole(regulation: Regulation) -> None:
    known: set[str | None] = {None}
    for clause in regulation.clauses:
        assert clause.parent in known and clause.id not in known
        known.add(clause.id)
        assert clause.text == "".join(regulation.source[a:b] for a, b in clause.pieces)
        assert_leads_back(regulation, clause)


def assert_leads_back(regulation: Regulation, clause: Clause) -> None:
    for at, sign in enumerate(clause.text):
        a, b = clause.source_span(at, at + 1)
        assert regulation.source[a:b] == sign
        assert clause.span[0] <= a < b <= clause.span[1]


@pytest.mark.parametrize("name", EXPECTED)
def test_rewording_one_clause_changes_no_id(name: str) -> None:
    source = text_of(NUMBERINGS / f"{name}.txt")
    before = split(source)
    ids = [clause.id for clause in before.clauses]
    for clause in before.clauses:
        if clause.text.endswith(("。", "；")) and "，" in clause.text:
            a, b = clause.pieces[-1]
            edited = source[: b - 1] + "，另有约定的除外" + source[b - 1 :]
            assert [one.id for one in split(edited).clauses] == ids


@pytest.mark.parametrize(
    "line, found",
    [
        ("第三条规定的处罚由主管部门决定。", []),
        ("本办法自2013年7月7日起施行，8月1、2日停水。", []),
        ("下列第（一）、（二）项和（三）至（五）项除外。", []),
        ("供应甲、乙；丙级。一、二、三级医院和3.5万元以上的，1.5倍计。", []),
        ("电话：0571-5550199；24小时值班。12315转办。", []),
        ("误差不超过2.5小时。3.5公里以内免费，周一、周三上门。", []),
        ("2013.07.07发布", []),
        ("8:30上班", []),
        ("2.5小时内到达现场。", []),
        ("1\n客户服务\n2\n用水申请\n3\n水表计量", ["1", "2", "3"]),
        ("35千伏及以上线路由公司维护。", []),
        ("材料：1、身份证；2、户口本；3、申请表。", ["1、", "2、", "3、"]),
        ("要求：(1)快(2)好（3）省", ["(1)", "(2)", "（3）"]),
        ("第一章 总则第一条 为规范服务，制定本办法。第二条 适用于全市。", ["第一章", "第一条", "第二条"]),
        ("十、其他\n十一、附则\n二十、完", ["十、", "十一、", "二十、"]),
        ("第一百零五条 甲\n第一百零六条之一 乙", ["第一百零五条", "第一百零六条之一"]),
        ("４．１ 抄表\n４．２ 收费", ["４．１", "４．２"]),
        ("1 总则\n2 范围\n3 附则", ["1", "2"]),
        ("⒈受理\n⒉办理\n㈠甲\n㈡乙", ["⒈", "⒉", "㈠", "㈡"]),
        ("**第一条** 甲。\n## 第二章 乙", ["第一条", "第二章"]),
        ("A. 甲方\nB. 乙方", ["A.", "B."]),
        ("3.1 甲。\n3.2 乙。\n3.2 丙。\n3.5 丁。", ["3.1", "3.2", "3.2", "3.5"]),
    ],
)
def test_a_mark_is_told_from_a_reference_a_date_and_a_quantity(line: str, found: list[str]) -> None:
    assert labels(line)[: len(found) or None] == found


def test_a_line_that_breaks_in_a_sentence_goes_on() -> None:
    assert words("(三) 工作人员故意刁难用户、借机谋私，经核\n\n查属实后，按规定处理。") == {
        "(三)": "工作人员故意刁难用户、借机谋私，经核查属实后，按规定处理。"
    }


def test_a_label_alone_takes_the_next_line() -> None:
    assert words("第一条\n供水应当连续。") == {"第一条": "供水应当连续。"}


def test_a_heading_glued_to_a_sentence_becomes_a_clause() -> None:
    clauses = split("一、结合实际，制定本标准。适用范围\n本标准适用于各营业所。").clauses
    assert [(clause.text, clause.title) for clause in clauses][1] == ("适用范围", True)


def test_a_page_number_inside_a_word_is_taken_out_and_a_real_number_stays() -> None:
    source = "第一条 良好的合 2 作精神，秉公 办事，不 推诿，在 3 日内答复，真心 为民。"
    regulation = split(source)
    assert "合作精神" in regulation.clauses[0].text and "3 日内" in regulation.clauses[0].text
    assert [(item.text, item.why) for item in regulation.residue] == [("2", "page_number")]


def test_a_header_that_comes_again_beside_page_numbers_is_residue_after_the_first() -> None:
    pages = "\f".join(f"服务制度汇编\n第{n}条 应当在三日内答复。\n- {n} -" for n in range(1, 7))
    assert [item.why for item in find(pages)].count("page_header") == 5
    assert words(pages)["题"] == "服务制度汇编" and len(words(pages)) == 7


def test_contents_before_the_text_are_residue() -> None:
    source = "办法\n目  录\n第一章 总则\n第二章 附则\n第一章 总则\n第一条 甲。\n第二章 附则\n第二条 乙。"
    assert labels(source) == ["第一章", "第一条", "第二章", "第二条"]


def test_a_list_after_a_paragraph_stands_under_that_paragraph() -> None:
    parents = {
        c.id: c.parent
        for c in split("第五条 设联席会议。\n会议解决下列事项：\n（一）换届；\n（二）纠纷。").clauses
    }
    assert parents == {
        "第五条": None,
        "第五条.¶2": "第五条",
        "第五条.¶2(一)": "第五条.¶2",
        "第五条.¶2(二)": "第五条.¶2",
    }


def test_a_restarting_article_is_cited_with_its_part() -> None:
    source = "一、首问\n第一条 甲。\n第二条 乙。\n二、限时\n第一条 丙。"
    assert [clause.id for clause in split(source).clauses] == [
        "一",
        "一.第一条",
        "一.第二条",
        "二",
        "二.第一条",
    ]


@pytest.mark.parametrize(
    "text, number",
    [("十", 10), ("二十一", 21), ("一百零五", 105), ("一〇五", 105), ("三百二十", 320), ("１２", 12)],
)
def test_han_numbers_are_read(text: str, number: int) -> None:
    assert han_number(text) == number


def test_a_mark_has_style_family_and_numbers() -> None:
    mark = at_start("4.1.10 服务", 0)
    assert mark is not None and (mark.family, mark.numbers, mark.number) == ("1.1", (4, 1, 10), 10)


RESIDUE_FORMS = read_document(FORMS).data


@pytest.mark.parametrize("part", RESIDUE_FORMS)
def test_residue_forms_match_their_examples_and_not_the_others(part: str) -> None:
    known = dict(forms(part))
    for why, form in RESIDUE_FORMS[part].items():
        assert [text for text in form["examples"] if not known[why].fullmatch(text)] == []
        assert [
            text for text in form["counterexamples"] if any(f.fullmatch(text) for f in known.values())
        ] == []


def test_points_taken_off_do_not_hide_a_list_run_together_on_one_line() -> None:
    text = "每月考核一次。1、晚到，每次扣3分。2、串岗，每次扣2分。3、缺席，扣5分。"
    assert labels(text) == ["1、", "2、", "3、"]


def test_half_brackets_boxes_and_bare_numbers_are_labels_too() -> None:
    assert labels("目录表\n一）受理\n二）办结") == ["一）", "二）"]
    assert labels("【第一条】受理。\n【第二条】办结。") == ["【第一条】", "【第二条】"]
    assert labels("内容包括：\n1受理的情况；\n2办结的情况；\n3其他。") == ["1", "2", "3"]


def test_blanks_between_two_page_numbers_belong_to_one_of_them() -> None:
    assert list(split("0\f 0").uncovered()) == []


def test_a_first_article_after_a_list_under_a_heading_begins_another_text() -> None:
    gas = "供气承诺\n一、接报后1小时内到场。\n二、泄漏抢修，抢险：\n1.专人值班。\n"
    text = f"服务承诺\n本市各企业承诺如下。\n{gas}第一条 供电可靠。\n第二条 停电告知。"
    parents = {clause.label: clause.parent for clause in split(text).clauses if clause.label}
    assert (parents["第一条"], parents["第二条"]) == (None, None)
    assert parents["1."] is not None


def test_a_heading_over_a_few_words_with_a_colon_is_a_heading() -> None:
    text = "承诺\n一、接报后1小时内到场。\n供水服务内容\n业务接待：\n应当立即登记。"
    assert [clause.title for clause in split(text).clauses if clause.text == "供水服务内容"] == [True]
