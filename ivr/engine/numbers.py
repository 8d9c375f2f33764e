"""Telephone numbers as they are read out: digit by digit, in groups, twice."""

from ivr.engine.pace import AFTER_SENTENCE, BEFORE_REPEAT
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
