"""create_app(): the line as a web app, its parts wired together."""

import os
from collections.abc import Callable
from datetime import UTC, datetime

from flask import Flask, Response, jsonify

from ivr.engine import Line
from ivr.folders import open_line
from ivr.settings import Settings
from ivr.signature import SignatureCheck
from ivr.sms import Sender, Texting
from ivr.store import Store
from ivr.voice import Answers, Voice, voice_blueprint

_LARGEST_BODY = 64 * 1024  # bytes; what the carrier sends takes two


def create_app(
    settings: Settings | None = None, clock: Callable[[], datetime] | None = None
) -> Flask:
    """The app that the Procfile's `web` serves.

    `settings` come from the environment unless given; `clock` tells aware times. Raises
    SettingsRefused or LineRefused: an app that can't help callers does not start.
    """
    settings = settings or Settings.from_environ(os.environ)
    clock = clock or _now
    line = open_line(settings.data, settings.prompts)
    store = Store(settings.database_url)
    texting = Texting(line, settings, store, Sender(settings), clock)
    answers = Answers(line, settings.public_url, _voices(line, settings), texting, clock)

    app = Flask(__name__, static_folder=None)
    app.config["MAX_CONTENT_LENGTH"] = _LARGEST_BODY
    voice = voice_blueprint(line, answers, settings.can_text)
    voice.before_request(SignatureCheck(settings.public_url, settings.auth_tokens).guard)
    app.register_blueprint(voice)

    @app.get("/healthz")
    def health() -> Response:
        """Whether calls are answered (they are, or this would not be), and what is degraded."""
        degraded = [] if store.is_up() else ["database: calls go on, no text can be sent"]
        if not settings.can_text:
            degraded.append("texts: neither SMS_FROM nor SMS_SERVICE_SID is set")
        return jsonify(status="degraded" if degraded else "ok", degraded=degraded)

    return app


def _voices(line: Line, settings: Settings) -> dict[str, Voice]:
    return {
        language: Voice(settings.voices.get(language, script.prompts.voice), script.prompts.locale)
        for language, script in line.scripts.items()
    }


def _now() -> datetime:
    return datetime.now(UTC)
