"""Characters that a voice or an old telephone stumbles over, and figures in prose."""

import re
import unicodedata
from collections.abc import Iterator

from ivr.check.author_texts import AuthorText, Purpose, every_text
from ivr.check.code import may_ignore
from ivr.check.subject import Subject
from ivr.files.problems import Problem

EMOJI = may_ignore("emoji", "an emoji or a symbol that voices cannot read")
WIDTH = may_ignore("width", "half-width kana, or full-width letters and digits")
SPOKEN_TIME = may_ignore("spoken-time", "a time of day in spoken words, written with a colon")
SPOKEN_FIGURE = may_ignore("spoken-figure", "a long number or a telephone number in spoken words")

CODES = (EMOJI, WIDTH, SPOKEN_TIME, SPOKEN_FIGURE)

WIDE = re.compile("[\uff10-\uff19\uff21-\uff3a\uff41-\uff5a\uff61-\uff9f]+")
_TIME = re.compile(r"[0-9]{1,2}[:：][0-9]{2}")
_FIGURE = re.compile(r"[0-9]{2,}(?:-[0-9]+)+|[0-9]{4,}")
_HEARD = {Purpose.SPOKEN, Purpose.LABEL, Purpose.NAME, Purpose.SEARCH}
_SYMBOLS = {"So", "Sk", "Cs", "Co", "Cn", "Cf"}  # Unicode's categories


def check(subject: Subject) -> Iterator[Problem]:
    """Every text, once in each place."""
    for written in every_text(subject.line, subject.draft):
        yield from _check(written)


def unified(text: str) -> str:
    """The text with every kana, letter and figure in its usual width."""
    return WIDE.sub(lambda match: unicodedata.normalize("NFKC", match.group()), text)


def _check(written: AuthorText) -> Iterator[Problem]:
    text = written.text
    odd = {char for char in text if unicodedata.category(char) in _SYMBOLS}
    if odd:
        message = f"`{''.join(sorted(odd))}` in 「{text}」 is not read, and not shown everywhere"
        yield EMOJI.at(written.file, written.path, f"{message}; use words")
    if WIDE.search(text):
        message = f"「{text}」 has letters of an unusual width; write 「{unified(text)}」"
        yield WIDTH.at(written.file, written.path, message)
    if written.kind not in _HEARD:
        return
    for clock in _TIME.findall(text):
        message = f"`{clock}` in 「{text}」 is read as two numbers; write it as it is said"
        yield SPOKEN_TIME.at(written.file, written.path, message)
    for figure in _FIGURE.findall(_TIME.sub("", text)):
        message = (
            f"`{figure}` in 「{text}」 is read as one large figure, and held against no source; "
            "a telephone number belongs into an agency's `phones`"
        )
        yield SPOKEN_FIGURE.at(written.file, written.path, message)
