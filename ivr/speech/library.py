"""The audio library: a folder of clips, each rendered once, and the list of what is in it."""

from collections.abc import Callable, Iterable
from pathlib import Path
from types import MappingProxyType

from ivr.speech.clips import Clip, clip_of
from ivr.speech.extra import MissingExtra
from ivr.speech.manifest import NAME, Entry, read_manifest, write_manifest, write_whole
from ivr.speech.readings import reading
from ivr.speech.takes import Cast
from ivr.speech.utterances import Utterance
from ivr.speech.wav import NotAClip, wav_seconds

Progress = Callable[[int, int, Clip], None]  # clips done, clips to do, the clip just done


def _unseen(_done: int, _all: int, _clip: Clip) -> None:
    pass


class AudioLibrary:
    """The clips in a folder (`prompts/audio`). To play them nothing but this list is needed.

    Of each utterance the list holds one clip, the one built last. Clips are written one by one,
    each whole; the list is written when a build ends, also when it fails, and a clip that a killed
    build left behind is taken up by its name: a second build goes on where the first one stopped.
    """

    def __init__(self, folder: Path) -> None:
        """Reads the list. Raises ManifestRefused."""
        self.folder = folder
        self._keep(read_manifest(folder))

    def find(self, utterance: Utterance) -> Entry | None:
        """The clip to play for an utterance; None where it must be spoken some other way."""
        return self._by_key.get(utterance.key)

    def path(self, entry: Entry) -> Path:
        """Where a clip lies."""
        return self.folder / entry.file

    def missing(self, utterances: Iterable[Utterance], cast: Cast) -> tuple[Clip, ...]:
        """The clips that a build would make: new words, another engine, lost files.

        Raises NoSpeaker.
        """
        wanted = {clip.name: clip for clip in (clip_of(one, cast) for one in utterances)}
        return tuple(
            clip
            for clip in wanted.values()
            if clip.name not in self.entries or not (self.folder / clip.file).exists()
        )

    def build(
        self,
        utterances: Iterable[Utterance],
        cast: Cast,
        progress: Progress = _unseen,
        jobs: int = 1,
    ) -> tuple[Clip, ...]:
        """Renders what is missing, on `jobs` processes, and returns which clips those were.

        Raises SynthesisFailed, RecordingRefused and MissingExtra at the first phrase that can't be
        spoken; all clips that were finished before it stay and are listed.
        """
        from ivr.speech.building import render_all  # processes, which a web worker has no use for

        missing = self.missing(utterances, cast)
        if not missing:
            return ()
        found, done = dict(self.entries), 0
        left = []
        try:
            for clip in missing:
                entry = self._left_behind(clip, cast)
                if entry is None:
                    left.append(clip)
                    continue
                done = self._done(found, entry, clip, done, len(missing), progress)
            for clip, file in render_all(left, cast, jobs):
                write_whole(self.folder / clip.file, file)
                entry = _entry(clip, wav_seconds(file), cast)
                done = self._done(found, entry, clip, done, len(missing), progress)
        finally:
            write_manifest(self.folder, found)
            self._keep(found)
        return missing

    def prune(self, utterances: Iterable[Utterance]) -> tuple[str, ...]:
        """Removes clips of all other utterances and files that no list names; returns which."""
        wanted = {utterance.key for utterance in utterances}
        kept = {name: entry for name, entry in self.entries.items() if entry.key in wanted}
        if kept != self.entries:
            write_manifest(self.folder, kept)
            self._keep(kept)
        files = {entry.file for entry in kept.values()} | {NAME}
        gone = [
            file
            for file in sorted(self.folder.glob("*"))
            if file.name not in files and (file.suffix == ".wav" or file.name.startswith("."))
        ]
        for file in gone:
            file.unlink(missing_ok=True)
        return tuple(file.name for file in gone)

    def _keep(self, entries: dict[str, Entry]) -> None:
        self.entries = MappingProxyType(entries)
        self._by_key = {entry.key: entry for entry in entries.values()}

    def _left_behind(self, clip: Clip, cast: Cast) -> Entry | None:
        try:
            return _entry(clip, wav_seconds((self.folder / clip.file).read_bytes()), cast)
        except (FileNotFoundError, NotAClip):
            return None

    @staticmethod
    def _done(
        found: dict[str, Entry], entry: Entry, clip: Clip, done: int, every: int, progress: Progress
    ) -> int:
        """Lists a clip in place of the utterance's earlier one."""
        for name in [name for name, old in found.items() if old.key == entry.key]:
            del found[name]
        found[entry.name] = entry
        progress(done + 1, every, clip)
        return done + 1


def _entry(clip: Clip, seconds: float, cast: Cast) -> Entry:
    said = clip.utterance
    language, text, pace, milliseconds = said.key
    kana = None
    if said.said is not None and language == "ja":
        try:
            kana = reading((said.said,), cast[language].lexicon)
        except MissingExtra:
            kana = None  # rendered without the offline engine, which knows readings
    return Entry(clip.name, text, language, clip.engine, pace, milliseconds / 1000, seconds, kana)
