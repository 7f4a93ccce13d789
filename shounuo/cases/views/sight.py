"""A matter as its pages see it: found by access, judged now, with the words to tell it."""

from django.http import Http404
from django.utils import timezone

from shounuo.cases import access
from shounuo.cases.actions import stand
from shounuo.cases.forms import Sight
from shounuo.cases.models import Case
from shounuo.cases.telling import context_of
from shounuo.organisation.access import Actor


def case_or_404(actor: Actor, number: str) -> Case:
    """The matter with this number; "not found" and "not yours" answer alike."""
    case = access.find(actor, number)
    if case is None:
        raise Http404
    return case


def sight_of(case: Case, actor: Actor) -> Sight:
    """The matter judged at this moment."""
    now = timezone.now()
    before = stand(case.stream, now)
    seen = access.sees_rating(actor, before.case)
    return Sight(before, context_of(before.case, before.edition, before.facts, seen), actor, now)
