"""The six shapes of rule, registers, arrangements, services and settings, as models of a pack."""

from shounuo.rules.shapes.base import AppliesTo, Part, Rule, Text
from shounuo.rules.shapes.commitment import Commitment, Extension, KeptWhen, Within
from shounuo.rules.shapes.others import (
    Arrangement,
    Consequence,
    Disclosure,
    Duty,
    Norm,
    Register,
    Routing,
)
from shounuo.rules.shapes.pack import (
    RULE_FILES,
    SHAPES,
    CalendarPart,
    Clause,
    Extends,
    Pack,
    PackHead,
    Setting,
    Shape,
)
from shounuo.rules.shapes.service import Material, Service

__all__ = [
    "RULE_FILES",
    "SHAPES",
    "AppliesTo",
    "Arrangement",
    "CalendarPart",
    "Clause",
    "Commitment",
    "Consequence",
    "Disclosure",
    "Duty",
    "Extends",
    "Extension",
    "KeptWhen",
    "Material",
    "Norm",
    "Pack",
    "PackHead",
    "Part",
    "Register",
    "Routing",
    "Rule",
    "Service",
    "Setting",
    "Shape",
    "Text",
    "Within",
]
