"""Gather, rule by rule. Its page: https://www.twilio.com/docs/voice/twiml/gather"""

import pytest
from flask import Response

from ringback import Press, Stay
from simulator.tests.booth import Booth, summary

PROMPT = '<Pause length="10"/>'  # a prompt whose seconds are plain


def test_keys_go_to_the_action_and_only_there() -> None:
    """ "Twilio makes a request to the action URL": Digits is a parameter of that request alone."""
    booth = Booth(
        {
            "/voice": '<Gather numDigits="1" action="/chosen"/>',
            "/chosen": "<Redirect>/after</Redirect>",
            "/after": "<Hangup/>",
        }
    )
    booth.ring("3")
    digits = [(asked.path, asked.fields.get("Digits")) for asked in booth.asked]
    assert digits == [("/voice", None), ("/chosen", "3"), ("/after", None)]


def test_without_an_action_the_current_document_is_asked() -> None:
    """action: "Default: current document URL"."""
    booth = Booth({"/voice": "<Redirect>/menu</Redirect>", "/menu": '<Gather numDigits="1"/>'})
    booth.ring("3")
    assert booth.paths == ["/voice", "/menu", "/menu"]


def test_silence_falls_through_to_the_next_verb_without_a_request() -> None:
    """ "If Twilio receives no input before timeout, it falls through to the next verb"."""
    booth = Booth({"/voice": '<Gather action="/chosen"/><Say>Nobody there</Say>'})
    record = booth.ring("-")
    assert booth.paths == ["/voice"]
    assert summary(record) == ["silence 5", "heard Nobody there", "hangup line"]


def test_the_timeout_begins_after_the_prompt() -> None:
    """timeout: "Twilio waits until all nested verbs have been executed before beginning"."""
    record = Booth({"/voice": f'<Gather timeout="3">{PROMPT}</Gather>'}).ring("-")
    assert [event.t for event in record.of("silence")] == [13.0]
    assert [event.seconds for event in record.of("silence")] == [3.0]


def test_the_timeout_is_five_seconds_unless_given() -> None:
    """timeout: default 5."""
    assert Booth({"/voice": "<Gather/>"}).ring().seconds == 5.0


def test_each_key_starts_the_timeout_again() -> None:
    """timeout is also the longest gap between two keys."""
    booth = Booth({"/voice": '<Gather timeout="2" action="/done"/>', "/done": "<Hangup/>"})
    record = booth.ring("123")
    # 0.5 s after the (empty) prompt, two more keys 0.3 s apart, and two seconds after the last.
    assert record.of("pressed")[0].t == pytest.approx(0.5 + 0.6 + 2)
    assert booth.asked[-1].fields["Digits"] == "123"


def test_a_key_stops_the_prompt() -> None:
    """ "the first key press stops" the nested audio: what was audible until then is heard, cut."""
    page = '<Gather numDigits="1"><Say>One two three four five</Say></Gather>'
    booth = Booth({"/voice": page})
    whole = booth.ring("-").of("heard")[0]
    assert not whole.cut
    record = Booth({"/voice": page}).ring(phone=_Presses(at=whole.seconds / 2))
    heard = record.of("heard")[0]
    assert heard.cut
    assert whole.text.startswith(heard.text)
    assert 0 < len(heard.text) < len(whole.text)
    assert heard.seconds == pytest.approx(whole.seconds / 2)


def test_what_was_audible_is_known_to_the_mora() -> None:
    page = '<Gather numDigits="1"><Say language="ja-JP">まど、ぐち</Say></Gather>'
    cuts = {1.5 / 6.5: "ま", 2 / 6.5 + 0.1: "まど", 3 / 6.5 + 0.4: "まど、ぐ"}
    for at, audible in cuts.items():
        assert Booth({"/voice": page}).ring(phone=_Presses(at)).of("heard")[0].text == audible


def test_a_key_pressed_at_once_counts() -> None:
    """Barge-in from 0 ms: nothing of the prompt is heard."""
    page = '<Gather numDigits="1" action="/done"><Say>Long words</Say></Gather>'
    booth = Booth({"/voice": page, "/done": "<Hangup/>"})
    record = booth.ring("7", barge_in=True)
    assert summary(record) == ["pressed 7", "hangup line"]
    assert record.seconds == 0.0


def test_after_barge_in_the_timeout_runs_from_the_key() -> None:
    """timeout starts at the first key press even though the prompt had long to go."""
    page = f'<Gather timeout="4" action="/done">{PROMPT}</Gather>'
    record = Booth({"/voice": page, "/done": "<Hangup/>"}).ring("7", barge_in=True)
    assert record.of("pressed")[0].t == 4.0


def test_the_method_may_be_get() -> None:
    """method="GET" puts the parameters in the query."""
    page = '<Gather method="GET" numDigits="1" action="/done?from=menu"/>'
    booth = Booth({"/voice": page, "/done": "<Hangup/>"})
    booth.ring("4")
    asked = booth.asked[-1]
    assert (asked.method, asked.fields["Digits"], asked.fields["from"]) == ("GET", "4", "menu")
    assert asked.signed


def test_all_sounds_are_fetched_before_the_first_one_plays() -> None:
    """ "Multiple nested Plays are all fetched before playing starts"."""
    page = "<Gather><Say>First</Say><Play>/a.wav</Play><Play>/b.wav</Play></Gather>"
    booth = Booth({"/voice": page, "/a.wav": _sound, "/b.wav": _sound})
    record = booth.ring("-")
    assert [event.event for event in record.events[:4]] == ["request"] * 3 + ["heard"]


def test_only_say_play_and_pause_stand_inside() -> None:
    """Nesting rules; https://www.twilio.com/docs/api/errors/13320."""
    booth = Booth({"/voice": "<Gather><Redirect>/x</Redirect><Say>Hello</Say></Gather>"})
    record = booth.ring("-")
    assert summary(record, "error", "heard") == ["error 13320", "heard Hello"]


@pytest.mark.parametrize(
    ("attribute", "code"),
    [
        ('timeout="soon"', 13313),
        ('numDigits="0"', 13314),
        ('finishOnKey="12"', 13310),
        ('method="PUT"', 13312),
        ('numdigits="1"', 12200),
        ('input="thought"', 13326),
    ],
)
def test_a_wrong_attribute_is_a_warning_and_its_default_holds(attribute: str, code: int) -> None:
    """https://www.twilio.com/docs/api/errors/13313 and its neighbours are warnings."""
    record = Booth({"/voice": f"<Gather {attribute}/>"}).ring("-")
    assert [(error.code, error.level) for error in record.errors] == [(code, "warning")]
    assert summary(record, "silence") == ["silence 5"]


def test_keys_mean_nothing_to_a_gather_that_wants_speech() -> None:
    """input="speech" takes no keys."""
    booth = Booth({"/voice": '<Gather input="speech" action="/done"/>'})
    record = booth.ring("1", barge_in=True)
    assert booth.paths == ["/voice"]
    assert summary(record, "silence") == ["silence 5"]


def test_hanging_up_ends_the_call_without_a_request() -> None:
    """A caller who hangs up inside a Gather is not reported to the action [INF]."""
    booth = Booth({"/voice": '<Gather numDigits="3" action="/done"><Say>Hello</Say></Gather>'})
    record = booth.ring(".")
    assert booth.paths == ["/voice"]
    assert summary(record) == ["heard Hello", "hangup caller"]
    assert record.ended_by == "caller"


def test_keys_typed_ahead_of_a_gather_are_lost() -> None:
    """[INF] Twilio's advice is to nest the Say, for keys pressed before a Gather do not reach it:
    https://support.twilio.com/hc/en-us/articles/223180068
    """
    page = '<Say>One two three four five</Say><Gather numDigits="1" action="/done"/>'
    booth = Booth({"/voice": page, "/done": "<Hangup/>"})
    record = booth.ring(phone=_Presses(at=0.5))
    assert booth.paths == ["/voice"]
    assert summary(record) == [
        "pressed 5 (lost)",
        "heard One two three four five",
        "silence 5",
        "hangup line",
    ]


def test_a_key_that_comes_when_the_next_gather_listens_is_its_own() -> None:
    """No virtual time passes while an app answers, so what comes after the key comes after it."""
    page = '<Gather numDigits="1" action="/voice"/>'
    booth = Booth({"/voice": page})
    booth.ring("12")
    assert [asked.fields.get("Digits") for asked in booth.asked] == [None, "1", "2"]


def test_the_lost_keys_of_a_prompt_outside_do_not_stop_it() -> None:
    page = "<Say>One two three four five</Say>"
    heard = Booth({"/voice": page}).ring(phone=_Presses(at=0.5)).of("heard")[0]
    assert not heard.cut


def test_verbs_after_a_gather_with_input_are_unreachable() -> None:
    booth = Booth({"/voice": '<Gather action="/done"/><Say>Never</Say>', "/done": "<Hangup/>"})
    assert not booth.ring("1").heard


def test_a_play_inside_has_codes_of_its_own() -> None:
    """https://www.twilio.com/docs/api/errors/13325 and 13321, 13322"""
    booth = Booth({"/voice": "<Gather><Play>/x</Play></Gather>", "/x": "<Hangup/>"})
    assert summary(booth.ring(), "error") == ["error 13325"]
    for attribute, code in (('voice="Nobody"', 13321), ('loop="some"', 13322)):
        page = f"<Gather><Say {attribute}>Hello</Say></Gather>"
        assert summary(Booth({"/voice": page}).ring(), "error") == [f"error {code}"]


class _Presses:
    """Presses 5 at one moment, and nothing else."""

    def __init__(self, at: float) -> None:
        self._at = at

    def listen(self, listening):
        return Press("5", self._at) if listening.since < self._at else Stay()


def _sound():
    return Response(b"\0" * 8000, content_type="audio/ulaw")
