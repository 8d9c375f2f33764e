"""Who speaks each language, and how the lexicon has words read."""

from collections.abc import Callable, Mapping
from pathlib import Path

from ivr.check.loading import open_lexicons
from ivr.engine import Line
from ivr.speech import Lexicon
from ivr.voice import Voice


def voices(line: Line, prompts: Path, chosen: Mapping[str, str]) -> dict[str, Voice]:
    """Who speaks each language: the prompts' voices, but for those that are `chosen` otherwise.

    Raises LineRefused for a lexicon that is wrong.
    """
    lexicons = open_lexicons(prompts, line.scripts)
    return {
        language: Voice(
            chosen.get(language, script.prompts.voice),
            script.prompts.locale,
            _respelling(lexicons[language]),
        )
        for language, script in line.scripts.items()
    }


def _respelling(lexicon: Lexicon) -> Callable[[str], list[tuple[str, str | None]]]:
    """The lexicon as the voice channel asks for it: channels do not know each other."""
    return lambda text: [(piece.written, piece.spoken) for piece in lexicon.pieces(text)]
