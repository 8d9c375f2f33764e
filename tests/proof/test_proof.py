"""The proof holds for the lines there are; and each property catches a line that breaks it."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ivr.engine import (
    Availability,
    Caller,
    CallerKind,
    Keys,
    Line,
    Silence,
    Speech,
    Turn,
    agency_order,
    beginning,
    dialogue,
    question,
    step,
)
from ivr.engine.context import Context
from ivr.engine.position import Event, Position
from ivr.engine.reach import keys_apart
from ivr.engine.tree import Refer
from ivr.proof import Doors, Finding, Graph, Proof, callers_of, prove
from tests.support.calls import TUESDAY
from tests.support.exploring import every_turn

SINCE = datetime(2026, 11, 24, 3, tzinfo=UTC)
KINDS = [Caller(CallerKind.MOBILE), Caller(CallerKind.WITHHELD)]


def by_length(speech: Speech) -> float:
    return len(speech) / 10


def finding(proof: Proof, name: str) -> Finding:
    return next(found for found in proof.findings if found.name == name)


def replayed(line: Line, found: Finding) -> Turn:
    """The counterexample as a call: the turn that it ends with."""
    failure = found.failures[0]
    position = beginning(line, failure.language)
    opening = line.timetable.at(failure.at)
    turn = Turn(position)
    for event in failure.steps:
        turn = step(line, turn.position, event, opening, failure.caller)
    return turn


@pytest.mark.parametrize("which", ["town", "line"])
def test_everything_holds(which: str, request: pytest.FixtureRequest) -> None:
    proof = prove(request.getfixturevalue(which), SINCE, by_length)
    assert [found for found in proof.findings if not found.holds] == []
    assert proof.graph.transitions > 10_000


def test_a_dead_end_is_found(town: Line, monkeypatch: pytest.MonkeyPatch) -> None:
    """Silence at a question repeats it for ever: no number, no end."""

    def deaf(context: Context, _node: object) -> Turn:
        return Turn(context.position, context.sentence("?"), wait=7)

    monkeypatch.setattr(question, "on_silence", deaf)
    proof = prove(town, SINCE, by_length, ["ja"])
    found = finding(proof, "silence-ends")
    assert not found.holds
    assert "circles" in found.failures[0].problem
    turn = replayed(town, found)
    assert turn.position == replace(
        step(town, turn.position, Silence(), town.timetable.at(SINCE), KINDS[0]).position,
        visits=turn.position.visits,
    )


def test_an_end_without_a_number_is_found(town: Line, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(
        question, "on_silence", lambda context, _: Turn(context.position, context.sentence("!"))
    )
    found = finding(prove(town, SINCE, by_length, ["ja"]), "silence-ends")
    assert not found.holds
    assert found.failures[0].keys == "-"
    assert replayed(town, found).wait is None


def test_states_without_any_way_to_a_number_are_found(
    town: Line, monkeypatch: pytest.MonkeyPatch
) -> None:
    def trapped(context: Context, digits: str) -> Turn:
        if digits == "7" or context.position.mistakes > 9:
            where = replace(context.position, mistakes=10, number=False)
            return Turn(where, context.sentence("?"), wait=7)
        return pressed(context, digits)

    def silent(context: Context) -> Turn:
        return trapped(context, "7") if context.position.mistakes > 9 else quiet(context)

    pressed, quiet = dialogue._pressed, dialogue._silent
    monkeypatch.setattr(dialogue, "_pressed", trapped)
    monkeypatch.setattr(dialogue, "_silent", silent)
    found = finding(prove(town, SINCE, by_length, ["ja"]), "number-in-reach")
    assert not found.holds
    assert found.failures[0].keys == "7"


def test_a_closed_door_that_leads_is_found(town: Line, monkeypatch: pytest.MonkeyPatch) -> None:
    """The author's order stands, whoever is open; found at the time at which it is wrong."""

    def as_written(context: Context, node: Refer) -> tuple[str, ...]:
        for name in node.refer:
            context.states.of(name)
        return agency_order.understood(context.line, context.position.language, node.refer)

    monkeypatch.setattr(agency_order, "order", as_written)
    found = finding(prove(town, SINCE, by_length, ["ja"]), "open-leads")
    assert not found.holds
    turn, at = replayed(town, found), found.failures[0].at
    assert town.timetable.at(at).of(turn.position.agency).availability is Availability.CLOSED


@pytest.mark.parametrize("key", ["*", "0", "#"])
def test_a_key_that_does_not_work_somewhere_is_found(
    town: Line, monkeypatch: pytest.MonkeyPatch, key: str
) -> None:
    pressed = dialogue._pressed

    def broken(context: Context, digits: str) -> Turn:
        far = context.position.agency and context.position.silences == 2
        return (
            Turn(context.position, (), wait=7)
            if digits == key and far
            else pressed(context, digits)
        )

    monkeypatch.setattr(dialogue, "_pressed", broken)
    found = finding(prove(town, SINCE, by_length, ["ja"]), "keys-everywhere")
    assert not found.holds
    assert found.failures[0].steps[-1] == Keys(key)
    assert found.failures[0].keys.endswith(f"- - {key}")


def test_a_language_key_that_does_not_work_somewhere_is_found(
    town: Line, monkeypatch: pytest.MonkeyPatch
) -> None:
    switch = dialogue._switch
    monkeypatch.setattr(
        dialogue,
        "_switch",
        lambda context, language: switch(context, "ja" if context.position.silences else language),
    )
    found = finding(prove(town, SINCE, by_length, ["ja"]), "languages-everywhere")
    assert not found.holds
    assert found.failures[0].keys == "- 9"


def test_last_words_without_a_number_are_found(town: Line, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(dialogue, "_staffed", lambda context: context.sentence("!"))
    assert not finding(prove(town, SINCE, by_length, ["ja"]), "last-words-help").holds


def test_a_wait_that_is_too_long_is_found(town: Line) -> None:
    found = finding(prove(town, SINCE, lambda speech: 10.0 * len(speech), ["ja"]), "seconds-no-key")
    assert not found.holds
    assert found.failures[0].keys == "- -"


# Why it is complete ------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def graph(town: Line) -> Graph:
    """All of the town's line, explored once."""
    return Graph(town, Doors(town, SINCE), callers_of(town))


@pytest.mark.parametrize(
    ("kind", "at"),
    [
        (CallerKind.MOBILE, TUESDAY),
        (CallerKind.IP_PHONE, TUESDAY + timedelta(hours=13)),
        (CallerKind.LANDLINE, TUESDAY.replace(day=29)),
    ],
)
def test_every_place_that_a_plain_search_finds_is_in_the_graph(
    town: Line, graph: Graph, kind: CallerKind, at: datetime
) -> None:
    """Steps are shared by circumstances that answer alike; nothing is lost by that."""
    known = {(place.position, place.wait, place.effect) for place in graph.places}
    for turn in every_turn(town, "ja", town.timetable.at(at), Caller(kind)):
        assert (replace(turn.position, visits=0), turn.wait, turn.effect) in known


def test_shared_steps_are_the_steps(town: Line, graph: Graph) -> None:
    """Each way of the graph, made again by itself at each of its moments, leads where it says."""
    for caller, edges in zip(graph.callers, graph.edges, strict=True):
        for place, found in list(edges.items())[::17]:
            for edge in found:
                for number, opening in enumerate(graph.doors.openings):
                    if edge.moments >> number & 1:
                        here = graph.places[place].position
                        turn = step(town, here, edge.event, opening, caller)
                        there = graph.places[edge.outcome.place]
                        assert there.position == replace(turn.position, visits=0)
                        assert (there.wait, there.effect) == (turn.wait, turn.effect)


def test_at_every_place_all_moments_are_covered_once(graph: Graph) -> None:
    for edges in graph.edges:
        for found in edges.values():
            by_event: dict[Event, int] = {}
            for edge in found:
                assert not by_event.get(edge.event, 0) & edge.moments
                by_event[edge.event] = by_event.get(edge.event, 0) | edge.moments
            assert set(by_event.values()) <= {graph.doors.always}


def test_the_year_has_no_other_doors(line: Line) -> None:
    """Every quarter of an hour of a month that holds new year: its doors are among the known."""
    doors = Doors(line, SINCE)
    known = {tuple(o.of(n).availability for n in doors.agencies) for o in doors.openings}
    for quarter in range(31 * 96):
        opening = line.timetable.at(
            datetime(2026, 12, 20, tzinfo=UTC) + quarter * timedelta(minutes=15)
        )
        assert tuple(opening.of(name).availability for name in doors.agencies) in known


@pytest.mark.parametrize("days", [0, 20, 45])
def test_the_course_of_a_door_is_what_the_timetable_says(line: Line, days: int) -> None:
    since = SINCE + timedelta(days=days)
    for name in Doors(line, since).agencies:
        for moment, status in line.timetable.changes(name, since, 10):
            assert line.timetable.at(moment).of(name) == status


places = st.builds(
    Position,
    language=st.sampled_from(["ja", "en"]),
    node=st.sampled_from(["top", "law", "web", "no_keys"]),
    agency=st.sampled_from(["", "office", "kiosk"]),
    mistakes=st.integers(0, 3),
    silences=st.integers(0, 3),
)


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
