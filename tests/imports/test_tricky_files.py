"""Files that break importers: each gives good rows or an error that names what is wrong."""

import gzip
import zipfile
from pathlib import Path

import openpyxl
import pytest
from openpyxl.styles import numbers

from tests.imports.conftest import HEAD, MAPPING, MAPPINGS, TRICKY, Importer

BOSTON = MAPPINGS / "boston311.yaml"
ROW = ("1", "2026-01-05 09:00", "2026-01-07 17:30", "2026-01-07 17:30")


def boston(importer: Importer, **changes: str) -> Path:
    text = BOSTON.read_text(encoding="utf-8")
    for old, new in changes.items():
        text = text.replace({"dates": '"%Y-%m-%d %H:%M:%S"', "zone": "America/New_York"}[old], new)
    return importer.mapping(text)


@pytest.mark.parametrize("name", ["with-fake-pii", "with-nonascii"])
def test_boston_variants_come_in_whole(importer: Importer, name: str) -> None:
    report = importer.take(TRICKY / f"boston311-100-{name}.csv", BOSTON)
    assert (report["imported"], report["bad"]) == (100, [])


def test_exact_duplicates_are_one_matter(importer: Importer) -> None:
    report = importer.take(TRICKY / "boston311-100-20dupes-random.csv", BOSTON)
    assert (report["lines"], report["matters"], report["bad"]) == (100, 80, [])


def test_day_first_dates_need_their_form(importer: Importer) -> None:
    file = TRICKY / "boston311-dmy-100.csv"
    assert len(importer.take(file, BOSTON)["bad"]) == 100
    report = importer.take(file, boston(importer, dates='"%d/%m/%Y %H:%M:%S"'))
    assert (report["imported"], importer.total("--at", "2022-01-20T12:00-05:00")["with_due"]) == (100, 87)


def test_days_without_a_time_end_at_midnight(importer: Importer) -> None:
    report = importer.take(TRICKY / "boston311-100-notime.csv", boston(importer, dates='"%Y-%m-%d"'))
    total = importer.total()
    assert (report["imported"], total["kept"] + total["late"] + total["open_overdue"]) == (
        100,
        total["with_due"],
    )


def test_ragged_rows_are_named_and_stop_the_import(importer: Importer) -> None:
    report = importer.take(TRICKY / "boston311-100-bad.tsv", BOSTON)
    assert (report["exit"], report["recorded"], importer.total()["matters"]) == (1, False, 0)
    assert all("fields where the header has 29" in bad["reason"] for bad in report["bad"])


def test_good_rows_come_in_when_told_so(importer: Importer) -> None:
    report = importer.take(TRICKY / "boston311-100-bad.tsv", BOSTON, "--good-rows")
    assert report["exit"] == 0
    assert report["imported"] == importer.total()["matters"] == report["lines"] - len(report["bad"]) > 0


@pytest.mark.parametrize(
    ("name", "number", "received", "dates", "count"),
    [
        ("FCOServices_TransparencySpend_May2011.csv", "Transaction Number", "Payment Date", "%d-%b-%y", 4),
        ("spendover25kdownloadSep.csv", "Transaction No", "Date of Payment", "%d-%b-%y", None),
        ("data1962.csv", "year", "year", "%Y", 24),
        ("snifftest.csv", "h1", "h2", "%d", None),
        ("utf8-japanesedata.csv", "番号", "上", "%d", None),
        (
            "Inpatients_MHA_Machine_readable_dataset_1011.csv",
            "Organisation_code",
            "Reporting_period",
            "%Y",
            None,
        ),
        ("adur-public-toilets.csv", "UPRN", "ExtractDate", "%d/%m/%Y", None),
        ("test_sniff_delimiter.csv", "field", "nullcount", "%d", None),
        ("inputcommenttest.csv", "column1", "column2", "%d", None),
        ("snifftest-flexible.csv", "h1", "h2", "%d", None),
    ],
)
def test_every_tricky_file_gives_rows_or_named_errors(
    importer: Importer, name: str, number: str, received: str, dates: str, count: int | None
) -> None:
    mapping = f'name: t\ncolumns: {{id: "{number}", received: "{received}"}}\ndates: ["{dates}"]\n'
    report = importer.take(TRICKY / name, mapping, "--dry-run")
    assert report["lines"] > 0
    assert report["matters"] + len(report["bad"]) > 0
    assert all(bad["reason"] and bad["line"] > 1 for bad in report["bad"])
    assert count is None or report["matters"] == count


def test_a_column_that_is_not_there_is_named_with_those_that_are(importer: Importer) -> None:
    told = importer.refusal(TRICKY / "snifftest.csv", BOSTON)
    assert "no line has the columns case_enquiry_id" in told
    assert "h1, h2, h3, h4" in told


@pytest.mark.parametrize(
    ("encoding", "words"),
    [("utf-8-sig", "衡器检定"), ("utf-16", "衡器检定"), ("gb18030", "衡器检定，请尽快"), ("cp1252", "Müller, Straße"),
     ("utf-16-le", "plain words")],
)  # fmt: skip
def test_encodings_are_recognised(importer: Importer, encoding: str, words: str) -> None:
    from shounuo.cases.models import Words

    file = importer.folder / "log.csv"
    file.write_bytes(f'id,opened,words\n1,2026-01-05,"{words}"\n'.encode(encoding))
    importer.take(file, "name: t\ncolumns: {id: id, received: opened, words: words}\n")
    assert Words.objects.get().text == words


def test_an_encoding_that_does_not_fit_is_one_line(importer: Importer) -> None:
    file = importer.folder / "log.csv"
    file.write_bytes(b"id,opened\n1,2026-01-05\n\xff,2026-01-05\n")
    assert "not utf-8" in importer.refusal(
        file, MAPPING.replace(", promised: due, completed: closed", "") + "encoding: utf-8\n"
    )


def test_semicolons_win_over_decimal_commas(importer: Importer) -> None:
    file = importer.folder / "log.csv"
    file.write_text(
        "id;opened;due;closed;a;b;c\n" + "1;2026-01-05;2026-01-07;2026-01-06;1,5,1;2,5,2;3,5,3\n", "utf-8"
    )
    assert importer.take(file)["imported"] == 1


def test_two_columns_of_one_name_are_told_apart(importer: Importer) -> None:
    file = importer.log(("1", "2026-01-05", "2026-01-09"), head=("ID", " Date ", "date"))
    importer.take(file, "name: t\ncolumns: {id: id, received: date, completed: 'Date#2'}\n")
    assert importer.total("--at", "2026-01-08")["open"] == 1


def workbook(folder: Path, *rows: tuple[object, ...]) -> Path:
    book = openpyxl.Workbook()
    for row in [HEAD, *rows]:
        book.active.append(row)
    for cell in book.active["C"][1:]:
        cell.number_format = numbers.FORMAT_DATE_YYYYMMDD2
    book.save(folder / "log.xlsx")
    return folder / "log.xlsx"


def test_a_workbook_with_real_dates_needs_no_form(importer: Importer) -> None:
    from datetime import datetime

    file = workbook(
        importer.folder, (7.0, datetime(2026, 1, 5, 9), datetime(2026, 1, 7), datetime(2026, 1, 7, 20))
    )
    importer.take(file, MAPPING + 'dates: ["%d/%m/%Y"]\n')
    assert importer.total()["kept"] == 1


def test_serial_day_numbers_are_read_where_the_mapping_says_so(importer: Importer) -> None:
    file = importer.log(
        ("1", "46027.375", "46029", "46029,9")
    )  # 2026-01-05 09:00, 2026-01-07, 2026-01-07 21:36
    importer.take(file, MAPPING + "dates: [excel]\n")
    assert importer.total()["kept"] == 1


def test_a_file_that_is_no_workbook_is_one_line(importer: Importer) -> None:
    (importer.folder / "log.xlsx").write_bytes(b"PK\x03\x04 nothing")
    assert "not an Excel workbook" in importer.refusal(importer.folder / "log.xlsx")


def test_a_workbook_bomb_is_refused_before_it_is_unpacked(importer: Importer) -> None:
    file = importer.folder / "log.xlsx"
    with (
        zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as packed,
        packed.open("xl/worksheets/sheet1.xml", "w") as out,
    ):
        for _ in range(300):
            out.write(bytes(1 << 20))
    assert file.stat().st_size < 1 << 20
    assert "larger than 256 MiB" in importer.refusal(file)


def test_a_workbook_of_nested_entities_is_refused(importer: Importer) -> None:
    good = workbook(importer.folder, ("1", "2026-01-05", "", ""))
    bomb = b'<!DOCTYPE x [<!ENTITY a "' + b"a" * 1000 + b'">' + b"".join(
        f'<!ENTITY {n} "{f"&{p};" * 20}">'.encode() for p, n in zip("abcdef", "bcdefg", strict=True)
    ) + b"]>"  # fmt: skip
    file = importer.folder / "bomb.xlsx"
    with zipfile.ZipFile(good) as old, zipfile.ZipFile(file, "w") as new:
        for one in old.namelist():
            text = old.read(one)
            new.writestr(one, bomb + text.replace(b">id<", b">&g;<") if one.endswith("sheet1.xml") else text)
    assert "not a readable Excel workbook" in importer.refusal(file)


def test_a_packed_line_without_end_is_refused(importer: Importer) -> None:
    file = importer.folder / "log.csv.gz"
    with gzip.open(file, "wb") as out:
        out.write(b"id,opened,due,closed\n" + b"x" * (9 << 20))
    assert "a line is longer than" in importer.refusal(file)


def test_a_cut_off_gzip_file_is_one_line(importer: Importer) -> None:
    packed = gzip.compress(b"id,opened,due,closed\n" + b"1,2026-01-05,,\n" * 5000)
    (importer.folder / "log.csv.gz").write_bytes(packed[: len(packed) // 2])
    assert "log.csv.gz" in importer.refusal(importer.folder / "log.csv.gz")


def test_a_field_of_a_million_characters_comes_in_and_a_longer_one_is_one_line(importer: Importer) -> None:
    from shounuo.cases.models import Words

    mapping = "name: t\ncolumns: {id: id, received: opened, words: words}\n"
    head = ("id", "opened", "words")
    importer.take(importer.log(("1", "2026-01-05", "字" * 1_000_000), head=head), mapping)
    assert len(Words.objects.get().text) == 1_000_000
    longer = importer.log(("2", "2026-01-05", "x" * (1 << 20 | 1)), head=head)
    assert "field larger than field limit" in importer.refusal(longer, mapping)


def test_formulas_markup_and_hidden_marks_are_only_words(importer: Importer) -> None:
    from shounuo.cases.models import Words
    from shounuo.ledger.models import Fact

    hostile = '=HYPERLINK("x")<script>alert(1)</script>\u202egnp\u200b\'); DROP TABLE ledger_fact;--'
    head = ("id", "opened", "words")
    importer.take(importer.log((hostile[:60], "2026-01-05", hostile), head=head),
                  "name: t\ncolumns: {id: id, received: opened, words: words}\n")  # fmt: skip
    assert Words.objects.get().text == hostile
    assert not [fact for fact in Fact.objects.filter(kind="received") if "script" in str(fact.data)]


def test_a_nul_character_is_a_bad_row(importer: Importer) -> None:
    report = importer.take(importer.log(ROW, ("2\0", *ROW[1:])), MAPPING, "--good-rows")
    assert [(bad["line"], bad["reason"]) for bad in report["bad"]] == [(3, "a NUL character")]
