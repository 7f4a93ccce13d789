"""How the house is laid out, as checks on the source: who may import whom, where writing and clocks may be.

Each check takes a file's place in the tree and its text and returns what is wrong, in words.
`tests/test_floors.py` runs them over every file, and each of them on a sample that it must refuse.
"""

import ast
from collections.abc import Callable, Iterator
from pathlib import PurePosixPath as Place

FLOORS = {
    "rules": 0, "reading": 1, "ledger": 1, "outbox": 1, "organisation": 2, "regulations": 3, "commitments": 4,
    "cases": 5, "duties": 5, "supervision": 5, "accountability": 5, "portal": 6, "api": 6, "reminders": 6, "site": 7,
}  # fmt: skip
PURE = {"rules", "reading"}
FORBIDDEN_NAMES = {"utils", "util", "helpers", "common", "core", "misc"}
INNER = {"models", "actions", "access"}
OUTER_MODULES = (
    "django.http",
    "django.conf",
    "django.forms",
    "django.shortcuts",
    "django.views",
    "django.urls",
)
DATABASES = ("django", "sqlite3", "psycopg")
WRITES = {
    "save",
    "create",
    "bulk_create",
    "bulk_update",
    "get_or_create",
    "update_or_create",
    "asave",
    "acreate",
}
CLOCKS = {"now", "today", "utcnow", "localdate"}
LONGEST_FILE, LONGEST_FUNCTION, LONGEST_TEMPLATE = 300, 40, 120
REASON = "Longer because"

Check = Callable[[Place, str], list[str]]
Function = ast.FunctionDef | ast.AsyncFunctionDef


def app_of(place: Place) -> str:
    """The package below `shounuo` that a file belongs to; "" for files elsewhere."""
    return place.parts[1] if len(place.parts) > 2 and place.parts[0] == "shounuo" else ""


def part_of(place: Place) -> str:
    """models, actions, access, forms, views … : the file, or the folder of that name, inside the app."""
    return Place(place.parts[2]).stem if app_of(place) else ""


def imports(place: Place, text: str) -> Iterator[tuple[int, str]]:
    """Every module a file imports, wherever in the file, with the line; `from a import b` counts as a and as a.b."""
    for node in ast.walk(ast.parse(text)):
        if isinstance(node, ast.Import):
            yield from ((node.lineno, alias.name) for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            base = ".".join(place.parts[: len(place.parts) - node.level]) if node.level else ""
            module = ".".join(filter(None, [base, node.module]))
            yield node.lineno, module
            yield from ((node.lineno, f"{module}.{alias.name}") for alias in node.names)


def under(module: str, roots: tuple[str, ...]) -> bool:
    """Whether `module` is one of `roots` or inside it."""
    return any(module == root or module.startswith(f"{root}.") for root in roots)


def floors(place: Place, text: str) -> list[str]:
    """Each floor imports only lower floors; apps on one floor never import each other."""
    here = app_of(place)
    faults = []
    for line, module in imports(place, text):
        there = module.split(".")[1] if module.startswith("shounuo.") else ""
        if here and there in FLOORS and there != here and FLOORS[there] >= FLOORS.get(here, -1):
            faults.append(f"{place}:{line} imports {module} from floor {FLOORS[there]}")
    return sorted(set(faults))


def pure(place: Place, text: str) -> list[str]:
    """Rules and reading know no Django, no database and no clock."""
    if app_of(place) not in PURE:
        return []
    faults = [
        f"{place}:{line} imports {m}" for line, m in imports(place, text) if under(m, (*DATABASES, "time"))
    ]
    return faults + [f"{place}:{line} reads a clock" for line in clock_lines(text)]


def inner_knows_no_outer(place: Place, text: str) -> list[str]:
    """Models, actions and access import no forms, views, requests, settings."""
    if part_of(place) not in INNER:
        return []
    ours = tuple(f"shounuo.{app}.{part}" for app in FLOORS for part in ("forms", "views", "urls"))
    return [
        f"{place}:{line} imports {m}" for line, m in imports(place, text) if under(m, (*OUTER_MODULES, *ours))
    ]


def writes_only_in_actions(place: Place, text: str) -> list[str]:
    """Rows change in actions, in the ledger and in migrations, nowhere else."""
    app = app_of(place)
    if not app or app in PURE | {"ledger"} or part_of(place) in {"actions", "migrations"}:
        return []
    calls = (node for node in ast.walk(ast.parse(text)) if isinstance(node, ast.Call))
    return [f"{place}:{call.lineno} writes to the database" for call in calls if _is_write(call)]


def _is_write(call: ast.Call) -> bool:
    """`.save(…)`, `.create(…)` …; `.delete()` and `.update(column=…)` as querysets have them, not as dicts do."""
    if not isinstance(call.func, ast.Attribute):
        return False
    name = call.func.attr
    if name == "update":
        return bool(call.keywords) and not call.args
    return name in WRITES or (name == "delete" and not call.args)


def faces_ask_access(place: Place, text: str) -> list[str]:
    """Portal and API get objects from access, never from a manager."""
    if app_of(place) not in {"portal", "api"} or part_of(place) in {
        "models",
        "access",
        "actions",
        "migrations",
    }:
        return []
    nodes = (node for node in ast.walk(ast.parse(text)) if isinstance(node, ast.Attribute))
    return [
        f"{place}:{node.lineno} uses a manager"
        for node in nodes
        if node.attr in {"objects", "_default_manager"}
    ]


def clock_lines(text: str) -> Iterator[int]:
    """Lines that ask what time it is."""
    for node in ast.walk(ast.parse(text)):
        if (
            isinstance(node, ast.Attribute)
            and node.attr in CLOCKS
            and isinstance(node.value, ast.Name | ast.Attribute)
        ):
            owner = node.value.id if isinstance(node.value, ast.Name) else node.value.attr
            if owner in {"timezone", "datetime", "date", "dt"} and not _has_argument(node, text):
                yield node.lineno


def _has_argument(node: ast.Attribute, text: str) -> bool:
    """`timezone.localdate(at)` converts; without an argument it reads the clock."""
    return node.attr == "localdate" and not text.splitlines()[node.end_lineno - 1 if node.end_lineno else 0][
        node.end_col_offset :
    ].startswith("()")


def clock_only_at_the_edge(place: Place, text: str) -> list[str]:
    """The present moment is asked for in views, commands and the worker's loop; everything else takes `at`."""
    edge = part_of(place) in {"views", "commands", "loops"}
    if not app_of(place) or edge or app_of(place) in PURE:
        return []
    return [f"{place}:{line} reads a clock" for line in clock_lines(text)]


def no_hidden_ways(place: Place, text: str) -> list[str]:
    """No signals, no `save()` overrides, no generic foreign keys, no query parameters straight into the ORM."""
    if not app_of(place):
        return []
    hidden = ("django.dispatch", "django.db.models.signals", "django.contrib.contenttypes.fields")
    faults = [f"{place}:{line} imports {m}" for line, m in imports(place, text) if under(m, hidden)]
    for node in ast.walk(ast.parse(text)):
        if (
            isinstance(node, ast.FunctionDef)
            and node.name in {"save", "delete"}
            and part_of(place) == "models"
        ):
            faults.append(f"{place}:{node.lineno} overrides {node.name}()")
        if isinstance(node, ast.Call) and any(_from_request(word) for word in node.keywords):
            faults.append(f"{place}:{node.lineno} passes a request's parameters on")
    return faults


def _from_request(word: ast.keyword) -> bool:
    """`**request.GET` or `**request.POST.dict()`."""
    return word.arg is None and any(
        isinstance(node, ast.Attribute) and node.attr in {"GET", "POST"} for node in ast.walk(word.value)
    )


def honest_names(place: Place, text: str) -> list[str]:
    """A package or module is named after what it holds."""
    names = {*place.parts[:-1], place.stem}
    return [f"{place}: the name {name} says nothing" for name in sorted(names & FORBIDDEN_NAMES)]


def sizes(place: Place, text: str) -> list[str]:
    """Files and functions are short; a longer one says why in its docstring's last line (`Longer because …`)."""
    if "migrations" in place.parts:
        return []
    tree = ast.parse(text)
    lines = len(text.splitlines())
    faults = [f"{place}: {lines} lines"] if lines > LONGEST_FILE and not _excused(tree) else []
    for node in functions(tree):
        if length(node) > LONGEST_FUNCTION and not _excused(node):
            faults.append(f"{place}:{node.lineno} {node.name} has {length(node)} lines")
    return faults


def functions(tree: ast.AST) -> Iterator[Function]:
    """Every function in a file."""
    return (node for node in ast.walk(tree) if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef))


def length(node: Function) -> int:
    """Lines of code from `def` to the end, the docstring not counted."""
    whole = (node.end_lineno or node.lineno) - node.lineno + 1
    first = node.body[0]
    told = ast.get_docstring(node) is not None
    return whole - ((first.end_lineno or 0) - first.lineno + 1 if told else 0)


def _excused(node: ast.Module | Function) -> bool:
    """Whether the docstring ends by saying why it is longer."""
    told = (ast.get_docstring(node) or "").strip().splitlines()
    return bool(told) and told[-1].strip().startswith(REASON)


CHECKS: list[Check] = [
    floors, pure, inner_knows_no_outer, writes_only_in_actions, faces_ask_access, clock_only_at_the_edge,
    no_hidden_ways, honest_names, sizes,
]  # fmt: skip
