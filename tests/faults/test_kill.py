"""kill -9 at random moments: what was acknowledged is there once, and nothing that came due is lost or doubled."""

import re
import socket
import threading
import time
import urllib.error
import urllib.parse
import urllib.request
from http.client import HTTPException
from http.cookiejar import CookieJar
from uuid import uuid4

import pytest

pytestmark = pytest.mark.faults

CLERKS = ("zhou", "xu")
TOKEN = re.compile(r'name="csrfmiddlewaretoken" value="([^"]+)"')


class NoRedirect(urllib.request.HTTPRedirectHandler):
    """The receipt's address is the acknowledgement; it need not be opened."""

    def redirect_request(self, *_args):
        return None


class Clerk:
    """Registers matters over HTTP; keeps which keys were sent and which numbers were acknowledged."""

    def __init__(self, name):
        self.name, self.sent, self.acknowledged, self.refused = name, [], {}, []
        self.browser = urllib.request.build_opener(
            NoRedirect, urllib.request.HTTPCookieProcessor(CookieJar())
        )

    def send(self, address, data=None):
        """One request: the status, the address it leads to, the page."""
        body = urllib.parse.urlencode(data).encode() if data else None
        try:
            answer = self.browser.open(address, body, timeout=20)
        except urllib.error.HTTPError as error:
            answer = error
        return answer.status, answer.headers.get("Location", ""), answer.read().decode()

    def sign_in(self, site):
        """By one click, as in the demonstration; returns the form's token."""
        token = TOKEN.search(self.send(f"{site}/who/")[2])[1]
        self.send(f"{site}/who/become/", {"csrfmiddlewaretoken": token, "account": self.name})
        return TOKEN.search(self.send(f"{site}/desk/register/")[2])[1]

    def register(self, site, token, key):
        """Send one matter; only a receipt counts as acknowledged."""
        said = {"csrfmiddlewaretoken": token, "key": key, "kind": "enquiry", "channel": "phone", "words": f"问 {key}",
                "phone": "139 0000 2207"}  # fmt: skip
        status, leads_to, _page = self.send(f"{site}/desk/register/", said)
        if status == 302:
            self.acknowledged.setdefault(key, set()).add(re.search(r"\d{4}-\d{6}", leads_to)[0])
        return status

    def work(self, site, token):
        """Register until the server is gone."""
        try:
            while True:
                self.sent.append(uuid4().hex)
                assert self.register(site, token, self.sent[-1]) == 302
        except (OSError, HTTPException):
            return  # killed while it answered
        except AssertionError as refused:
            self.refused.append(str(refused))

    def send_again(self, site):
        """After a restart: what was not acknowledged is sent once more under the same key."""
        token = self.sign_in(site)
        for key in self.sent:
            if key not in self.acknowledged:
                assert self.register(site, token, key) == 302


def serve(tortured):
    """A server on a free port, waited for."""
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        port = one.getsockname()[1]
    child = tortured.start("serve", "--port", str(port))
    until = time.monotonic() + 60
    while time.monotonic() < until:
        with socket.socket() as trial:
            if not trial.connect_ex(("127.0.0.1", port)):
                return child, f"http://127.0.0.1:{port}"
        time.sleep(0.05)
    raise TimeoutError("the server did not start")


def one_round(tortured, clerks):
    """Clerks register at the same time until the server is killed."""
    child, site = serve(tortured)
    tokens = [clerk.sign_in(site) for clerk in clerks]
    pairs = zip(clerks, tokens, strict=True)
    threads = [threading.Thread(target=clerk.work, args=(site, token)) for clerk, token in pairs]
    for thread in threads:
        thread.start()
    time.sleep(tortured.random.uniform(0.02, 0.8))
    tortured.kill(child)
    for thread in threads:
        thread.join()


def test_what_was_acknowledged_is_there_exactly_once(tortured, rounds):
    clerks = [Clerk(name) for name in CLERKS]
    for _ in range(rounds):
        one_round(tortured, clerks)
    child, site = serve(tortured)
    for clerk in clerks:
        clerk.send_again(site)
    tortured.kill(child)
    assert [line for clerk in clerks for line in clerk.refused] == []
    told = tortured.inside("told")
    acknowledged = {key: numbers for clerk in clerks for key, numbers in clerk.acknowledged.items()}
    sent = {key for clerk in clerks for key in clerk.sent}
    assert len(sent) > rounds
    assert {key: {told["numbers"][key]} for key in sent} == acknowledged
    assert told["matters"] == len(sent)
    assert (told["fault"], told["differences"]) == ("", [])


def test_a_sweep_killed_in_the_middle_loses_and_doubles_nothing(tortured, rounds):
    tortured.inside("stock", str(rounds * 40))
    for _ in range(rounds):
        child = tortured.start("work", "--once")
        time.sleep(tortured.random.uniform(0.6, 2.0))
        tortured.kill(child)
    assert tortured.start("work", "--once").wait() == 0
    told = tortured.inside("told")
    assert told["raised"] >= rounds * 40
    assert (told["twice"], told["missing"]) == ([], 0)
    assert told["alarms"] == told["raised"]
    assert (told["fault"], told["differences"]) == ("", [])
