"""The line's clips on the web: what a turn plays, and the files themselves."""

import logging
from collections.abc import Callable, Container, Iterable

from flask import Blueprint, Response, abort, send_from_directory

from ivr.engine import Speech
from ivr.speech import AudioLibrary, playlist
from ivr.speech.wav import MEDIA_TYPE

log = logging.getLogger(__name__)

_FOR_EVER = 365 * 24 * 3600  # seconds; a clip is named by its content, so it never changes


def files_here(library: AudioLibrary) -> frozenset[str]:
    """The clips that are not only listed but lie in the folder: a lost file must not be played."""
    entries = library.entries.values()
    there = frozenset(entry.file for entry in entries if library.path(entry).is_file())
    if len(there) < len(entries) or not there:
        log.warning(
            "%s holds %d clips of the %d it lists; what is missing is said: ivr prompts build",
            *(library.folder, len(there), len(entries)),
        )
    return there


def clips_playlist(
    library: AudioLibrary, base: str, files: Container[str]
) -> Callable[[Speech], Iterable[str | Speech]]:
    """Cuts a speech into URLs below `base` to play, and what has none of `files` and is said."""

    def items(speech: Speech) -> Iterable[str | Speech]:
        for utterance in playlist(speech):
            entry = library.find(utterance)
            yield f"{base}/{entry.file}" if entry and entry.file in files else utterance.parts

    return items


def audio_blueprint(library: AudioLibrary, files: Container[str]) -> Blueprint:
    """`/audio/<clip>`: cacheable for ever, unsigned (the carrier does not sign what it plays).

    https://www.twilio.com/docs/voice/twiml/play: proxies keep a file as its Cache-Control says.
    """
    blueprint = Blueprint("audio", __name__)
    folder = library.folder.resolve()

    @blueprint.get("/audio/<name>")
    def clip(name: str) -> Response:
        if name not in files:
            abort(404)
        response = send_from_directory(folder, name, mimetype=MEDIA_TYPE, max_age=_FOR_EVER)
        response.cache_control.public = True
        response.cache_control.immutable = True
        return response

    return blueprint
