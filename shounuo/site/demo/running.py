"""Running the demonstration: the worker and the server as child processes that end together.

The server is granian itself, so that only its worker loads Django. What `shounuo serve` checks before it serves,
`shounuo work` checks as soon as pages come; when it objects, everything ends.
"""

import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable
from http.client import HTTPConnection, HTTPException
from types import FrameType
from typing import NoReturn

CHECK_EVERY = 0.1
LONGEST_START = 60.0
GRACE = 10.0
SERVER = ("--interface", "wsgi", "--host", "127.0.0.1", "--blocking-threads", "4", "--respawn-failed-workers")

Echo = Callable[[str], None]


class Stopped(Exception):
    """Somebody asked the demonstration to end."""


def port_is_free(port: int) -> bool:
    """Whether nobody listens on this port of 127.0.0.1."""
    with socket.socket() as trial:
        trial.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            trial.bind(("127.0.0.1", port))
        except OSError:
            return False
    return True


def start(*words: str) -> subprocess.Popen[bytes]:
    """One Python module as a child."""
    return subprocess.Popen([sys.executable, "-m", *words])  # noqa: S603


def server(port: int) -> subprocess.Popen[bytes]:
    """The web server as a child."""
    return start("granian", *SERVER, "--port", str(port), "shounuo.site.wsgi:application")


def answers(port: int) -> bool:
    """Whether the server shows its first page; asking for it also makes the next ones quick."""
    asked = HTTPConnection("127.0.0.1", port, timeout=LONGEST_START)
    try:
        asked.request("GET", "/")
        asked.getresponse().read()
    except (OSError, HTTPException):
        return False
    finally:
        asked.close()
    return True


def run(port: int, ready: Callable[[], None], echo: Echo) -> int:
    """Serve and work until stopped; returns the exit code. A child that dies ends everything."""
    signal.signal(signal.SIGTERM, _stop)
    signal.signal(signal.SIGINT, _stop)
    children = {"serve": server(port)}
    try:
        _until_it_answers(children, port)
        children["work"] = start("shounuo.site.cli", "work")
        ready()
        return _watch(children, echo)
    except Stopped:
        echo("正在停止…… / stopping …")
        return 0
    except TimeoutError as error:
        echo(f"shounuo: {error}")
        return 1
    finally:
        _end(children)


def _stop(_number: int, _frame: FrameType | None) -> NoReturn:
    raise Stopped


def _until_it_answers(children: dict[str, subprocess.Popen[bytes]], port: int) -> None:
    until = time.monotonic() + LONGEST_START
    while not answers(port):
        if time.monotonic() > until or children["serve"].poll() is not None:
            raise TimeoutError("网页服务没有启动 / the server did not start")
        time.sleep(CHECK_EVERY)


def _watch(children: dict[str, subprocess.Popen[bytes]], echo: Echo) -> int:
    while True:
        for name, child in children.items():
            if child.poll() is not None:
                echo(
                    f"shounuo: “{name}” 意外结束（{child.returncode}）/ “{name}” ended by itself ({child.returncode})"
                )
                return 1
        time.sleep(CHECK_EVERY)


def _end(children: dict[str, subprocess.Popen[bytes]]) -> None:
    """Ask every child to end; those that do not within the time allowed are killed."""
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, signal.SIG_IGN)
    for child in children.values():
        if child.poll() is None:
            child.send_signal(signal.SIGTERM)
    until = time.monotonic() + GRACE
    for child in children.values():
        try:
            child.wait(max(0.1, until - time.monotonic()))
        except subprocess.TimeoutExpired:
            os.kill(child.pid, signal.SIGKILL)
            child.wait()
