"""Record: nothing is kept, but the app gets the requests that Twilio sends. https://www.twilio.com/docs/voice/twiml/record"""

import pytest

from ringback import HangUp, Press, Speak, Stay
from simulator.tests.booth import Booth, summary

MESSAGE = '"please ring me back"'


def booth(attributes: str = "") -> Booth:
    page = f'<Record action="/done" {attributes}/><Say>Nothing</Say>'
    return Booth({"/voice": page, "/done": "<Hangup/>", "/status": ""})


def test_the_action_gets_the_recordings_url_its_length_and_what_ended_it() -> None:
    """action: RecordingUrl, RecordingDuration (seconds), Digits."""
    line = booth()
    record = line.ring(f"{MESSAGE}#")
    fields = line.asked[-1].fields
    assert fields["Digits"] == "#"
    assert "/Recordings/RE" in fields["RecordingUrl"]
    assert int(fields["RecordingDuration"]) == round(record.of("spoke")[0].seconds)
    assert summary(record)[1:] == ["spoke please ring me back", "recorded 1", "hangup line"]


def test_it_says_that_nothing_is_kept() -> None:
    assert "nothing is kept" in booth().ring(MESSAGE).unsimulated[0].text


def test_silence_ends_it_after_the_timeout() -> None:
    """timeout: seconds of silence, default 5."""
    for attributes, seconds in (("", 5), ('timeout="2"', 2)):
        line = booth(f'playBeep="false" {attributes}')
        record = line.ring(phone=_Does([Speak("hello", 1, 3)]))
        assert (record.of("recorded")[0].t, record.of("recorded")[0].seconds) == (4 + seconds, 3)
        assert line.asked[-1].fields["Digits"] == ""


def test_an_empty_recording_falls_through_without_a_request() -> None:
    """ "if Twilio receives an empty recording, it will not make a request to the action URL"."""
    for script in ("-", "#"):  # that a key alone is an empty recording is inferred [INF]
        line = booth()
        assert line.ring(script).heard == "Nothing"
        assert line.paths == ["/voice"]


def test_without_an_action_the_current_document_is_asked() -> None:
    """action: "current document URL"."""
    line = Booth({"/voice": "<Record/>"})
    line.ring(MESSAGE)
    assert line.paths == ["/voice", "/voice"]


def test_any_key_finishes_unless_some_are_named() -> None:
    """finishOnKey: default 1234567890*#; others are part of the recording."""
    things = [Speak("hello", 1, 1), Press("5", 3), Press("#", 4)]
    for attributes, key in (("", "5"), ('finishOnKey="*#"', "#")):
        line = booth(attributes)
        line.ring(phone=_Does(list(things)))
        assert line.asked[-1].fields["Digits"] == key


def test_a_key_cuts_the_words_short() -> None:
    line = booth('playBeep="false"')
    record = line.ring(phone=_Does([Speak("on and on", 1, 30), Press("#", 11)]))
    assert record.of("recorded")[0].seconds == 10


def test_max_length_ends_it() -> None:
    """maxLength, seconds: 3600 unless given."""
    for attributes, seconds in (('maxLength="20"', 20), ("", 3600)):
        line = booth(f'playBeep="false" {attributes}')
        record = line.ring(phone=_Does([Speak("on and on", 0, 5_000)]))
        assert record.of("recorded")[0].seconds == seconds


def test_who_hangs_up_has_recorded_all_the_same() -> None:
    """Digits: "hangup if the caller hung up"; what the app answers then goes nowhere."""
    line = booth()
    record = line.ring(phone=_HangsUpAfter(Speak("bye", 1, 2), at=6))
    fields = line.asked[-1].fields
    assert (fields["Digits"], fields["CallStatus"], fields["RecordingDuration"]) == (
        "hangup",
        "completed",
        "2",
    )
    assert (record.ended_by, record.seconds) == ("caller", 6)


def test_trim_leaves_what_was_said() -> None:
    """trim: trim-silence unless do-not-trim."""
    for attributes, seconds in (("", 2), ('trim="do-not-trim"', 1 + 2 + 5)):
        line = booth(f'playBeep="false" {attributes}')
        assert line.ring(phone=_Does([Speak("hi", 1, 2)])).of("recorded")[0].seconds == seconds


def test_the_recording_status_callback_is_requested_once() -> None:
    """https://www.twilio.com/docs/voice/twiml/record#recordingstatuscallback"""
    line = booth('recordingStatusCallback="/status"')
    record = line.ring(MESSAGE)
    told_status, done = line.asked[1:]
    assert (told_status.path, done.path) == ("/status", "/done")
    assert told_status.fields["RecordingStatus"] == "completed"
    assert told_status.fields["RecordingUrl"] == done.fields["RecordingUrl"]
    assert told_status.signed
    assert record.of("recorded")[0].url == done.fields["RecordingUrl"]


@pytest.mark.parametrize(
    ("attribute", "code"),
    [
        ('method="PUT"', 13610),
        ('timeout="0"', 13611),
        ('maxLength="1"', 13612),
        ('finishOnKey="A"', 13613),
        ('transcribe="maybe"', 13614),
        ('playBeep="loud"', 13616),
        ('recordingStatusCallbackEvent="sometimes"', 13621),
        ('trim="a little"', 13699),
    ],
)
def test_a_wrong_attribute_is_a_warning(attribute: str, code: int) -> None:
    """https://www.twilio.com/docs/api/errors/13610 and its neighbours."""
    assert [error.code for error in booth(attribute).ring(MESSAGE).errors] == [code]


def test_a_transcription_is_reported_as_left_out() -> None:
    record = booth('transcribe="true" transcribeCallback="/text"').ring(MESSAGE)
    assert any("transcribe" in event.text for event in record.unsimulated)


class _Does:
    def __init__(self, things: list[Press | Speak]) -> None:
        self._things = things

    def listen(self, listening):
        if self._things and self._things[0].at <= listening.deadline:
            return self._things.pop(0)
        return Stay()


class _HangsUpAfter:
    def __init__(self, speak: Speak, at: float) -> None:
        self._speak: Speak | None = speak
        self._at = at

    def listen(self, listening):
        if self._speak and listening.takes_speech:
            speak, self._speak = self._speak, None
            return speak
        return HangUp(self._at)
