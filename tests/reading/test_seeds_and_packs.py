"""Every number that reading finds in the text of a seed regulation stands in its bundled pack, outside its clauses.

The seeds lie beside the repository where it is developed; without them there is nothing to hold the packs against.
"""

import json
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

import shounuo
from shounuo.reading.reading import Reading, read
from shounuo.rules.loading import load_pack

SEEDS = Path(__file__).resolve().parents[3] / "shared" / "seeds"
PACKS = Path(shounuo.__file__).parent / "packs"
ARTICLES = {
    ("000", ""): "life-oasis", ("003", "1"): "daqing-power-unit", ("003", "2"): "county-power",
    ("003", "3"): "cixian-power", ("003", "4"): "quality-bureau", ("003", "5"): "service-centre",
}  # fmt: skip
EXPECTED = {
    "life-oasis": set(), "daqing-power-unit": {"1", "2", "3", "5", "6", "25", "29"}, "county-power": {"1", "24"},
    "cixian-power": {"1", "24"}, "quality-bureau": {"2", "3", "7"}, "service-centre": {"2", "7"},
}  # fmt: skip
"""What the reading must at least find, so that an empty reading proves nothing."""
NUMBER = re.compile(r"\d+")


def seeds() -> list[tuple[Path, str, str]]:
    """(file, article, pack) of every seed that is here."""
    files = {path.name[:3]: path for path in sorted(SEEDS.glob("*.txt"))}
    return [(files[seed], article, pack) for (seed, article), pack in ARTICLES.items() if seed in files]


def numbers_read(reading: Reading, article: str) -> set[str]:
    """The numbers of limits, days, frequencies and thresholds of one article."""
    own = {clause.id for clause in reading.regulation.clauses if clause.article == article}
    return {number for clause, text in said(reading) if clause in own for number in NUMBER.findall(text)}


def said(reading: Reading) -> Iterator[tuple[str, str]]:
    found = reading.findings
    for limit in found.limits:
        if limit.value:
            yield limit.clause, f"{limit.value:g}"
    for duty in found.duties:
        often = [f"{n:g}" for n in (duty.least, duty.most) if n]
        yield duty.clause, " ".join([duty.recurrence, duty.day or "", *often])
    for one in found.consequences:
        if one.threshold:
            yield one.clause, one.threshold.text


def numbers_of(pack: str) -> set[str]:
    """The numbers of a pack's rules, settings, registers and arrangements; not those of its clauses."""
    data = load_pack(PACKS / pack).model_dump(mode="json")
    return set(NUMBER.findall(json.dumps({k: v for k, v in data.items() if k != "clauses"})))


@pytest.mark.parametrize(("file", "article", "pack"), seeds(), ids=lambda one: getattr(one, "name", one))
def test_every_number_of_the_text_stands_in_the_pack(file: Path, article: str, pack: str) -> None:
    read_in_text = numbers_read(read(file.read_bytes(), file.name), article)
    assert read_in_text >= EXPECTED[pack]
    assert read_in_text - numbers_of(pack) == set()


def test_a_number_that_is_in_no_rule_is_noticed() -> None:
    assert "7919" not in numbers_of("quality-bureau")
    assert {"2", "7"} <= numbers_of("quality-bureau")
