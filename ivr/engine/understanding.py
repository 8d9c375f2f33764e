"""What somebody who writes to the line means: a key, one of a few words, a language, or danger.

Pure, and of no channel: texts use it, and speech can. A message means exactly what the line's words
say, or nothing: it is asked again, never guessed.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from enum import Enum

from ivr.engine.chat_prompts import ChatWords
from ivr.engine.danger import DangerWords
from ivr.engine.folding import folded, is_word_at, plain
from ivr.engine.keys import AGAIN_KEY, PERSON_KEY, TOP_KEY
from ivr.engine.line import Line
from ivr.engine.prompts import Prompts
from ivr.engine.tree import Danger


class Word(Enum):
    """What the words of a message can mean, wherever in the tree it is sent."""

    START = "start"
    BACK = "back"
    HELP = "help"
    PERSON = "person"
    AGAIN = "again"
    STOP = "stop"
    RESUME = "resume"


@dataclass(frozen=True)
class Meaning:
    """A key, a word, a language that is asked for, or danger; none of them: not understood.

    `spoken` is the language of the words, where they are known in one alone: somebody who has not
    written before is answered in it, and so is everybody in danger.
    """

    key: str = ""
    word: Word | None = None
    language: str = ""
    danger: Danger | None = None
    spoken: str = ""


@dataclass(frozen=True)
class Listed:
    """Words that are a whole message: where they stand in the file of prompts, what they mean."""

    path: tuple[str | int, ...]
    words: str
    meaning: Meaning


@dataclass(frozen=True)
class Offer:
    """An option where somebody is: its key, its words in one language, as they may be copied."""

    key: str
    words: str
    language: str


_SIGNS = {TOP_KEY: Word.START, AGAIN_KEY: Word.AGAIN}  # the same as in a call
_CARRIERS = (Word.STOP, Word.RESUME)
_MOST_AROUND = 3  # of what may stand around a word: 1 + 番 + です
_NOTHING = Meaning()


class Understanding:
    """The words of all languages of a line; whoever writes may use any of them."""

    def __init__(self, line: Line) -> None:
        self._words: dict[str, Meaning] = {}
        self._languages = line.tree.languages
        before, after = set[str](), set[str]()
        for language, script in line.scripts.items():
            chat = script.prompts.chat.words
            before |= set(map(folded, chat.before))
            after |= set(map(folded, chat.after))
            for listed in meanings(script.prompts, language):
                self._add(self._words, listed.words, listed.meaning)
            self._add_printed(script.prompts, language)
        self._before, self._after = sorted(before - {""}), sorted(after - {""})
        self._danger = DangerWords(
            {name: script.prompts.chat.words.danger for name, script in line.scripts.items()}
        )

    def _add_printed(self, prompts: Prompts, language: str) -> None:
        """The lines of the keys that are offered everywhere, as they are printed."""
        for words in without_ending(prompts, prompts.menu.person):
            person = Meaning(word=Word.PERSON, spoken=language)
            self._add(self._words, f"{PERSON_KEY} {words}", person)
        for key in self._languages:
            self._add(self._words, f"{key} {prompts.chat.offer}", Meaning(key=key))

    def of(self, written: str, offers: Iterable[Offer] = ()) -> Meaning:
        """What a message means to somebody who has these offers before them.

        What the carrier itself understands (stop, resume) comes first, then danger, then all else.
        """
        text = folded(written)
        whole = self._words.get(text, _NOTHING)
        if whole.word in _CARRIERS:
            return whole
        danger = self._danger.of(text)
        if danger is not None:
            return Meaning(danger=danger.kind, spoken=danger.language)
        sign = _SIGNS.get(plain(written))  # folded, it is punctuation
        return Meaning(word=sign) if sign else self._whole(text, offers)

    def _whole(self, text: str, offers: Iterable[Offer]) -> Meaning:
        """The meaning of a whole message, with and without what may stand around it."""
        offered: dict[str, Meaning] = {}
        for offer in offers:
            meaning = Meaning(key=offer.key, spoken=offer.language)
            for words in (offer.words, f"{offer.key} {offer.words}"):
                self._add(offered, words, meaning)
        for candidate in self._bared(text):
            found = offered.get(candidate) or self._words.get(candidate)
            if found is None and len(candidate) == 1 and candidate in "0123456789":
                found = Meaning(key=candidate)
            if found is not None:
                language = self._languages.get(found.key, found.language)
                return replace(_by_key(found), language=language)
        return _NOTHING

    def _bared(self, text: str) -> Iterator[str]:
        """The text, and what is left of it without polite words around it, the longest first."""
        waiting = [text]
        for _ in range(_MOST_AROUND + 1):
            yield from waiting
            waiting = [rest for known in waiting for rest in self._without_one(known)]
            waiting.sort(key=len, reverse=True)

    def _without_one(self, text: str) -> Iterator[str]:
        for words in self._before:
            if text.startswith(words) and is_word_at(text, 0, len(words)):
                yield text[len(words) :].strip()
        for words in self._after:
            start = len(text) - len(words)
            if text.endswith(words) and is_word_at(text, start, len(text)):
                yield text[:start].strip()

    @staticmethod
    def _add(known: dict[str, Meaning], words: str, meaning: Meaning) -> None:
        """Adds words; those of several languages are answered in the language of the place."""
        text = folded(words)
        if not text:
            return
        before = known.setdefault(text, meaning)
        if before.spoken != meaning.spoken:
            known[text] = replace(before, spoken="")


def meanings(prompts: Prompts, language: str) -> Iterator[Listed]:
    """All that is a whole message in one language, with what it means: as the author lists it, and
    as the line prints it."""
    chat, said = prompts.chat, Meaning(spoken=language)
    words = chat.words
    for word in Word:
        yield from _listed(words, word.value, replace(said, word=word))
    asked = replace(said, language=language)
    yield from _listed(words, "language", asked)
    yield Listed(("chat", "offer"), chat.offer, asked)
    for written in without_ending(prompts, prompts.offer):
        yield Listed(("offer",), written, asked)
    for written in without_ending(prompts, prompts.menu.person):
        yield Listed(("menu", "person"), written, replace(said, word=Word.PERSON))
    for key, names in words.digits.items():
        meaning = _by_key(replace(said, key=key))
        yield Listed(("digits", key), prompts.digits[key], meaning)
        for place, written in enumerate(names):
            yield Listed(("chat", "words", "digits", key, place), written, meaning)


def without_ending(prompts: Prompts, option: str) -> tuple[str, ...]:
    """An option's words as they are spoken and as they are printed, where that is not the same."""
    ending = next((end for end in prompts.chat.endings if option.endswith(end)), "")
    printed = option.removesuffix(ending)
    return (option,) if printed == option else (option, printed)


def _listed(words: ChatWords, field: str, meaning: Meaning) -> Iterator[Listed]:
    for place, written in enumerate(getattr(words, field)):
        yield Listed(("chat", "words", field, place), written, meaning)


def _by_key(meaning: Meaning) -> Meaning:
    """Key 0 is a person wherever it is pressed."""
    if meaning.key != PERSON_KEY:
        return meaning
    return replace(meaning, key="", word=Word.PERSON)
