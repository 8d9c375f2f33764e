"""The web phone with an app that is not ours: sound and texts, and no picture."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, Route, expect

from ringback.commands.shared.app_service import app_service
from ringback.commands.shared.web_phone_server import served
from simulator.tests.webphone.exchange import SLOW, Company, app, running

ACCOUNT = {"TWILIO_ACCOUNT_SID": "AC" + "1" * 32, "TWILIO_AUTH_TOKEN": "a-token"}


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    with running(app()) as base:
        service = app_service(f"{base}/tune", f"{base}/sms", ACCOUNT)
        with served(service, "127.0.0.1", 0) as address:
            page = browser.new_page(locale="en")
            page.goto(address)
            page.wait_for_selector("html[data-ready=true]")
            yield page
            page.close()


def test_what_the_app_plays_sounds_until_a_key_is_pressed(page: Page) -> None:
    """The clip is the carrier's own copy; a note on the screen shows that it sounds."""
    with page.expect_response("**/sounds/1") as sound:
        page.get_by_role("button", name="Call", exact=True).click()
    assert sound.value.headers["content-type"] == "audio/wav"
    expect(page.locator("#note")).to_be_visible()
    page.get_by_role("button", name="4", exact=True).click()
    expect(page.locator("#note")).to_be_hidden()
    expect(page.locator("#transcript .line").last).to_contain_text("You pressed 4.")


def test_it_can_be_texted(page: Page) -> None:
    field = page.get_by_label("Text the line")
    field.fill("help <b>")
    field.press("Enter")
    expect(page.locator("#thread .out p")).to_have_text("help <b>")
    expect(page.locator("#thread .in p")).to_have_text("You wrote help <b>")
    expect(field).to_have_value("")


def test_there_is_neither_a_picture_nor_a_clock_to_set(page: Page) -> None:
    expect(page.locator("#tree")).to_be_hidden()
    expect(page.locator("#at")).to_be_hidden()


def test_a_call_whose_tab_is_closed_ends(browser: Browser) -> None:
    with running(app()) as base:
        company = Company(base)
        with served(company.service(), "127.0.0.1", 0) as address:
            page = browser.new_page(locale="en")
            page.goto(address)
            page.get_by_role("button", name="Call", exact=True).click()
            expect(page.locator("#transcript .line").first).to_be_visible()
            assert company.up == 1
            page.close()
            assert company.taken_down.wait(SLOW)
            assert company.up == 0


def test_the_call_button_waits_until_the_page_can_call(browser: Browser) -> None:
    """A click before that would be lost: the page first asks the service what it offers."""
    with running(app()) as base, served(Company(base).service(), "127.0.0.1", 0) as address:
        page = browser.new_page(locale="en")
        held: list[Route] = []
        page.route("**/service.json", lambda route: held.append(route))
        with page.expect_request("**/service.json"):
            page.goto(address)
        button = page.get_by_role("button", name="Call", exact=True)
        expect(button).to_be_disabled()
        held[0].continue_()
        expect(button).to_be_enabled()
        button.click()
        expect(page.locator("#transcript .line").first).to_be_visible()


def test_a_page_whose_connection_drops_goes_on_where_it_was(browser: Browser) -> None:
    """The feed ends as soon as it is opened; the page opens it again and misses nothing."""
    with running(app()) as base, served(Company(base).service(), "127.0.0.1", 0) as address:
        page = browser.new_page(locale="en")
        cut = 0

        def cut_off(route: Route) -> None:
            nonlocal cut
            cut += 1
            if cut > 1:
                route.continue_()
                return
            route.fulfill(body="retry: 50\n\n", content_type="text/event-stream")

        page.route("**/feed", cut_off)
        page.goto(address)
        page.wait_for_selector("html[data-ready=true]")
        page.get_by_role("button", name="Call", exact=True).click()
        page.get_by_role("button", name="1", exact=True).click()
        expect(page.locator("#transcript .line").last).to_contain_text("You pressed 1.")
        assert cut > 1
        page.close()
