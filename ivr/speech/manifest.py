"""The list of an audio library's clips, and files that are written whole or not at all."""

import json
import os
import tempfile
from dataclasses import asdict, dataclass
from pathlib import Path

_VERSION = 1
NAME = "manifest.json"


class ManifestRefused(ValueError):
    """A manifest can't be read; the message says where it lies and what to do."""


@dataclass(frozen=True)
class Entry:
    """One clip: what is heard, who speaks, how long it lasts (seconds, its `pause` included)."""

    name: str
    text: str
    language: str
    engine: str
    pace: str
    pause: float
    seconds: float
    reading: str | None = None  # kana, of Japanese, where it could be found out

    @property
    def file(self) -> str:
        """Its file name in the library."""
        return f"{self.name}.wav"

    @property
    def key(self) -> tuple[str, str, str, int]:
        """As `Utterance.key`."""
        return (self.language, self.text, self.pace, round(self.pause * 1000))


def read_manifest(folder: Path) -> dict[str, Entry]:
    """The clips of a library by name; none where there is no library. Raises ManifestRefused."""
    file = folder / NAME
    try:
        found = json.loads(file.read_text(encoding="utf-8"))
        if found["version"] != _VERSION:
            raise ManifestRefused(
                f"{file} is of version {found['version']}; this program reads {_VERSION}: "
                "remove the folder and build again"
            )
        return {name: Entry(name, **fields) for name, fields in found["clips"].items()}
    except FileNotFoundError:
        return {}
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        if isinstance(error, ManifestRefused):
            raise
        raise ManifestRefused(
            f"{file} can't be read ({error}); remove it and build again"
        ) from None


def write_manifest(folder: Path, entries: dict[str, Entry]) -> None:
    """Writes the whole list anew."""
    clips = {name: asdict(entry) for name, entry in sorted(entries.items())}
    for fields in clips.values():
        del fields["name"]
    listed = json.dumps({"version": _VERSION, "clips": clips}, ensure_ascii=False, indent=1)
    write_whole(folder / NAME, listed.encode() + b"\n")


def write_whole(file: Path, data: bytes) -> None:
    """Writes a file so that at any moment, power cuts included, the old or the new one is there."""
    file.parent.mkdir(parents=True, exist_ok=True)
    handle, temporary = tempfile.mkstemp(dir=file.parent, prefix=f".{file.name}.")
    try:
        with os.fdopen(handle, "wb") as opened:
            opened.write(data)
            opened.flush()
            os.fsync(opened.fileno())
        Path(temporary).chmod(0o644)
        Path(temporary).replace(file)
    except BaseException:
        Path(temporary).unlink(missing_ok=True)
        raise
