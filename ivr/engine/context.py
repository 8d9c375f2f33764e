"""All that one step of a dialogue looks at, and the few sentences that every node shares."""

from collections.abc import Iterable
from dataclasses import dataclass

from ivr.engine.caller import Caller
from ivr.engine.hours import AgencyStates
from ivr.engine.line import Line, Script
from ivr.engine.pauses import AFTER_OPTION, AFTER_SENTENCE, BEFORE_KEY
from ivr.engine.position import Position
from ivr.engine.prompts import Prompts
from ivr.engine.speech import Pause, Speech, Words


@dataclass(frozen=True)
class Go:
    """On to another node, as its beginning."""

    node: str


@dataclass(frozen=True)
class Context:
    """A line, the states of its agencies, a kind of caller, and where that caller is."""

    line: Line
    states: AgencyStates
    caller: Caller
    position: Position

    @property
    def script(self) -> Script:
        """The words of the caller's language."""
        return self.line.scripts[self.position.language]

    @property
    def prompts(self) -> Prompts:
        """What the line itself says in the caller's language."""
        return self.script.prompts

    def at(self, position: Position) -> "Context":
        """The same call, elsewhere."""
        return Context(self.line, self.states, self.caller, position)

    def sentence(self, text: str | None) -> Speech:
        """A sentence and the pause after it; nothing where there is no text."""
        return (Words(text, self.position.language), Pause(AFTER_SENTENCE)) if text else ()

    def option(
        self, words: str, key: str, language: str | None = None, first: bool = True
    ) -> Speech:
        """Function, pause, key, pause: what a key does is said before the key (caller rule B3).

        "Press" is said with the `first` option of a list; after that the key alone is enough.
        """
        spoken_in = language or self.position.language
        prompts = self.line.scripts[spoken_in].prompts
        press = prompts.menu.press_first if first else prompts.menu.press
        return (
            Words(words, spoken_in),
            Pause(BEFORE_KEY),
            Words(press.format(key=prompts.key(key)), spoken_in),
            Pause(AFTER_OPTION),
        )

    def options(self, wanted: Iterable[tuple[str, str]]) -> Speech:
        """Several options, each a pair of words and key."""
        return tuple(
            part
            for place, (words, key) in enumerate(wanted)
            for part in self.option(words, key, first=not place)
        )
