"""create_app(): the line as a web app, its parts wired together."""

import os
from collections.abc import Callable
from datetime import UTC, datetime

from flask import Blueprint, Flask

from ivr.check.loading import open_line
from ivr.settings import Settings
from ivr.sms.channel import TextChannel
from ivr.sms.status import status_blueprint
from ivr.sms.webhook import sms_blueprint
from ivr.speech import AudioLibrary
from ivr.voice import CallHandler, EffectHandler, Playlist, nothing_to_play
from ivr.voice.status import call_status_blueprint
from ivr.voice.webhook import voice_blueprint
from ivr.web.audio import audio_blueprint, clips_playlist, files_here
from ivr.web.counters import Counts
from ivr.web.health import health_blueprint
from ivr.web.signature import SignatureCheck
from ivr.web.voices import voices

_LARGEST_BODY = 64 * 1024  # bytes; what the carrier sends takes two


TEXTS = "texts"  # app.extensions[TEXTS]: the text channel, for whoever runs its worker


def create_app(
    settings: Settings | None = None,
    clock: Callable[[], datetime] | None = None,
    effects: EffectHandler | None = None,
) -> Flask:
    """The app that the Procfile's `web` serves.

    `settings` come from the environment unless given; `clock` gives aware times; `effects` carries
    out what calls ask for, in place of the outbox. Raises SettingsRefused or LineRefused: an app
    that can't help callers does not start.

    Texts are sent in threads that begin with the process's first request, whatever server runs it.
    Where a `clock` is given none do, for threads wait in real time: whoever moves that clock calls
    `app.extensions[TEXTS].worker.work_off`.
    """
    settings = settings or Settings.from_environ(os.environ)
    in_real_time, clock = clock is None, clock or _now
    line = open_line(settings.data, settings.prompts)
    texts = TextChannel(line, settings, clock)
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
    speaking = voices(line, settings.prompts, settings.voices)
    counts = Counts(line.scripts, line.tree.nodes)
    answers = CallHandler(
        line,
        settings.public_url,
        speaking,
        effects or texts.requests,
        clock,
        playlist,
        counts.number_read,
    )

    app = Flask(__name__, static_folder=None)
    app.config["MAX_CONTENT_LENGTH"] = _LARGEST_BODY
    app.extensions[TEXTS] = texts
    guard = SignatureCheck(settings.public_url, settings.auth_tokens).guard
    for webhooks in (
        voice_blueprint(line, answers, settings.can_text, counts),
        call_status_blueprint(texts.requests.call_is_over),
        sms_blueprint(
            line,
            texts.refusals,
            texts.replies,
            settings.keys,
            clock,
            lambda: counts.failed("sms"),
        ),
        status_blueprint(texts.outbox),
    ):
        webhooks.before_request(guard)
        app.register_blueprint(webhooks)
    if in_real_time:
        app.before_request(texts.work_here)
    if audio is not None:
        app.register_blueprint(audio)
    app.register_blueprint(health_blueprint(texts, counts))
    return app


def _now() -> datetime:
    return datetime.now(UTC)
