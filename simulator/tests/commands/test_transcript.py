"""How a call reads: the rows that people see."""

from io import StringIO

from ringback import Event
from ringback.commands.shared.transcript import Transcript


def shown(event: Event) -> str:
    out = StringIO()
    Transcript(out).show(event)
    return out.getvalue()


def test_a_cut_sentence_ends_in_dots() -> None:
    event = Event(t=2, event="heard", verb="Say", text="もしも", cut=True, seconds=1)
    assert shown(event).split() == ["1.0", "s", "line", "もしも", "…"]


def test_words_are_shown_as_they_are_written() -> None:
    event = Event(t=1, event="heard", verb="Say", text="いはほ", written="違法", seconds=1)
    assert "違法" in shown(event)


def test_a_sound_is_shown_by_its_name() -> None:
    event = Event(t=1, event="heard", verb="Play", text="", url="http://a.test/tone.wav", seconds=1)
    assert "♪ tone.wav" in shown(event)


def test_a_text_is_a_box_with_its_segments() -> None:
    box = shown(Event(t=1, event="texted", from_="+1", to="+2", body="一行\n二行", segments=2))
    assert "SMS +1" in box
    assert "to +2, 2 segments" in box
    assert box.index("一行") < box.index("二行")


def test_an_app_cannot_steer_the_readers_terminal() -> None:
    words = "\x1b[2Jgone\x07[red]not markup[/red]"
    line = shown(Event(t=1, event="heard", verb="Say", text=words, seconds=1))
    assert "\x1b" not in line
    assert "\x07" not in line
    assert "[red]not markup[/red]" in line


def test_an_error_has_its_code_and_place() -> None:
    event = Event(t=0, event="error", code=11200, text="500", url="http://a.test", level="error")
    assert "error 11200: 500 (http://a.test)" in shown(event)


def test_what_is_said_recorded_and_left_out_has_its_row() -> None:
    assert "says: two tickets" in shown(Event(t=1, event="spoke", text="two tickets"))
    lost = Event(t=1, event="spoke", text="hello", lost=True)
    assert "says: hello (nothing was listening)" in shown(lost)
    assert "has recorded 12 s" in shown(Event(t=1, event="recorded", seconds=12.2))
    event = Event(t=1, event="unsimulated", verb="Pay", text="<Pay> is not simulated: nothing")
    assert "<Pay> is not simulated: nothing" in shown(event)
