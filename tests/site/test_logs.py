"""Logs are JSON, carry a request id, and hold nothing that anybody typed."""

import json
import logging
from uuid import UUID

import pytest
from django import forms
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver
from django.utils import timezone

from shounuo.cases.actions import Asking, take_in
from shounuo.organisation.actions import Stamp
from shounuo.site import logs
from shounuo.site.demo.house import found_house

CANARIES = ("柳絮飞", "Liu Xufei", "139 0000 7766", "13900007766", "kanalienvogel", "云桥路九十九号")


class Kept(logging.Handler):
    """Keeps every line as the service would have written it."""

    def __init__(self):
        super().__init__(logging.DEBUG)
        self.lines = []
        self.setFormatter(logs.JsonLines())

    def emit(self, record):
        self.lines.append(self.format(record))


@pytest.fixture
def kept():
    """All loggers at DEBUG, written as the service writes them."""
    handler, root = Kept(), logging.getLogger()
    loud = [
        root,
        *(logging.getLogger(name) for name in ("django", "django.request", "shounuo", "shounuo.request")),
    ]
    before = [logger.level for logger in loud]
    root.addHandler(handler)
    for logger in loud:
        logger.setLevel(logging.DEBUG)
    yield handler.lines
    root.removeHandler(handler)
    for logger, level in zip(loud, before, strict=True):
        logger.setLevel(level)


def record(name, message, *args, error=None):
    told = (type(error), error, error.__traceback__) if error else None
    return json.loads(logs.JsonLines().format(logging.LogRecord(name, 20, "", 0, message, args, told)))


def raised(text):
    try:
        try:
            raise KeyError(text)
        except KeyError as first:
            raise ValueError(text) from first
    except ValueError as error:
        return error


def test_our_own_lines_keep_what_cannot_be_about_a_person():
    told = record("shounuo.work", "%s %d %s %s", "sweep", 12, UUID(int=7), "柳絮飞")
    assert told["event"] == f"sweep 12 {UUID(int=7)} …"


@pytest.mark.parametrize(
    "typed", ["柳絮飞", "Liu Xufei", "139 0000 7766", "13900007766", {"name": "柳絮飞"}, ["柳絮飞"]]
)
def test_an_argument_that_could_be_somebody_s_words_is_hidden(typed):
    assert record("shounuo.work", "said %s", typed)["event"] == "said …"


def test_the_lines_of_libraries_keep_no_arguments_and_no_second_line():
    assert record("django.request", "%s: %s", "Not Found", "/ask/柳絮飞/")["event"] == "…: …"
    assert record("_granian", "failed\nTraceback: ValueError: 柳絮飞")["event"] == "failed"


def test_an_error_is_told_by_type_and_place_without_its_text():
    told = record("django.request", "failed", error=raised("柳絮飞 139 0000 7766"))
    assert told["error"] == ["builtins.ValueError", "builtins.KeyError"]
    assert told["place"][-1].endswith(" raised")
    assert "柳絮飞" not in json.dumps(told, ensure_ascii=False)


def test_each_request_is_one_line_with_its_id_and_without_its_address(client, db, kept):
    answer = client.get("/progress/柳絮飞/?q=13900007766")
    told = [json.loads(line) for line in kept if "shounuo.request" in line]
    assert [(one["request"], one["method"], one["status"]) for one in told] == [
        (answer.headers["X-Request-ID"], "GET", answer.status_code)
    ]
    assert told[0]["route"].startswith("/") and "柳" not in told[0]["route"]


def test_only_our_proxy_may_name_a_request(client, db, settings):
    given = {"X-Request-ID": "0123456789abcdef0123", "X-Forwarded-Proto": "https"}
    assert client.get("/sign-in/", headers=given).headers["X-Request-ID"] != given["X-Request-ID"]
    settings.SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
    assert client.get("/sign-in/", headers=given).headers["X-Request-ID"] == given["X-Request-ID"]
    forged = given | {"X-Request-ID": '柳絮飞"}\n{"at": 1}'}
    assert "柳" not in client.get("/sign-in/", headers=forged).headers["X-Request-ID"]


def every_form_field():
    """The name of every field of every form of the product."""
    found, waiting = set(), [forms.BaseForm]
    while waiting:
        for kind in waiting.pop().__subclasses__():
            waiting.append(kind)
            found |= (
                set(getattr(kind, "declared_fields", {})) if kind.__module__.startswith("shounuo.") else set()
            )
    return sorted(found)


def every_address(number):
    """Every address of the product, filled in."""
    fill = {
        "number": number,
        "secret": "kanalienvogel",
        "verb": "take_up",
        "step": "words",
        "seq": 1,
        "pk": 1,
    }

    def walk(patterns, before):
        for one in patterns:
            if isinstance(one, URLResolver):
                yield from walk(one.url_patterns, before + str(one.pattern))
            elif isinstance(one, URLPattern):
                yield before + str(one.pattern), one.pattern.converters

    for route, converters in walk(get_resolver().url_patterns, ""):
        address = route
        for name, converter in converters.items():
            value = fill.get(name, 1 if type(converter).__name__ == "IntConverter" else "kanalienvogel")
            address = address.replace(f"<{_kind(route, name)}{name}>", str(value))
        yield "/" + address


def _kind(route, name):
    return route.partition(f"{name}>")[0].rpartition("<")[2]


@pytest.fixture
def house(db, settings):
    settings.DEMO = True
    made = found_house(timezone.now())
    settings.ORGANISATION = "qingxi"
    now = timezone.now()
    asking = Asking("application", "portal", CANARIES[4], "key", "weighing-instrument-verification",
                    name=CANARIES[0], phone=CANARIES[2])  # fmt: skip
    return take_in(made.unit, asking, Stamp("party", now, now), "test").number


def test_nothing_that_is_typed_into_any_form_reaches_a_log(house, kept, monkeypatch):
    typed = {name: CANARIES[i % len(CANARIES)] for i, name in enumerate(every_form_field())}
    assert len(typed) > 40
    statuses = set()
    for account in ("", "zhou", "wang", "wu"):
        browser = Client(raise_request_exception=False)
        if account:
            browser.post("/who/become/", {"account": account})
        for address in every_address(house):
            for answer in (browser.post(address, typed), browser.get(address, typed | {"q": CANARIES[0]})):
                statuses.add(answer.status_code)
    assert {200, 302, 404, 422} <= statuses
    assert len(kept) > 300
    assert [line for line in kept if any(one in line for one in CANARIES)] == []


def test_the_same_canaries_are_found_when_a_log_does_hold_them(kept):
    logging.getLogger("shounuo.work").error(f"lost {CANARIES[0]}")
    assert any(CANARIES[0] in line for line in kept)


def test_a_page_that_fails_tells_its_place_and_not_what_was_typed(db, kept, monkeypatch):
    def fail(*_args, **_more):
        raise ValueError(CANARIES[0])

    monkeypatch.setattr("shounuo.organisation.views.signing.count_try", fail)
    answer = Client(raise_request_exception=False).post(
        "/sign-in/", {"name": CANARIES[0], "password": CANARIES[4]}
    )
    failed = [told for line in kept if (told := json.loads(line))["logger"] == "django.request"]
    assert answer.status_code == 500
    assert (failed[0]["error"][0], failed[0]["request"]) == (
        "builtins.ValueError",
        answer.headers["X-Request-ID"],
    )
    assert [line for line in kept if any(one in line for one in CANARIES)] == []
