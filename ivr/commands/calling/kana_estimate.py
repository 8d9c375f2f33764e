"""How long Japanese takes to say, by its reading; readings are kept on disk.

Open JTalk's dictionary takes a second and 150 MB to load, and a line says the same sentences again
and again. So each reading is kept in a file of its own, named by the sentence and the version of
the dictionary; files are written whole, so that commands at the same time cannot disturb each
other. They lie in the virtual environment that holds the dictionary, and go away with it.
"""

import sys
from contextlib import suppress
from functools import cache
from hashlib import sha256
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

from ivr.speech import MissingExtra
from ivr.speech.manifest import write_whole
from ivr.speech.readings import kana, seconds_in_speech

_DICTIONARY = "pyopenjtalk-plus"


def by_kana(text: str, language: str) -> float | None:
    """The seconds that Japanese takes to say; None for other languages, and where the readings are
    not installed (the extra [speech])."""
    installed = _version()
    if not language.startswith("ja") or installed is None:
        return None
    try:
        return seconds_in_speech(_reading(text, installed))
    except MissingExtra:
        return None


def _reading(text: str, installed: str) -> str:
    file = _folder() / sha256(f"{installed}\n{text}".encode()).hexdigest()
    with suppress(OSError, UnicodeDecodeError):
        return file.read_text(encoding="utf-8")
    found = kana(text)
    if sys.prefix != sys.base_prefix:  # a system's own folders are not for this
        with suppress(OSError):
            write_whole(file, found.encode())
    return found


def _folder() -> Path:
    return Path(sys.prefix, "var", "kana")


@cache
def _version() -> str | None:
    """The version of the dictionary; None where there is none."""
    try:
        return version(_DICTIONARY)
    except PackageNotFoundError:
        return None
