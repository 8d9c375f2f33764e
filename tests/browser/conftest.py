"""A browser and a served line, once for each file of this folder; skipped without a Chromium."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page

from ivr.commands.calling.line_service import line_service
from ringback.commands.shared.web_phone_server import served
from tests.support.chromium import browser as opened
from tests.support.chromium import chromium


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    if chromium() is None:
        pytest.skip("no Chromium on this machine: apt-get install chromium fonts-noto-cjk")
    with opened() as browser:
        yield browser


@pytest.fixture(scope="module")
def address() -> Iterator[str]:
    with served(line_service({}), "127.0.0.1", 0) as address:
        yield address


@pytest.fixture
def errors() -> list[str]:
    """What the page complained of; empty at the end of every test."""
    return []


@pytest.fixture
def page(browser: Browser, address: str, errors: list[str]) -> Iterator[Page]:
    """The web phone's page, ready to call; any error or refused content fails the test."""
    context = browser.new_context(
        viewport={"width": 1400, "height": 1000}, locale="en", reduced_motion="reduce"
    )
    page = context.new_page()
    page.on("pageerror", lambda error: errors.append(str(error)))
    page.on("console", lambda said: said.type == "error" and errors.append(said.text))
    page.goto(address)
    page.wait_for_selector("html[data-ready=true]")
    yield page
    context.close()
    assert errors == []
