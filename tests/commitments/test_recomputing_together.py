"""Several workers and a clerk at once, on PostgreSQL: every due moves exactly once."""

from concurrent.futures import ThreadPoolExecutor
from typing import Any
from uuid import uuid4

import pytest
from django.db import connection

from shounuo.cases import actions
from shounuo.cases.rebuilding import differences
from shounuo.ledger.actions import Conflict
from shounuo.regulations.models import Recomputation
from tests.cases.conftest import Hall, at
from tests.commitments.recomputing_scene import close, moves_of, run

pytestmark = [pytest.mark.postgresql, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def busy(transactional_db: None, bureau_pack: Any) -> Hall:
    """The hall with tables that threads can see."""
    from shounuo.organisation.actions import Stamp
    from tests.conftest import FOUNDED, make_cast

    return Hall(make_cast(Stamp("", FOUNDED, marks="demo")), bureau_pack)


def test_three_workers_and_a_clerk_move_every_due_exactly_once(busy: Hall) -> None:
    cases = []
    for _ in range(12):
        case = busy.in_hand("2026-03-02 09:00")
        cases.append(actions.mark_complete(busy.on(case.stream, "wang", "2026-03-02 10:00")))
    close(busy, "2026-03-05", "2026-03-03 09:00")

    def work(_n: int) -> None:
        worker = uuid4()
        try:
            for second in range(6, 30):
                run(f"2026-03-03 09:{second:02}:00", worker, size=2, batches=2)
        finally:
            connection.close()

    def clerk(_n: int) -> None:
        try:
            for case in cases[::3]:
                try:
                    actions.complete(busy.on(case.stream, "wang", "2026-03-03 09:30:00"), "已检定")
                except Conflict:
                    continue
        finally:
            connection.close()

    with ThreadPoolExecutor(4) as pool:
        for done in [*(pool.submit(work, n) for n in range(3)), pool.submit(clerk, 3)]:
            done.result()
    run("2026-03-03 11:00")
    assert [len(moves_of(case.stream)) for case in cases] == [1] * len(cases)
    assert Recomputation.objects.get().state == "done"
    assert at("2026-03-03 11:00") and list(differences()) == []
