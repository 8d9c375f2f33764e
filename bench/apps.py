"""The apps that are compared: the line itself, and two yardsticks beside it.

All three check signatures with the same code and listen on the same paths.
"""

import os
from datetime import UTC, datetime

from flask import Flask, Response, request

from ivr.check.loading import open_line
from ivr.engine import Caller, CallerKind, Keys, Silence, Start, beginning, step
from ivr.settings import Settings
from ivr.voice import Voice
from ivr.voice.twiml import to_twiml
from ivr.voice.urls import position_from
from ivr.web.signature import SignatureCheck, raw_target

_CALLER = Caller(CallerKind.MOBILE)


def bare() -> Flask:
    """A route that checks the signature and returns constant bytes, as long as a menu."""
    settings = Settings.from_environ(os.environ)
    line = open_line(settings.data, settings.prompts)
    voices = {name: Voice(s.prompts.voice, s.prompts.locale) for name, s in line.scripts.items()}
    opening = line.timetable.at(datetime.now(UTC))
    menu = to_twiml(
        step(line, beginning(line), Start(), opening, _CALLER), settings.public_url, voices
    )
    app = _locked(settings)

    @app.post("/voice")
    def start() -> Response:
        return Response(menu, content_type="text/xml; charset=utf-8")

    @app.post("/voice/<language>/<node>")
    def heard(**_place: str) -> Response:
        return Response(menu, content_type="text/xml; charset=utf-8")

    return app


def built() -> Flask:
    """The same answers as the line's, worked out and built with `twilio.twiml` every time."""
    settings = Settings.from_environ(os.environ)
    line = open_line(settings.data, settings.prompts)
    voices = {name: Voice(s.prompts.voice, s.prompts.locale) for name, s in line.scripts.items()}
    app = _locked(settings)

    def answer(position: object, event: object) -> Response:
        opening = line.timetable.at(datetime.now(UTC))
        turn = step(line, position, event, opening, _CALLER)  # type: ignore[arg-type]
        body = to_twiml(turn, settings.public_url, voices)
        return Response(body, content_type="text/xml; charset=utf-8")

    @app.post("/voice")
    def start() -> Response:
        return answer(beginning(line), Start())

    @app.post("/voice/<language>/<node>")
    def heard(**_place: str) -> Response:
        digits = request.form.get("Digits", "")
        return answer(position_from(raw_target(request)), Keys(digits) if digits else Silence())

    return app


def _locked(settings: Settings) -> Flask:
    app = Flask(__name__, static_folder=None)
    app.before_request(SignatureCheck(settings.public_url, settings.auth_tokens).guard)
    return app
