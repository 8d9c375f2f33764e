"""Whether what people write to the line means one thing alone, however it is written."""

from collections.abc import Iterator, Mapping
from dataclasses import replace

from ivr.check.code import must_fix
from ivr.check.subject import Draft
from ivr.engine.danger import DangerWords, Phrase, phrases_of
from ivr.engine.folding import folded
from ivr.engine.prompts import Prompts
from ivr.engine.tree import Ask, Tree
from ivr.engine.understanding import Listed, Meaning, meanings, without_ending
from ivr.engine.words import TreeWords
from ivr.files.problems import Problem
from ivr.files.yaml_source import Path

TWO_MEANINGS = must_fix("two-meanings", "words that mean two things when they are written to us")
EMPTY_WORD = must_fix("empty-word", "words of which nothing is left when they are compared")

CODES = (TWO_MEANINGS, EMPTY_WORD)

_DANGER: Path = ("chat", "words", "danger")
_Known = dict[str, tuple[Meaning, str]]  # by the folded words: what they mean, and as written


def check(draft: Draft) -> Iterator[Problem]:
    """Every word and phrase of every language, and every option's words at their question."""
    yield from _check_danger(draft)
    danger = DangerWords({name: one.chat.words.danger for name, one in draft.prompts.items()})
    known: _Known = {key: (Meaning(key=key), key) for key in "123456789"}
    for language, prompts in draft.prompts.items():
        for listed in meanings(prompts, language):
            yield from _check_listed(draft, language, listed, known, danger)
    for language, prompts in draft.prompts.items():
        yield from _check_options(draft, language, prompts, known)


def _check_danger(draft: Draft) -> Iterator[Problem]:
    """No phrase under two kinds; that one holds another is no matter, the longer one counts."""
    known: dict[str, tuple[Phrase, str]] = {}
    for language, prompts in draft.prompts.items():
        file = draft.prompt_files[language]
        for name, place, words, phrase in phrases_of(prompts.chat.words.danger, language):
            path = (*_DANGER, name, place)
            if not folded(words):
                yield EMPTY_WORD.at(file, path, _empty(words))
                continue
            said, list_name = known.setdefault(folded(words), (phrase, name))
            if (said.kind, said.is_plea) != (phrase.kind, phrase.is_plea):
                message = f"`{words}` stands under `{list_name}` too; keep it under one kind"
                yield TWO_MEANINGS.at(file, path, message)


def _check_listed(
    draft: Draft, language: str, listed: Listed, known: _Known, danger: DangerWords
) -> Iterator[Problem]:
    file, words = draft.prompt_files[language], listed.words
    text = folded(words)
    if not text:
        yield EMPTY_WORD.at(file, listed.path, _empty(words))
        return
    if danger.of(text) is not None:
        message = f"`{words}` holds words of danger, which come first; choose other words"
        yield TWO_MEANINGS.at(file, listed.path, message)
    meaning, written = known.setdefault(text, (listed.meaning, words))
    if not _same(meaning, listed.meaning):
        message = f"`{words}` is compared as `{written}` is, which means something else; keep one"
        yield TWO_MEANINGS.at(file, listed.path, message)


def _check_options(
    draft: Draft, language: str, prompts: Prompts, known: _Known
) -> Iterator[Problem]:
    tree, file = draft.tree, draft.prompt_files[language]
    if tree is None:
        return
    inline = prompts.tree is None and language == tree.language
    if inline:
        file = draft.tree_file
    for name, options in _options(tree, prompts, inline):
        here: Path = ("nodes", name, "choices") if inline else ("tree", "nodes", name, "choices")
        offered: _Known = {}
        for key, option in options.items():
            for words in without_ending(prompts, option):
                text = folded(words)
                other = offered.setdefault(text, (Meaning(key=key), words))
                meaning, written = known.get(text, other)
                if not _same(meaning, Meaning(key=key)):
                    message = f"`{words}` is compared as `{written}` is, which leads elsewhere"
                    yield TWO_MEANINGS.at(file, (*here, key), f"{message}; choose other words")
    following = prompts.referral.next
    for words in without_ending(prompts, following):
        if folded(words) in known:
            message = f"`{words}` means something else already; choose other words"
            path = ("referral", "next")
            yield TWO_MEANINGS.at(draft.prompt_files[language], path, message)


def _options(tree: Tree, prompts: Prompts, inline: bool) -> Iterator[tuple[str, Mapping[str, str]]]:
    """The options' words of every question in one language, by key."""
    said = TreeWords.of(tree) if inline else prompts.tree
    for name, words in said.nodes.items() if said else ():
        if isinstance(tree.nodes.get(name), Ask):
            yield name, words.choices


def _same(one: Meaning, other: Meaning) -> bool:
    return replace(one, spoken="") == replace(other, spoken="")


def _empty(words: str) -> str:
    return f"nothing is left of `{words}`: signs and spaces are not compared; write a word"
