"""Repairs: on site, and restored. Both moments may be entered later than they happened."""

from shounuo.cases.actions.verbs import On, do
from shounuo.cases.models import Case


def arrive(on: On) -> Case:
    """The team is on site; the promise of arrival is met, that of restoration begins where the rule says so."""
    return do(on, "arrive", "arrived")


def restore(on: On, words: str) -> Case:
    """Restored, also from afar without a visit; that ends a repair."""
    return do(on, "restore", "restored", {"answer": words})
