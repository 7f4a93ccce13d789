"""The portal's forms, one file a page or question."""

from shounuo.portal.forms.afterwards import (
    LEVELS,
    NOT_GOOD,
    AppointForm,
    DisputeForm,
    OpenForm,
    RatingForm,
    SuppliedForm,
    WithdrawForm,
)
from shounuo.portal.forms.asking import ChoiceForm, LineForm, PersonForm, WordsForm
from shounuo.portal.forms.due import DueForm

__all__ = [
    "LEVELS",
    "NOT_GOOD",
    "AppointForm",
    "ChoiceForm",
    "DisputeForm",
    "DueForm",
    "LineForm",
    "OpenForm",
    "PersonForm",
    "RatingForm",
    "SuppliedForm",
    "WithdrawForm",
    "WordsForm",
]
