"""How a turn becomes TwiML that every carrier understands in the same way."""

from urllib.parse import quote
from xml.etree import ElementTree

from hypothesis import given
from hypothesis import strategies as st

from ivr.engine import Digits, Pause, Position, Speech, Turn, Words
from ivr.voice.saying import Voice
from ivr.voice.twiml import to_twiml

BASE = "https://line.example.jp"
VOICES = {"ja": Voice("Polly.Kazuha-Neural", "ja-JP"), "en": Voice("Polly.Joanna-Neural", "en-US")}
PLACE = Position("ja", "top", visits=3)


def rendered(speech: Speech, wait: int | None = 7) -> ElementTree.Element:
    return ElementTree.fromstring(to_twiml(Turn(PLACE, speech, wait), BASE, VOICES))


def inner_xml(say: ElementTree.Element) -> str:
    inner = say.text or ""
    return inner + "".join(ElementTree.tostring(child, encoding="unicode") for child in say)


def test_a_question_is_a_gather_and_then_a_redirect_for_silence() -> None:
    """https://www.twilio.com/docs/voice/twiml/gather: without input the next verb is reached."""
    response = rendered((Words("番号を押してください。", "ja"),))
    gather, redirect = list(response)
    assert gather.attrib == {
        "input": "dtmf",
        "numDigits": "1",
        "timeout": "7",
        "finishOnKey": "",
        "action": f"{BASE}/voice/ja/top?visits=3",
        "method": "POST",
    }
    assert redirect.tag == "Redirect"
    assert redirect.text == gather.get("action")
    assert redirect.get("method") == "POST"


def test_the_end_of_a_call_says_and_hangs_up_and_nothing_more() -> None:
    response = rendered((Words("ご案内を終わります。", "ja"),), wait=None)
    assert [verb.tag for verb in response] == ["Say", "Hangup"]


def test_only_say_stands_inside_gather() -> None:
    """Somleng refuses Pause there; pauses are breaks inside Say."""
    gather = rendered((Words("消すには", "ja"), Pause(0.3), Words("サンを。", "ja")))[0]
    assert [child.tag for child in gather] == ["Say"]
    assert [child.tag for child in gather[0]] == ["break"]
    assert gather[0][0].get("time") == "300ms"


def test_each_language_speaks_with_its_own_voice() -> None:
    speech = (Words("わからないときは", "ja"), Words("For English,", "en"), Pause(0.3))
    says = list(rendered((*speech, Words("press nine.", "en")))[0])
    assert [(say.get("voice"), say.get("language")) for say in says] == [
        ("Polly.Kazuha-Neural", "ja-JP"),
        ("Polly.Joanna-Neural", "en-US"),
    ]


def test_digits_come_one_by_one_in_their_groups() -> None:
    """Caller rules E2 and E3: an even beat within a group, a longer gap between groups."""
    number = Digits((("ゼロ", "サン"), ("イチ",)), "ja")
    say = rendered((number,))[0][0]
    assert "".join(say.itertext()) == "ゼロサンイチ"
    assert [pause.get("time") for pause in say] == ["500ms", "850ms"]


def test_a_full_stop_is_a_pause_already_and_a_break_adds_only_the_rest() -> None:
    """Caller rule B4: 0.5 to 0.75 s after an option, not a full stop longer."""
    speech = (Words("イチを。", "ja"), Pause(0.5), Words("メモを。", "ja"), Pause(3.0))
    say = rendered((*speech, Words("はい。", "ja")))[0][0]
    assert "".join(say.itertext()) == "イチを。メモを。はい。"
    assert [pause.get("time") for pause in say] == ["2400ms"]


def test_nobody_waits_for_a_pause_at_the_very_end() -> None:
    say = rendered((Words("番号を押してください。", "ja"), Pause(0.5)))[0][0]
    assert len(say) == 0


def test_signs_that_mean_something_in_xml_are_words_here() -> None:
    say = rendered((Words("A&B <C>", "ja"),))[0][0]
    assert say.text == "A&B <C>"


words = st.builds(
    Words, st.text("あ漢ーa&<、。", min_size=1, max_size=700), st.sampled_from(["ja", "en"])
)
pauses = st.builds(Pause, st.sampled_from([0.3, 0.5, 3.0]))
digits = st.builds(
    Digits,
    st.lists(st.lists(st.sampled_from(["ゼロ", "キュウ"]), min_size=1).map(tuple), min_size=1).map(
        tuple
    ),
    st.just("ja"),
)


@given(words, st.lists(words | pauses | digits, max_size=12))
def test_no_say_is_too_long_and_no_word_is_lost(first: Words, more: list[Words | Pause]) -> None:
    """https://www.twilio.com/docs/api/errors/13521: 4,500 characters once URL-encoded."""
    speech = (first, *more)
    says = list(rendered(speech).iter("Say"))
    for say in says:
        assert len("".join(say.itertext())) <= 500
        assert len(quote(inner_xml(say), safe="")) <= 4500
    spoken = "".join("".join(say.itertext()) for say in says).replace(" ", "")
    wanted = "".join(
        part.text
        if isinstance(part, Words)
        else "".join(digit for group in part.groups for digit in group)
        for part in speech
        if not isinstance(part, Pause)
    )
    assert spoken == wanted
