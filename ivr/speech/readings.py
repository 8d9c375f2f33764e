"""How Japanese is read aloud: its kana, by Open JTalk's dictionary, and its morae."""

from ivr.engine.pauses import AFTER_SENTENCE
from ivr.engine.speech import Digits, Pause, Speech, Words
from ivr.speech.extra import need
from ivr.speech.lexicon import NO_LEXICON, Lexicon

COMMA_SECONDS = 0.3  # the rests of rendered clips: shaping.COMMA, and pace.AFTER_SENTENCE
SENTENCE_SECONDS = AFTER_SENTENCE

MORAE_A_SECOND = 6.3  # of rendered Japanese, measured

_SMALL = frozenset("ャュョァィゥェォヮ")  # sound together with the kana before them: one mora
_COMMAS, _STOPS = "、，（）・", "。！？"


def kana(text: str) -> str:
    """The reading of Japanese text in katakana as it is spoken (ワ for the particle は).

    Punctuation stays. What the dictionary can't read stays as it is written, so a reading that is
    not all kana shows what the lexicon must respell. Raises MissingExtra.
    """
    found: str = need("pyopenjtalk", "reading Japanese").g2p(text, kana=True)
    return found


def reading(speech: Speech, lexicon: Lexicon = NO_LEXICON) -> str:
    """How Japanese speech is read, pauses as spaces. Raises MissingExtra."""
    said = []
    for part in speech:
        match part:
            case Words(text):
                said.append(kana(lexicon.spoken(text)))
            case Digits(groups):
                said.append(" ".join("".join(group) for group in groups))
            case Pause():
                pass
    return " ".join(said)


def is_readable(reading: str) -> bool:
    """Whether a reading is kana throughout, so that nothing in it is skipped or spelt out."""
    return all(
        "ァ" <= char <= "ヺ" or char == "ー" or (not char.isalnum() and char not in "#＃*＊@")
        for char in reading
    )


def morae(reading: str) -> int:
    """The beats of a katakana reading: ッ ン ー count, small ャ does not, nor does punctuation.

    >>> morae("ジンケンヒャクトーバン")
    10
    """
    return sum(("ァ" <= char <= "ヺ" or char == "ー") and char not in _SMALL for char in reading)


def seconds_to_say(reading: str, morae_a_second: float = MORAE_A_SECOND) -> float:
    """An estimate for a reading at a rate, in seconds, with its commas and the stops inside."""
    inside = reading.rstrip(_COMMAS + _STOPS)
    rests = sum(
        COMMA_SECONDS * (char in _COMMAS) + SENTENCE_SECONDS * (char in _STOPS) for char in inside
    )
    return morae(reading) / morae_a_second + rests


def seconds_in_speech(reading: str) -> float:
    """As `seconds_to_say`, with the rest after its last mark too: more words follow."""
    last = reading.rstrip()[-1:]
    rest = COMMA_SECONDS if last in _COMMAS else SENTENCE_SECONDS if last in _STOPS else 0.0
    return seconds_to_say(reading) + (rest if last else 0.0)
