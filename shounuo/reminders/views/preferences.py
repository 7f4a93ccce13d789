"""How I want to be told."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from shounuo.organisation.access import Actor
from shounuo.organisation.views.entry import staff_page
from shounuo.reminders import access, actions
from shounuo.reminders.consuming import channels_here
from shounuo.reminders.forms import PreferenceForm


@require_http_methods(["GET", "HEAD", "POST"])
@staff_page
def preferences(request: HttpRequest, actor: Actor) -> HttpResponse:
    """My own preferences; an account without a person has none."""
    kept = access.preference_of(actor)
    if kept is None or actor.person_id is None:
        raise Http404
    form = PreferenceForm(request.POST if request.method == "POST" else None, kept, channels_here())
    if request.method == "POST" and form.is_valid():
        actions.prefer(actor.person_id, form.wishes(kept))
        messages.success(request, _("已保存提醒方式。"))
        return redirect("reminder-preferences")
    status = 422 if form.errors else 200
    return render(request, "reminders/preferences.html", {"form": form}, status=status)
