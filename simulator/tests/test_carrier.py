"""The carrier as a whole: sameness, time, several calls, and its one rule."""

import ast
import json
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

import ringback
from ringback import Carrier, Event, json_line
from simulator.tests.booth import START, Booth, twiml

MENU = '<Gather numDigits="1" action="/voice"><Say>Press a key</Say></Gather>'


def test_the_same_scenario_gives_the_same_events() -> None:
    first, second = (Booth({"/voice": MENU}).ring("1 2 -") for _ in range(2))
    assert first == second


def test_another_seed_gives_other_sids() -> None:
    first, second = (Booth({"/voice": MENU}, seed=seed).ring() for seed in (1, 2))
    assert first.sid != second.sid


def test_the_clock_starts_at_the_given_time_and_moves_with_the_call() -> None:
    booth = Booth({"/voice": '<Pause length="90"/>'})
    assert booth.carrier.now() == START
    booth.ring()
    assert booth.carrier.now() == START + timedelta(seconds=90)
    booth.carrier.clock.advance(10)
    assert booth.carrier.now() == START + timedelta(seconds=100)


def test_the_app_sees_the_virtual_time() -> None:
    seen = []

    def later():
        seen.append(booth.carrier.now())
        return twiml("<Hangup/>")

    booth = Booth({"/voice": '<Pause length="60"/><Redirect>/later</Redirect>', "/later": later})
    booth.ring()
    assert seen == [START + timedelta(seconds=60)]


def test_a_clock_without_a_time_zone_is_refused() -> None:
    with pytest.raises(ValueError, match="time zone"):
        Carrier(start=datetime(2026, 7, 1, tzinfo=UTC).replace(tzinfo=None))


def test_events_come_out_as_they_happen() -> None:
    seen: list[Event] = []
    record = Booth({"/voice": MENU}).ring("1", on_event=seen.append)
    assert tuple(seen) == record.events
    assert [event.t for event in seen] == sorted(event.t for event in seen)


def test_an_event_is_one_line_of_json_with_only_what_it_has() -> None:
    event = Event(t=1.23456, event="texted", from_="+1", to="+2", body="一\n二", segments=1)
    line = json_line(event)
    assert "\n" not in line
    assert json.loads(line) == {
        "t": 1.235,
        "event": "texted",
        "from": "+1",
        "to": "+2",
        "body": "一\n二",
        "segments": 1,
    }


def test_a_record_as_text_is_the_whole_call() -> None:
    record = Booth({"/voice": MENU}).ring("1")
    assert str(record).count("\n") == len(record.events) - 1
    assert "Press a key" in str(record)


def test_it_imports_nothing_else_of_the_project() -> None:
    """The folder's README: it sees an app only over HTTP, so it cannot cheat."""
    folder = Path(ringback.__file__).parent
    for file in folder.rglob("*.py"):
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
            names = []
            if isinstance(node, ast.Import):
                names = [alias.name for alias in node.names]
            elif isinstance(node, ast.ImportFrom):
                names = ["." * node.level + (node.module or "")]
            for name in names:
                ours = name.startswith(("ivr", "."))
                assert not ours or name.startswith("ringback"), f"{file}: {name}"
