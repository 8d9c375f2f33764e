"""Which engine speaks which language: the setting SPEECH_ENGINES, and the engines it may name."""

from collections.abc import Callable, Iterable, Mapping
from types import MappingProxyType

from ivr.files.problems import nearest
from ivr.speech.synthesizer import Synthesizer

EVERY = "*"  # stands for every language that is not named
DEFAULT: Mapping[str, str] = MappingProxyType({EVERY: "gtts"})


# A web worker plays clips and never speaks: what speaks is imported only when it is chosen.
def _gtts() -> Synthesizer:
    from ivr.speech.gtts_synthesizer import GTTS

    return GTTS()


def _openjtalk() -> Synthesizer:
    from ivr.speech.openjtalk import OpenJTalk

    return OpenJTalk()


def _espeak() -> Synthesizer:
    from ivr.speech.espeak import ESpeak

    return ESpeak()


ENGINES: Mapping[str, Callable[[], Synthesizer]] = MappingProxyType(
    {"gtts": _gtts, "openjtalk": _openjtalk, "espeak": _espeak}
)


class UnknownEngine(ValueError):
    """SPEECH_ENGINES (or --engine) names what there is not; the message is one clear line."""


def parse_engines(text: str) -> dict[str, str]:
    """Reads `ja=openjtalk,en=espeak`, or one bare name for all the languages it speaks.

    >>> parse_engines("gtts,ja=openjtalk")
    {'*': 'gtts', 'ja': 'openjtalk'}

    Raises UnknownEngine.
    """
    engines: dict[str, str] = {}
    for part in filter(None, (part.strip() for part in text.split(","))):
        language, _, name = (word.strip() for word in part.rpartition("="))
        if name not in ENGINES:
            raise UnknownEngine(f"there is no speech engine `{name}`; {nearest(name, ENGINES)}")
        if (language or EVERY) in engines:
            raise UnknownEngine(
                f"`{language or EVERY}` has two speech engines in `{text}`; keep one"
            )
        engines[language or EVERY] = name
    if not engines:
        raise UnknownEngine("no speech engine is named; expected, say, ja=openjtalk,en=espeak")
    return engines


def choose(engines: Mapping[str, str], languages: Iterable[str]) -> dict[str, Synthesizer]:
    """The synthesizer of each language; a language that a bare name does not speak has none.

    Raises UnknownEngine where a language was given to an engine that does not speak it.
    """
    chosen: dict[str, Synthesizer] = {}
    for language in languages:
        name = engines.get(language) or engines.get(EVERY)
        if name is None:
            continue
        synthesizer = ENGINES[name]()
        if language in synthesizer.languages:
            chosen[language] = synthesizer
        elif language in engines:
            spoken = ", ".join(sorted(synthesizer.languages))
            raise UnknownEngine(f"{name} does not speak `{language}`; it speaks {spoken}")
    return chosen
