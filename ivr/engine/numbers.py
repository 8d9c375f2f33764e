"""Telephone numbers as they are read out: digit by digit, in groups, twice."""

from ivr.engine.pace import BEFORE_REPEAT
from ivr.engine.prompts import Prompts
from ivr.engine.speech import Digits, Pause, Speech, Words

_LONGEST_GROUP = 5


def read_number(number: str, prompts: Prompts) -> Speech:
    """One reading of a number as printed.

    Numbers that the language says as words (110, #9110) come as words; all others digit by digit,
    in the printed groups. A printed group of six or more is read in threes: an ungrouped row of
    digits is the hardest of all to keep (caller rule E3).
    """
    if number in prompts.codes:
        return (Words(prompts.codes[number], prompts.language),)
    groups: list[tuple[str, ...]] = []
    for printed in number.replace("#", "#-").split("-"):
        size = 3 if len(printed) > _LONGEST_GROUP else len(printed)
        pieces = [printed[i : i + size] for i in range(0, len(printed), size)]
        groups += [tuple(prompts.key(digit) for digit in piece) for piece in pieces]
    return (Digits(tuple(groups), prompts.language),)


def read_twice(number: str, prompts: Prompts) -> Speech:
    """The number, a pause, and the number once more at the same pace (caller rules E2, E4)."""
    once = read_number(number, prompts)
    return (*once, Pause(BEFORE_REPEAT), *once)
