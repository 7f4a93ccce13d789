"""What a regulation leaves open: the list, and deciding one of them."""

from collections.abc import Mapping
from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from shounuo.ledger.actions import Conflict
from shounuo.ledger.moments import civil
from shounuo.organisation.access import Actor
from shounuo.organisation.actions import Stamp
from shounuo.organisation.views.entry import staff_page
from shounuo.regulations import access, actions
from shounuo.regulations.forms import DecisionForm
from shounuo.regulations.history import decisions_of, told_of
from shounuo.regulations.rule_wording import setting_words
from shounuo.regulations.sheet import cited_each, opened, options_of
from shounuo.regulations.typed import grid_of
from shounuo.regulations.views.sight import Sight, changed_meanwhile, sight_of
from shounuo.regulations.wording import said
from shounuo.rules.shapes import Setting

A_PAGE = 30


@require_safe
@staff_page
def settings(request: HttpRequest, actor: Actor, adoption: int) -> HttpResponse:
    """Every setting, the undecided ones first."""
    here = sight_of(actor, adoption)
    settings_ = here.pack.settings
    labels = cited_each(here.pack, dict.fromkeys(key for one in settings_.values() for key in one.clauses))
    listed: list[dict[str, Any]] = [
        {"open": one, "clauses": _clauses(settings_[one.key], labels), "settles": settings_[one.key].settles}
        for one in opened(here.edition, here.pack.settings, here.today)
    ]
    undecided = [one for one in listed if not one["open"].decided]
    page = {
        "here": here,
        "now": civil(here.now),
        "undecided": undecided,
        "decided": [one for one in listed if one["open"].decided],
        "total": len(listed),
        "may_decide": access.may(actor, "decide_setting", here.organisation),
    }
    return render(request, "regulations/settings.html", page)


@require_safe
@staff_page
def decisions(request: HttpRequest, actor: Actor, adoption: int) -> HttpResponse:
    """Everything that was decided about this regulation, the latest first."""
    here = sight_of(actor, adoption)
    page = Paginator(told_of(here.organisation, here.pack), A_PAGE).get_page(request.GET.get("page"))
    return render(request, "regulations/decisions.html", {"here": here, "now": civil(here.now), "page": page})


def _clauses(setting: Setting, labels: Mapping[str, str]) -> list[dict[str, str]]:
    return [{"key": one, "label": labels[one]} for one in setting.clauses]


@require_http_methods(["GET", "HEAD", "POST"])
@staff_page
def setting(request: HttpRequest, actor: Actor, adoption: int, key: str) -> HttpResponse:
    """One setting: the question, how it stands, who decided what, and the form for those who may decide."""
    here = sight_of(actor, adoption)
    asked = here.pack.settings.get(key)
    if asked is None:
        raise Http404
    if not access.may(actor, "decide_setting", here.organisation):
        return _show(request, here, key, None, status=403 if request.method == "POST" else 200)
    form = DecisionForm(
        asked, key, here.edition, here.today, request.POST if request.method == "POST" else None
    )
    if request.method != "POST" or not form.is_valid():
        return _show(request, here, key, form, status=422 if form.errors else 200)
    return _decide(request, here, key, form)


def _decide(request: HttpRequest, here: Sight, key: str, form: DecisionForm) -> HttpResponse:
    said_, stamp = form.cleaned_data, Stamp(here.actor.actor_id, timezone.now())
    try:
        actions.decide_setting(
            here.organisation,
            here.adoption,
            key,
            said_["decided"],
            said_["from_date"],
            stamp,
            said_["document"],
            said_["reason"],
        )
    except actions.Refused as refused:
        form.add_error(refused.field if refused.field in form.fields else None, str(refused))
        return _show(request, here, key, form, status=422)
    except Conflict:
        return changed_meanwhile(request)
    title = said(here.pack.settings[key].title)
    messages.success(
        request, _("“%(title)s”已经决定，自 %(day)s 起算。") % {"title": title, "day": said_["from_date"]}
    )
    return redirect("setting", here.adoption.pk, key)


def _show(
    request: HttpRequest, here: Sight, key: str, form: DecisionForm | None, status: int = 200
) -> HttpResponse:
    asked = here.pack.settings[key]
    keys = list(here.pack.settings)
    place = keys.index(key)
    now_open = opened(here.edition, [key], here.today)[0]
    page: dict[str, Any] = {
        "here": here,
        "now": civil(here.now),
        "key": key,
        "setting": {"title": said(asked.title), "question": said(asked.question), "source": said(asked.source),
                    "type": asked.type, "settles": asked.settles, "options": options_of(asked)},
        "open": now_open,
        "default": setting_words(asked, asked.default),
        "grid": grid_of(asked, here.edition.setting(key, here.today)),
        "decided": now_open.decided,
        "clauses": _clauses(asked, cited_each(here.pack, asked.clauses)),
        "history": decisions_of(here.organisation, here.pack, key),
        "form": form,
        "refused": status == 403,
        "before": keys[place - 1] if place else "",
        "after": keys[place + 1] if place + 1 < len(keys) else "",
    }  # fmt: skip
    return render(request, "regulations/setting.html", page, status=status)
