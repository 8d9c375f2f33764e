"""Cookies of text conversations: who keeps them, how long, and where they are sent.

https://support.twilio.com/hc/en-us/articles/223136287-How-do-Twilio-cookies-work-
"""

from collections.abc import Mapping
from typing import Any

import pytest
from flask import Response, make_response, request

from simulator.tests.booth import START, Booth, twiml
from simulator.tests.test_text_in import HOME, bodies, send


class Counting:
    """An app that counts a texter's messages in a cookie."""

    def __init__(self, **cookie: Any) -> None:
        self._cookie = cookie
        self.booth = Booth({"/sms": self._page, "/deep/sms": self._page})

    def _page(self) -> Response:
        count = int(request.cookies.get("count", 0)) + 1
        response = make_response(twiml(f"<Message>{count}</Message>"))
        response.set_cookie("count", str(count), **self._cookie)
        return response

    def text(self, **text: Any) -> str:
        return bodies(send(self.booth, **text))[0]


def test_cookies_belong_to_a_pair_of_numbers() -> None:
    """https://support.twilio.com/hc/en-us/articles/223136287-How-do-Twilio-cookies-work-"""
    app = Counting()
    assert [app.text(), app.text()] == ["1", "2"]
    assert app.text(from_="+819099999999") == "1"
    assert app.text(to="+15005550007") == "1"
    assert app.text() == "3"


@pytest.mark.parametrize(
    ("cookie", "lives", "gone"),
    [
        ({}, 4 * 3600 - 1, 2),
        ({"max_age": 60}, 59, 2),
        ({"max_age": 24 * 3600}, 4 * 3600 - 1, 2),  # four hours at most
        ({"expires": START.timestamp() + 600}, 299, 302),
    ],
)
def test_cookies_live_four_hours_or_as_long_as_they_say_if_that_is_less(
    cookie: Mapping[str, Any], lives: float, gone: float
) -> None:
    app = Counting(**cookie)
    assert app.text() == "1"
    app.booth.carrier.pass_time(lives)
    assert app.text() == "2"
    app.booth.carrier.pass_time(lives + gone)
    assert app.text() == "1"


@pytest.mark.parametrize(
    ("cookie", "url", "kept"),
    [
        ({"secure": True}, HOME, True),
        ({"secure": True}, "http://app.test/sms", False),
        ({"path": "/deep"}, "https://app.test/deep/sms", True),
        ({"path": "/deep"}, HOME, False),
        ({"path": "/dee"}, "https://app.test/deep/sms", False),
        ({"max_age": 0}, HOME, False),
    ],
)
def test_cookies_go_only_where_they_are_meant_to(
    cookie: Mapping[str, Any], url: str, kept: bool
) -> None:
    app = Counting(**cookie)
    assert [app.text(url=url), app.text(url=url)] == ["1", "2" if kept else "1"]
