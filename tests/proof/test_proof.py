"""The proof holds for the lines there are; and each property catches a line that breaks it."""

from dataclasses import replace
from datetime import UTC, datetime

import pytest

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
from ivr.engine.tree import Refer
from ivr.proof import Finding, Proof, prove

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
    assert proof.graph.count_transitions() > 10_000


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
        return context.line.understood(node.refer, context.position.language)

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
