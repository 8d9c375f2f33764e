"""An app on a real port of this machine, and a crowd that rings it."""

import asyncio
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from threading import Lock, Thread
from typing import Any

from flask import Flask, Response, request
from twilio.request_validator import RequestValidator
from werkzeug.serving import make_server

from ringback.load import Load, LoadPlan, Report
from simulator.tests.booth import LINE, Page, twiml

SID, TOKEN = "AC" + "1" * 32, "a-token-for-crowds"
MENU = '<Gather numDigits="1" action="/number"><Say>For a number, press three.</Say></Gather>'
NUMBER = '<Say language="ja-JP">ゼロ イチ ニー ゼロ サン サン サン</Say>'
PAGES: Mapping[str, Page] = {"/voice": MENU, "/number": NUMBER}


class Hall:
    """An app whose pages are TwiML verbs; it counts who asks for what, and how many at once."""

    def __init__(self, pages: Mapping[str, Page]) -> None:
        self.asked: list[dict[str, str]] = []
        self.paths: list[str] = []
        self.unsigned = self.most_at_once = 0
        self.url = ""
        self._inside = 0
        self._counting = Lock()
        self.app = Flask("hall")
        for path, page in pages.items():
            self.app.add_url_rule(path, path, self._view(page), methods=["GET", "POST"])

    def _view(self, page: Page) -> Callable[[], Any]:
        def view() -> Any:
            signature = request.headers.get("X-Twilio-Signature", "")
            signed = RequestValidator(TOKEN).validate(request.url, request.form, signature)
            with self._counting:
                self._inside += 1
                self.most_at_once = max(self.most_at_once, self._inside)
                self.unsigned += not signed
                self.asked.append({**request.args.to_dict(), **request.form.to_dict()})
                self.paths.append(request.path)
            try:
                return page() if callable(page) else twiml(page)
            finally:
                with self._counting:
                    self._inside -= 1

        return view


@contextmanager
def hall(pages: Mapping[str, Page] = PAGES) -> Iterator[Hall]:
    """Opens the app on 127.0.0.1, and closes it."""
    opened = Hall(pages)
    server = make_server("127.0.0.1", 0, opened.app, threaded=True)
    server.daemon_threads = True
    thread = Thread(target=server.serve_forever, args=(0.02,), daemon=True)
    thread.start()
    opened.url = f"http://127.0.0.1:{server.server_port}/voice"
    try:
        yield opened
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


def plan(url: str, **more: Any) -> LoadPlan:
    """Twenty callers who press three, for a moment."""
    asked = {"callers": 20, "seconds": 0.3, "scripts": ("3",), "drain": 20.0, **more}
    return LoadPlan(url=url, account_sid=SID, auth_token=TOKEN, to=LINE, **asked)


def crowd(url: str, **more: Any) -> Report:
    """What came of it."""
    return asyncio.run(_rings(plan(url, **more)))


async def _rings(wanted: LoadPlan) -> Report:
    return await Load(wanted).run()


def broken() -> Response:
    """What a page answers that is out of order."""
    return Response("no", 500)
