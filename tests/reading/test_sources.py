"""Files to text: encodings, Word with its automatic numbers, PDF with a text layer."""

import pytest

from shounuo.reading.errors import PROBLEMS, WORDS, ReadingError
from shounuo.reading.sources import read_source
from shounuo.reading.sources.numbering import formatted
from tests.reading.made_files import docx, numbered, paragraph, part, pdf

TEXT = "第一条 为提高服务质量，制定本办法。\n第二条 应当在三日内答复。\n"


@pytest.mark.parametrize(
    "encoding", ["utf-8", "utf-8-sig", "gb18030", "gbk", "utf-16", "utf-16-le", "utf-16-be"]
)
def test_a_text_is_read_whatever_its_encoding(encoding: str) -> None:
    assert read_source(TEXT.encode(encoding)).text == TEXT


def test_the_encoding_is_told() -> None:
    assert read_source(TEXT.encode("gb18030")).encoding == "gb18030"


def test_markdown_is_known_by_its_name() -> None:
    assert read_source(TEXT.encode(), "办法.md").format == "md"


def test_radicals_that_stand_for_characters_are_replaced_and_noted() -> None:
    source = read_source("⼀、⽤户⺠主".encode())
    assert source.text == "一、用户民主" and source.notes == ("radicals_replaced",)


LIST = """
<w:abstractNum w:abstractNumId="0">
 <w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="chineseCountingThousand"/><w:lvlText w:val="第%1条"/></w:lvl>
 <w:lvl w:ilvl="1"><w:start w:val="1"/><w:numFmt w:val="chineseCounting"/><w:lvlText w:val="（%2）"/></w:lvl>
 <w:lvl w:ilvl="2"><w:start w:val="1"/><w:numFmt w:val="decimal"/><w:isLgl/><w:lvlText w:val="%1.%2.%3"/></w:lvl>
</w:abstractNum>
<w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num>
<w:num w:numId="2"><w:abstractNumId w:val="0"/>
 <w:lvlOverride w:ilvl="0"><w:startOverride w:val="5"/></w:lvlOverride></w:num>
"""


def word(body: str) -> list[str]:
    return read_source(docx(body, numbering=part("numbering", LIST))).text.split("\n")


def test_automatic_numbers_are_printed() -> None:
    body = (
        numbered("总则", 1)
        + numbered("甲", 1, 1)
        + numbered("乙", 1, 1)
        + numbered("附则", 1)
        + numbered("丙", 1, 1)
    )
    assert word(body) == ["第一条 总则", "（一）甲", "（二）乙", "第二条 附则", "（一）丙"]


def test_a_list_may_start_elsewhere_and_show_higher_levels() -> None:
    body = numbered("甲", 2) + numbered("乙", 2, 1) + numbered("丙", 2, 2)
    assert word(body) == ["第五条 甲", "（一）乙", "5.1.1 丙"]


def test_a_style_may_number_its_paragraphs() -> None:
    numbering = '<w:numPr><w:numId w:val="1"/></w:numPr>'
    style = f'<w:style w:styleId="A"><w:pPr>{numbering}</w:pPr></w:style>'
    body = paragraph("甲", '<w:pStyle w:val="A"/>')
    content = docx(body, numbering=part("numbering", LIST), styles=part("styles", style))
    assert read_source(content).text == "第一条 甲"


def test_rows_of_a_table_become_lines() -> None:
    cells = "".join(f"<w:tc>{paragraph(words)}</w:tc>" for words in ("抢修", "45分钟"))
    assert word(f"<w:tbl><w:tr>{cells}</w:tr></w:tbl>") == ["抢修\t45分钟"]


def test_a_table_that_only_holds_the_page_keeps_its_paragraphs() -> None:
    cell = f"<w:tc>{paragraph('第一条 甲。')}{paragraph('第二条 乙。')}</w:tc>"
    assert word(f"<w:tbl><w:tr>{cell}</w:tr></w:tbl>") == ["第一条 甲。", "第二条 乙。"]


def test_deleted_words_are_left_out_and_inserted_ones_read() -> None:
    body = (
        "<w:p><w:r><w:t>答复</w:t></w:r><w:del><w:r><w:delText>五</w:delText></w:r></w:del>"
        "<w:ins><w:r><w:t>三日</w:t></w:r></w:ins></w:p>"
    )
    assert word(body) == ["答复三日"]


def test_headers_are_named_as_left_out() -> None:
    source = read_source(docx(paragraph("第一条 甲。"), header1=part("hdr", paragraph("页眉"))))
    assert source.notes == ("headers_left_out",) and "页眉" not in source.text


def test_a_pdf_with_text_is_read_page_by_page() -> None:
    source = read_source(pdf([["第一条 供水应当连续。"], ["第二条 三日内答复用户。"]]))
    assert [page.split() for page in source.text.split("\f")] == [
        ["第一条", "供水应当连续。"],
        ["第二条", "三日内答复用户。"],
    ]


@pytest.mark.parametrize(
    "form, shown",
    [
        ("decimal", "12"),
        ("chineseCounting", "十二"),
        ("decimalEnclosedCircle", "⑫"),
        ("lowerLetter", "l"),
        ("ideographTraditional", "12"),
    ],
)
def test_words_number_forms(form: str, shown: str) -> None:
    assert formatted(12, form) == shown


@pytest.mark.parametrize("code", WORDS)
def test_every_refusal_has_words_in_both_languages(code: str) -> None:
    error = ReadingError(code, limit=1, byte=2, format="x", pages=3, file="x", problem=next(iter(PROBLEMS)))
    assert error.text("zh") != error.text("en") and "{" not in error.text("zh") + error.text("en")
