"""Who may do what at the desk, from the table that the house itself uses."""

from typing import Any

import pytest

from shounuo.cases import access, permission
from shounuo.cases.actions.standing import stand
from shounuo.cases.forms import FORMS
from shounuo.cases.models import Case
from shounuo.cases.receipts import secret_of
from tests.cases.conftest import Hall, at
from tests.cases.desk import Desk, desk
from tests.cases.verb_table import DONE
from tests.conftest import CAST

__all__ = ["desk"]


@pytest.mark.parametrize("verb", DONE)
def test_a_page_opens_for_whom_the_table_names_and_nobody_else(desk: Desk, hall: Hall, verb: str) -> None:
    case = DONE[verb][1](hall)
    found = {who: desk.ask(who, case, verb).status_code for who in CAST}
    assert found == {who: expected(hall, case, verb, who) for who in CAST}
    assert set(found.values()) >= {200, 403}


def expected(hall: Hall, case: Case, verb: str, who: str) -> int:
    actor = hall.cast.actor(who)
    if access.find(actor, case.number) is None:
        return 404
    return (
        403
        if permission.not_yours(actor, verb, case, stand(case.stream, at("2026-09-28 11:00:00")).facts)
        else 200
    )


@pytest.mark.parametrize(
    ("who", "shown"), [("zhou", True), ("wang", False), ("chen", False), ("zheng", False)]
)
def test_only_who_hands_out_the_receipt_reads_its_secret(
    desk: Desk, hall: Hall, who: str, shown: bool
) -> None:
    case = hall.in_hand("2026-09-28 09:10:00")
    page = desk.get(who, f"/desk/matters/{case.number}/receipt/")
    assert page.status_code == 200
    assert (secret_of(case.stream) in page.content.decode()) is shown


@pytest.mark.parametrize("verb", sorted(FORMS))
def test_the_auditor_sees_and_changes_nothing(desk: Desk, hall: Hall, verb: str) -> None:
    made: Any = DONE.get(verb, ("", None))[1]
    case = made(hall) if made else hall.in_hand("2026-09-28 09:10:00")
    assert desk.get("zheng", f"/desk/matters/{case.number}/").status_code == 200
    assert desk.do("zheng", case, verb).status_code in (403, 409)
