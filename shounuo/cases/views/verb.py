"""One page a verb: what it will do, what it asks, and the matter afterwards."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from django.contrib import messages
from django.forms import BoundField
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import pgettext
from django.views.decorators.http import require_http_methods

from shounuo.cases.access import NotYours
from shounuo.cases.actions import NotAllowed, On
from shounuo.cases.forms import FORMS, Sight, VerbForm
from shounuo.cases.forms.checked import Checked
from shounuo.cases.forms.places import place_of
from shounuo.cases.models import Case
from shounuo.cases.reasons import say
from shounuo.cases.rows import title_of
from shounuo.cases.telling import Told, timeline
from shounuo.cases.views.matter import why_not
from shounuo.cases.views.papers import letter
from shounuo.cases.views.sight import case_or_404, sight_of
from shounuo.cases.wording import VERBS, say_moment
from shounuo.ledger.actions import Conflict
from shounuo.ledger.moments import civil
from shounuo.organisation.access import Actor
from shounuo.organisation.actions import Stamp
from shounuo.organisation.views.entry import staff_page
from shounuo.regulations.wording import listed

ABOUT = {
    "grant_extension": "extension_requested",
    "refuse_extension": "extension_requested",
    "tell_extension": "extension_granted",
    "record_leader_decision": "referred_to_leader",
    "finish_study": "referred_for_study",
    "accept_hand_over": "handed_over",
    "take_up": "received",
    "answer": "received",
    "complete": "received",
    "restore": "received",
    "return_hand_over": "handed_over",
    "record_relay_answer": "relayed",
    "reopen": "disputed",
    "answer_dispute": "disputed",
    "contact_rater": "rated",
    "remedy": "rated",
    "appeal_rating": "rated",
    "decide_rating_appeal": "rating_appealed",
}
"""Verb -> the fact that whoever does it wants to read first."""
BY_ITSELF = frozenset({"warned"})
"""Facts that the passing of time records and that change nothing about a verb."""


@require_http_methods(["GET", "HEAD", "POST"])
@staff_page
def verb(request: HttpRequest, actor: Actor, number: str, verb: str) -> HttpResponse:
    """Ask for a verb, and do it."""
    form_class = FORMS.get(verb)
    case = case_or_404(actor, number)
    if form_class is None:
        raise Http404
    sight = sight_of(case, actor)
    form = form_class(sight, request.POST if request.method == "POST" else None)
    if request.method == "POST":
        return _posted(request, verb, form, sight)
    return _refused_or_form(request, verb, form, sight)


def _posted(request: HttpRequest, name: str, form: VerbForm, sight: Sight) -> HttpResponse:
    shown = _shown_version(request)
    if shown is not None and shown < sight.before.case.version and not _only_time_passed(sight, shown):
        return _conflict(request, name, form, sight, shown)
    if why_not(sight, name)[0] is not None:
        return _refused(request, name, sight)
    if not form.is_valid():
        return _form_page(request, name, form, sight, 422)
    if "preview" in request.POST:
        return _form_page(request, name, form, sight, 200)
    if isinstance(form, Checked) and "checked" not in request.POST and (advice := form.advice()):
        return _form_page(request, name, form, sight, 200, advice)
    return _do(request, name, form, sight)


def _do(request: HttpRequest, name: str, form: VerbForm, sight: Sight) -> HttpResponse:
    case = sight.before.case
    at = form.cleaned_data["at"] or sight.now
    stamp = Stamp(sight.actor.actor_id, at, sight.now, "" if at == sight.now else "back_dated")
    try:
        after = form.act(On(case.stream, sight.actor, stamp, case.version))
    except NotAllowed as refused:
        form.add_error(place_of(refused.why, form), say(refused.why, civil(sight.now).year))
        return _form_page(request, name, form, sight, 422)
    except NotYours:
        return _refused(request, name, sight_of(case, sight.actor))
    except Conflict:
        fresh = sight_of(case, sight.actor)
        return _conflict(request, name, form, fresh, case.version)
    messages.success(request, _done(name, sight.before.case, after, sight.now))
    if name == "issue_notice" and request.POST.get("form") == "written":
        return redirect("desk-notice", after.number, after.notices.order_by("-seq")[0].seq)
    return redirect("desk-matter", after.number)


def _done(name: str, before: Case, after: Case, now: datetime) -> str:
    """What was done, and the due instant when it moved."""
    said = _("已记下：%(verb)s。") % {"verb": VERBS[name].title}
    if after.due_at and after.due_at != before.due_at:
        due = civil(after.due_at)
        said += _("现在的到期时间是 %(due)s。") % {"due": say_moment(due, civil(now).year)}
    return said


def _shown_version(request: HttpRequest) -> int | None:
    shown = request.POST.get("version", "")
    return int(shown) if shown.isascii() and shown.isdigit() and len(shown) < 10 else None


def _only_time_passed(sight: Sight, shown: int) -> bool:
    return all(f.kind in BY_ITSELF for f in sight.before.facts if f.seq > shown)


def _refused_or_form(request: HttpRequest, name: str, form: VerbForm, sight: Sight) -> HttpResponse:
    if why_not(sight, name)[0] is not None:
        return _refused(request, name, sight)
    return _form_page(request, name, form, sight, 200)


def _refused(request: HttpRequest, name: str, sight: Sight) -> HttpResponse:
    """403 when the verb is somebody else's, 409 when it cannot be done now."""
    allowed = sight.before.judged.verbs[name].allowed
    page = _page(name, sight) | {"why": why_not(sight, name)[0]}
    return render(request, "cases/refused.html", page, status=403 if allowed else 409)


def _form_page(
    request: HttpRequest, name: str, form: VerbForm, sight: Sight, status: int, advice: Sequence[str] = ()
) -> HttpResponse:
    page = _page(name, sight) | {
        "form": form,
        "warns": say(why_not(sight, name)[1], civil(sight.now).year),
        "advice": advice,
    }
    page["about"] = _about(name, sight)
    if name == "issue_notice":
        page["can_preview"] = True
        if "preview" in request.POST and form.is_valid():
            page["letter"] = letter(sight, form.decided())  # type: ignore[attr-defined]
    return render(request, "cases/verb.html", page, status=status)


def _about(name: str, sight: Sight) -> list[Told]:
    facts = [f for f in sight.before.facts if f.kind == ABOUT.get(name)][-1:]
    words = sight.before.case.words.filter(seq__in=[f.seq for f in facts])
    return timeline(facts, words, [], sight.context)


def _conflict(request: HttpRequest, name: str, form: VerbForm, sight: Sight, shown: int) -> HttpResponse:
    """What happened meanwhile, and the form with what was typed, to be sent again knowingly."""
    words = list(sight.before.case.words.filter(seq__gt=shown))
    since = timeline([f for f in sight.before.facts if f.seq > shown], words, [], sight.context)
    again = request.POST.copy()
    again["version"] = str(sight.before.case.version)
    refused, warns = why_not(sight, name)
    page = _page(name, sight) | {
        "since": since, "form": FORMS[name](sight, again), "why": refused, "warns": say(warns, civil(sight.now).year),
        "typed": _typed(FORMS[name](sight, again)),
    }  # fmt: skip
    return render(request, "cases/conflict.html", page, status=409)


def _typed(form: VerbForm) -> list[tuple[str, str]]:
    """What would otherwise be lost when the verb is no longer possible: each field by its label, codes in words."""
    found = [(str(field.label), _in_words(field)) for field in form.visible_fields()]
    return [(label, said) for label, said in found if said]


def _in_words(field: BoundField) -> str:
    """A field's value as the page showed it."""
    value = field.value()
    if isinstance(value, bool) or value in (None, ""):
        return str(pgettext("ticked", "是")) if value else ""
    choices = {str(code): str(words) for code, words in getattr(field.field, "choices", ())}
    said = value if isinstance(value, list | tuple) else [value]
    return listed(choices.get(str(one), str(one)) for one in said)


def _page(name: str, sight: Sight) -> dict[str, Any]:
    case = sight.before.case
    request = case.words.filter(label="request").first()
    return {
        "case": case, "verb": VERBS[name], "name": name, "now": civil(sight.now),
        "title": title_of(case, sight.before.edition, request.text if request else ""),
    }  # fmt: skip
