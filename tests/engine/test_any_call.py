"""Whatever is pressed, whenever: promises that hold for every call there could be."""

from dataclasses import dataclass, replace
from datetime import datetime
from itertools import cycle, islice

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from ivr.engine import (
    Caller,
    CallerKind,
    Effect,
    Held,
    HoldNumber,
    Keys,
    Line,
    NumberEntry,
    RecallNumber,
    RefuseTexts,
    SendText,
    Silence,
    Start,
    Texted,
    TextFollowUp,
    TextOutcome,
    TextsRefused,
    Timetable,
    beginning,
    step,
)
from ivr.engine.dialogue import MOST_TURNS
from ivr.engine.position import Event, Position
from ivr.engine.tree import Refer
from tests.support.calls import KEYS, TOKYO, Call, japan_time, numbers

outcomes = st.sampled_from(TextOutcome).map(Texted)
held = st.sampled_from([None, "+819012345678", "+816012345678"]).map(Held)
refusals = st.sampled_from([True, False, None]).map(TextsRefused)
numbers_keyed = st.sampled_from(["09012345678", "0312345678", "110"]).map(Keys)
single_keys = st.sampled_from(KEYS).map(Keys)
garbage = st.text("0123456789*#", min_size=2, max_size=12).map(Keys)
pressed = st.one_of(single_keys, single_keys, st.just(Silence()), garbage, numbers_keyed)
doings = st.lists(pressed, min_size=1, max_size=12)
events = (
    pressed | numbers_keyed | outcomes | held | refusals
)  # news of a text that nobody asked for
moments = st.datetimes(datetime(2026, 1, 1), datetime(2028, 12, 31), timezones=st.just(TOKYO))


@dataclass(frozen=True)
class Circumstances:
    """Who rings when, and in which language the call begins."""

    language: str
    kind: CallerKind
    at: datetime
    texts: bool = True


circumstances = st.builds(
    Circumstances,
    language=st.sampled_from(["ja", "en"]),
    kind=st.sampled_from(CallerKind),
    at=moments,
    texts=st.booleans(),
)
fewer = settings(max_examples=settings.default.max_examples // 4)  # type: ignore[union-attr]
NOW = Circumstances("ja", CallerKind.MOBILE, japan_time("2026-11-24 10:00"))


def dialled(line: Line, who: Circumstances) -> Call:
    return Call(line, who.at, who.kind, who.language, who.texts)


def carried_out(call: Call, doing: list[Event], outcome: Texted) -> int:
    """Goes on with the call, over and over, until it ends; the number of turns until then.

    A number counts as heard when nothing was pressed after it. Nobody is left without one.
    """
    heard = False
    for turns, event in enumerate(islice(cycle(doing), 3 * MOST_TURNS), start=1):
        speaks = bool(call.numbers)
        if call.ended:
            assert heard or speaks, "the call ended before a number was heard"
            return turns
        if call.turn.effect:
            assert not call.turn.speech
            event = _came_of(call.turn.effect, outcome)
        heard = heard or (speaks and event == Silence())
        call.step(event)
    raise AssertionError("the call never ends")


def _came_of(effect: Effect, outcome: Texted) -> Event:
    match effect:
        case HoldNumber(number):
            return Held(number)
        case RecallNumber():
            return Held("+819012345678")
        case RefuseTexts(refused):
            return TextsRefused(refused)
    return outcome


CUT_OFF = [
    *(Keys("1"), Keys("5"), Silence()),  # the number is cut off by a wrong key; then once more:
    *(Keys("*"), Keys("3"), Keys("1"), Silence(), Silence(), Silence(), Silence()),
]


@example(who=NOW, doing=CUT_OFF, outcome=Texted(TextOutcome.SENT))
@given(who=circumstances, doing=doings, outcome=outcomes)
def test_every_call_ends_and_none_before_a_number_was_heard(
    town: Line, who: Circumstances, doing: list[Event], outcome: Texted
) -> None:
    """Caller rules D5, L1: no path hangs up on who heard no number; no loop is unbounded."""
    assert carried_out(dialled(town, who), doing, outcome) <= MOST_TURNS + 2


@given(who=circumstances, doing=doings, outcome=outcomes)
def test_so_does_every_call_on_the_shipped_line(
    line: Line, who: Circumstances, doing: list[Event], outcome: Texted
) -> None:
    """Caller rules D5, L1."""
    assert carried_out(dialled(line, who), doing, outcome) <= MOST_TURNS + 2


@given(who=circumstances, doing=st.lists(events, max_size=12))
def test_every_step_is_a_turn_that_a_telephone_can_carry_out(
    line: Line, who: Circumstances, doing: list[Event]
) -> None:
    """Something is said, an effect is due, or both are wrong; a place is always one of the tree."""
    call = dialled(line, who)
    for event in doing:
        if call.ended:
            break
        turn = call.step(event)
        assert bool(turn.speech) != bool(turn.effect)
        listens = turn.position.follow_up is None  # keys are awaited (caller rule D1)
        assert turn.wait is None or turn.wait >= (5 if listens else 2)
        assert turn.digits == (11 if is_keying(turn.position) else 1)
        assert turn.position.node in line.tree.nodes
        assert turn.position.language in line.scripts
        node = line.node(turn.position.node)
        assert isinstance(node, Refer) or not turn.position.agency
        if isinstance(turn.effect, SendText | HoldNumber | RefuseTexts):
            assert who.texts
        if isinstance(turn.effect, SendText):
            assert turn.effect.to_held or who.kind is CallerKind.MOBILE
            assert event == Keys("1")


def is_keying(position: Position) -> bool:
    """Whether the digits of a number are awaited."""
    return position.entry is not None and not position.entry.confirming


@fewer
@given(who=circumstances, doing=st.lists(events, max_size=12))
def test_a_step_is_pure(line: Line, who: Circumstances, doing: list[Event]) -> None:
    """The same arguments, the same turn; nothing of earlier calls plays a part."""
    caller = Caller(who.kind, who.texts)
    position = beginning(line, who.language)
    for event in [Start(), *doing]:
        states = line.timetable.at(who.at)
        turn = step(line, position, event, states, caller)
        anew = Timetable(line.directory).at(who.at)
        assert step(line, position, event, states, caller) == turn
        assert step(line, position, event, anew, caller) == turn
        assert hash(turn.position) == hash(replace(turn.position))
        position = turn.position


positions = st.builds(
    Position,
    language=st.sampled_from(["ja", "en", "xx", ""]),
    node=st.sampled_from(["top", "law", "web", "no_keys", "gone", ""]),
    agency=st.sampled_from(["", "office", "kiosk", "town_desk", "gone"]),
    silences=st.integers(-1, 9),
    mistakes=st.integers(-1, 9),
    heard=st.booleans(),
    entry=st.none() | st.builds(NumberEntry, st.integers(-1, 9), st.booleans()),
    follow_up=st.none() | st.builds(TextFollowUp, st.booleans()),
    refused=st.booleans(),
    dialled=st.sampled_from(["", "0", "#9", "01", "777777777777"]),
    visits=st.integers(-1, 99),
)


@given(who=circumstances, position=positions, event=events)
def test_no_position_is_too_strange_to_be_answered(
    town: Line, who: Circumstances, position: Position, event: Event
) -> None:
    """A position travels in a URL: it may be old, or made up."""
    turn = dialled(town, who).step(event, position)
    assert turn.speech or turn.effect
    assert turn.position.node in town.tree.nodes


@pytest.mark.parametrize("language", ["ja", "en"])
@pytest.mark.parametrize("kind", list(CallerKind))
@fewer
@given(at=moments)
def test_who_presses_nothing_hears_two_numbers_and_a_calm_end(
    line: Line, language: str, kind: CallerKind, at: datetime
) -> None:
    """Caller rules D5, D8: a complete useful path with zero key presses."""
    call = Call(line, at, kind, language)
    heard = []
    for _ in range(6):
        heard += numbers(line, call.turn.speech)
        if call.ended:
            break
        call.silence()
    assert call.ended
    assert len(set(heard)) >= 2
    assert all(heard.count(number) >= 2 for number in heard)


@pytest.mark.parametrize("language", ["ja", "en"])
def test_nobody_is_stranded_at_any_node(line: Line, language: str) -> None:
    """Caller rules D5, D8: from every node silence leads to a number, then to the end."""
    for name in line.tree.nodes:
        call = Call(line, language=language)
        call.go(name)
        heard = list(call.numbers)
        for _ in range(20):
            if call.ended:
                break
            call.silence()
            heard += call.numbers
        assert call.ended
        assert heard
