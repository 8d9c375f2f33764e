"""Gather with speech: what the caller's script says in words. https://www.twilio.com/docs/voice/twiml/gather"""

import pytest

from ringback import HangUp, Press, ScriptedPhone, ScriptError, Speak, Stay
from simulator.tests.booth import Booth, summary

SPEECH = '<Gather input="speech" action="/done" {}><Pause length="10"/></Gather>'
BOTH = '<Gather input="dtmf speech" action="/done" numDigits="4"/><Say>Nothing</Say>'


def booth(page: str) -> Booth:
    return Booth({"/voice": page, "/done": "<Hangup/>"})


def test_speech_goes_to_the_action_as_text_with_a_confidence() -> None:
    """ "SpeechResult" and "Confidence", "between 0.0 and 1.0"."""
    line = booth(SPEECH.format(""))
    record = line.ring('"I lost my card"')
    fields = line.asked[-1].fields
    assert fields["SpeechResult"] == "I lost my card"
    assert 0 < float(fields["Confidence"]) <= 1
    assert "Digits" not in fields
    assert summary(record) == ["spoke I lost my card", "hangup line"]


def test_speech_timeout_is_waited_after_the_words_and_is_the_timeout_unless_given() -> None:
    """speechTimeout: "Default: the value of the timeout attribute"."""
    words = [Speak("yes", at=10.5, seconds=2)]
    for attributes, waited in (
        ("", 5),
        ('timeout="3"', 3),
        ('timeout="3" speechTimeout="1"', 1),
        ('speechTimeout="auto"', 0),  # at the first pause [INF]
    ):
        record = booth(SPEECH.format(attributes)).ring(phone=_Does(words))
        assert record.of("spoke")[0].t == 12.5 + waited


def test_speech_stops_the_prompt() -> None:
    """[INF] as a key does."""
    page = '<Gather input="speech" action="/done"><Say>One two three four five</Say></Gather>'
    record = booth(page).ring('"stop"', barge_in=True)
    assert summary(record) == ["spoke stop", "hangup line"]


def test_speech_is_cut_off_after_a_minute() -> None:
    """ "Gather verbs that use speech have a maximum duration of 60 seconds"."""
    long = [Speak("and so on", at=0, seconds=500)]
    record = booth(SPEECH.format('speechTimeout="auto"')).ring(phone=_Does(long))
    assert record.of("spoke")[0].t == 60


def test_of_keys_and_speech_the_first_one_counts() -> None:
    """ "dtmf speech": "whichever comes first"; after speech keys mean nothing, nor finishOnKey."""
    line = booth(BOTH)
    record = line.ring('"operator"#')
    assert line.asked[-1].fields["SpeechResult"] == "operator"
    assert summary(record)[0] == "pressed # (lost)"
    line = booth(BOTH)
    line.ring("1234")
    assert line.asked[-1].fields["Digits"] == "1234"
    assert "SpeechResult" not in line.asked[-1].fields


def test_words_after_the_first_key_are_lost() -> None:
    line = booth(BOTH)
    record = line.ring(phone=_Does([Press("1", 1), Speak("or two", 2, 1), Press("2", 4)]))
    assert line.asked[-1].fields["Digits"] == "12"
    assert "spoke or two (lost)" in summary(record)


def test_words_are_lost_on_a_gather_that_wants_keys() -> None:
    record = booth("<Gather/><Say>Nothing</Say>").ring('"hello"')
    assert summary(record) == ["spoke hello (lost)", "silence 5", "heard Nothing", "hangup line"]


def test_keys_are_lost_on_a_gather_that_wants_speech_and_its_prompt_goes_on() -> None:
    page = '<Gather input="speech"><Say>Say yes or no</Say></Gather>'
    record = booth(page).ring("1", barge_in=True)
    assert summary(record) == [
        "pressed 1 (lost)",
        "heard Say yes or no",
        "silence 5",
        "hangup line",
    ]


def test_silence_with_action_on_empty_result_is_an_empty_speech_result() -> None:
    """[INF] as Digits is empty for a Gather that takes keys."""
    line = booth(SPEECH.format('actionOnEmptyResult="true"'))
    line.ring("-")
    assert line.asked[-1].fields["SpeechResult"] == ""
    assert "Digits" not in line.asked[-1].fields


@pytest.mark.parametrize(
    ("attribute", "code"),
    [
        ('speechTimeout="soon"', 13327),
        ('speechTimeout="0"', 13327),
        ('speechTimeout="auto" speechModel="phone_call"', 13327),
        ('speechTimeout="auto" speechModel="default"', 13335),
        ('speechModel="telepathy"', 13334),
        ('language="Klingon!"', 13331),
        (f'hints="{"a," * 500}a"', 13330),
        (f'hints="{"a" * 101}"', 13330),
        ('profanityFilter="a bit"', 13333),
        ('actionOnEmptyResult="perhaps"', 13338),
        ('partialResultCallbackMethod="PUT"', 13329),
        ('bargeIn="no"', 13332),
        ('maxSpeechTime="long"', 13328),
        ('input="dtmf speech touch"', 13326),
    ],
)
def test_a_wrong_attribute_of_speech_is_a_warning(attribute: str, code: int) -> None:
    """https://www.twilio.com/docs/api/errors/13327 and its neighbours; the default holds."""
    record = Booth({"/voice": f"<Gather {attribute}/>"}).ring("-")
    assert [(error.code, error.level) for error in record.errors] == [(code, "warning")]
    assert summary(record, "silence") == ["silence 5"]


def test_every_model_and_hint_that_twilio_documents_is_taken() -> None:
    for model in ("numbers_and_commands", "googlev2_telephony_short", "deepgram_nova-3"):
        page = (
            f'<Gather input="speech" speechModel="{model}" hints="{"a," * 499}a" language="ja-JP"/>'
        )
        assert not Booth({"/voice": page}).ring().errors


def test_a_partial_result_callback_is_reported_as_left_out() -> None:
    page = '<Gather input="speech" partialResultCallback="/partial"/>'
    record = Booth({"/voice": page}).ring()
    assert "partialResultCallback" in record.unsimulated[0].text


@pytest.mark.parametrize("script", ['"', '""', '" "', '"a', '"a"b', 'a"b"', '"a".'])
def test_words_in_a_script_stand_in_quotation_marks(script: str) -> None:
    with pytest.raises(ScriptError, match="quotation marks"):
        ScriptedPhone(script)


class _Does:
    """Does these things, each when it is due."""

    def __init__(self, things: list[Press | Speak | HangUp]) -> None:
        self._things = list(things)

    def listen(self, listening):
        if self._things and self._things[0].at <= listening.deadline:
            return self._things.pop(0)
        return Stay()
