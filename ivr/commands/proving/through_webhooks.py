"""Every transition of a proved graph once more, through the signed webhooks: do both say the same?

The app is the real one, in process; only what comes of texts is decided here, so that every outcome
is walked through. Each request goes to the address that the app itself gave for that place.
"""

import time
from collections import deque
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from tempfile import TemporaryDirectory

from werkzeug.test import Client

from ivr.commands.proving.example_numbers import number_of
from ivr.commands.proving.spoken_turn import Heard, heard, meant
from ivr.engine import (
    Caller,
    Effect,
    Event,
    Keys,
    Line,
    Position,
    Texted,
    TextOutcome,
    beginning,
    step,
)
from ivr.proof import Counterexample, Graph, Ways
from ivr.proof.shortest_calls import bits_of
from ivr.settings import Folders, Settings
from ivr.web import create_app
from ringback import sign

_PUBLIC, _TOKEN, _LINE = "https://line.example", "0" * 32, "+815031234567"


@dataclass(frozen=True)
class Walked:
    """How many requests were made, for how many kinds of caller, and where the answers differ."""

    requests: int
    callers: int
    seconds: float
    differences: tuple[Counterexample, ...]


def walk(line: Line, graph: Graph, folders: Folders) -> Walked:
    """Walks every transition of every kind of caller, each once."""
    began, ways = time.perf_counter(), Ways(graph)
    requests, differences = 0, list[Counterexample]()
    for number, caller in enumerate(graph.callers):
        with TemporaryDirectory(prefix="ivr-prove-") as folder:
            app = _App(line, graph, caller, folders, folder)
            walker = _Walker(graph, ways, number, app)
            differences += walker.walk()
            requests += app.requests
    seconds = time.perf_counter() - began
    return Walked(requests, len(graph.callers), seconds, tuple(differences))


@dataclass(frozen=True)
class _Step:
    """One request: the event that makes it, what comes of its effect if it has one, and when."""

    event: Event
    outcome: Event | None
    place: int
    moment: int


class _App:
    """The line's web app, rung as one kind of caller at any moment."""

    def __init__(
        self, line: Line, graph: Graph, caller: Caller, folders: Folders, folder: str
    ) -> None:
        self._line, self._caller = line, caller
        self._from = number_of(line, caller.kind)
        self.requests = 0
        self.now = graph.doors.moments[0]
        self.asked: list[Effect] = []
        self.outcome: Event | None = None
        environ = {
            "TWILIO_ACCOUNT_SID": "AC" + "0" * 32,
            "TWILIO_AUTH_TOKEN": _TOKEN,
            "PUBLIC_URL": _PUBLIC,
            "DATABASE_URL": f"sqlite:///{folder}/prove.sqlite3",
            "IVR_DATA": str(folders.data),
            "IVR_PROMPTS": str(folders.prompts),
            **({"SMS_FROM": _LINE} if caller.line_texts else {}),
        }
        settings = Settings.from_environ(environ)
        self._client = Client(create_app(settings, clock=self._clock, effects=self._desk))

    def answer(self, target: str, digits: str) -> Heard:
        """What is heard after a signed request. Raises ValueError for an answer that is none."""
        self.requests += 1
        fields = {"CallSid": "CA" + "0" * 32, "From": self._from, "To": _LINE}
        fields |= {"Digits": digits} if digits else {}
        headers = {"X-Twilio-Signature": sign(_TOKEN, _PUBLIC + target, fields)}
        got = self._client.post(
            target, data=fields, headers=headers, environ_overrides={"RAW_URI": target}
        )
        if got.status_code != 200:
            raise ValueError(f"the app answered {got.status_code}")
        return heard(got.data)

    def _clock(self) -> datetime:
        return self.now

    def _desk(self, call: str, number: str, effect: Effect) -> Event:
        del call, number  # the outcome is decided, whoever asks
        self.asked.append(effect)
        return self.outcome or Texted(TextOutcome.UNAVAILABLE)


class _Walker:
    """Walks the graph of one kind of caller, breadth first: each place by the shortest way."""

    def __init__(self, graph: Graph, ways: Ways, caller: int, app: _App) -> None:
        self._graph, self._ways, self._caller, self._app = graph, ways, caller, app
        self._differences: list[Counterexample] = []

    def walk(self) -> list[Counterexample]:
        """Every way on from every place; the differences that were found."""
        graph, line = self._graph, self._graph.line
        targets: dict[int, tuple[str, Position]] = {}  # the app's own address of each place
        for language, start in graph.starts.items():
            targets[start] = f"/voice?language={language}", beginning(line, language)
        ahead = deque(targets)
        while ahead:
            here = ahead.popleft()
            target, position = targets[here]
            for one in self._steps(here):
                answer = self._compared(here, target, position, one)
                if answer is not None and one.place not in targets and answer.position:
                    targets[one.place] = answer.target, answer.position
                    ahead.append(one.place)
        return self._differences

    def _steps(self, place: int) -> Iterator[_Step]:
        """Each way on as a request; an effect and its outcome are one."""
        edges = self._graph.edges[self._caller]
        for edge in edges[place]:
            if self._graph.places[edge.outcome.place].effect is None:
                yield self._step(edge.event, None, edge.outcome.place, edge.moments)
                continue
            for after in edges[edge.outcome.place]:
                both = edge.moments & after.moments
                if both:
                    yield self._step(edge.event, after.event, after.outcome.place, both)

    @staticmethod
    def _step(event: Event, outcome: Event | None, place: int, moments: int) -> _Step:
        return _Step(event, outcome, place, next(bits_of(moments)).bit_length() - 1)

    def _compared(self, place: int, target: str, position: Position, one: _Step) -> Heard | None:
        """The answer to a request; None where it is not the engine's own, which is noted."""
        app, graph = self._app, self._graph
        app.now, app.outcome, app.asked = graph.doors.moments[one.moment], one.outcome, []
        digits = one.event.digits if isinstance(one.event, Keys) else ""
        opening, caller = graph.doors.openings[one.moment], graph.callers[self._caller]
        turn = step(graph.line, position, one.event, opening, caller)
        wanted = [] if turn.effect is None else [turn.effect]
        if one.outcome is not None:
            turn = step(graph.line, turn.position, one.outcome, opening, caller)
        try:
            got = app.answer(target, digits)
        except ValueError as error:
            self._differs(place, one, str(error))
            return None
        if app.asked != wanted:
            self._differs(place, one, f"the app wants {app.asked}, the engine {wanted}")
        elif got.bare != meant(turn):
            self._differs(place, one, f"the app says {got}, the engine {meant(turn)}")
        else:
            return got
        return None

    def _differs(self, place: int, one: _Step, problem: str) -> None:
        then = (one.event, *([one.outcome] if one.outcome is not None else []))
        moment = 1 << one.moment
        self._differences.append(self._ways.to(self._caller, place, moment, problem, then))
