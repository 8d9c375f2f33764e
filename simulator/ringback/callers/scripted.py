"""A caller who follows a script of keys and words."""

import re
from collections import deque

from ringback.callers.phone import KEYS, HangUp, Listening, Press, Speak, Stay
from ringback.media.speaking_time import seconds_to_say

_SILENCE, _HANG_UP = "-", "."
_WORD = re.compile(r'"[^"]*"\S*|\S+')
_SPOKEN = re.compile(rf'"([^"]*\S[^"]*)"([{re.escape(KEYS)}]*)')


class ScriptError(ValueError):
    """A script that cannot be read; its text says what was expected."""


class ScriptedPhone:
    """Does what `script` says: each word, between spaces, is the input to one Gather or Record.

    `3` or `0901234#` presses these keys, `between` seconds apart; `"two tickets"` says these words,
    and `"two tickets"#` presses a key after them; `-` is silence for one Gather; `.` hangs up. The
    caller listens to the end and acts `after` seconds later; with `barge_in` at once. Keys that are
    left when a Gather has enough keep their own times: the next Gather gets them, or they are lost
    where none listens. After the script the caller is silent.

    Raises ScriptError when the script has anything else in it.
    """

    def __init__(
        self, script: str, *, barge_in: bool = False, after: float = 0.5, between: float = 0.3
    ) -> None:
        self._inputs = deque(read_script(script))
        self._after = after
        self._between = between
        self._barge_in = barge_in
        self._pending: deque[Press | Speak] = deque()

    def listen(self, listening: Listening) -> Press | Speak | HangUp | Stay:
        """Press, speak, hang up or stay, as the script says."""
        takes = listening.takes_keys or listening.takes_speech
        if not self._pending and takes and not listening.so_far:
            begins = listening.since if self._barge_in else listening.prompt_ends + self._after
            if self._take_up(begins):
                return HangUp(begins)
        if self._pending and self._pending[0].at <= listening.deadline:
            return self._pending.popleft()
        return Stay()

    def _take_up(self, begins: float) -> bool:
        """Puts what the next word does at its times; True when the word is to hang up."""
        word = self._inputs.popleft() if self._inputs else _SILENCE
        if word in (_SILENCE, _HANG_UP):
            return word == _HANG_UP
        keys = word
        if spoken := _SPOKEN.fullmatch(word):
            text, keys = " ".join(spoken[1].split()), spoken[2]
            said = Speak(text, begins, seconds_to_say(text))
            self._pending.append(said)
            begins += said.seconds + self._between
        self._pending.extend(
            Press(key, begins + place * self._between) for place, key in enumerate(keys)
        )
        return False


def read_script(script: str) -> tuple[str, ...]:
    """The words of a script, checked. Raises ScriptError naming the word that is wrong."""
    words = tuple(_WORD.findall(script))
    for word in words:
        spoken = _SPOKEN.fullmatch(word)
        if word not in (_SILENCE, _HANG_UP) and not spoken and not set(word) <= set(KEYS):
            raise ScriptError(
                f"{word!r} is not an input: expected keys (0-9 * #), words in quotation marks,"
                " - for silence or . for hanging up, with a space before each new input,"
                ' as in "3 1 1"'
            )
    return words
