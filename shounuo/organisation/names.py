"""The people behind opaque actor ids, for pages."""

from collections.abc import Iterable

from shounuo.organisation.models import Person


def names_of(actors: Iterable[str]) -> dict[str, str]:
    """Actor id -> name in the reader's language; those without a person are left out. One query at most."""
    wanted = {actor for actor in actors if actor}
    if not wanted:
        return {}
    people = Person.objects.filter(account__actor__in=wanted).select_related("account")
    return {person.account.actor: person.name for person in people if person.account}
