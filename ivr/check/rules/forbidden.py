"""Words that a language's callers should never hear: its file's list against every text."""

from collections.abc import Iterator

from ivr.check.author_texts import Purpose, every_text
from ivr.check.code import may_ignore
from ivr.check.subject import Subject
from ivr.check.wording import Where
from ivr.files.problems import Problem

FORBIDDEN_WORD = may_ignore("forbidden-word", "a word that callers should not hear or read")

CODES = (FORBIDDEN_WORD,)

_KINDS = {
    Where.SPOKEN: {Purpose.SPOKEN, Purpose.LABEL, Purpose.KEY},
    Where.LABELS: {Purpose.LABEL},
    Where.DIGITS: {Purpose.KEY},
    Where.TEXTS: {Purpose.TEXTED},
}


def check(subject: Subject) -> Iterator[Problem]:
    """Every text against its language's list; upper and lower case count as one."""
    for written in every_text(subject.line, subject.draft):
        wording = subject.wording.get(written.language)
        for rule in wording.forbidden if wording else ():
            if written.kind not in _KINDS[rule.where]:
                continue
            for word in rule.words:
                if _says(written.text, word, rule.where):
                    instead = f"; say {rule.instead}" if rule.instead else ""
                    message = f"「{word}」 in 「{written.text}」: {rule.because}{instead}"
                    yield FORBIDDEN_WORD.at(written.file, written.path, message)


def _says(text: str, word: str, where: Where) -> bool:
    if where is Where.DIGITS:
        return text.casefold() == word.casefold()
    return word.casefold() in text.casefold()
