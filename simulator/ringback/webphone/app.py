"""The page and what it asks for: a small Flask app for this machine, never part of a line."""

import re
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from urllib.parse import urlsplit

from flask import Blueprint, Flask, Response, abort, jsonify, request, send_from_directory

from ringback.callers.phone import KEYS
from ringback.media.wav import is_wav
from ringback.numbers.number import is_e164
from ringback.webphone.line import CannotConnect, Service
from ringback.webphone.sessions import Sessions
from ringback.webphone.telephone import Telephone

_PAGE = Path(__file__).parent / "page"
_HEARTBEAT = 1.0  # seconds; how soon a closed page is noticed
_LONGEST_TEXT = 1_600  # characters, Twilio's own bound
_WITHHELD = re.compile(r"[a-z]+")
_HEADERS = {
    # Nothing from elsewhere, nothing inline: what an app answers cannot become part of the page.
    "Content-Security-Policy": "default-src 'none'; script-src 'self'; style-src 'self';"
    " img-src 'self' data:; connect-src 'self'; base-uri 'none'; form-action 'none';"
    " frame-ancestors 'none'",
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
}


def create_web_phone(service: Service, sessions: Sessions, hosts: frozenset[str]) -> Flask:
    """The web phone's app. `hosts` are the names it may be called by (no others: another site's
    name could be made to point here); without any, every name will do."""
    app = Flask(__name__, static_folder=None)
    app.config["MAX_CONTENT_LENGTH"] = 16 * 1024
    app.register_blueprint(_page(service))
    app.register_blueprint(_telephones(service, sessions))

    @app.before_request
    def only_from_here() -> None:
        """No other site's page may telephone through a visitor's browser."""
        host = urlsplit(f"//{request.host}").hostname or ""
        origin = request.headers.get("Origin")
        if hosts and host not in hosts:
            abort(403, f"this web phone is not called {host}")
        if origin is not None and urlsplit(origin).netloc != request.host:
            abort(403, "another site's page may not use this web phone")

    @app.after_request
    def strictly(response: Response) -> Response:
        response.headers["Cache-Control"] = "no-store"
        for name, value in _HEADERS.items():
            response.headers.setdefault(name, value)
        return response

    return app


def _page(service: Service) -> Blueprint:
    blueprint = Blueprint("page", __name__)

    @blueprint.get("/")
    def index() -> Response:
        return send_from_directory(_PAGE, "index.html")

    @blueprint.get("/page/<path:file>")
    def part(file: str) -> Response:
        return send_from_directory(_PAGE, file)

    @blueprint.get("/service.json")
    def offered() -> Response:
        """What can be dialled, by whom, and whether there is a picture and a clock to set."""
        return jsonify(
            dialled=[
                {"number": each.number, "language": each.language} for each in service.dialled
            ],
            callers=[{"kind": each.kind, "number": each.number} for each in service.callers],
            picture=service.picture is not None,
            zone=str(service.zone) if service.zone else None,
        )

    @blueprint.get("/pictures/<language>.svg")
    def picture(language: str) -> Response:
        if service.picture is None:
            abort(404)
        try:
            drawn = service.picture(language)
        except KeyError:
            abort(404)
        except CannotConnect as error:
            abort(503, str(error))
        # Opened by itself it brings its own style; there is nothing else in it to allow.
        policy = {"Content-Security-Policy": "default-src 'none'; style-src 'unsafe-inline'"}
        return Response(drawn, mimetype="image/svg+xml", headers=policy)

    return blueprint


def _telephones(service: Service, sessions: Sessions) -> Blueprint:
    blueprint = Blueprint("telephones", __name__)

    def found(name: str) -> Telephone:
        telephone = sessions.find(name)
        if telephone is None:
            abort(404, "there is no such telephone: reload the page")
        return telephone

    @blueprint.post("/telephones")
    def install() -> Response:
        name = sessions.install()
        if name is None:
            abort(503, "too many telephones: close a tab")
        return jsonify(telephone=name)

    @blueprint.get("/telephones/<name>/feed")
    def feed(name: str) -> Response:
        telephone = found(name)
        last = request.headers.get("Last-Event-ID", "")
        stream = _events(telephone, int(last) if last.isdecimal() else 0)
        return Response(stream, mimetype="text/event-stream")

    @blueprint.post("/telephones/<name>/call")
    def call(name: str) -> Response:
        from_, to = _field("from"), _field("to")
        _check(is_e164(from_) or bool(_WITHHELD.fullmatch(from_)), "from", "such as +819012345678")
        _check(is_e164(to), "to", "such as +815031234567")
        return _done(found(name).call(from_=from_, to=to, at=_time(service, _field("at"))))

    @blueprint.post("/telephones/<name>/key")
    def key(name: str) -> Response:
        pressed = _field("key")
        _check(len(pressed) == 1 and pressed in KEYS, "key", "one of 0-9 * #")
        return _done(found(name).press(pressed))

    @blueprint.post("/telephones/<name>/hangup")
    def hang_up(name: str) -> Response:
        return _done(found(name).hang_up())

    @blueprint.post("/telephones/<name>/text")
    def text(name: str) -> Response:
        from_, body = _field("from"), _field("body")
        _check(is_e164(from_), "from", "a number that can be texted back, +819012345678")
        _check(0 < len(body) <= _LONGEST_TEXT, "body", f"1 to {_LONGEST_TEXT} characters")
        found(name).text(from_=from_, body=body)
        return _done(True)

    @blueprint.post("/telephones/<name>/gone")
    def gone(name: str) -> Response:
        """The page was closed: its call ends at once, and its telephone is removed."""
        sessions.remove(name)
        return _done(True)

    @blueprint.get("/telephones/<name>/sounds/<int:number>")
    def sound(name: str, number: int) -> Response:
        file = found(name).news.sound(number)
        if file is None:
            abort(404)
        return Response(file, mimetype="audio/wav" if is_wav(file) else "audio/mpeg")

    return blueprint


def _events(telephone: Telephone, last: int) -> Iterator[str]:
    """The feed as server-sent events. https://html.spec.whatwg.org/multipage/server-sent-events.html"""
    with telephone.listened_to():
        yield "retry: 1000\n\n"
        while not telephone.is_gone:
            news = telephone.feed.after(last, _HEARTBEAT)
            telephone.look_for_texts()
            if not news:
                yield ": still here\n\n"
            for number, item in news:
                last = number
                yield f"id: {number}\ndata: {item}\n\n"


def _field(name: str) -> str:
    """A field of the JSON that was posted, without spaces around it."""
    posted = request.get_json(silent=True)
    value = posted.get(name, "") if isinstance(posted, dict) else ""
    return value.strip() if isinstance(value, str) else ""


def _check(right: bool, field: str, expected: str) -> None:
    if not right:
        abort(Response(f"{field}: expected {expected}", 400))


def _time(service: Service, written: str) -> datetime | None:
    if not written or service.zone is None:
        return None
    try:
        moment = datetime.fromisoformat(written)
    except ValueError:
        abort(Response("at: expected a date and a time such as 2026-07-01T22:15", 400))
    return moment if moment.tzinfo else moment.replace(tzinfo=service.zone)


def _done(done: bool) -> Response:
    return Response(status=204 if done else 409)
