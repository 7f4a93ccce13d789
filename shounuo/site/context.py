"""What every template may use."""

from typing import Any

from django.conf import settings
from django.http import HttpRequest

from shounuo.organisation.views.entry import actor_of


def house(request: HttpRequest) -> dict[str, Any]:
    """`demo` (demonstration mode) and `actor` (who is signed in, or None)."""
    return {"demo": settings.DEMO, "actor": actor_of(request)}
