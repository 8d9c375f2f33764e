"""All that a line can say is known before anybody calls."""

from datetime import UTC, datetime

import pytest

from ivr.engine import Caller, CallerKind, Line, Pause
from ivr.engine.reach import every_speech
from tests.support.exploring import every_turn

SINCE = datetime(2026, 11, 24, 3, tzinfo=UTC)
MOMENTS = [SINCE, SINCE.replace(hour=15), datetime(2026, 12, 30, 1, tzinfo=UTC)]


def said(line: Line) -> set[object]:
    return {part for speech in every_speech(line, SINCE) for part in speech}


@pytest.mark.parametrize("kind", list(CallerKind))
def test_nothing_is_said_in_any_call_that_was_not_listed(town: Line, kind: CallerKind) -> None:
    """Every key at every turn, day, night and at year's end: all of it has its clip."""
    listed = said(town)
    for moment in MOMENTS:
        opening = town.timetable.at(moment)
        for language in town.scripts:
            for turn in every_turn(town, language, opening, Caller(kind)):
                assert {p for p in turn.speech if not isinstance(p, Pause)} <= listed


def test_every_sentence_on_every_door_of_the_year_is_listed(line: Line) -> None:
    texts = {part.text for part in said(line) if hasattr(part, "text")}
    for sentence in (
        "いま、受付中です。",
        "受付は、きょう、8時30分からです。",
        "受付は、月曜日、9時からです。",
        "受付は、1月4日、9時からです。",
        "They open on January 4 at 9 AM.",
    ):
        assert sentence in texts


def test_exploring_ends_and_finds_every_node(town: Line) -> None:
    turns = every_turn(town, "ja", town.timetable.worst(), Caller(CallerKind.MOBILE))
    assert {turn.position.node for turn in turns} == set(town.tree.nodes)
