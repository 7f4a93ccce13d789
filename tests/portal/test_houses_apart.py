"""The portal of an organisation shows nothing of an organisation below it."""

from collections.abc import Callable
from datetime import date, datetime

import pytest

from shounuo.cases.actions import Asking, take_in
from shounuo.cases.models import Case
from shounuo.cases.receipts import secret_of
from shounuo.organisation.actions import Stamp, found_unit
from shounuo.regulations.actions import adopt
from shounuo.rules.shapes import Pack
from tests.cases.conftest import Hall, at
from tests.portal.conftest import Visitor

pytestmark = pytest.mark.django_db


@pytest.fixture
def below(hall: Hall, bureau_pack: Pack) -> Case:
    """A matter of an organisation whose path begins with that of the hall."""
    stamp = Stamp(hall.cast.id("sun"), at("2026-01-06 09:00"))
    town = found_unit(stamp, code="town", name_zh="青溪镇服务站", name_en="Qingxi Town Station", kind="organisation",
                      parent=hall.cast.house)  # fmt: skip
    adopt(town, bureau_pack, date(2026, 1, 7), stamp)
    asking = Asking("enquiry", "window", "镇上的秤在哪里检？", "below-1")
    moment = at("2026-11-11 09:00")
    return Case.objects.get(stream=take_in(town, asking, Stamp("party", moment, moment), "test").stream)


def test_a_matter_below_cannot_be_opened_above(visitor: Visitor, below: Case) -> None:
    assert visitor.cannot_open(below.number, secret_of(below.stream)).status_code == 422
    assert visitor.client.get(f"/progress/{below.number}/").status_code == 302


def test_the_screen_above_counts_nothing_from_below(
    visitor: Visitor, below: Case, stand_at: Callable[[str], datetime]
) -> None:
    stand_at("2026-11-11 10:00:00")
    assert visitor.client.get("/wall/").context["today"].received == 0
