"""Golden calls: their format, their mistakes, and what is shown where a call went another way."""

import pytest

from ringback import Event, HangUp, Listening, Press, ScriptedPhone, ScriptError, Stay
from ringback.callers.phone import Phone
from ringback.transcript.golden import (
    NotedPhone,
    StoriesRefused,
    TimedPhone,
    differences,
    read_stories,
    steps_of,
    written,
)
from ringback.transcript.golden.steps import KINDS
from simulator.tests.booth import Booth, summary

MENU = (
    '<Gather numDigits="1" action="/chosen" timeout="4"><Say>For sales, press 1. For repairs,'
    " press 2.</Say></Gather><Redirect>/voice</Redirect>"
)
SHOP = {"/voice": MENU, "/chosen": "<Say>Thank you for calling. Please hold the line.</Say>"}
STORIES = """\
- story: Wants a repair
  at: '2026-11-24T12:00:00+09:00'
  from: anonymous
  keys: '012'
  barge_in: true
  then:
  - heard: |-
      For sales, press 1.
      For repairs, press 2.
    t: 1.5
  - pressed: '1'
    lost: true
  - silence: 4.0
  - texted: On our way
    to: '+819012345678'
    segments: 1
  - hangup: caller
- story: Nobody has run this yet
  keys: '-'
"""


def refused(text: str) -> list[str]:
    with pytest.raises(StoriesRefused) as refusal:
        read_stories("calls.yaml", text)
    return list(refusal.value.problems)


def test_a_file_is_written_as_it_was_read() -> None:
    assert written(read_stories("calls.yaml", STORIES)) == STORIES


def test_keys_stay_as_they_are_written() -> None:
    """YAML would read 012 as ten, and 3_1 as thirty-one."""
    [story] = read_stories("calls.yaml", "- story: a\n  keys: 012\n")
    assert story.keys == "012"


def test_seconds_are_kept_where_they_were_and_are_not_compared() -> None:
    first, new = read_stories("calls.yaml", STORIES)
    events = [Event(t=9, event="hangup", by="caller")]
    assert [step.t for step in new.seen(steps_of(events)).then or ()] == [9]
    untimed = first.seen(()).seen(steps_of(events))
    assert [step.t for step in untimed.then or ()] == [None]
    assert differences(untimed.then or (), steps_of(events)) == ""


def test_all_mistakes_are_reported_with_their_lines() -> None:
    with pytest.raises(ScriptError) as unreadable:
        ScriptedPhone("3a")
    assert refused(
        "- story: x\n  key: 3\n- story: y\n  keys: 3a\n  at: noon\n"
        "  then:\n  - {heard: x, foo: 1}\n  - {silence: abc}\n  - {felt: cold}\n  - 7\n"
    ) == [
        "calls.yaml:1: a call needs `keys`",
        "calls.yaml:2: a call has no `key`; it has at, barge_in, from, keys, story, then, to",
        f"calls.yaml:4: keys: {unreadable.value}",
        "calls.yaml:5: at: expected a time such as 2026-07-01T22:15+09:00",
        "calls.yaml:7: heard: nothing is known of `foo`",
        "calls.yaml:8: silence: expected seconds",
        f"calls.yaml:9: expected a step to have one of: {', '.join(KINDS)}",
        "calls.yaml:10: expected a step",
    ]


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("story: x", "calls.yaml:1: expected a list of calls, each beginning `- story:`"),
        ("- story: [", "calls.yaml:1: not YAML: "),
        ("- story: x\n  keys: [3]", "calls.yaml:2: expected a word or a number here"),
        ("- {story: x, keys: 3, then: 4}", "calls.yaml:1: then: expected a list of steps"),
        ("- {story: x, keys: 3, barge_in: no}", "calls.yaml:1: barge_in: expected true or false"),
        (
            "- {story: x, keys: 3, at: 2026-07-01}",
            "calls.yaml:1: at: expected a time with its zone",
        ),
        ("- {story: x, keys: 3@x}", "calls.yaml:1: keys: '3@x' is not an act: expected a key or ."),
    ],
)
def test_a_file_that_cannot_be_read_says_why(text: str, said: str) -> None:
    assert refused(text)[0].startswith(said)


def test_a_difference_begins_with_its_second_and_the_keys_before_it() -> None:
    then = steps_of(Booth(SHOP).ring("- 2").events)
    other = {**SHOP, "/chosen": "<Say>Thank you for calling. Goodbye.</Say>"}
    now = steps_of(Booth(other).ring("- 2").events)
    assert differences(then, then) == ""
    assert differences(then, now).splitlines() == [
        "  @@ at 13.4 s, after the keys - 2",
        "   pressed: 2",
        "   heard: Thank you for calling.",
        "  -  Please hold the line.",
        "  +  Goodbye.",
        "   hangup: line",
    ]


def test_a_call_that_ends_early_differs_at_its_end() -> None:
    whole, short = (steps_of(Booth(SHOP).ring(keys).events) for keys in ("- 2", "."))
    assert differences(whole, short).splitlines()[0] == "  @@ at 5.0 s (was 8.5 s), before any key"
    assert differences(short, whole)
    assert differences((), short).splitlines()[0] == "  @@ at 0.0 s, before any key"
    assert differences(short, ()).splitlines()[0] == "  @@ at 0.0 s, before any key"


class Person:
    """Does things at their own seconds, whatever the line does."""

    def __init__(self, *acts: Press | HangUp) -> None:
        self._acts = list(acts)

    def listen(self, listening: Listening) -> Press | HangUp | Stay:
        if self._acts and self._acts[0].at <= listening.deadline:
            return self._acts.pop(0)
        return Stay()


def test_what_a_person_did_can_be_done_again_to_the_second() -> None:
    pages = {**SHOP, "/chosen": "<Say>Please hold the line.</Say><Gather><Say>PIN?</Say></Gather>"}
    acts = (Press("2", 11.2345), Press("9", 12), Press("7", 14.1), Press("#", 14.8), HangUp(15))
    notes = NotedPhone(Person(*acts))
    first = Booth(pages).ring(phone=notes)
    assert notes.script.startswith("- 2@")
    assert first.ended_by == "caller"
    again = Booth(pages).ring(phone=TimedPhone(notes.script))
    assert again.events == first.events


def test_keys_that_nothing_listened_for_are_not_noted() -> None:
    pages = {"/voice": f"<Say>Welcome to the shop.</Say>{MENU}", "/chosen": "<Hangup/>"}
    notes = NotedPhone(Person(Press("9", 0.5), Press("1", 3)))
    assert summary(Booth(pages).ring(phone=notes), "pressed") == ["pressed 1"]
    assert "9" not in notes.script


def test_a_timed_caller_waits_for_a_line_that_speaks_longer_now() -> None:
    pages = {"/voice": f"<Pause length='9'/>{MENU}", "/chosen": "<Hangup/>"}
    phone: Phone = TimedPhone("2@3.5")
    [pressed] = Booth(pages).ring(phone=phone).of("pressed")
    assert (pressed.keys, pressed.t) == ("2", 9)


@pytest.mark.parametrize("script", ["3@", "33@1", "-@1", "x@1", "3@-1", "3 1@2"])
def test_a_timed_script_that_cannot_be_read_says_what_was_expected(script: str) -> None:
    with pytest.raises(ScriptError, match="expected a key or"):
        TimedPhone(script)
