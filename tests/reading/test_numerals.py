"""Numbers are read however a regulation prints them."""

import pytest

from shounuo.reading.lexicon.numerals import read, read_range

PRINTED = [
    ("3", 3), ("2.5", 2.5), ("1/2", 0.5), ("三", 3), ("两", 2), ("半", 0.5), ("十", 10), ("十五", 15), ("二十", 20),
    ("廿五", 25), ("卅", 30), ("〇", 0), ("二〇", 20), ("一百二十", 120), ("一百零五", 105), ("叁拾", 30),
    ("二分之一", 0.5), ("一万二千", 12000), ("贰", 2),
]  # fmt: skip


@pytest.mark.parametrize(("printed", "number"), PRINTED)
def test_a_printed_number_is_read(printed: str, number: float) -> None:
    assert read(printed) == number


@pytest.mark.parametrize(
    ("printed", "ends"), [("三五", (3, 5)), ("两三", (2, 3)), ("七八", (7, 8)), ("五", (5, 5))]
)
def test_a_pair_of_digits_is_a_range(printed: str, ends: tuple[float, float]) -> None:
    assert read_range(printed) == ends


@pytest.mark.parametrize("printed", ["", "若干", "数"])
def test_what_is_no_number_is_refused(printed: str) -> None:
    with pytest.raises(ValueError, match="is no number"):
        read(printed)
