"""The schema check: what TwiML does not have is warned of and left out. https://www.twilio.com/docs/api/errors/12200"""

import pytest

from simulator.tests.booth import Booth, summary


@pytest.mark.parametrize(
    ("page", "says"),
    [
        ("<say>Hello</say>", "<say> is not a verb; did you mean Say?"),
        ("<Garther/>", "<Garther> is not a verb; did you mean Gather?"),
        ("<Message>Hello</Message>", "<Message> is not a verb"),
        ('<Say Voice="man">Hello</Say>', "Say: there is no attribute Voice; did you mean voice?"),
        ('<Gather numdigits="1"/>', "there is no attribute numdigits; did you mean numDigits?"),
        ('<Gather finishOnKeys="#"/>', "did you mean finishOnKey?"),
        ('<Hangup now="true"/>', "Hangup: there is no attribute now"),
        ("<Dial><Numbr>+811</Numbr></Dial>", "did you mean Number?"),
        ("<Say><shout>Hello</shout></Say>", "Say: <shout> cannot stand inside"),
        ('<Say><break tim="1s"/>Hello</Say>', "break: there is no attribute tim"),
        ('<Say><s><break tim="1s"/>Hello</s></Say>', "break: there is no attribute tim"),
        ("<Connect><Streem/></Connect>", "did you mean Stream?"),
        ("<Redirect>/voice2<Say/></Redirect>", "Redirect: <Say> cannot stand inside"),
    ],
)
def test_a_wrong_name_is_a_warning_with_the_right_one(page: str, says: str) -> None:
    """ "Misspelled verbs, incorrect case, unknown attributes, unexpected nested elements"."""
    record = Booth({"/voice": page, "/voice2": ""}).ring()
    warnings = [error for error in record.errors if says in error.text]
    assert len(warnings) == 1
    assert warnings[0].level == "warning"


def test_the_rest_of_the_document_goes_on() -> None:
    """[INF] the page calls it a warning."""
    page = '<say>Never</say><Say Loop="2">Heard</Say>'
    record = Booth({"/voice": page}).ring()
    assert summary(record) == ["error 12200", "error 12200", "heard Heard", "hangup line"]


def test_what_stands_right_is_not_warned_of() -> None:
    page = """
        <Gather input="dtmf speech" action="/voice2" enhanced="true">
          <Say voice="Polly.Tomoko-Neural" language="ja-JP" loop="1">
            <p><s>まど<break strength="weak" time="1s"/><w role="amazon:VB">ぐち</w></s></p>
            <prosody rate="80%" pitch="low"><lang xml:lang="en-US">one</lang></prosody>
            <say-as interpret-as="digits">110</say-as><sub alias="に">2</sub>
            <phoneme alphabet="x-amazon-yomigana" ph="さん">3</phoneme><emphasis>4</emphasis>
          </Say>
          <Pause length="1"/>
        </Gather>
        <Start><Stream url="wss://a.test"/></Start>
        <Dial><Sip><Uri username="a">sip:a@b.test</Uri>
          <Headers><Header name="a" value="b"/></Headers></Sip></Dial>
    """
    assert not Booth({"/voice": page}).ring().errors


def test_a_document_full_of_mistakes_gets_twenty_warnings() -> None:
    record = Booth({"/voice": "<no/>" * 5_000}).ring()
    assert summary(record) == ["error 12200"] * 20 + ["hangup line"]


def test_an_endless_name_is_shortened() -> None:
    record = Booth(
        {"/voice": f'<{"a" * 20_000} /><Pause {"b" * 20_000}="1" length="{"9" * 50}x"/>'}
    )
    assert all(len(error.text) < 200 for error in record.ring().errors)
