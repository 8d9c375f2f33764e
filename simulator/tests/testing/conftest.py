"""What tests of the telephone and of the plugin begin with: a shop that takes calls, a project."""

from collections.abc import Callable, Iterator, Mapping
from contextlib import ExitStack, closing

import pytest

from ringback.testing import Handset
from simulator.tests.booth import CALLER, HOME, LINE, Booth, Page

MENU = (
    '<Gather numDigits="1" action="/chosen" timeout="4"><Say>Good day. For sales, press 1.</Say>'
    "<Say>For repairs, press 2.</Say></Gather><Say>We heard nothing.</Say>"
    "<Redirect>/voice</Redirect>"
)
SHOP = {"/voice": MENU, "/chosen": "<Say>Please hold the line. Goodbye.</Say>"}


Taken = Callable[[Mapping[str, Page]], Handset]


@pytest.fixture
def take() -> Iterator[Taken]:
    """Takes up a telephone to an app of these pages."""
    with ExitStack() as stack:

        def taken(pages: Mapping[str, Page]) -> Handset:
            telephone = Handset(Booth(pages).carrier, number=CALLER, url=HOME, line=LINE)
            return stack.enter_context(closing(telephone))

        yield taken


@pytest.fixture
def shop(take: Taken) -> Handset:
    return take(SHOP)


SHOP_APP = """
from flask import Flask, request
from twilio.rest import Client

app = Flask(__name__)

@app.post("/voice")
def voice():
    if request.form.get("Digits") == "1":
        Client().messages.create(to=request.form["From"], from_=request.form["To"], body="Open 9-5")
        return "<Response><Say>It is on its way. Goodbye.</Say></Response>"
    return "<Response><Gather numDigits='1'><Say>Press 1 for a text.</Say></Gather></Response>"
"""
CONFTEST = """
import pytest

@pytest.fixture
def twilio_app():
    from shop import app
    return app
"""


@pytest.fixture
def project(pytester: pytest.Pytester, monkeypatch: pytest.MonkeyPatch) -> pytest.Pytester:
    """A project with the app of a shop, and no account anywhere."""
    monkeypatch.delenv("TWILIO_ACCOUNT_SID", raising=False)
    monkeypatch.delenv("TWILIO_AUTH_TOKEN", raising=False)
    monkeypatch.setenv("PYTEST_ADDOPTS", "-p no:hypothesispytest")  # slow to start, and not used
    pytester.makepyfile(shop=SHOP_APP)
    pytester.makeconftest(CONFTEST)
    pytester.syspathinsert()
    return pytester
