"""A line of many nodes costs no more a call, and no more a node, than a small one. Counted in calls
of functions: a clock would tell how busy the machine is."""

import sys
from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from types import FrameType
from typing import Any

import pytest

from bench.trees import grown
from ivr.check.loading import load_line
from ivr.engine import Caller, CallerKind, Keys, Line, Position, Silence, beginning, hours, step
from ivr.engine.public_holidays import public_holidays

NOON = datetime(2026, 12, 1, 3, tzinfo=UTC)
MOBILE = Caller(CallerKind.MOBILE)


def calls(work: Callable[[], object]) -> int:
    """How many functions, Python's own included, are called while `work` is done."""
    count = 0

    def profile(_frame: FrameType, event: str, _argument: Any) -> None:
        nonlocal count
        count += event in ("call", "c_call")

    sys.setprofile(profile)
    try:
        work()
    finally:
        sys.setprofile(None)
    return count


@pytest.mark.parametrize("nodes", [8, 9, 10, 57])
def test_a_grown_line_has_as_many_nodes_as_were_asked_for(nodes: int) -> None:
    line = load_line(grown(nodes))
    assert len(line.tree.nodes) == nodes
    assert set(line.scripts) == {"ja", "en"}


def test_each_more_node_is_loaded_at_the_same_cost() -> None:
    load_line(grown(10))  # what is set up once
    sizes = {nodes: grown(nodes) for nodes in (100, 200, 400)}
    cost = {nodes: calls(lambda t=texts: load_line(t)) for nodes, texts in sizes.items()}
    first, second = cost[200] - cost[100], cost[400] - cost[200]
    assert second < 2.1 * first


def test_a_step_of_a_call_costs_the_same_in_a_large_tree() -> None:
    def cost(line: Line) -> list[int]:
        states = line.timetable.at(NOON)
        at = Position(node="n1", language="ja", visits=1)
        wanted = (
            lambda: step(line, beginning(line), Silence(), states, MOBILE),
            lambda: step(line, at, Keys("1"), states, MOBILE),
            lambda: step(line, at, Silence(), states, MOBILE),
        )
        for one in wanted:
            one()
        return [calls(one) for one in wanted]

    # Both first questions lead to questions of five keys.
    assert cost(load_line(grown(1_000))) == cost(load_line(grown(200)))


def test_agencies_that_keep_the_same_hours_are_looked_up_once(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """The first caller after a change waits while all states are worked out."""
    asked: list[date] = []
    real = public_holidays("JP")

    def counted(_country: str) -> Callable[[date], bool]:
        return lambda day: bool(asked.append(day)) or real(day)

    monkeypatch.setattr(hours, "public_holidays", counted)

    def cost(nodes: int) -> int:
        timetable = load_line(grown(nodes)).timetable
        asked.clear()
        for days in range(7):
            timetable.at(NOON + timedelta(days=days))
        return len(asked)

    assert cost(200) == cost(400) > 0
