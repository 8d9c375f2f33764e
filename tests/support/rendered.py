"""The shipped line's clips, rendered once for all tests that listen; skipped without the extra."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path

import pytest

from ivr.settings import Folders
from ivr.speech.studio import Studio, open_studio

ENGINES = "ja=openjtalk,en=espeak"


def rendered(folder: Path) -> Studio:
    """A studio whose library in `folder` holds every clip."""
    pytest.importorskip("pyopenjtalk", reason="the extra [speech] is not installed")
    pytest.importorskip("espeakng_loader", reason="the extra [speech] is not installed")
    folders = Folders.from_environ({"IVR_AUDIO": str(folder)})
    studio = open_studio(folders, ENGINES, datetime.now(UTC))
    studio.audio.build(studio.utterances, studio.cast, jobs=2)
    return studio


@contextmanager
def locked(folder: Path) -> Iterator[None]:
    """One builder at a time, where tests run in several processes."""
    import fcntl

    with (folder / "lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield
