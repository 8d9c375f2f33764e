"""A call as a test tells it: who rings when, what is pressed, and what is heard."""

from dataclasses import dataclass, field
from datetime import datetime
from zoneinfo import ZoneInfo

from ivr.engine import (
    Caller,
    CallerKind,
    Digits,
    Keys,
    Line,
    Pause,
    Position,
    Silence,
    Speech,
    Start,
    Texted,
    TextOutcome,
    Turn,
    Words,
    beginning,
    step,
)
from ivr.engine.position import Event

TOKYO = ZoneInfo("Asia/Tokyo")
KEYS = "0123456789#*"


def japan_time(written: str) -> datetime:
    """`2026-11-24 10:00` on a clock in Japan."""
    return datetime.fromisoformat(written).replace(tzinfo=TOKYO)


TUESDAY = japan_time("2026-11-24 10:00")  # an ordinary day: offices are open
NIGHT = japan_time("2026-11-24 23:00")


@dataclass
class Call:
    """One call on a line; every method answers with the turn that is now heard."""

    line: Line
    at: datetime = TUESDAY
    kind: CallerKind = CallerKind.MOBILE
    language: str | None = None
    texts: bool = True  # whether the line can send texts
    turn: Turn = field(init=False)

    def __post_init__(self) -> None:
        self.turn = self.step(Start(), beginning(self.line, self.language))

    def step(self, event: Event, position: Position | None = None) -> Turn:
        """Any event, here or at another position."""
        here = position or self.turn.position
        caller = Caller(self.kind, line_texts=self.texts)
        self.turn = step(self.line, here, event, self.line.timetable.at(self.at), caller)
        return self.turn

    def press(self, *keys: str) -> Turn:
        for key in keys:
            self.step(Keys(key))
        return self.turn

    def silence(self, times: int = 1) -> Turn:
        for _ in range(times):
            self.step(Silence())
        return self.turn

    def texted(self, outcome: TextOutcome) -> Turn:
        return self.step(Texted(outcome))

    def go(self, node: str, **more: object) -> Turn:
        """Arrives at a node as if every key on the way had been pressed."""
        place = {"language": self.turn.position.language, **more}
        return self.step(Keys("#"), Position(node=node, **place))  # type: ignore[arg-type]

    @property
    def node(self) -> str:
        return self.turn.position.node

    @property
    def agency(self) -> str:
        return self.turn.position.agency

    @property
    def words(self) -> str:
        """All words of this turn."""
        return words(self.turn.speech)

    @property
    def numbers(self) -> list[str]:
        """The numbers of this turn in the order they are read, as they would be written."""
        return numbers(self.line, self.turn.speech)

    @property
    def offered(self) -> list[str]:
        """The keys that this turn offers, in the order they are said."""
        return offered(self.line, self.turn.speech)

    @property
    def ended(self) -> bool:
        return self.turn.wait is None and self.turn.effect is None


def words(speech: Speech) -> str:
    return " ".join(part.text for part in speech if isinstance(part, Words))


def pauses(speech: Speech) -> list[float]:
    return [part.seconds for part in speech if isinstance(part, Pause)]


def numbers(line: Line, speech: Speech) -> list[str]:
    found = []
    for part in speech:
        if isinstance(part, Digits):
            prompts = line.scripts[part.language].prompts
            sign = {prompts.key(key): key for key in KEYS}
            groups = ["".join(sign[word] for word in group) for group in part.groups]
            found.append("-".join(groups).replace("#-", "#"))
    return found


def offered(line: Line, speech: Speech) -> list[str]:
    said = []
    for part in speech:
        if isinstance(part, Words):
            prompts = line.scripts[part.language].prompts
            presses = {prompts.menu.press.format(key=prompts.key(key)): key for key in KEYS}
            said += [presses[part.text]] if part.text in presses else []
    return said


def at_the_office(town: Line, kind: CallerKind = CallerKind.MOBILE) -> Call:
    """A call in which the first agency of `law` was just read."""
    call = Call(town, kind=kind)
    call.press("2")
    assert call.agency == "office"
    return call
