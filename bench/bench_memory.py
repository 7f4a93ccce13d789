"""How much memory does a web worker hold after traffic, and how long does the server take to start?

The demonstration's organisation with some matters, on SQLite; the pages that a clerk, a handler, a leader, an administrator
and a citizen open, several times over. Memory is VmRSS of each process; start is from the command to the first page.
"""

import http.client
import os
import platform
import re
import socket
import subprocess
import sys
import tempfile
import time
from http.cookies import SimpleCookie
from pathlib import Path
from statistics import median
from urllib.parse import urlencode

ROOT = Path(__file__).resolve().parent.parent
STARTS, TURNS, WORKERS = 3, 20, 2
PUBLIC = ("/", "/guides/", "/ask/", "/progress/", "/regulation/")
STAFF = (
    "/desk/",
    "/desk/matters/",
    "/desk/matters/?q=检定",
    "/desk/register/",
    "/promises-table/",
    "/regulation/",
)
PEOPLE = ("zhou", "wang", "chen", "wu")
TOKEN = re.compile(r'name="csrfmiddlewaretoken" value="([^"]+)"')


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


class Browser:
    """Cookies and one kept-alive connection."""

    def __init__(self, port: int) -> None:
        self.connection, self.cookies = (
            http.client.HTTPConnection("127.0.0.1", port, timeout=60),
            SimpleCookie(),
        )

    def send(self, method: str, path: str, said: dict[str, str] | None = None) -> tuple[int, str]:
        head = {"Cookie": "; ".join(f"{name}={one.value}" for name, one in self.cookies.items())}
        if said:
            head["Content-Type"] = "application/x-www-form-urlencoded"
        self.connection.request(
            method, path.replace("检定", "%E6%A3%80%E5%AE%9A"), urlencode(said or {}), head
        )
        answer = self.connection.getresponse()
        for name, value in answer.getheaders():
            if name.lower() == "set-cookie":
                self.cookies.load(value)
        return answer.status, answer.read().decode(errors="replace")

    def sign_in(self, name: str) -> None:
        token = TOKEN.search(self.send("GET", "/who/")[1])
        assert token
        self.send("POST", "/who/become/", {"csrfmiddlewaretoken": token[1], "account": name})


def start(environment: dict[str, str]) -> tuple[subprocess.Popen[bytes], int, float]:
    """`shounuo serve`; the seconds until its first page was there."""
    port, began = free_port(), time.perf_counter()
    command = [
        sys.executable,
        "-m",
        "shounuo.site.cli",
        "serve",
        "--port",
        str(port),
        "--workers",
        str(WORKERS),
    ]
    server = subprocess.Popen(command, env=environment, cwd=ROOT, stderr=subprocess.DEVNULL)
    while time.perf_counter() - began < 60:
        try:
            if Browser(port).send("GET", "/")[0] == 200:
                return server, port, time.perf_counter() - began
        except OSError:
            time.sleep(0.01)
    raise SystemExit("the server did not start")


def traffic(port: int) -> dict[int, int]:
    """Every page, many times, by everybody; how often each status came."""
    statuses: dict[int, int] = {}
    for _ in range(TURNS):
        for name in ("", *PEOPLE):
            browser = Browser(port)
            if name:
                browser.sign_in(name)
            pages = [*PUBLIC, *(STAFF if name else ())]
            listed = browser.send("GET", "/desk/matters/")[1] if name else ""
            pages += re.findall(r'href="(/desk/matters/[0-9-]+/)"', listed)[:5]
            for page in pages:
                status = browser.send("GET", page)[0]
                statuses[status] = statuses.get(status, 0) + 1
    return statuses


def resident(server: int) -> dict[str, list[float]]:
    """MiB of the main process and of each worker."""
    children = subprocess.run(
        ["ps", "-o", "pid=", "--ppid", str(server)], capture_output=True, text=True
    ).stdout.split()
    workers = [mib for pid in children if (mib := _mib(pid)) > 45]  # multiprocessing's helper is smaller
    return {"main process": [_mib(str(server))], "web worker": workers}


def _mib(pid: str) -> float:
    status = Path(f"/proc/{pid}/status")
    found = re.search(r"VmRSS:\s+(\d+)", status.read_text()) if status.exists() else None
    return int(found[1]) / 1024 if found else 0.0


def main() -> None:
    print(f"memory and start; {platform.platform()}, {os.cpu_count()} cores, Python {platform.python_version()}; "
          f"{WORKERS} workers, {STARTS} starts")  # fmt: skip
    with tempfile.TemporaryDirectory() as folder:
        environment = os.environ | {"SHOUNUO_DEMO": "1", "SHOUNUO_VAR": folder,
                                    "SHOUNUO_DATABASE_URL": f"{folder}/bench.sqlite3"}  # fmt: skip
        build = [sys.executable, "-m", "shounuo.site.cli", "demo", "--no-serve", "--most", "150"]
        subprocess.run(build, env=environment, cwd=ROOT, check=True, stdout=subprocess.DEVNULL)
        seconds = []
        for turn in range(STARTS):
            server, port, took = start(environment)
            seconds.append(took)
            if turn == STARTS - 1:
                before, statuses, after = resident(server.pid), traffic(port), resident(server.pid)
            server.terminate()
            server.wait(30)
    print(f"start to first page     {median(seconds):.2f} s  ({min(seconds):.2f}-{max(seconds):.2f})")
    print(f"pages asked             {statuses}")
    for name in before:
        fresh, used = (", ".join(f"{mib:.0f}" for mib in one[name]) for one in (before, after))
        print(f"{name:<24}{fresh} MiB fresh, {used} MiB after traffic")


if __name__ == "__main__":
    main()
