"""The line itself, served for one call over real HTTP on 127.0.0.1."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from tempfile import TemporaryDirectory
from threading import Thread

from flask import Flask
from werkzeug.serving import BaseWSGIServer, make_server

from ivr.settings import Folders, Settings
from ivr.speech import AudioLibrary
from ivr.web import TEXTS, create_app
from ringback import Captions, Carrier
from ringback.commands.shared.web_phone_server import QuietHandler

_LOOK_FOR_END = 0.02  # seconds between looks whether to stop serving
_PASSED_ON = (
    "IVR_DATA", "IVR_PROMPTS", "VOICES",
    "SPEECH", "SPEECH_ENGINES", "AUDIO_URL", "IVR_AUDIO",
)  # fmt: skip


@contextmanager
def hosted(
    carrier: Carrier, api_url: str, sms_from: str, environ: Mapping[str, str]
) -> Iterator[str]:
    """Serves the line as `carrier`'s customer; gives the address it answers at.

    It runs its production code with a database of its own, which is thrown away, and takes the
    carrier's clock for its own. Raises LineRefused or SettingsRefused when it cannot start.
    """
    server = make_server(
        "127.0.0.1", 0, Flask("not yet"), threaded=True, request_handler=QuietHandler
    )
    base = f"http://127.0.0.1:{server.server_port}"
    with TemporaryDirectory(prefix="ivr-call-") as folder, _closing(server):
        settings = Settings.from_environ(
            {
                "TWILIO_ACCOUNT_SID": carrier.account_sid,
                "TWILIO_AUTH_TOKEN": carrier.auth_token,
                "TWILIO_API_URL": api_url,
                "PUBLIC_URL": base,
                "SMS_FROM": sms_from,
                "DATABASE_URL": f"sqlite:///{folder}/call.sqlite3",
                **{name: environ[name] for name in _PASSED_ON if name in environ},
            }
        )
        # The app must know its address before it exists, so the port was taken first. Its texts
        # are sent while the carrier's time passes, for that is not the real time.
        server.app = create_app(settings, clock=carrier.now)
        carrier.while_time_passes = server.app.extensions[TEXTS].worker.work_off
        thread = Thread(
            target=server.serve_forever, args=(_LOOK_FOR_END,), name="line", daemon=True
        )
        thread.start()
        try:
            yield base
        finally:
            server.shutdown()
            thread.join()


def captions(environ: Mapping[str, str]) -> Captions:
    """What the line's clips say, by their URLs: a transcript shows words, not file names."""
    library = AudioLibrary(Folders.from_environ(environ).clips)
    texts = {entry.file: entry.text for entry in library.entries.values()}
    return lambda url: texts.get(url.rpartition("/")[2])


@contextmanager
def _closing(server: BaseWSGIServer) -> Iterator[None]:
    try:
        yield
    finally:
        server.server_close()
