"""A dump restored into a new cluster: numbers of the old cluster, far ahead of the new one's."""

import pytest
from django.core.exceptions import ImproperlyConfigured
from django.db import connection
from django.db.models import F

from shounuo.ledger import triggers
from shounuo.ledger.actions import hand_out
from shounuo.ledger.models import Cursor, Fact
from shounuo.ledger.restoring import adopt, foreign
from shounuo.ledger.verifying import verify
from shounuo.site.checks import assert_safe
from tests.conftest import drop_triggers
from tests.ledger.test_hand_out import note, taken

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.postgresql]


@pytest.fixture
def restored():
    """Three facts of an old cluster, of which the consumer had the first."""
    for name in "abc":
        note(name)
    assert taken(limit=1) == ["a"]
    drop_triggers()
    Fact.objects.update(txid=F("txid") + 50_000_000)
    Cursor.objects.update(txid=F("txid") + 50_000_000)
    triggers.install(connection)


def test_a_record_of_another_cluster_is_not_worked_on(restored):
    assert taken() == []
    with pytest.raises(ImproperlyConfigured, match="shounuo restored"):
        assert_safe(connection)


def test_once_adopted_nothing_is_lost_and_nothing_comes_twice(restored):
    assert adopt(connection) > 50_000_000
    note("d")
    assert taken() == ["b", "c", "d"]
    assert (verify().fault, triggers.missing(connection)) == (None, [])


def test_a_cluster_s_own_record_is_left_alone():
    note("a")
    assert not foreign(connection)
    assert adopt(connection) == 0
    assert hand_out("findings", lambda facts: None) == 1
