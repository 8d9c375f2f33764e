"""create_app(): the line as a web app, its parts wired together."""

import os
from collections.abc import Callable
from datetime import UTC, datetime

from flask import Blueprint, Flask, Response, jsonify

from ivr.audio import audio_blueprint, clips_playlist, files_here
from ivr.engine import Line
from ivr.folders import open_lexicons, open_line
from ivr.settings import Settings
from ivr.signature import SignatureCheck
from ivr.sms import Sender, Texting
from ivr.speech import AudioLibrary, Lexicon
from ivr.store import Store
from ivr.voice import Answers, Playlist, Voice, nothing_to_play, voice_blueprint

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
    playlist: Playlist = nothing_to_play
    audio: Blueprint | None = None
    if settings.speech == "play":
        library = AudioLibrary(settings.clips)
        if settings.audio_url:  # what lies elsewhere can't be looked at; the list is believed
            listed = {entry.file for entry in library.entries.values()}
            playlist = clips_playlist(library, settings.audio_url, listed)
        else:
            files = files_here(library)
            playlist = clips_playlist(library, f"{settings.public_url}/audio", files)
            audio = audio_blueprint(library, files)
    answers = Answers(line, settings.public_url, _voices(line, settings), texting, clock, playlist)

    app = Flask(__name__, static_folder=None)
    app.config["MAX_CONTENT_LENGTH"] = _LARGEST_BODY
    voice = voice_blueprint(line, answers, settings.can_text)
    voice.before_request(SignatureCheck(settings.public_url, settings.auth_tokens).guard)
    app.register_blueprint(voice)
    if audio is not None:
        app.register_blueprint(audio)

    @app.get("/healthz")
    def health() -> Response:
        """Whether calls are answered (they are, or this would not be), and what is degraded."""
        degraded = [] if store.is_up() else ["database: calls go on, no text can be sent"]
        if not settings.can_text:
            degraded.append("texts: neither SMS_FROM nor SMS_SERVICE_SID is set")
        return jsonify(status="degraded" if degraded else "ok", degraded=degraded)

    return app


def _voices(line: Line, settings: Settings) -> dict[str, Voice]:
    lexicons = open_lexicons(settings.prompts, line.scripts)
    return {
        language: Voice(
            settings.voices.get(language, script.prompts.voice),
            script.prompts.locale,
            _respelling(lexicons[language]),
        )
        for language, script in line.scripts.items()
    }


def _respelling(lexicon: Lexicon) -> Callable[[str], list[tuple[str, str | None]]]:
    """The lexicon as the voice channel asks for it: channels do not know each other."""
    return lambda text: [(piece.written, piece.spoken) for piece in lexicon.pieces(text)]


def _now() -> datetime:
    return datetime.now(UTC)
