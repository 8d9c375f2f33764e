"""An app that is not ours, on real HTTP, and the web phone's own client: for its tests."""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from threading import Event, Thread
from typing import Any
from xml.sax.saxutils import escape

import httpx
from flask import Flask, Response, request
from werkzeug.serving import make_server

from ringback import Carrier
from ringback.webphone import CallingNumber, Connection, DialledNumber, Place, Service
from ringback.webphone.telephone import Telephone
from simulator.tests.sounds import babble, mulaw_file, served

NUMBER, OTHER, MOBILE = "+815031234567", "+815031234568", "+819012345678"
HELLO, TUNE = mulaw_file(babble(1.0)), mulaw_file(babble(9.0))
MENU = (
    '<Gather numDigits="1" action="/next"><Say language="ja-JP">おはようございます。'
    "一をおしてください。</Say><Play>/hello.wav</Play></Gather><Redirect>/voice</Redirect>"
)
NEXT = "<Say>You pressed {}.</Say>"
SLOW = 10.0  # seconds a test waits for news that must come


def app() -> Flask:
    theirs = Flask("theirs")

    @theirs.post("/voice")
    def voice() -> Response:
        return _xml(MENU)

    @theirs.post("/next")
    def following() -> Response:
        return _xml(NEXT.format(request.form["Digits"]))

    @theirs.post("/long")
    def long() -> Response:
        return _xml("<Say>" + "Let me tell you all about it. " * 50 + "</Say>")

    @theirs.post("/sms")
    def sms() -> Response:
        return _xml(f"<Message>You wrote {escape(request.form['Body'])}</Message>")

    @theirs.post("/tune")
    def tune() -> Response:
        return _xml('<Gather numDigits="1" action="/next"><Play>/tune.wav</Play></Gather>')

    @theirs.get("/tune.wav")
    def tune_file() -> Response:
        return served(TUNE)

    @theirs.get("/hello.wav")
    def hello() -> Response:
        return served(HELLO)

    return theirs


@contextmanager
def running(flask: Flask) -> Iterator[str]:
    server = make_server("127.0.0.1", 0, flask, threaded=True)
    thread = Thread(target=server.serve_forever, args=(0.02,), daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}"
    finally:
        server.shutdown()
        thread.join()


@dataclass
class Company:
    """Connects telephones to the app; `opened` are the times that connections were wanted for."""

    base: str
    opened: list[datetime | None] = field(default_factory=list)
    up: int = 0
    taken_down: Event = field(default_factory=Event)

    @contextmanager
    def connect(self, at: datetime | None, transport: httpx.BaseTransport) -> Iterator[Connection]:
        self.opened.append(at)
        self.up += 1
        start = at or datetime(2026, 11, 24, tzinfo=UTC)
        carrier = Carrier(start=start, numbers=[NUMBER], transport=transport)
        paths = {NUMBER: "/voice", OTHER: "/long"}
        yield Connection(carrier, lambda to: f"{self.base}{paths[to]}", f"{self.base}/sms", NUMBER)
        self.up -= 1
        self.taken_down.set()

    def service(self) -> Service:
        return Service(
            connect=self.connect,
            dialled=(DialledNumber(NUMBER, "ja"), DialledNumber(OTHER, "en")),
            callers=(CallingNumber("mobile", MOBILE),),
            zone=UTC,
            picture=lambda language: {"ja": "<svg/>"}[language],
            place=lambda url: Place("ja", url.rpartition("/")[2]),
        )


@dataclass
class Reader:
    """Reads a telephone's feed as its page does."""

    telephone: Telephone
    last: int = 0
    seen: list[dict[str, Any]] = field(default_factory=list)

    def until(self, kind: str) -> dict[str, Any]:
        """Reads on to the next news of this kind."""
        with self.telephone.listened_to():
            while news := self.telephone.feed.after(self.last, SLOW):
                self.last, item = news[0]
                self.seen.append(json.loads(item))
                if self.seen[-1]["kind"] == kind:
                    return self.seen[-1]
        raise AssertionError(f"no news of {kind} after {self.seen}")


def _xml(verbs: str) -> Response:
    return Response(f"<Response>{verbs}</Response>", mimetype="text/xml")
