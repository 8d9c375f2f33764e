"""The proof holds for the lines there are; and each property catches a line that breaks it."""

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from ivr.commands.proving.estimate import estimate
from ivr.engine import (
    Availability,
    Caller,
    CallerKind,
    Keys,
    Line,
    Silence,
    Speech,
    Turn,
    announcing,
    beginning,
    dialling,
    dialogue,
    question,
    step,
)
from ivr.engine import line as line_module
from ivr.engine.context import Context
from ivr.engine.hours import AgencyStates
from ivr.engine.ranking import Ranking, ReferralRow, ranking
from ivr.proof import Finding, Proof, prove
from ivr.web.voices import voices
from tests.conftest import ROOT

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


def test_everything_holds(line: Line) -> None:
    proof = prove(line, SINCE, by_length)
    assert [found for found in proof.findings if not found.holds] == []
    assert proof.graph.count_transitions() > 10_000


def test_a_line_whose_forms_stand_alone_does_not_hold(town: Line) -> None:
    """The town names nobody beside its police, of whose hours nothing is known, nor its form."""
    proof = prove(town, SINCE, by_length)
    fails = [found.name for found in proof.findings if not found.holds]
    assert fails == ["first-turn-helps", "seconds-eager"]
    assert "inf s" in str(finding(proof, "seconds-eager").failures[0].problem)
    found = finding(proof, "first-turn-helps")
    assert found.failures[0].problem == "law begins without the number of anybody who answers now"
    states = town.timetable.at(found.failures[0].at)
    assert states.of("office").availability is Availability.CLOSED


# Rules that are broken on purpose: each is found by the property that is about it -----------------


def as_written(
    line: Line, row: ReferralRow, language: str, kind: CallerKind, states: AgencyStates
) -> Ranking:
    """The author's order, and nobody who answers beside the first."""
    names = line.understood(row.own, language)
    return Ranking(names, names[:1])


def others_first(
    line: Line, row: ReferralRow, language: str, kind: CallerKind, states: AgencyStates
) -> Ranking:
    """Whoever answers comes before the chart's own agency."""
    turned = ReferralRow((*row.also, *row.own), (), row.together)
    return ranking(line, turned, language, kind, states)


def no_second_breath(
    line: Line, row: ReferralRow, language: str, kind: CallerKind, states: AgencyStates
) -> Ranking:
    """The first agency is read alone, whether it answers or not."""
    whole = ranking(line, row, language, kind, states)
    return Ranking(whole.names, whole.names[:1])


@pytest.mark.parametrize(
    ("broken", "name"),
    [(no_second_breath, "first-turn-helps"), (others_first, "own-agency-named")],
)
def test_an_order_that_does_not_help_is_found(
    line: Line, monkeypatch: pytest.MonkeyPatch, broken: object, name: str
) -> None:
    monkeypatch.setattr(line_module, "ranking", broken)
    assert not finding(prove(line, SINCE, by_length, ["ja"]), name).holds


def test_a_number_dialled_into_the_call_that_sends_a_text_is_found(
    line: Line, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Without the rule, #9110 pressed into the call changes the language."""
    monkeypatch.setattr(dialling, "on_key", lambda *_: None)
    found = finding(prove(line, SINCE, by_length, ["ja"]), "dialling-is-safe")
    assert not found.holds
    assert found.failures[0].keys.endswith("9") or found.failures[0].keys.endswith("1")


def test_a_menu_that_keeps_silent_callers_waiting_is_found(
    line: Line, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The keys once more, as it was, and no number until the second silence."""
    monkeypatch.setattr(question, "_numbers", lambda _: ())
    proof = prove(line, SINCE, estimate(voices(line, ROOT / "prompts", {})), ["ja"])
    assert [f.name for f in proof.findings if not f.holds] == ["seconds-no-key", "seconds-patient"]


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
    monkeypatch.setattr(line_module, "ranking", as_written)
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


def test_names_that_keep_callers_from_the_number_are_found(
    line: Line, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Each name said three times before the number: too late even for who presses at once."""
    named = announcing._named
    monkeypatch.setattr(announcing, "_named", lambda *said: named(*said) * 3)
    proof = prove(line, SINCE, estimate(voices(line, ROOT / "prompts", {})), ["ja"])
    assert not finding(proof, "seconds-eager").holds
