"""Speech cut into Says: one voice each, respelled where a voice would read wrong, none too long."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from urllib.parse import quote
from xml.sax.saxutils import escape

from twilio.twiml.voice_response import Say

from ivr.engine import Digits, Pause, Speech, Words
from ivr.engine.pauses import AFTER_DIGIT, AFTER_GROUP, AFTER_SLOW_DIGIT, AFTER_SLOW_GROUP

# A Say of more than 4,500 URL-encoded characters fails (error 13521), and a Japanese character is
# nine of them: https://www.twilio.com/docs/api/errors/13521. Both bounds keep well below.
MOST_SAY_CHARACTERS = 480
MOST_ENCODED = 4000

# A voice pauses for its punctuation by itself, about so many seconds; a break adds the rest.
_OWN_PAUSES = {"。": 0.6, "？": 0.6, ".": 0.6, "?": 0.6, "、": 0.35, ",": 0.35}
_SHORTEST_BREAK = 0.1

Respell = Callable[[str], Iterable[tuple[str, str | None]]]


def as_written(text: str) -> Iterable[tuple[str, str | None]]:
    """Respells nothing."""
    return ((text, None),)


@dataclass(frozen=True)
class Voice:
    """Who speaks a language: Twilio's voice name, the BCP 47 tag, and what it would read wrong.

    `respell` cuts a text into pieces, each as written and, where it differs, as spoken.
    """

    name: str
    locale: str
    respell: Respell = as_written


@dataclass(frozen=True)
class _Sub:
    """Words that are spoken otherwise than written."""

    written: str
    spoken: str


_Piece = str | _Sub | float  # words, words with their reading, or a break in seconds


@dataclass
class _Saying:
    """The pieces of one Say while they are gathered."""

    language: str
    pieces: list[_Piece] = field(default_factory=list)
    characters: int = 0
    encoded: int = 0

    def has_room(self, piece: _Piece) -> bool:
        characters, encoded = _sizes(piece)
        fits = self.characters + characters <= MOST_SAY_CHARACTERS
        return not self.pieces or (fits and self.encoded + encoded <= MOST_ENCODED)

    def add(self, piece: _Piece) -> None:
        characters, encoded = _sizes(piece)
        last = self.pieces[-1] if self.pieces else None
        if isinstance(piece, str) and isinstance(last, str):
            # The library keeps only one of two neighbours; and 「。」 needs no space after it.
            self.pieces[-1] = f"{last} {piece}" if last[-1:].isascii() else last + piece
        else:
            self.pieces.append(piece)
        self.characters += characters
        self.encoded += encoded


def says(speech: Speech, voices: Mapping[str, Voice]) -> Iterator[Say]:
    """The Says of a speech; no pause at the very end, for the wait for a key begins at once."""
    sayings: list[_Saying] = []
    for language, piece in _pieces(speech, voices):
        same = bool(sayings) and language in (None, sayings[-1].language)
        if not same or not sayings[-1].has_room(piece):
            sayings.append(_Saying(language or sayings[-1].language))
        sayings[-1].add(piece)
    if sayings and len(sayings[-1].pieces) > 1 and isinstance(sayings[-1].pieces[-1], float):
        sayings[-1].pieces.pop()
    for saying in sayings:
        yield _say(saying, voices[saying.language])


def _say(saying: _Saying, voice: Voice) -> Say:
    say = Say(voice=voice.name, language=voice.locale)
    for piece in saying.pieces:
        match piece:
            case str():
                say.append(piece)
            case _Sub(written, spoken):
                say.sub(written, alias=spoken)
            case _:
                say.break_(time=_milliseconds(piece))
    return say


def _pieces(speech: Speech, voices: Mapping[str, Voice]) -> Iterator[tuple[str | None, _Piece]]:
    """Words and breaks in a row, each with its language; a pause takes the one before it."""
    own_pause = 0.0
    for part in speech:
        match part:
            case Words(text, language):
                own_pause = _OWN_PAUSES.get(text[-1], 0.0)
                for start in range(0, len(text), MOST_SAY_CHARACTERS):
                    piece = text[start : start + MOST_SAY_CHARACTERS]
                    for written, spoken in voices[language].respell(piece):
                        yield language, _Sub(written, spoken) if spoken else written
            case Pause(seconds):
                if seconds - own_pause >= _SHORTEST_BREAK:
                    yield None, seconds - own_pause
                own_pause = 0.0
            case Digits():
                own_pause = 0.0
                yield from _digits(part)


def _digits(number: Digits) -> Iterator[tuple[str | None, _Piece]]:
    after_digit = AFTER_SLOW_DIGIT if number.slow else AFTER_DIGIT
    after_group = AFTER_SLOW_GROUP if number.slow else AFTER_GROUP
    for nth, group in enumerate(number.groups):
        if nth:
            yield None, after_group
        for place, digit in enumerate(group):
            if place:
                yield None, after_digit
            yield number.language, digit


def _sizes(piece: _Piece) -> tuple[int, int]:
    match piece:
        case str():
            written, markup = piece, escape(piece)
        case _Sub(written, spoken):
            markup = f'<sub alias="{escape(spoken)}">{escape(written)}</sub>'
        case _:
            written, markup = "", f'<break time="{_milliseconds(piece)}" />'
    return len(written), len(quote(markup, safe=""))


def _milliseconds(seconds: float) -> str:
    return f"{round(seconds * 1000)}ms"
