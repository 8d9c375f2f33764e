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
from ivr.proof import Counterexample, ShortestCalls, StateGraph
from ivr.proof.circumstances import bits_of
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


def walk(line: Line, graph: StateGraph, folders: Folders) -> Walked:
    """Walks every transition of every kind of caller, each once."""
    began, calls = time.perf_counter(), ShortestCalls(graph)
    requests, differences = 0, list[Counterexample]()
    for number, caller in enumerate(graph.circumstances.callers):
        with TemporaryDirectory(prefix="ivr-prove-") as folder:
            app = _App(line, graph, caller, folders, folder)
            walker = _Walker(graph, calls, number, app)
            differences += walker.walk()
            requests += app.requests
    seconds = time.perf_counter() - began
    return Walked(requests, len(graph.circumstances.callers), seconds, tuple(differences))


@dataclass(frozen=True)
class _Step:
    """One request: the event that makes it, what comes of its effect if it has one, and when."""

    event: Event
    outcome: Event | None
    state: int
    where: int  # the circumstance (its bit)


class _App:
    """The line's web app, rung as one kind of caller at any moment."""

    def __init__(
        self, line: Line, graph: StateGraph, caller: Caller, folders: Folders, folder: str
    ) -> None:
        self._line, self._caller = line, caller
        self._from = number_of(line, caller.kind)
        self.requests = 0
        self.now = graph.circumstances.moments[0]
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
        self._client = Client(create_app(settings, clock=self._clock, effects=self._effects))

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

    def _effects(self, call: str, number: str, effect: Effect) -> Event:
        del call, number  # the outcome is decided, whoever asks
        self.asked.append(effect)
        return self.outcome or Texted(TextOutcome.UNAVAILABLE)


class _Walker:
    """Walks the graph of one kind of caller, breadth first: each state by the shortest way."""

    def __init__(self, graph: StateGraph, calls: ShortestCalls, caller: int, app: _App) -> None:
        self._graph, self._calls, self._app = graph, calls, app
        self._mine = graph.circumstances.of(caller)
        self._differences: list[Counterexample] = []

    def walk(self) -> list[Counterexample]:
        """Every transition from every state; the differences that were found."""
        graph, line = self._graph, self._graph.line
        targets: dict[int, tuple[str, Position]] = {}  # the app's own address of each state
        for language, start in graph.starts.items():
            targets[start] = f"/voice?language={language}", beginning(line, language)
        ahead = deque(targets)
        while ahead:
            here = ahead.popleft()
            target, position = targets[here]
            for one in self._steps(here):
                answer = self._compared(here, target, position, one)
                if answer is not None and one.state not in targets and answer.position:
                    targets[one.state] = answer.target, answer.position
                    ahead.append(one.state)
        return self._differences

    def _steps(self, state: int) -> Iterator[_Step]:
        """Each transition as a request; an effect and its outcome are one."""
        for one in self._graph.transitions[state]:
            mine = one.where & self._mine
            if mine and self._graph.states[one.outcome.state].effect is None:
                yield _Step(one.event, None, one.outcome.state, next(bits_of(mine)))
            elif mine:
                for after in self._graph.transitions[one.outcome.state]:
                    both = mine & after.where
                    if both:
                        where = next(bits_of(both))
                        yield _Step(one.event, after.event, after.outcome.state, where)

    def _compared(self, state: int, target: str, position: Position, one: _Step) -> Heard | None:
        """The answer to a request; None where it is not the engine's own, which is noted."""
        app, graph, circumstances = self._app, self._graph, self._graph.circumstances
        number, moment = circumstances.place(one.where)
        app.now, app.outcome, app.asked = circumstances.moments[moment], one.outcome, []
        digits = one.event.digits if isinstance(one.event, Keys) else ""
        states, caller = circumstances.at_moments[moment], circumstances.callers[number]
        turn = step(graph.line, position, one.event, states, caller)
        wanted = [] if turn.effect is None else [turn.effect]
        if one.outcome is not None:
            turn = step(graph.line, turn.position, one.outcome, states, caller)
        try:
            got = app.answer(target, digits)
        except ValueError as error:
            self._differs(state, one, str(error))
            return None
        if app.asked != wanted:
            self._differs(state, one, f"the app wants {app.asked}, the engine {wanted}")
        elif got.bare != meant(turn):
            self._differs(state, one, f"the app says {got}, the engine {meant(turn)}")
        else:
            return got
        return None

    def _differs(self, state: int, one: _Step, problem: str) -> None:
        then = (one.event, *([one.outcome] if one.outcome is not None else []))
        self._differences.append(self._calls.to(state, one.where, problem, then))
