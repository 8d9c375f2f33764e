"""Nothing is left out: shared steps, sets of circumstances and the sweep of a year miss no call."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ivr.engine import (
    Caller,
    CallerKind,
    Digits,
    Keys,
    Line,
    Silence,
    Speech,
    Turn,
    dialogue,
    step,
)
from ivr.engine.context import Context
from ivr.engine.position import Event, Position
from ivr.engine.reach import keys_apart
from ivr.proof import OpeningStates, StateGraph, callers_of, prove
from ivr.proof.circumstances import Circumstances, bits_of
from ivr.proof.noted_step import StepMaker
from tests.support.calls import TUESDAY
from tests.support.exploring import every_turn

SINCE = datetime(2026, 11, 24, 3, tzinfo=UTC)


def by_length(speech: Speech) -> float:
    return len(speech) / 10


places = st.builds(
    Position,
    language=st.sampled_from(["ja", "en"]),
    node=st.sampled_from(["top", "law", "web", "no_keys"]),
    agency=st.sampled_from(["", "office", "kiosk"]),
    mistakes=st.integers(0, 3),
    silences=st.integers(0, 3),
)


@pytest.fixture(scope="module")
def graph(town: Line) -> StateGraph:
    """All of the town's line, explored once."""
    return StateGraph(town, OpeningStates(town, SINCE), callers_of(town))


@pytest.mark.parametrize(
    ("kind", "at"),
    [
        (CallerKind.MOBILE, TUESDAY),
        (CallerKind.IP_PHONE, TUESDAY + timedelta(hours=13)),
        (CallerKind.LANDLINE, TUESDAY.replace(day=29)),
    ],
)
def test_every_state_that_a_plain_search_finds_is_in_the_graph(
    town: Line, graph: StateGraph, kind: CallerKind, at: datetime
) -> None:
    """Steps are shared by circumstances that answer alike; nothing is lost by that."""
    known = {(state.position, state.wait, state.effect) for state in graph.states}
    for turn in every_turn(town, "ja", town.timetable.at(at), Caller(kind)):
        assert (replace(turn.position, visits=0), turn.wait, turn.effect) in known


def test_shared_steps_are_the_steps(town: Line, graph: StateGraph) -> None:
    """Each transition, made again by itself in each of its circumstances, leads where it says."""
    circumstances = graph.circumstances
    for here, found in list(zip(graph.states, graph.transitions, strict=True))[::17]:
        for one in found:
            there = graph.states[one.outcome.state]
            for bit in bits_of(one.where):
                caller, moment = circumstances.place(bit)
                states, who = circumstances.at_moments[moment], circumstances.callers[caller]
                turn = step(town, here.position, one.event, states, who)
                assert there.position == replace(turn.position, visits=0)
                assert (there.wait, there.effect) == (turn.wait, turn.effect)
                assert one.outcome.speaks == bool(turn.speech)
                assert bool(one.outcome.numbers) == any(
                    isinstance(part, Digits) for part in turn.speech
                )


def test_at_every_state_all_circumstances_are_covered_once(graph: StateGraph) -> None:
    for reached, found in zip(graph.reached, graph.transitions, strict=True):
        assert reached == graph.circumstances.any_hour(reached) != 0
        by_event: dict[Event, int] = {}
        for one in found:
            assert not by_event.get(one.event, 0) & one.where
            by_event[one.event] = by_event.get(one.event, 0) | one.where
        assert set(by_event.values()) <= {reached}


def test_a_step_that_is_no_pure_function_is_refused(
    town: Line, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Sharing rests on that alone; so a rule that remembers something stops the proof."""
    made, silent = [0], dialogue._silent

    def moody(context: Context) -> Turn:
        made[0] += 1
        return silent(context) if made[0] % 2 else Turn(context.position, wait=7)

    monkeypatch.setattr(dialogue, "_silent", moody)
    with pytest.raises(RuntimeError, match="a step must be a pure function"):
        prove(town, SINCE, by_length, ["ja"])


@given(
    kind=st.sampled_from(CallerKind),
    hours=st.integers(0, 24 * 366),
    event=st.sampled_from([Silence(), Keys("1"), Keys("2"), Keys("7"), Keys("#"), Keys("9")]),
    data=st.data(),
)
def test_a_noted_step_is_the_step(
    town: Line, kind: CallerKind, hours: int, event: Event, data: st.DataObject
) -> None:
    """Noting what is read changes nothing of the turn: not its words, not where it leads."""
    position, caller = data.draw(places), Caller(kind)
    opening = OpeningStates(town, SINCE + timedelta(hours=hours))
    circumstances = Circumstances(town, opening, [caller])
    noted = StepMaker(town, circumstances).step(position, event, 1)
    turn = step(town, position, event, circumstances.at_moments[0], caller)
    assert noted.turn.speech == turn.speech
    for part, value in noted.changed.items():
        assert getattr(turn.position, part) == value


def test_the_year_has_no_other_opening_states(line: Line) -> None:
    """Every quarter of an hour of a month that holds new year: what is closed then, is known."""
    opening = OpeningStates(line, SINCE)
    known = {tuple(o.of(n).availability for n in opening.agencies) for o in opening.at_moments}
    for quarter in range(31 * 96):
        moment = datetime(2026, 12, 20, tzinfo=UTC) + quarter * timedelta(minutes=15)
        states = line.timetable.at(moment)
        assert tuple(states.of(name).availability for name in opening.agencies) in known


@pytest.mark.parametrize("days", [0, 20, 45])
def test_the_changes_of_an_agency_are_what_the_timetable_says(line: Line, days: int) -> None:
    since = SINCE + timedelta(days=days)
    for name in OpeningStates(line, since).agencies:
        for moment, status in line.timetable.changes(name, since, 10):
            assert line.timetable.at(moment).of(name) == status


@given(position=places, kind=st.sampled_from(CallerKind))
def test_keys_that_nobody_names_are_one(town: Line, position: Position, kind: CallerKind) -> None:
    opening = town.timetable.at(TUESDAY)
    apart = keys_apart(town, Turn(position, wait=7))
    spare = [key for key in "0123456789*#" if key not in apart]
    unnamed = [key for key in apart if key.isdigit() and len(key) == 1]
    turns = {key: step(town, position, Keys(key), opening, Caller(kind)) for key in spare}
    alike = [step(town, position, Keys(key), opening, Caller(kind)) for key in unnamed]
    for turn in turns.values():
        assert turn in alike
        assert turn == next(iter(turns.values()))
