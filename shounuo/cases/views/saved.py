"""Keeping a set of filters by name, and forgetting it."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from shounuo.cases.actions.keeping import TooMany, drop_filter, keep_filter
from shounuo.cases.forms.filters import KeepForm
from shounuo.cases.saved import MOST
from shounuo.organisation.access import Actor
from shounuo.organisation.views.entry import staff_page

SHOWN = 200
"""How much of a name that is too long is said again, to be shortened."""


@require_POST
@staff_page
def keep(request: HttpRequest, actor: Actor) -> HttpResponse:
    """Keep what the list is filtered by."""
    form = KeepForm(request.POST)
    query = request.POST.get("query", "")[:1000]
    if not form.is_valid():
        typed = request.POST.get("name", "").strip()[:SHOWN]
        told = (
            _("请写一个名称，最多 40 个字；您写的是“%(name)s”。")
            if typed
            else _("请写一个名称，最多 40 个字。")
        )
        messages.error(request, told % {"name": typed})
    else:
        try:
            keep_filter(actor.actor_id, form.cleaned_data["name"], query)
        except TooMany:
            messages.error(request, _("最多保存 %(n)s 组筛选，请先删掉不用的。") % {"n": MOST})
        else:
            messages.success(request, _("已保存筛选“%(name)s”。") % {"name": form.cleaned_data["name"]})
    return redirect(f"{reverse('desk-matters')}?{query}")


@require_POST
@staff_page
def drop(request: HttpRequest, actor: Actor, pk: int) -> HttpResponse:
    """Forget one."""
    drop_filter(actor.actor_id, pk)
    return redirect("desk-matters")
