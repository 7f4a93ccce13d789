"""What staff type at the desk. Forms check and keep what was typed; actions write."""

from shounuo.cases.forms.base import Sight, VerbForm
from shounuo.cases.forms.filters import FilterForm
from shounuo.cases.forms.register import RegisterForm
from shounuo.cases.forms.verbs import FORMS

__all__ = ["FORMS", "FilterForm", "RegisterForm", "Sight", "VerbForm"]
