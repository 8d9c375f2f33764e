"""Rings every referral of a line, twice in each language, and reads the seconds off the calls."""

from collections import deque
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from tempfile import TemporaryDirectory

import httpx

from ivr.check.loading import open_line
from ivr.engine import Digits, Line
from ivr.engine.reach import every_speech
from ivr.engine.tree import Ask, Refer
from ivr.settings import Folders, Settings
from ivr.speech import AudioLibrary, every_utterance
from ivr.web import create_app
from ringback import CallRecord, Carrier, Event, ScriptedPhone

_PUBLIC = "https://line.example"
_CALLER, _LINE = "+819012345678", "+815031234567"


class NotRendered(RuntimeError):
    """Seconds are read off rendered speech; the message says how to render it."""


@dataclass(frozen=True)
class Route:
    """A referral, and the keys that lead to it from the first question."""

    node: str
    keys: tuple[str, ...]


@dataclass(frozen=True)
class Timed:
    """The seconds to a number's first digit; None where no number is said."""

    node: str
    language: str
    keys: str
    eager: float | None  # from the answer on, each key pressed at once
    patient: float | None  # from the first key on, each prompt heard to its end


@dataclass(frozen=True)
class Opened:
    """The seconds of a call's opening, in one language."""

    language: str
    emergency_ends: float
    first_option: float
    menu_ends: float
    no_key: float  # the first digit for a caller who presses nothing at all


class CallTimer:
    """Calls in process, on rendered speech: a clip takes its own length, to the sample."""

    def __init__(self, line: Line, library: AudioLibrary, carrier: Carrier, now: datetime) -> None:
        self._line, self._carrier = line, carrier
        self._texts = {entry.file: entry.text for entry in library.entries.values()}
        self._numbers = {
            utterance.text
            for utterance in every_utterance(every_speech(line, now))
            if isinstance(utterance.said, Digits)
        }

    def opened(self, language: str) -> Opened:
        """The opening, for a caller who never presses."""
        call = self._call(language, "- -", barge_in=False)
        heard, words = call.of("heard"), self._line.scripts[language].tree
        menu = [event for event in heard if event.t <= call.of("silence")[0].t]
        options = set(words.nodes[self._line.tree.start].choices.values())
        number = self._first_digit(heard)
        return Opened(
            language,
            emergency_ends=next(e.t for e in heard if self._text(e) == words.opening.emergency),
            first_option=next(_begins(e) for e in heard if self._text(e) in options),
            menu_ends=menu[-1].t,
            no_key=float("inf") if number is None else number,
        )

    def timed(self, way: Route, language: str) -> Timed:
        """One referral, for a caller who presses at once and for one who never interrupts."""
        keys = " ".join(way.keys)
        eager = self._call(language, f"{keys} -", barge_in=True)
        silence = eager.of("silence")[0]  # what is heard before it, is the referral's first turn
        at_once = [event for event in eager.of("heard") if event.t <= silence.t]
        patient = self._call(language, f"{keys} .", barge_in=False)
        heard_out, pressed = self._first_digit(patient.of("heard")), patient.of("pressed")[0].t
        return Timed(
            way.node,
            language,
            keys,
            self._first_digit(at_once),
            None if heard_out is None else heard_out - pressed,
        )

    def _call(self, language: str, keys: str, barge_in: bool) -> CallRecord:
        url = f"{_PUBLIC}/voice?language={language}"
        phone = ScriptedPhone(keys, barge_in=barge_in)
        call = self._carrier.call(url=url, from_=_CALLER, to=_LINE, phone=phone)
        said = [event for event in call.of("heard") if event.verb != "Play"]
        if said or call.errors:
            raise NotRendered("some speech has no clip yet; build them: ivr prompts build")
        return call

    def _first_digit(self, heard: Iterable[Event]) -> float | None:
        """When the first number begins; its first digit begins with it."""
        return next((_begins(event) for event in heard if self._text(event) in self._numbers), None)

    def _text(self, event: Event) -> str:
        return self._texts.get((event.url or "").rsplit("/", 1)[-1], "")


def routes(line: Line) -> Iterator[Route]:
    """Every referral that keys lead to, by the fewest keys."""
    ahead, known = deque([Route(line.tree.start, ())]), {line.tree.start}
    while ahead:
        way = ahead.popleft()
        node = line.node(way.node)
        if isinstance(node, Refer):
            yield way
        if isinstance(node, Ask):
            for key, choice in sorted(node.choices.items()):
                if choice.go not in known:
                    known.add(choice.go)
                    ahead.append(Route(choice.go, (*way.keys, key)))
    yield Route(line.tree.person, ("0",))


@contextmanager
def call_timer(folders: Folders, at: datetime) -> Iterator[tuple[Line, CallTimer]]:
    """A line that plays its clips, and a carrier to ring it on; calls are answered at `at`."""
    line = open_line(folders.data, folders.prompts)
    with TemporaryDirectory(prefix="ivr-timing-") as folder:
        # The account's own sid and token are the app's too, so they are chosen first.
        account = {"TWILIO_ACCOUNT_SID": "AC" + "0" * 32, "TWILIO_AUTH_TOKEN": "timing"}
        settings = Settings.from_environ(
            {
                **account,
                "PUBLIC_URL": _PUBLIC,
                "SMS_FROM": _LINE,
                "DATABASE_URL": f"sqlite:///{Path(folder) / 'timing.sqlite3'}",
                "IVR_DATA": str(folders.data),
                "IVR_PROMPTS": str(folders.prompts),
                "IVR_AUDIO": str(folders.clips),
                "SPEECH": "play",
            }
        )
        carrier = Carrier(
            start=at,
            numbers=[_LINE],
            account_sid=account["TWILIO_ACCOUNT_SID"],
            auth_token=account["TWILIO_AUTH_TOKEN"],
            transport=httpx.WSGITransport(app=create_app(settings, clock=lambda: at)),
        )
        yield line, CallTimer(line, AudioLibrary(folders.clips), carrier, at)


def _begins(event: Event) -> float:
    return event.t - (event.seconds or 0.0)
