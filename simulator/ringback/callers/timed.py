"""The acts of a person at a telephone, noted with their seconds so that they can be done again."""

import math
import re
from collections import deque
from dataclasses import dataclass, replace

from ringback.callers.phone import KEYS, HangUp, Listening, Phone, Press, Stay
from ringback.callers.scripted import ScriptError

_SILENCE, _HANG_UP = "-", "."
_TIMED = re.compile(rf"([{re.escape(KEYS)}.])@(\d+(?:\.\d+)?)")


@dataclass(frozen=True)
class _Act:
    """A key, or hanging up, `wait` seconds after the last act or silence; or a silence."""

    key: str
    wait: float = 0.0


class TimedPhone:
    """Does again what a NotedPhone noted: `3@4.25 - 1@2.5 .@3`.

    `3@4.25` presses 3, 4.25 virtual seconds after what was done last, or as soon after as the line
    listens; `-` lets one Gather run out; `.@3` hangs up. Raises ScriptError for anything else.
    """

    def __init__(self, script: str) -> None:
        self._acts = deque(_read(script))
        self._last = 0.0

    def listen(self, listening: Listening) -> Press | HangUp | Stay:
        """See Phone."""
        if not self._acts:
            return Stay()
        act = self._acts[0]
        if act.key == _SILENCE:
            if _is_waited_for(listening):
                self._acts.popleft()
                self._last = listening.deadline
            return Stay()
        at = max(self._last + act.wait, listening.since)
        if at > listening.deadline or (act.key != _HANG_UP and not listening.takes_keys):
            return Stay()
        self._acts.popleft()
        self._last = at
        return HangUp(at) if act.key == _HANG_UP else Press(act.key, at)


class NotedPhone:
    """Another phone, whose acts are noted in `script` as a TimedPhone takes them.

    Acts are moved to the hundredth of a second before, which is what is noted, so that the call can
    be repeated exactly. Keys that nothing listens for change nothing and are left out.
    """

    def __init__(self, phone: Phone) -> None:
        self._phone = phone
        self._notes: list[str] = []
        self._last = 0.0

    @property
    def script(self) -> str:
        """What has been done so far."""
        return " ".join(self._notes)

    def listen(self, listening: Listening) -> Press | HangUp | Stay:
        """See Phone."""
        act = self._phone.listen(listening)
        while isinstance(act, Press) and not listening.takes_keys:
            listening = replace(listening, since=max(act.at, listening.since))
            act = self._phone.listen(listening)
        if not isinstance(act, Press | HangUp) or act.at > listening.deadline:
            if _is_waited_for(listening):
                self._notes.append(_SILENCE)
                self._last = listening.deadline
            return Stay()
        wait = math.floor((max(act.at, listening.since) - self._last) * 100) / 100
        self._last = max(self._last + wait, listening.since)
        self._notes.append(f"{act.key if isinstance(act, Press) else _HANG_UP}@{wait:g}")
        return replace(act, at=self._last)


def is_timed(script: str) -> bool:
    """Whether the script is one of a TimedPhone."""
    return "@" in script


def _is_waited_for(listening: Listening) -> bool:
    """Whether doing nothing is an answer here: a silence."""
    return (listening.takes_keys or listening.takes_speech) and not listening.so_far


def _read(script: str) -> list[_Act]:
    acts = []
    for word in script.split():
        timed = _TIMED.fullmatch(word)
        if timed is None and word != _SILENCE:
            raise ScriptError(
                f"{word!r} is not an act: expected a key or . with the seconds since the act"
                " before, such as 3@4.25 or .@2, or - for silence"
            )
        acts.append(_Act(timed[1], float(timed[2])) if timed else _Act(_SILENCE))
    return acts
