"""The data of a fact is of the types its kind names."""

from typing import Any

import pytest

from shounuo.rules.facts import data_faults

WRONG: list[tuple[str, dict[str, Any]]] = [
    ("rated", {"level": "5"}), ("rated", {"level": True}), ("date_promised", {"date": "soon"}), ("date_promised", {"date": 20260301}),  # noqa: E501
    ("appointed", {"date": "2026-03-01"}), ("received", {"kind": ""}), ("received", {"kind": "two words"}),
    ("received", {"kind": "enquiry", "urgent": "yes"}), ("notice_issued", {"form": "written", "materials": "licence"}),
    ("notice_issued", {"form": "written", "materials": [1]}), ("first_asked", {"person": None}), ("corrected", {"corrects": 0, "reason": "x"}),  # noqa: E501
    ("corrected", {"corrects": 1, "reason": "x", "data": []}), ("relayed", {"to": 7}), ("extension_granted", {"by_how_much": "1 day", "request": "2"}),  # noqa: E501
]  # fmt: skip
RIGHT: list[tuple[str, dict[str, Any]]] = [
    ("rated", {"level": 5}), ("date_promised", {"date": "2026-03-01", "moment": "2026-03-01T17:30:00"}),
    ("appointed", {"date": "2026-03-01T09:00"}), ("notice_issued", {"form": "oral", "materials": [], "call_note": False}),
    ("relayed", {"to": "市供水公司 客服"}), ("corrected", {"corrects": 2, "reason": "x", "data": {"place": "urban"}}),
]  # fmt: skip


@pytest.mark.parametrize(("kind", "data"), WRONG)
def test_a_value_of_another_type_is_named(kind: str, data: dict[str, Any]) -> None:
    assert any("is not a" in fault for fault in data_faults(kind, data))


@pytest.mark.parametrize(("kind", "data"), RIGHT)
def test_right_values_have_no_fault(kind: str, data: dict[str, Any]) -> None:
    assert data_faults(kind, data) == []
