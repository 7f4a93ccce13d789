"""Where a matter lies that was taken in at the desk and is nobody's by its service: with the section of whoever took
it in, so that the colleagues at the counter and their head see it.
"""

from datetime import datetime

from shounuo.cases.access import GRANTS
from shounuo.organisation.models import Appointment, Unit


def section_of(staff: str, organisation: int, at: datetime) -> Unit | None:
    """The section in which an actor holds a post that registers, that of a first-asked clerk before others; the
    section above where the post is in a window. None for who works in no section.
    """
    held = Appointment.objects.at(at).filter(
        person__account__actor=staff, post__unit__organisation=organisation
    )
    posts = [one.post for one in held.select_related("post__unit").order_by("from_date", "pk")]
    able = [post for post in posts if GRANTS["register"] & set(post.roles)]
    for post in sorted(able, key=lambda post: "first_asked_clerk" not in post.roles):
        if section := _section(post.unit):
            return section
    return None


def _section(unit: Unit) -> Unit | None:
    if unit.kind == Unit.Kind.SECTION:
        return unit
    return next((one for one in unit.upwards() if one.kind == Unit.Kind.SECTION), None)
