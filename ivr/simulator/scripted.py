"""A caller who follows a script of keys."""

from collections import deque

from ivr.simulator.phone import KEYS, HangUp, Listening, Press, Stay

_SILENCE, _HANG_UP = "-", "."


class ScriptError(ValueError):
    """A script that cannot be read; its text says what was expected."""


class ScriptedPhone:
    """Presses what `script` says: each word, between spaces, is the input to one Gather.

    `3` or `0901234#` presses these keys, `between` seconds apart; `-` is silence for one Gather;
    `.` hangs up. The caller listens to the end and presses `after` seconds later; with `barge_in`
    at once. Keys that are left when a Gather has enough keep their own times: the next Gather gets
    them, or they are lost where none listens. After the script the caller is silent.

    Raises ScriptError when the script has anything else in it.
    """

    def __init__(
        self, script: str, *, barge_in: bool = False, after: float = 0.5, between: float = 0.3
    ) -> None:
        self._inputs = deque(read_script(script))
        self._after = after
        self._between = between
        self._barge_in = barge_in
        self._pending: deque[Press] = deque()

    def listen(self, listening: Listening) -> Press | HangUp | Stay:
        """Press, hang up or stay, as the script says."""
        if not self._pending and listening.takes_keys and not listening.so_far:
            begins = listening.since if self._barge_in else listening.prompt_ends + self._after
            if self._take_up(begins):
                return HangUp(begins)
        if self._pending and self._pending[0].at <= listening.deadline:
            press = self._pending.popleft()
            return Press(press.key, max(press.at, listening.since))
        return Stay()

    def _take_up(self, begins: float) -> bool:
        """Puts the next word's keys at their times; True when the word is to hang up."""
        word = self._inputs.popleft() if self._inputs else _SILENCE
        if word not in (_SILENCE, _HANG_UP):
            self._pending.extend(
                Press(key, begins + place * self._between) for place, key in enumerate(word)
            )
        return word == _HANG_UP


def read_script(script: str) -> tuple[str, ...]:
    """The words of a script, checked. Raises ScriptError naming the word that is wrong."""
    words = tuple(script.split())
    for word in words:
        if word not in (_SILENCE, _HANG_UP) and not set(word) <= set(KEYS):
            raise ScriptError(
                f"{word!r} is not an input: expected keys (0-9 * #), - for silence or . for hanging"
                ' up, with a space before each new input, as in "3 1 1"'
            )
    return words
