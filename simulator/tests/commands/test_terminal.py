"""The telephone in the terminal, with a keyboard and a stopwatch of its own."""

from io import StringIO
from xml.etree.ElementTree import Element, SubElement

import pytest
from flask import Flask, Response
from httpx import WSGITransport
from prompt_toolkit.input.defaults import create_pipe_input

from ringback import CallRecord, Carrier, PromptSegment, seconds_to_say, sentences
from ringback.commands.shared.terminal import LivePhone, TerminalKeyboard
from ringback.commands.shared.transcript import Transcript
from ringback.twiml.ssml import spoken_parts
from simulator.tests.booth import CALLER, LINE, START

MENU = (
    '<Gather numDigits="1" action="/next"><Say language="ja-JP">おはようございます。'
    "一か二をおしてください。</Say></Gather><Say>Nobody.</Say>"
)
NEXT = '<Say language="ja-JP">ありがとう。さようなら。</Say>'


class ScriptedKeyboard:
    """A keyboard and the stopwatch by which it waits: keys with the real second they come at."""

    def __init__(self, *keys: tuple[float, str]) -> None:
        self.now = 0.0
        self._keys = list(keys)

    def stopwatch(self) -> float:
        return self.now

    def next(self, seconds: float) -> str | None:
        assert seconds >= 0
        if self._keys and self._keys[0][0] <= self.now + seconds:
            self.now, key = max(self.now, self._keys[0][0]), self._keys.pop(0)[1]
            return key
        self.now += seconds
        return None


def ring(
    *keys: tuple[float, str], at_once: bool = False, first: str = MENU
) -> tuple[CallRecord, list[str]]:
    app = Flask("pages")
    for path, verbs in (("/voice", first), ("/next", NEXT)):
        page = f"<Response>{verbs}</Response>"
        app.add_url_rule(
            path, path, lambda page=page: Response(page, mimetype="text/xml"), methods=["POST"]
        )
    keyboard, out = ScriptedKeyboard(*keys), StringIO()
    phone = LivePhone(keyboard, Transcript(out), keyboard.stopwatch, at_once=at_once)
    carrier = Carrier(start=START, transport=WSGITransport(app))
    record = carrier.call(
        url="http://app.test/voice", from_=CALLER, to=LINE, phone=phone, on_event=phone.take
    )
    return record, [" ".join(line.split()) for line in out.getvalue().splitlines()]


def test_sentences_appear_at_the_second_they_begin() -> None:
    _, shown = ring()
    assert shown == [
        "0.0 s line おはようございます。",
        "2.0 s line 一か二をおしてください。",
        "9.6 s caller is silent",
        "9.6 s line Nobody.",
        "10.6 s line ends the call: the document ended",
    ]


def test_what_comes_after_a_long_rest_appears_when_it_is_said() -> None:
    say = Element("Say")
    say.text, rest = "110", SubElement(say, "break", {"time": "2s"})
    rest.tail = "110"
    passage = PromptSegment(verb="Say", parts=spoken_parts(say, "ja-JP"))
    first, again = sentences((passage,))
    assert (first.words, again.words) == ("110", "110")
    assert again.starts - first.starts == pytest.approx(2 + seconds_to_say("110", "ja-JP"))


def test_a_key_cuts_the_prompt() -> None:
    record, shown = ring((1.0, "1"))
    assert shown == [
        "0.0 s line おはようございます。",
        "1.0 s caller presses 1",
        "1.0 s line ありがとう。",
        "2.4 s line さようなら。",
        "3.7 s line ends the call: the document ended",
    ]
    assert record.of("heard")[0].cut


def test_a_key_nobody_listens_to_is_shown_as_such_and_speech_goes_on() -> None:
    _, shown = ring((1.0, "1"), (1.5, "2"))
    assert "1.5 s caller presses 2 (nothing was listening)" in shown
    assert sum("ありがとう" in line for line in shown) == 1


@pytest.mark.parametrize("key", ["h", "q", "Q", "c-c", "c-d", "ｈ", "gone"])
def test_hanging_up(key: str) -> None:
    record, shown = ring((1.0, key))
    assert record.ended_by == "caller"
    assert record.seconds == 1.0
    assert shown[-1] == "1.0 s caller ends the call: the caller hung up"


def test_a_full_width_digit_is_a_digit() -> None:
    """A Japanese input method may send ３ for 3."""
    record, _ = ring((1.0, "１"))
    assert [event.keys for event in record.of("pressed")] == ["1"]


def test_other_keys_do_nothing() -> None:
    record, _ = ring((1.0, "x"), (1.1, "up"))
    assert record.of("pressed") == ()


def test_at_once_only_the_lines_waiting_takes_real_time() -> None:
    """By the clock of the call the words were said all the same."""
    assert ring(at_once=True)[1] == ring()[1]
    record, shown = ring((1.0, "1"), at_once=True)
    assert "5.6 s caller presses 1" in shown
    assert not any(event.cut for event in record.of("heard"))


def test_keys_typed_ahead_wait_for_the_line_where_speech_is_not_waited_for() -> None:
    record, _ = ring((0.0, "1"), at_once=True, first=f"<Say>Welcome.</Say>{MENU}")
    assert [(event.keys, event.lost) for event in record.of("pressed")] == [("1", False)]


def test_hanging_up_is_possible_where_nothing_is_waited_for() -> None:
    endless = "<Say>Welcome.</Say><Redirect>/voice</Redirect>"
    record, _ = ring((0.0, "h"), at_once=True, first=endless)
    assert record.ended_by == "caller"


def test_speech_is_shown_at_once_from_a_key_on_and_at_its_pace_again() -> None:
    _, shown = ring((1.0, "a"), (2.0, "a"), (2.5, "1"))
    assert shown == [
        "0.0 s line おはようございます。",
        "1.0 s speech is shown at once from here on",
        "2.0 s line 一か二をおしてください。",
        "5.6 s speech is shown at the pace it is spoken from here on",
        "6.1 s caller presses 1",
        "6.1 s line ありがとう。",
        "7.5 s line さようなら。",
        "8.8 s line ends the call: the document ended",
    ]


def test_help_names_every_key() -> None:
    _, shown = ring((1.0, "？"))
    said = " ".join(shown)
    for key in ("0-9 * #", "a show speech", "h hang up", "? this help"):
        assert key in said


def test_a_key_pressed_as_the_time_runs_out_counts() -> None:
    record, _ = ring((9.6, "1"))
    assert [event.keys for event in record.of("pressed")] == ["1"]


def test_the_terminals_keys_are_read_one_at_a_time() -> None:
    with create_pipe_input() as source:
        keyboard = TerminalKeyboard(source)
        source.send_text("3#\x03")
        assert [keyboard.next(1) for _ in range(3)] == ["3", "#", "c-c"]
        assert keyboard.next(0) is None
