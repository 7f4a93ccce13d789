"""Appointing somebody to a post: which, and beside whom."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from django import forms
from django.db.models import Q
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy

from shounuo.organisation.forms.fields import Asking
from shounuo.organisation.forms.units import PostChoice
from shounuo.organisation.models import Appointment, Person, Post, Unit

ONE_HOLDER = frozenset({Post.Rank.LEADERSHIP, Post.Rank.SECTION_HEAD})
"""Ranks of posts that one person holds: a second one is appointed knowingly."""
STILL_HELD = lazy(
    "“%(post)s”这段时间由 %(names)s 任职。接任的，请先在现任者的页面免去任职；确要同时任职的，请勾选确认。"
)


def open_posts(house: Unit, today: date) -> Any:
    """The posts of a house that may be filled."""
    inside = Post.objects.filter(unit__path__startswith=house.path).select_related("unit")
    return inside.exclude(closed_on__lte=today).order_by("unit__path", "pk")


def holding(since: date, until: date | None = None) -> Any:
    """The appointments that reach into these days; with their people."""
    there = Appointment.objects.filter(Q(to_date__isnull=True) | Q(to_date__gt=since))
    there = there.filter(from_date__lt=until) if until else there
    return there.select_related("person").order_by("from_date", "pk")


class HeldPostChoice(PostChoice):
    """A post with its unit and with whoever holds it."""

    def offer(self, house: Unit, today: date) -> None:
        """The open posts of a house."""
        self.queryset = open_posts(house, today)
        self.held: dict[int, list[str]] = {}
        for one in holding(today).filter(post__unit__path__startswith=house.path):
            self.held.setdefault(one.post_id, []).append(one.person.name)

    def label_from_instance(self, obj: Any) -> str:
        label = super().label_from_instance(obj)
        names = _("、").join(dict.fromkeys(self.held.get(obj.pk, ())))
        return _("%(post)s（现任：%(names)s）") % {"post": label, "names": names} if names else label


class AppointingForm(Asking):
    """A form that appoints; a second leader of the same unit is asked about once more."""

    beside = forms.CharField(
        label=lazy("确认与现任者同时任这个岗位"), required=False, widget=forms.HiddenInput
    )
    """The id of the post for which it is confirmed, so that it holds for no other that is chosen afterwards."""
    person: Person | None = None

    def offer_posts(self, house: Unit, today: date) -> None:
        """Fill the choice of posts."""
        field = self.fields["post"]
        assert isinstance(field, HeldPostChoice)
        field.offer(house, today)

    def clean(self) -> dict[str, Any]:
        """Nobody becomes the second holder of a leading post by one press."""
        cleaned: dict[str, Any] = super().clean() or {}
        post, since = cleaned.get("post"), cleaned.get("from_date")
        beside = cleaned.pop("beside", "")
        names = self._holders(post, since, cleaned.get("to_date")) if post and since else []
        if post and names:
            self._ask(post, names, beside == str(post.pk))
        return cleaned

    def _ask(self, post: Post, names: Sequence[str], confirmed: bool) -> None:
        """Show the box to tick; one that was ticked for this very post stays ticked."""
        self.fields["beside"].widget = forms.CheckboxInput({} if confirmed else {"value": post.pk})
        if not confirmed:
            self.data = {key: self.data[key] for key in self.data if key != "beside"}
            self.add_error("beside", STILL_HELD % {"post": post.title, "names": _("、").join(names)})

    def _holders(self, post: Post, since: date, until: date | None) -> Sequence[str]:
        if post.rank not in ONE_HOLDER:
            return []
        others = holding(since, until).filter(post=post).exclude(person=self.person)
        return list(dict.fromkeys(one.person.name for one in others))
