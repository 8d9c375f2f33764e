"""Records what the caller hears: one WAV file of telephone sound, keys included."""

from array import array

from ringback.media import dtmf
from ringback.media.mulaw import SILENCE, decode, encode
from ringback.media.prompt_segment import PromptSegment, SegmentPart
from ringback.media.wav import HERTZ, NotReadable, read_wav, write_wav

LONGEST = 30 * 60.0


class Recorder:
    """A Listener for one call; `wav()` is the call as a mono mu-law WAV file at 8 kHz.

    A Play has its own samples, each at its second, cut where the caller cut it; a key is its DTMF
    tone, mixed with what plays. A Say is silence of its time, unless the carrier has a voice. All
    else is silence. Nothing after `longest` seconds is kept, so memory is bounded: eight
    kilobytes a second. The same call gives the same bytes.
    """

    def __init__(self, longest: float = LONGEST) -> None:
        self._most = _sample(longest)
        self._track = bytearray()
        self._keys: list[tuple[str, float]] = []
        self._ends: int | None = None
        self._unspoken = 0
        self._unread: dict[str, str] = {}

    @property
    def unspoken(self) -> int:
        """How many runs of words are silence, because nobody speaks for the carrier."""
        return self._unspoken

    @property
    def notes(self) -> tuple[str, ...]:
        """What is missing from the recording and why, a sentence each."""
        notes = [f"{url} is silence: {why}" for url, why in self._unread.items()]
        if (self._ends or 0) > self._most:
            minutes = self._most / HERTZ / 60
            notes.append(f"the recording stops after {minutes:g} minutes; the call went on")
        return tuple(notes)

    def hears(self, segment: PromptSegment) -> None:
        """See Listener."""
        moment = segment.starts
        for part in segment.parts:
            first, end = (min(_sample(t), self._most) for t in (moment, moment + part.seconds))
            self._put(first, self._sound(segment, part, end - first))
            moment += part.seconds

    def presses(self, key: str, at: float) -> None:
        """See Listener."""
        self._keys.append((key, at))

    def hangs_up(self, at: float) -> None:
        """See Listener."""
        self._ends = _sample(at)

    def wav(self) -> bytes:
        """The recording; the tone of a key that ended the call sounds to its end."""
        track = self._track[: self._ends]
        _lengthen(track, min(self._ends or 0, self._most))
        free = 0.0  # when the keypad is silent again
        for key, at in self._keys:
            begins = max(at, free)
            free = begins + dtmf.SECONDS + dtmf.GAP
            if _sample(begins) < self._most:
                _mix(track, _sample(begins), dtmf.tone(key))
        return write_wav(bytes(track[: self._most]))

    def _sound(self, segment: PromptSegment, part: SegmentPart, most: int) -> bytes:
        """The samples of a piece, `most` at most; none where it is silence."""
        if segment.verb == "Play" and segment.url is None:
            tones = dtmf.FREQUENCIES
            return encode(dtmf.tone(part.spoken)[:most]) if part.spoken in tones else b""
        if segment.verb == "Say" and not part.file:
            self._unspoken += bool(part.spoken.strip())
            return b""
        if segment.verb == "Pause" or not most:
            return b""
        try:
            return read_wav(part.file, most)
        except NotReadable as error:
            why = str(error) if part.file else "it is empty, or its document plays too much to keep"
            self._unread[segment.url or f"「{part.spoken}」"] = why
            return b""

    def _put(self, first: int, sound: bytes) -> None:
        if sound:
            _lengthen(self._track, first)
            self._track[first : first + len(sound)] = sound


def _sample(moment: float) -> int:
    """The sample that sounds at this second; halves go up, so that lengths stay what they are."""
    return int(moment * HERTZ + 0.5)


def _lengthen(track: bytearray, size: int) -> None:
    track.extend(SILENCE * (size - len(track)))


def _mix(track: bytearray, first: int, sound: "array[int]") -> None:
    end = first + len(sound)
    _lengthen(track, end)
    both = zip(decode(bytes(track[first:end])), sound, strict=True)
    track[first:end] = encode(array("h", (max(-32_768, min(32_767, a + b)) for a, b in both)))
