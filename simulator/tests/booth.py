"""A telephone booth: a carrier and pages of TwiML, so that a test says only what it is about."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

import httpx
from flask import Flask, Response, request
from twilio.request_validator import RequestValidator

from ringback import CallRecord, Carrier, Number, Phone, ScriptedPhone

START = datetime(2026, 7, 1, 1, 0, tzinfo=UTC)
CALLER, LINE, SENDER = "+819012345678", "+815031234567", "+15005550006"
HOME = "http://app.test/voice"
XML = "text/xml"

Page = str | Callable[[], Any]


@dataclass(frozen=True)
class Asked:
    """One request as the app saw it."""

    method: str
    path: str
    fields: dict[str, str]
    signed: bool
    headers: dict[str, str]


class Booth:
    """An app whose pages are strings of TwiML verbs, and a carrier that calls it in process."""

    def __init__(self, pages: Mapping[str, Page], **carrier: Any) -> None:
        self.asked: list[Asked] = []
        self._app = Flask("pages")
        for path, page in pages.items():
            self._app.add_url_rule(
                path, path, self._view(page), methods=["GET", "POST"], strict_slashes=False
            )
        numbers = (Number(LINE, sms=False), SENDER)
        carrier = {"numbers": numbers, "start": START, "stopwatch": lambda: 0.0, **carrier}
        self.carrier = Carrier(transport=httpx.WSGITransport(self._app), **carrier)

    def ring(
        self, keys: str = "", *, phone: Phone | None = None, barge_in: bool = False, **call: Any
    ) -> CallRecord:
        """A call to /voice in which the caller presses `keys`."""
        phone = phone or ScriptedPhone(keys, barge_in=barge_in)
        return self.carrier.call(
            **{"url": HOME, "from_": CALLER, "to": LINE, "phone": phone, **call}
        )

    @property
    def paths(self) -> list[str]:
        """The paths that were asked, in order."""
        return [asked.path for asked in self.asked]

    def _view(self, page: Page) -> Callable[[], Any]:
        def view() -> Any:
            self.asked.append(self._note())
            if callable(page):
                return page()
            return twiml(page)

        return view

    def _note(self) -> Asked:
        signature = request.headers.get("X-Twilio-Signature", "")
        validator = RequestValidator(self.carrier.auth_token)
        return Asked(
            request.method,
            request.path,
            {**request.args.to_dict(), **request.form.to_dict()},
            validator.validate(_as_sent(), request.form, signature),
            dict(request.headers),
        )


def _as_sent() -> str:
    """The URL with its percent-encoding, which request.url would have decoded."""
    query = request.query_string.decode()
    return request.base_url + (f"?{query}" if query else "")


def twiml(verbs: str, content_type: str = XML) -> Response:
    """The verbs as a whole document."""
    document = f'<?xml version="1.0" encoding="UTF-8"?><Response>{verbs}</Response>'
    return Response(document, content_type=content_type)


def summary(record: CallRecord, *kinds: str) -> list[str]:
    """The call as a list of short words, requests left out: "heard Hello", "pressed 1" …"""
    words = {
        "heard": lambda event: event.text + (" …" if event.cut else ""),
        "pressed": lambda event: event.keys + (" (lost)" if event.lost else ""),
        "spoke": lambda event: event.text + (" (lost)" if event.lost else ""),
        "recorded": lambda event: f"{event.seconds:.0f}",
        "unsimulated": lambda event: event.verb,
        "silence": lambda event: f"{event.seconds:g}",
        "texted": lambda event: event.body,
        "dialed": lambda event: event.to,
        "error": lambda event: str(event.code),
        "hangup": lambda event: event.by,
    }
    return [
        f"{event.event} {words[event.event](event)}"
        for event in record.events
        if event.event in (kinds or words)
    ]
