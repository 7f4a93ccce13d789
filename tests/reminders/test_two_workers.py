"""Workers that sweep, consume and climb at the same moment: nobody is told twice."""

from typing import Any

import pytest

from shounuo.reminders.models import Climb, Reminder
from shounuo.site import loops
from tests.outbox.test_two_workers import at_once
from tests.reminders.conftest import Hall, at

pytestmark = [pytest.mark.postgresql, pytest.mark.django_db(transaction=True)]


def test_four_workers_tell_each_person_once(hall: Hall, case: Any) -> None:
    others = [hall.in_hand("2026-03-02 09:00") for _more in range(12)]
    from shounuo.cases import actions

    for one in others:
        actions.mark_complete(hall.on(one.stream, "wang", "2026-03-02 10:00"))
    moment = at("2026-03-09 17:30")

    def work(_n: int) -> None:
        for loop in (loops.sweep, loops.consume, loops.climb) * 3:
            loop(moment)

    at_once(4, work)
    work(0)
    told = list(Reminder.objects.filter(rule="handle-in-time").values_list("kind", "person", "stream"))
    assert len(told) == len(set(told)) == 13 * 3
    assert not Climb.objects.filter(done_at=None, look_at__lte=moment).exists()
