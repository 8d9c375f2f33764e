"""Words of danger in a message, and their kind."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from ivr.engine.chat_prompts import DangerPhrases
from ivr.engine.folding import folded, is_word_at
from ivr.engine.tree import Danger


@dataclass(frozen=True)
class Phrase:
    """What a phrase says: a kind of danger, or, without one, that it is harmless.

    A plea says the least: any other phrase of the message tells better what the danger is.
    `language` is empty where it says so in several.
    """

    kind: Danger | None
    is_plea: bool = False
    language: str = ""


@dataclass(frozen=True)
class Found:
    """The danger that a message tells of, and the language that tells it."""

    kind: Danger
    language: str


@dataclass(frozen=True)
class _Place:
    start: int
    end: int
    phrase: Phrase

    def is_within(self, other: "_Place") -> bool:
        longer = other.end - other.start > self.end - self.start
        return longer and other.start <= self.start and self.end <= other.end


class DangerWords:
    """The phrases of all languages of a line.

    Each counts wherever it stands; where one lies within a longer one, the longer one counts. Of
    what is left the most urgent kind is answered: better one false alarm than one cry not heard.
    """

    def __init__(self, phrases: Mapping[str, DangerPhrases]) -> None:
        """`phrases` by language."""
        self._phrases: dict[str, Phrase] = {}
        for language, listed in phrases.items():
            for _, _, words, phrase in phrases_of(listed, language):
                known = self._phrases.setdefault(folded(words), phrase)
                if known.language != language:
                    self._phrases[folded(words)] = Phrase(known.kind, known.is_plea)
        self._phrases.pop("", None)  # it would stand in every message; the check tells of it

    def of(self, text: str) -> Found | None:
        """The danger in a folded text; None where there is none."""
        places = list(self._places(text))
        counted = [
            place
            for place in places
            if place.phrase.kind and not any(place.is_within(other) for other in places)
        ]
        told = [place for place in counted if not place.phrase.is_plea] or counted
        for kind in Danger:
            of_kind = [place.phrase for place in told if place.phrase.kind is kind]
            if of_kind:
                languages = [phrase.language for phrase in of_kind if phrase.language]
                return Found(kind, languages[0] if languages else "")
        return None

    def _places(self, text: str) -> Iterator[_Place]:
        for words, phrase in self._phrases.items():
            start = text.find(words)
            while start >= 0:
                end = start + len(words)
                if is_word_at(text, start, end):
                    yield _Place(start, end, phrase)
                start = text.find(words, start + 1)


def phrases_of(listed: DangerPhrases, language: str) -> Iterator[tuple[str, int, str, Phrase]]:
    """Each phrase of a language: its list, its place there, its words, and what it says."""
    said = {kind.value: Phrase(kind, language=language) for kind in Danger}
    said["pleas"] = Phrase(Danger.IN_DANGER_NOW, is_plea=True, language=language)
    said["harmless"] = Phrase(None, language=language)
    for name, phrase in said.items():
        for place, words in enumerate(getattr(listed, name)):
            yield name, place, words, phrase
