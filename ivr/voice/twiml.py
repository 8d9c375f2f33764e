"""A turn as TwiML, in the subset that Twilio, SignalWire, Telnyx and Somleng all understand.

Absolute URLs, every attribute written out, only Say inside Gather (Somleng refuses Pause there),
and a Redirect after it for silence (https://www.twilio.com/docs/voice/twiml/gather).
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from urllib.parse import quote

from twilio.twiml.voice_response import Gather, Say, VoiceResponse

from ivr.engine import Digits, Pause, Speech, Turn, Words
from ivr.engine.pace import AFTER_DIGIT, AFTER_GROUP
from ivr.voice.urls import position_url

# A Say of more than 4,500 URL-encoded characters fails (error 13521), and a Japanese character is
# nine of them: https://www.twilio.com/docs/api/errors/13521. Both bounds keep well below.
MOST_CHARACTERS = 480
MOST_ENCODED = 4000

# A voice pauses for its punctuation by itself, about so many seconds; a break adds the rest.
_OWN_PAUSES = {"。": 0.6, "？": 0.6, ".": 0.6, "?": 0.6, "、": 0.35, ",": 0.35}
_SHORTEST_BREAK = 0.1

Piece = str | float  # words, or a break in seconds


@dataclass(frozen=True)
class Voice:
    """Who speaks a language: Twilio's voice name and the BCP 47 tag."""

    name: str
    locale: str


@dataclass
class _Saying:
    """The pieces of one Say while they are gathered."""

    language: str
    pieces: list[Piece] = field(default_factory=list)
    characters: int = 0
    encoded: int = 0

    def has_room(self, piece: Piece) -> bool:
        characters, encoded = _sizes(piece)
        fits = self.characters + characters <= MOST_CHARACTERS
        return not self.pieces or (fits and self.encoded + encoded <= MOST_ENCODED)

    def add(self, piece: Piece) -> None:
        characters, encoded = _sizes(piece)
        last = self.pieces[-1] if self.pieces else None
        if isinstance(piece, str) and isinstance(last, str):
            # The library keeps only one of two neighbours; and 「。」 needs no space after it.
            self.pieces[-1] = f"{last} {piece}" if last[-1:].isascii() else last + piece
        else:
            self.pieces.append(piece)
        self.characters += characters
        self.encoded += encoded


def render(turn: Turn, base: str, voices: Mapping[str, Voice]) -> bytes:
    """The answer to the carrier, as UTF-8 XML; `base` is the line's public URL."""
    response = VoiceResponse()
    if turn.wait is None:
        _say(response, turn.speech, voices)
        response.hangup()
        return str(response).encode()
    url = position_url(base, turn.position)
    gather = Gather(
        input="dtmf",
        num_digits=1,
        timeout=turn.wait,
        finish_on_key="",  # else # alone would count as nothing pressed
        action=url,
        method="POST",
    )
    _say(gather, turn.speech, voices)
    response.append(gather)
    response.redirect(url, method="POST")  # silence: the same place, without Digits
    return str(response).encode()


def _say(parent: VoiceResponse | Gather, speech: Speech, voices: Mapping[str, Voice]) -> None:
    for saying in _sayings(speech):
        voice = voices[saying.language]
        say = Say(voice=voice.name, language=voice.locale)
        for piece in saying.pieces:
            if isinstance(piece, str):
                say.append(piece)
            else:
                say.break_(time=_milliseconds(piece))
        parent.append(say)


def _sayings(speech: Speech) -> list[_Saying]:
    """Cuts speech into Says: one language each, none too long, no pause at the very end."""
    sayings: list[_Saying] = []
    for language, piece in _pieces(speech):
        same = bool(sayings) and language in (None, sayings[-1].language)
        if not same or not sayings[-1].has_room(piece):
            sayings.append(_Saying(language or sayings[-1].language))
        sayings[-1].add(piece)
    if sayings and len(sayings[-1].pieces) > 1 and isinstance(sayings[-1].pieces[-1], float):
        sayings[-1].pieces.pop()  # the wait for a key begins at once
    return sayings


def _pieces(speech: Speech) -> Iterator[tuple[str | None, Piece]]:
    """Words and breaks in a row, each with its language; a pause takes the one before it."""
    own_pause = 0.0
    for part in speech:
        match part:
            case Words(text, language):
                own_pause = _OWN_PAUSES.get(text[-1], 0.0)
                for start in range(0, len(text), MOST_CHARACTERS):
                    yield language, text[start : start + MOST_CHARACTERS]
            case Pause(seconds):
                if seconds - own_pause >= _SHORTEST_BREAK:
                    yield None, seconds - own_pause
                own_pause = 0.0
            case Digits():
                own_pause = 0.0
                yield from _digits(part)


def _digits(number: Digits) -> Iterator[tuple[str | None, Piece]]:
    for nth, group in enumerate(number.groups):
        if nth:
            yield None, AFTER_GROUP
        for place, digit in enumerate(group):
            if place:
                yield None, AFTER_DIGIT
            yield number.language, digit


def _sizes(piece: Piece) -> tuple[int, int]:
    written = piece if isinstance(piece, str) else f'<break time="{_milliseconds(piece)}" />'
    return (len(piece) if isinstance(piece, str) else 0), len(quote(written, safe=""))


def _milliseconds(seconds: float) -> str:
    return f"{round(seconds * 1000)}ms"
