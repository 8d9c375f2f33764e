"""Telephone numbers as they are read out: digit by digit, in groups, twice."""

from collections.abc import Iterable

from ivr.engine.pauses import AFTER_DIGIT, AFTER_GROUP, AFTER_SENTENCE, BEFORE_REPEAT
from ivr.engine.prompts import Prompts
from ivr.engine.speech import Digits, Pause, Speech, Words

_LONGEST_GROUP = 5


def read_number(number: str, prompts: Prompts, slow: bool = False) -> Speech:
    """One reading of a number as printed: digit by digit, # by its name, in the printed groups.

    A number that has a name of its own (110) is called by it first (caller rule E7). A printed
    group of six or more is read in threes: an ungrouped row of digits is the hardest of all to
    keep (caller rule E3).
    """
    groups: list[tuple[str, ...]] = []
    for printed in number.replace("#", "#-").split("-"):
        size = 3 if len(printed) > _LONGEST_GROUP else len(printed)
        pieces = [printed[i : i + size] for i in range(0, len(printed), size)]
        groups += [tuple(prompts.key(digit) for digit in piece) for piece in pieces]
    digits = Digits(tuple(groups), prompts.language, slow)
    if number in prompts.names:
        return Words(prompts.names[number], prompts.language), Pause(AFTER_SENTENCE), digits
    return (digits,)


def read_twice(number: str, prompts: Prompts, slow: bool = False) -> Speech:
    """The number, a pause, and the number once more at the same pace (caller rules E2, E4)."""
    once = read_number(number, prompts, slow)
    return (*once, Pause(BEFORE_REPEAT), *once)


def read_back(groups: Iterable[str], prompts: Prompts) -> Speech:
    """A number that the caller keyed in, once, to be recognised and not to be written down.

    Its digits are words by themselves: there are too many such numbers to render one as a whole.
    """
    said: list[Words | Pause] = []
    for group in groups:
        for digit in group:
            said += (Words(prompts.key(digit), prompts.language), Pause(AFTER_DIGIT))
        said[-1] = Pause(AFTER_GROUP)
    said[-1] = Pause(AFTER_SENTENCE)
    return tuple(said)


def every_digit(prompts: Prompts) -> Speech:
    """Every digit as `read_back` says it, with each pause that may follow it."""
    said = [
        part
        for digit in "0123456789"
        for pause in (AFTER_DIGIT, AFTER_GROUP, AFTER_SENTENCE)
        for part in (Words(prompts.key(digit), prompts.language), Pause(pause))
    ]
    return (*said, said[0])  # a speech's very last pause would count for nothing
