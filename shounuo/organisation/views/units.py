"""The tree of units with posts and holders, and everything an administrator does to it."""

from collections import defaultdict
from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy
from django.views.decorators.http import require_http_methods, require_safe

from shounuo.ledger.moments import day_of
from shounuo.organisation.access import Actor, may
from shounuo.organisation.forms import units as forms
from shounuo.organisation.models import Appointment, Post, Unit
from shounuo.organisation.readiness import lacks
from shounuo.organisation.roles import ROLES
from shounuo.organisation.views.entry import staff_page
from shounuo.organisation.views.sight import done, house_of, need, page, unit_or_404


@dataclass(frozen=True, slots=True)
class Verb:
    """A change by a form: its name, what it does, the right it needs."""

    title: str | Promise
    does: str | Promise
    right: str
    form: Any


UNIT_VERBS = {
    "found": Verb(lazy("设立下级部门"), lazy("在这里下面设一个科室或窗口。"), "found_unit", forms.FoundForm),
    "change": Verb(lazy("修改"), lazy("改名称、联系方式、分管领导。"), "change_unit", forms.ChangeForm),
    "move": Verb(lazy("移动"), lazy("连同下级移到别处；事项和记录都跟着走。"), "move_unit", forms.MoveForm),
    "close": Verb(
        lazy("撤销"), lazy("部门和它的岗位从某一天起不再使用。"), "close_unit", forms.CloseUnitForm
    ),
    "post": Verb(
        lazy("设立岗位"), lazy("岗位带着角色；任命到岗位的人就有这些角色。"), "change_posts", forms.PostForm
    ),
}
POST_VERBS = {
    "change": Verb(lazy("修改岗位"), lazy("改了角色，现任的人马上生效。"), "change_posts", forms.PostForm),
    "close": Verb(lazy("撤销岗位"), lazy("从某一天起不能再任命。"), "change_posts", forms.ClosePostForm),
}


@require_safe
@staff_page
def units(request: HttpRequest, actor: Actor) -> HttpResponse:
    """All units with posts and holders; what is still missing, for who can mend it."""
    house, now = house_of(actor), timezone.now()
    found = list(Unit.objects.within(house).order_by("path"))
    shown = [one for one in found if "closed" in request.GET or _open(one)]
    context = {
        "tab": "units",
        "rows": _rows(shown),
        "closed": len([one for one in found if not _open(one)]),
        "with_closed": "closed" in request.GET,
        "may_found": may(actor, "found_unit", house),
        "lacks": lacks(house, now) if may(actor, "found_unit", house) else [],
    }
    return page(request, actor, "units", context)


def _open(unit: Unit) -> bool:
    return unit.open_on(day_of(timezone.now()))


def _rows(found: list[Unit]) -> list[dict[str, Any]]:
    posts = _posts(found)
    depth = min((one.path.count("/") for one in found), default=1)
    return [
        {"unit": one, "deep": min(one.path.count("/") - depth, 4), "posts": posts[one.pk], "open": _open(one)}
        for one in found
    ]


def _posts(found: list[Unit]) -> dict[int, list[dict[str, Any]]]:
    """Open posts by unit, each with who holds it today."""
    now = timezone.now()
    holders: dict[int, list[Appointment]] = defaultdict(list)
    for held in Appointment.objects.at(now).filter(post__unit__in=found).select_related("person"):
        holders[held.post_id].append(held)
    rows: dict[int, list[dict[str, Any]]] = defaultdict(list)
    for post in Post.objects.filter(unit__in=found).order_by("pk"):
        if post.open_on(day_of(now)):
            roles = [ROLES[role].title for role in post.roles if role in ROLES]
            rows[post.unit_id].append({"post": post, "held": holders[post.pk], "roles": roles})
    return rows


@require_safe
@staff_page
def unit(request: HttpRequest, actor: Actor, pk: int) -> HttpResponse:
    """One unit: particulars, posts, what can be changed."""
    here = unit_or_404(actor, pk)
    verbs = [
        {"key": key, "verb": verb}
        for key, verb in UNIT_VERBS.items()
        if may(actor, verb.right, here) and here.closed_on is None and _fits(key, here)
    ]
    context = {
        "tab": "units",
        "unit": here,
        "above": [one for one in here.upwards() if one.pk != here.pk][::-1],
        "below": here.children.order_by("path"),
        "posts": _posts([here])[here.pk],
        "verbs": verbs,
        "may_posts": may(actor, "change_posts", here),
    }
    return page(request, actor, "unit", context)


def _fits(key: str, here: Unit) -> bool:
    """An organisation is neither moved nor closed here."""
    return here.kind != Unit.Kind.ORGANISATION or key not in ("move", "close")


@require_http_methods(["GET", "HEAD", "POST"])
@staff_page
def unit_verb(request: HttpRequest, actor: Actor, pk: int, verb: str) -> HttpResponse:
    """One change of a unit."""
    here = unit_or_404(actor, pk)
    if verb not in UNIT_VERBS or not _fits(verb, here):
        raise Http404
    return _change(request, actor, here, UNIT_VERBS[verb])


@require_http_methods(["GET", "HEAD", "POST"])
@staff_page
def post_verb(request: HttpRequest, actor: Actor, pk: int, verb: str) -> HttpResponse:
    """One change of a post."""
    post = Post.objects.filter(pk=pk).select_related("unit__organisation").first()
    if post is None or verb not in POST_VERBS:
        raise Http404
    return _change(request, actor, unit_or_404(actor, post.unit_id), POST_VERBS[verb], post=post)


def _change(request: HttpRequest, actor: Actor, here: Unit, verb: Verb, **more: Any) -> HttpResponse:
    need(actor, verb.right, here)
    today = day_of(timezone.now())
    form = verb.form(here, today, request.POST if request.method == "POST" else None, **more)
    if request.method == "POST" and form.is_valid():
        fine, there = done(form, lambda stamp: form.act(stamp, here), actor)
        if fine:
            messages.success(request, _("已记下：%(verb)s") % {"verb": verb.title})
            return redirect("organisation-unit", there.pk)
    context = {"tab": "units", "form": form, "verb": verb, "unit": here, **more}
    return page(request, actor, "change", context, status=422 if request.method == "POST" else 200)
