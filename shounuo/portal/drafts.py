"""What somebody has typed and not sent: answers, and the form refused last. It waits in their session.

A refused form is shown again by a page of its own (post, redirect, get), so that the browser's Back finds a page.
Sessions may hold anything, from an older version or by damage: what is not an answer is left out, never an error.
"""

import re
from collections.abc import Callable
from hashlib import sha256
from typing import Any, TypeVar
from uuid import uuid4

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.datastructures import MultiValueDict

from shounuo.portal.paths import FIELDS, Draft

Form = TypeVar("Form", bound=forms.Form)
DRAFT, REFUSED = "ask", "refused"
MOST = 20_000
"""Characters of one refused form that a session keeps; a longer one is answered at once."""
ANSWERS = frozenset(name for names in FIELDS.values() for name in names)
KEY = re.compile(r"[0-9a-f]{32}")


def draft_of(request: HttpRequest) -> Draft:
    """The answers given so far, with the key under which they will be sent once; {} before the first."""
    kept = request.session.get(DRAFT)
    if not isinstance(kept, dict):
        return {}
    draft = {name: said for name, said in kept.items() if name in ANSWERS and isinstance(said, str)}
    key = kept.get("key")
    return draft | {"key": key} if isinstance(key, str) and KEY.fullmatch(key) else draft


def keep(request: HttpRequest, draft: Draft) -> Draft:
    """Keep the answers; with the first comes the key. Returns the draft with it."""
    kept = draft | {"key": draft.get("key") or uuid4().hex}
    request.session[DRAFT] = kept
    return kept


def forget(request: HttpRequest) -> None:
    """Throw away the answers and the form refused last."""
    request.session.pop(DRAFT, None)
    request.session.pop(REFUSED, None)


def mark_of(draft: Draft, shown: Draft) -> str:
    """What the check page sends along: the draft's key and a digest of the answers shown there."""
    said = repr(sorted((name, shown[name]) for name in shown if name != "key"))
    return f"{draft['key']}-{sha256(said.encode('utf-8', 'replace')).hexdigest()[:16]}"


def bound(request: HttpRequest, make: Callable[[Any], Form], *, once: bool = True) -> Form:
    """This page's form: with what is posted, else with what was refused here before and why, else empty.

    What was refused is shown `once`, or again until `settle` is told that the page has its answer.
    """
    kept = _refused(request)
    if request.method == "POST" or kept is None:
        return make(request.POST if request.method == "POST" else None)
    if once:
        settle(request)
    form = make(MultiValueDict(kept["data"]))
    if problem := kept.get("problem"):
        form.add_error(None, str(problem))
    return form


def again(request: HttpRequest, form: forms.Form, problem: str = "") -> HttpResponse | None:
    """Keep the refused form and lead to the page that shows it; None when it is too long: show it at once."""
    if keep_typed(request, problem):
        return redirect(request.get_full_path())
    if problem:
        form.add_error(None, problem)
    return None


def keep_typed(request: HttpRequest, problem: str = "") -> bool:
    """Keep the posted form for this page; False when it is too long."""
    data = {name: said for name, said in request.POST.lists() if name != "csrfmiddlewaretoken"}
    fits = sum(len(one) for said in data.values() for one in said) <= MOST
    if fits:
        request.session[REFUSED] = {"path": request.path, "data": data, "problem": problem}
    return fits


def settle(request: HttpRequest) -> None:
    """This page's form has been taken, or shown: nothing is refused here any more."""
    if _refused(request) is not None:
        del request.session[REFUSED]


def _refused(request: HttpRequest) -> dict[str, Any] | None:
    kept = request.session.get(REFUSED)
    if not isinstance(kept, dict) or kept.get("path") != request.path:
        return None
    data = kept.get("data")
    return kept if isinstance(data, dict) and all(_texts(said) for said in data.values()) else None


def _texts(said: object) -> bool:
    return isinstance(said, list) and all(isinstance(one, str) for one in said)
