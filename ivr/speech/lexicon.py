"""How written words are spoken, where a voice would read them wrong: `prompts/lexicon/ja.yaml`."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property

from ivr.files.problems import LineRefused
from ivr.files.yaml_source import Document, SourceText, read_yaml


class LexiconRefused(LineRefused):
    """A lexicon's file holds errors; `problems` lists each with its file and line."""


@dataclass(frozen=True)
class LexiconPiece:
    """A stretch of text; `spoken` is set where it is said otherwise than written."""

    written: str
    spoken: str | None = None


@dataclass(frozen=True)
class Lexicon:
    """Respellings of one language. The longest that fits wins, and none applies within another."""

    words: Mapping[str, str] = field(default_factory=dict)

    def spoken(self, text: str) -> str:
        """The text as it is to be said."""
        return "".join(piece.spoken or piece.written for piece in self.pieces(text))

    def pieces(self, text: str) -> tuple[LexiconPiece, ...]:
        """The text cut at each respelling, for a voice that takes them as SSML `sub`."""
        if not self.words:
            return (LexiconPiece(text),)
        found, done = [], 0
        for match in self._pattern.finditer(text):
            if match.start() > done:
                found.append(LexiconPiece(text[done : match.start()]))
            found.append(LexiconPiece(match.group(), self.words[match.group()]))
            done = match.end()
        if done < len(text):
            found.append(LexiconPiece(text[done:]))
        return tuple(found)

    @cached_property
    def _pattern(self) -> re.Pattern[str]:
        longest_first = sorted(self.words, key=len, reverse=True)
        return re.compile("|".join(re.escape(word) for word in longest_first))


NO_LEXICON = Lexicon()


def load_lexicon(source: SourceText) -> Lexicon:
    """Reads `written: spoken` lines. Raises LexiconRefused with all that is wrong."""
    document = read_yaml(source)
    words: dict[str, str] = {}
    if not document.problems and not isinstance(document.data, dict):
        document.problem((), "not-a-lexicon", "expected lines of the form `written: spoken`")
    elif not document.problems:
        words = {
            written: spoken
            for written, spoken in document.data.items()
            if _is_sound(written, spoken, document)
        }
    if document.problems:
        raise LexiconRefused(document.problems)
    return Lexicon(words)


def _is_sound(written: str, spoken: object, document: Document) -> bool:
    wrong = None
    if not isinstance(spoken, str) or not spoken.strip():
        wrong = f"`{written}` has no words to be spoken; expected a text after the colon"
    elif not written.strip():
        wrong = "a respelling needs the written words before the colon"
    elif written == spoken:
        wrong = f"`{written}` is spoken as it is written; remove this line"
    if wrong:
        document.problem((written,), "lexicon", wrong)
    return wrong is None
