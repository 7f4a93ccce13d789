"""Chromium before the real server: the demonstration is built once, served on a free port, ended by its number."""

import os
import re
import shutil
import socket
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from fcntl import LOCK_EX, flock
from pathlib import Path
from typing import Any

import pytest

BROWSERS = ["chromium-headless-shell", "chromium", "google-chrome"]
ARGS = [
    "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
    "--disable-component-update", "--disable-sync", "--disable-dev-shm-usage",
]  # fmt: skip
WIDE, NARROW = 1280, 390
LANGUAGES = {"zh": "zh-hans", "en": "en"}


ORDER = ["every_page", "each_organisation", "citizen", "desk_days", "journey", "review"]
"""The longest first, so that two processes end together; review last, since it adopts another edition."""


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Files in `ORDER`."""
    items.sort(key=lambda item: ORDER.index(name) if (name := item.path.stem[5:]) in ORDER else -1)


def free_port() -> int:
    """A port of 127.0.0.1 that nobody listens on."""
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        return int(one.getsockname()[1])


@pytest.fixture(scope="session")
def site(tmp_path_factory: Any) -> Iterator[str]:
    """The demonstration's address; one that runs already when SHOUNUO_SITE names it."""
    if running := os.environ.get("SHOUNUO_SITE"):
        yield running
        return
    folder = tmp_path_factory.mktemp("demonstration")
    shutil.copytree(built_once(tmp_path_factory.getbasetemp()), folder, dirs_exist_ok=True)
    with demonstration(folder) as address:
        yield address


def built_once(temporary: Path) -> Path:
    """The demonstration's files, built by whichever of pytest's processes is first; the others wait for it."""
    together = temporary.parent if "PYTEST_XDIST_WORKER" in os.environ else temporary
    built = together / "built"
    with (together / "built.lock").open("w") as lock:
        flock(lock, LOCK_EX)
        if not built.exists():
            env = os.environ | {"SHOUNUO_VAR": str(together / "building")}
            subprocess.run(
                [sys.executable, "-m", "shounuo.site.cli", "demo", "--no-serve"], env=env, check=True
            )
            (together / "building").rename(built)
    return built


@contextmanager
def demonstration(folder: Path, *words: str) -> Iterator[str]:
    """`shounuo demo` with these words on a free port, its files in a folder, until the block ends."""
    port = free_port()
    env = {name: value for name, value in os.environ.items() if not name.startswith("SHOUNUO_")}
    command = [sys.executable, "-m", "shounuo.site.cli", "demo", "--port", str(port), *words]
    with (folder / "log").open("w") as log:
        child = subprocess.Popen(
            command, env=env | {"SHOUNUO_VAR": str(folder)}, stdout=log, stderr=subprocess.STDOUT
        )
        try:
            wait_for(port, child, folder / "log")
            yield f"http://127.0.0.1:{port}"
        finally:
            child.terminate()
            child.wait(30)


def wait_for(port: int, child: Any, log: Path) -> None:
    """Until the server answers; its words when it ends instead."""
    while True:
        with socket.socket() as trial:
            trial.settimeout(1)
            if not trial.connect_ex(("127.0.0.1", port)):
                return
        try:
            child.wait(0.2)
        except subprocess.TimeoutExpired:
            continue
        pytest.fail(log.read_text())


def find_chromium() -> str | None:
    """The browser to start: SHOUNUO_CHROMIUM, the machine's own, else (None) the one Playwright installed."""
    named = [os.environ["SHOUNUO_CHROMIUM"]] if "SHOUNUO_CHROMIUM" in os.environ else BROWSERS
    found = [path for name in named if (path := shutil.which(name))]
    return next(
        (path for path in found if not subprocess.call([path, "--version"], stdout=subprocess.DEVNULL)), None
    )


@pytest.fixture(scope="session")
def chromium() -> Iterator[Any]:
    """One browser for all journeys."""
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=find_chromium(), args=ARGS)
        yield browser
        browser.close()


@dataclass
class Visitor:
    """Somebody before a browser: goes, fills in, presses, reads. Anything that breaks on the way is kept."""

    page: Any
    site: str
    language: str
    broken: list[str] = field(default_factory=list)

    def go(self, path: str) -> "Visitor":
        """Open a page of ours."""
        self.page.goto(self.site + path)
        return self

    @property
    def text(self) -> str:
        """What stands in the page's main part."""
        return str(self.page.locator("main").inner_text())

    def become(self, name: str) -> "Visitor":
        """Sign in as somebody of the demonstration by one click."""
        self.go("/who/").page.locator(f'form:has(input[value="{name}"]) button').first.click()
        return self

    def press(self, selector: str = "main button.btn--main") -> "Visitor":
        """Press a button, and confirm when asked."""
        self.page.locator(selector).first.click()
        asked = self.page.locator("dialog[open] [data-confirm-yes]")
        if asked.count():
            asked.click()
        self.page.wait_for_load_state()
        return self

    def choose(self, name: str, value: str) -> "Visitor":
        """Pick one of several: radio, checkbox or list."""
        listed = self.page.locator(f'select[name="{name}"]')
        if listed.count():
            listed.select_option(value)
        else:
            self.page.locator(f'[name="{name}"][value="{value}"]').check()
        return self

    def write(self, name: str, words: str) -> "Visitor":
        """Type into a field."""
        self.page.locator(f'main [name="{name}"]').fill(words)
        return self

    def verb(self, number: str, verb: str) -> "Visitor":
        """Open a verb's page of a matter."""
        return self.go(f"/desk/matters/{number}/{verb}/")

    def faults(self) -> list[str]:
        """What axe finds serious or critical on this page, and whether it is wider than the window."""
        from axe_playwright_python.sync_playwright import Axe

        found = Axe().run(self.page).response["violations"]
        grave = [v for v in found if v["impact"] in ("serious", "critical")]
        where = self.page.url.removeprefix(self.site)
        told = [
            f"{where}: {v['id']}: {node['target']} {node['failureSummary']}"
            for v in grave
            for node in v["nodes"][:2]
        ]
        return told + self.overflow()

    def overflow(self) -> list[str]:
        """Whether the page must be pushed sideways."""
        wide = self.page.evaluate("document.documentElement.scrollWidth - window.innerWidth")
        where = self.page.url.removeprefix(self.site)
        return [f"{where}: {wide} px wider than the window"] if wide > 0 else []

    def shoot(self, name: str) -> "Visitor":
        """Keep a picture when SHOUNUO_SHOTS names a folder."""
        if folder := os.environ.get("SHOUNUO_SHOTS"):
            Path(folder).mkdir(parents=True, exist_ok=True)
            width = self.page.viewport_size["width"]
            self.page.screenshot(path=Path(folder) / f"{name}-{self.language}-{width}.png", full_page=True)
        return self


Arrive = Callable[..., Visitor]


@pytest.fixture
def arrive(chromium: Any, site: str) -> Iterator[Arrive]:
    """`arrive(width=…, language=…, javascript=…)`: somebody with a browser of their own. Errors fail the test."""
    here: list[tuple[Any, Visitor]] = []

    def come(width: int = WIDE, language: str = "zh", javascript: bool = True) -> Visitor:
        context = chromium.new_context(
            viewport={"width": width, "height": 900},
            java_script_enabled=javascript,
            locale=LANGUAGES[language],
        )
        context.add_cookies([{"name": "language", "value": LANGUAGES[language], "url": site}])
        visitor = Visitor(context.new_page(), site, language)
        listen(visitor)
        here.append((context, visitor))
        return visitor

    yield come
    for context, _visitor in here:
        context.close()
    assert [line for _context, visitor in here for line in visitor.broken] == []


def listen(visitor: Visitor) -> None:
    """Keep script errors, refused scripts and styles, and answers of 500."""
    page, broken = visitor.page, visitor.broken
    page.on("pageerror", lambda error: broken.append(f"{page.url}: {error}"))
    page.on(
        "console",
        lambda said: (
            broken.append(f"{page.url}: {said.text}")
            if said.type == "error" and not re.search(r"status of 4\d\d", said.text)
            else None
        ),
    )
    page.on("response", lambda r: broken.append(f"{r.url}: {r.status}") if r.status >= 500 else None)
