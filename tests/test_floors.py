"""The house stands: every file keeps to its floor, and each check can fail."""

import ast
from pathlib import Path, PurePosixPath
from statistics import median

import pytest

from tools import floors

ROOT = Path(__file__).resolve().parent.parent
SOURCES = sorted(
    path.relative_to(ROOT)
    for folder in ("shounuo", "tools", "bench", "tests")
    for path in (ROOT / folder).rglob("*.py")
)
TEMPLATES = sorted((ROOT / "shounuo").rglob("templates/**/*.html"))

# check, file, text that it must refuse
BAD = [
    (floors.floors, "shounuo/ledger/actions.py", "from shounuo.organisation.models import Unit"),
    (floors.floors, "shounuo/cases/actions.py", "def f():\n    import shounuo.duties.models"),
    (floors.floors, "shounuo/cases/actions.py", "from shounuo import portal"),
    (floors.floors, "shounuo/ledger/actions.py", "from ..outbox import models"),
    (floors.floors, "shounuo/organisation/views.py", "from shounuo.site.dates import day"),
    (floors.pure, "shounuo/rules/engine/judge.py", "from django.utils import timezone"),
    (floors.pure, "shounuo/reading/text.py", "import datetime\nx = datetime.datetime.now()"),
    (floors.pure, "shounuo/rules/engine/judge.py", "import time"),
    (floors.pure, "shounuo/rules/engine/judge.py", "import sqlite3"),
    (floors.inner_knows_no_outer, "shounuo/cases/models.py", "from django.conf import settings"),
    (floors.inner_knows_no_outer, "shounuo/cases/actions/register.py", "from shounuo.cases.forms import F"),
    (floors.inner_knows_no_outer, "shounuo/cases/access.py", "from django.http import HttpRequest"),
    (floors.writes_only_in_actions, "shounuo/cases/views.py", "case.save()"),
    (floors.writes_only_in_actions, "shounuo/cases/forms.py", "Case.objects.create(a=1)"),
    (floors.writes_only_in_actions, "shounuo/cases/models.py", "Case.objects.filter().update(a=1)"),
    (floors.writes_only_in_actions, "shounuo/portal/views.py", "rows.delete()"),
    (floors.writes_only_in_actions, "shounuo/site/demo.py", "Case.objects.bulk_create(x)"),
    (floors.faces_ask_access, "shounuo/portal/views.py", "Case.objects.get(pk=1)"),
    (floors.clock_only_at_the_edge, "shounuo/cases/actions.py", "x = timezone.now()"),
    (floors.clock_only_at_the_edge, "shounuo/cases/models.py", "f = Field(default=timezone.now)"),
    (floors.clock_only_at_the_edge, "shounuo/cases/forms.py", "x = date.today()"),
    (floors.clock_only_at_the_edge, "shounuo/cases/forms.py", "x = timezone.localdate()"),
    (floors.no_hidden_ways, "shounuo/cases/apps.py", "from django.db.models.signals import post_save"),
    (floors.no_hidden_ways, "shounuo/cases/apps.py", "from django.dispatch import receiver"),
    (floors.no_hidden_ways, "shounuo/cases/models.py", "class A:\n    def save(self): pass"),
    (floors.no_hidden_ways, "shounuo/cases/models.py",
     "from django.contrib.contenttypes.fields import GenericForeignKey"),
    (floors.no_hidden_ways, "shounuo/cases/views.py", "Case.objects.filter(**request.GET.dict())"),
    (floors.honest_names, "shounuo/cases/utils.py", ""),
    (floors.honest_names, "shounuo/core/models.py", ""),
    (floors.sizes, "shounuo/cases/models.py", "x = 1\n" * 301),
    (floors.sizes, "shounuo/cases/models.py", "def f():\n" + "    x = 1\n" * 40),
]  # fmt: skip

GOOD = [
    (floors.floors, "shounuo/site/urls.py", "from shounuo.portal import urls"),
    (floors.floors, "shounuo/cases/actions.py", "from shounuo.rules.engine import judge"),
    (floors.writes_only_in_actions, "shounuo/cases/actions/register.py", "Case.objects.create(a=1)"),
    (floors.writes_only_in_actions, "shounuo/cases/views.py", "context.update({'a': 1})"),
    (floors.clock_only_at_the_edge, "shounuo/cases/views/desk.py", "x = timezone.now()"),
    (floors.clock_only_at_the_edge, "shounuo/cases/models.py", "x = timezone.localdate(at)"),
    (
        floors.sizes,
        "shounuo/cases/models.py",
        '"""Big.\n\nLonger because it is one table.\n"""\n' + "x = 1\n" * 301,
    ),
]


@pytest.mark.parametrize("check, place, text", BAD)
def test_a_check_refuses_its_bad_sample(check, place, text):
    assert check(PurePosixPath(place), text)


@pytest.mark.parametrize("check, place, text", GOOD)
def test_a_check_accepts_its_good_sample(check, place, text):
    assert check(PurePosixPath(place), text) == []


def test_every_check_has_a_bad_sample():
    assert {check for check, _, _ in BAD} == set(floors.CHECKS)


@pytest.mark.parametrize("check", floors.CHECKS, ids=lambda check: check.__name__)
def test_every_file_keeps_the_rule(check):
    faults = [
        fault
        for path in SOURCES
        for fault in check(PurePosixPath(path.as_posix()), (ROOT / path).read_text())
    ]
    assert faults == []


def test_every_package_has_a_floor():
    packages = {path.parent.name for path in (ROOT / "shounuo").glob("*/__init__.py")}
    assert packages <= set(floors.FLOORS)


def test_templates_are_short():
    long = [path.name for path in TEMPLATES if len(path.read_text().splitlines()) > floors.LONGEST_TEMPLATE]
    assert long == []


def lengths(folder):
    texts = [(ROOT / path).read_text() for path in SOURCES if path.parts[0] == folder]
    return [floors.length(node) for text in texts for node in floors.functions(ast.parse(text))]


@pytest.mark.parametrize("folder, longest", [("shounuo", 8), ("tests", 10)])
def test_functions_are_short_on_the_whole(folder, longest):
    assert median(lengths(folder)) <= longest


def test_make_test_finds_every_browser_test():
    marked = [
        path
        for path in SOURCES
        if "pytest.mark.browser" in (ROOT / path).read_text() and path.parts[0] == "tests"
    ]
    assert all(path.parts[1] == "browser" or path.name == "test_floors.py" for path in marked)
