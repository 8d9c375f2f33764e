"""What a person who texts the line means: a number, one of a few words, or danger."""

import unicodedata
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from enum import Enum

from ivr.engine import Line
from ivr.engine.prompts import ChatWords


class Word(Enum):
    """What the words of a message can mean, wherever in the tree it is sent."""

    START = "start"
    BACK = "back"
    HELP = "help"
    PERSON = "person"
    STOP = "stop"
    RESUME = "resume"
    DANGER = "danger"
    AGAIN = "again"


@dataclass(frozen=True)
class Meaning:
    """A key, a word, or a language; nothing of them where it was not understood.

    `spoken` is the language of the words, where they are known in one alone: somebody who has not
    texted before is answered in it.
    """

    key: str = ""
    word: Word | None = None
    language: str = ""
    spoken: str = ""


_SIGNS = {"0": Word.PERSON, "*": Word.START, "#": Word.AGAIN}  # the same as in a call
_LEFT_OUT = " 　.,!?。、！？「」\"'"  # around a word


def folded(text: str) -> str:
    """A message as it is compared: full-width letters and digits as plain ones, small letters."""
    return unicodedata.normalize("NFKC", text).casefold().strip(_LEFT_OUT + "\r\n\t")


class Understanding:
    """The words of all languages of a line; whoever texts may use any of them."""

    def __init__(self, line: Line) -> None:
        self._words: dict[str, Meaning] = {}
        self._danger: dict[str, str] = {}  # each word with its language
        for language, script in line.scripts.items():
            chat = script.prompts.chat.words
            for word in chat.danger:
                self._danger.setdefault(folded(word), language)
            for word, meaning in _meanings(chat, language):
                known = self._words.setdefault(folded(word), meaning)
                if known.spoken != language:
                    self._words[folded(word)] = replace(known, spoken="")
        self._languages: Mapping[str, str] = line.tree.languages

    def of(self, body: str) -> Meaning:
        """What a message means. Words of danger count wherever they stand in it."""
        text = folded(body)
        if text in self._words:
            return self._words[text]
        sign = unicodedata.normalize("NFKC", body).strip()
        if sign in _SIGNS:
            return Meaning(word=_SIGNS[sign])
        if text in self._languages:
            return Meaning(key=text, language=self._languages[text])
        if len(text) == 1 and text.isascii() and text.isdigit():
            return Meaning(key=text)
        danger = next((word for word in self._danger if word in text), None)
        if danger is not None:
            return Meaning(word=Word.DANGER, spoken=self._danger[danger])
        return Meaning()


def _meanings(chat: ChatWords, language: str) -> Iterator[tuple[str, Meaning]]:
    for word in (Word.START, Word.BACK, Word.HELP, Word.PERSON, Word.STOP, Word.RESUME):
        for written in getattr(chat, word.value):
            yield written, Meaning(word=word, spoken=language)
    for written in chat.language:
        yield written, Meaning(language=language, spoken=language)
