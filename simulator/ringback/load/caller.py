"""A virtual caller: presses the keys of a script, hears a number, and hangs up."""

from collections import deque

from ringback.callers.phone import HangUp, Listening, Press, Speak, Stay
from ringback.callers.scripted import ScriptedPhone, read_script
from ringback.load.reached import Reached
from ringback.media.prompt_segment import PromptSegment
from ringback.transcript.event import Event

_WRITES_IT_DOWN = 0.5  # seconds from the end of the number to hanging up
_REMEMBERED = 50  # segments: what was heard before is not looked at again


class VirtualCaller:
    """A phone that also listens: give `notice` to the call as its `on_event`.

    What is heard before the last key of `script` does not count, so that an emergency number in a
    greeting is not taken for the answer. Then the caller is silent until `reached` says that a
    number was heard, and hangs up. `after` is how long the caller thinks before a key, in seconds.
    """

    def __init__(self, script: str, *, reached: Reached, after: float) -> None:
        self._phone = ScriptedPhone(script, after=after)
        self._inputs_left = sum(word != "." for word in read_script(script))
        self._judge = reached
        self._words: deque[str] = deque(maxlen=_REMEMBERED)
        self._clips: deque[str] = deque(maxlen=_REMEMBERED)
        self.reached = False

    def listen(self, listening: Listening) -> Press | Speak | HangUp | Stay:
        """Hangs up once there is a number; else does what the script says."""
        if self.reached:
            return HangUp(listening.since)
        if self._inputs_left <= 0:
            ends = self._number_ends(listening.prompt)
            if ends is not None:
                # It is written down while the line says other things; at its last word at once.
                return HangUp(min(ends + _WRITES_IT_DOWN, listening.deadline))
        return self._phone.listen(listening)

    def notice(self, event: Event) -> None:
        """Hears what is said and notes what was pressed."""
        if event.event in ("pressed", "spoke", "silence") and not event.lost:
            self._inputs_left -= 1
            self._words.clear()
            self._clips.clear()
        elif event.event == "heard" and self._inputs_left <= 0:
            _note(event.text, event.written, event.url, self._words, self._clips)
            self.reached = self.reached or self._judged(self._words, self._clips)

    def _number_ends(self, prompt: tuple[PromptSegment, ...]) -> float | None:
        """When the segment ends that completes a number."""
        words, clips = self._words.copy(), self._clips.copy()
        for segment in prompt:
            _note(segment.text, segment.written, segment.url, words, clips)
            if self._judged(words, clips):
                return segment.ends
        return None

    def _judged(self, words: deque[str], clips: deque[str]) -> bool:
        return self._judge(" ".join(words), " ".join(clips))


def _note(
    text: str | None, written: str | None, url: str | None, words: deque[str], clips: deque[str]
) -> None:
    if text:
        words.append(text if written in (None, text) else f"{text} ({written})")
    elif url:
        clips.append(url)
