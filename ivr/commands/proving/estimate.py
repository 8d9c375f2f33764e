"""How long speech takes without clips: as `ivr call` times it, through the same TwiML."""

from collections.abc import Callable, Mapping
from functools import lru_cache

from defusedxml.ElementTree import fromstring

from ivr.commands.calling.kana_estimate import by_kana
from ivr.engine import Speech
from ivr.voice import Voice, says
from ringback.twiml.ssml import spoken_parts


def estimate(voices: Mapping[str, Voice]) -> Callable[[Speech], float]:
    """A stopwatch for speech, in seconds; a pause at its very end counts for nothing."""
    by_reading = lru_cache(maxsize=None)(by_kana)

    def seconds(speech: Speech) -> float:
        return sum(
            piece.seconds
            for say in says(speech, voices)
            for piece in spoken_parts(fromstring(str(say)), say.attrs["language"], None, by_reading)
        )

    return seconds
