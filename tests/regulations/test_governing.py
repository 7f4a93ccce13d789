"""The quick question that every intake asks answers what `Adoption.objects.in_force` does."""

from datetime import UTC, date, datetime, timedelta

import pytest

from shounuo.regulations.editions import NotAdopted, governing
from shounuo.regulations.models import Adoption
from tests.regulations.test_adopting import second

CHANGE = date(2026, 12, 1)


@pytest.mark.parametrize("days", [-400, -1, 0, 1, 400])
def test_the_adoption_that_governs_is_the_one_in_force(hall, bureau_pack, days):
    second(hall, bureau_pack, CHANGE)
    at = datetime(2026, 12, 1, 4, 0, tzinfo=UTC) + timedelta(days=days)
    wanted = Adoption.objects.in_force(hall.cast.house.pk, at.date())
    if wanted is None:
        with pytest.raises(NotAdopted):
            governing(hall.cast.house.pk, at)
    else:
        assert governing(hall.cast.house.pk, at)[0] == wanted.pk
