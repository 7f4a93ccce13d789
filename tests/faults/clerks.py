"""People at browsers, over HTTP: they register matters, and keep what was acknowledged."""

import re
import threading
import urllib.error
import urllib.parse
import urllib.request
from http.client import HTTPException
from http.cookiejar import CookieJar
from uuid import uuid4

CLERKS = ("zhou", "xu")
TOKEN = re.compile(r'name="csrfmiddlewaretoken" value="([^"]+)"')
NUMBER = re.compile(r"\d{4}-\d{6,}")


class NoRedirect(urllib.request.HTTPRedirectHandler):
    """The receipt's address is the acknowledgement; it need not be opened."""

    def redirect_request(self, *_args):
        return None


class Clerk:
    """Registers matters; keeps which keys were sent and which numbers were acknowledged."""

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
            self.acknowledged.setdefault(key, set()).add(NUMBER.search(leads_to)[0])
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


def at_work(clerks, site):
    """Threads in which the clerks register at the same time until the server is gone."""
    tokens = [clerk.sign_in(site) for clerk in clerks]
    pairs = zip(clerks, tokens, strict=True)
    threads = [threading.Thread(target=clerk.work, args=(site, token)) for clerk, token in pairs]
    for thread in threads:
        thread.start()
    return threads


def everything(clerks):
    """What all of them sent, and what was acknowledged to them."""
    acknowledged = {key: numbers for clerk in clerks for key, numbers in clerk.acknowledged.items()}
    return [key for clerk in clerks for key in clerk.sent], acknowledged
