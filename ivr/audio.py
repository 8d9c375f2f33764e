"""The line's clips on the web: what a turn plays, and the files themselves."""

import logging
from collections.abc import Callable, Iterable

from flask import Blueprint, Response, abort, send_from_directory

from ivr.engine import Speech
from ivr.speech import AudioLibrary, playlist

log = logging.getLogger(__name__)

_FOR_EVER = 365 * 24 * 3600  # seconds; a clip is named by its content, so it never changes


def clips_playlist(library: AudioLibrary, base: str) -> Callable[[Speech], Iterable[str | Speech]]:
    """Cuts a speech into URLs below `base` to play, and what has no clip and must be said."""
    if not library.entries:
        log.warning(
            "%s holds no clips, so all is said; build them: ivr prompts build", library.folder
        )

    def items(speech: Speech) -> Iterable[str | Speech]:
        for utterance in playlist(speech):
            entry = library.find(utterance)
            yield f"{base}/{entry.file}" if entry is not None else utterance.parts

    return items


def audio_blueprint(library: AudioLibrary) -> Blueprint:
    """`/audio/<clip>`: cacheable for ever, unsigned (the carrier does not sign what it plays).

    https://www.twilio.com/docs/voice/twiml/play: proxies keep a file as its Cache-Control says.
    """
    blueprint = Blueprint("audio", __name__)
    files = {entry.file for entry in library.entries.values()}

    @blueprint.get("/audio/<name>")
    def clip(name: str) -> Response:
        if name not in files:
            abort(404)
        folder = library.folder.resolve()
        response = send_from_directory(folder, name, mimetype="audio/wav", max_age=_FOR_EVER)
        response.cache_control.public = True
        response.cache_control.immutable = True
        return response

    return blueprint
