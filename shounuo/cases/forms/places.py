"""Beside which field the reason of a refusal stands. A reason that concerns no single field stands above the form."""

from collections.abc import Mapping

from django import forms

from shounuo.rules.judgement import Reason

MOMENT = ("right_at", "received", "at")
"""When it happened: of a correction, of an entry made later, of any verb."""
PLACES: Mapping[str, tuple[str, ...]] = {
    "before_receipt": MOMENT,
    "moment_in_future": MOMENT,
    "too_long_ago": MOMENT,
    "removes_own_breach": ("right_at", "place", "at"),
    "moment_has_passed": ("date", "to"),
    "not_later_than_agreed": ("to",),
    "promise_in_the_past": ("day",),
    "promise_too_late": ("day",),
    "no_clock_to_extend": ("rule",),
    "other_kind_of_time": ("days",),
    "too_long_an_extension": ("days",),
    "not_a_section": ("section",),
    "phone_number_not_given": ("phone_given",),
    "no_such_matter": ("number",),
    "merged_with_ended": ("number",),
    "merged_with_itself": ("number",),
    "merged_with_later": ("number",),
    "merged_with_other_kind": ("number",),
    "never_corrected": ("seq",),
    "nothing_to_correct": ("seq",),
    "rating_1_to_5": ("level",),
    "rating_needs_call_note": ("words",),
    "service_needed": ("service",),
    "unknown_service": ("service",),
}
"""Reason code -> the fields that it can concern, the likeliest first."""


def place_of(why: Reason, form: forms.Form) -> str | None:
    """The field of this form beside which the reason stands: of those it can concern the first in which something
    was typed, else the first there is; None above the form.
    """
    here = [name for name in PLACES.get(why.code, ()) if name in form.fields]
    return next((name for name in here if form.cleaned_data.get(name)), here[0] if here else None)
