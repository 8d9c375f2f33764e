"""The environment: read once, refused in one clear line, and never repeated aloud."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError

from ivr.settings import Folders, Settings, SettingsRefused

ENVIRON = {
    "TWILIO_ACCOUNT_SID": "AC00000000000000000000000000000000",
    "TWILIO_AUTH_TOKEN": "a-secret-token",
    "PUBLIC_URL": "https://line.example.jp",
}


def settings(**more: str) -> Settings:
    return Settings.from_environ({**ENVIRON, **more})


def refusal(**more: str) -> str:
    with pytest.raises(SettingsRefused) as refused:
        settings(**more)
    return str(refused.value)


def test_three_variables_are_enough() -> None:
    found = settings()
    assert found.account_sid == ENVIRON["TWILIO_ACCOUNT_SID"]
    assert found.auth_tokens == ("a-secret-token",)
    assert found.public_url == "https://line.example.jp"
    assert (found.data, found.prompts) == (Path.cwd() / "data", Path.cwd() / "prompts")
    assert found.database_url.startswith("sqlite:///")
    assert not found.can_text


@pytest.mark.parametrize("name", ENVIRON)
def test_a_needed_variable_that_is_missing_is_named(name: str) -> None:
    """Without a token and a public URL the line refuses to start."""
    without = {key: value for key, value in ENVIRON.items() if key != name}
    for environ in (without, {**without, name: ""}):
        with pytest.raises(SettingsRefused, match=f"^the line can't start: {name} is missing$"):
            Settings.from_environ(environ)


def test_all_that_is_missing_is_said_in_one_line() -> None:
    with pytest.raises(SettingsRefused) as refused:
        Settings.from_environ({})
    said = str(refused.value)
    assert all(f"{name} is missing" in said for name in ENVIRON)
    assert "\n" not in said


def test_a_refusal_stops_gunicorn_in_one_line() -> None:
    """gunicorn prints a RuntimeError of the application as a single line."""
    assert issubclass(SettingsRefused, RuntimeError)


def test_an_empty_variable_counts_as_absent() -> None:
    found = settings(SMS_FROM="", DATABASE_URL="", IVR_DATA="", VOICES="")
    assert found == settings()


def test_other_variables_are_none_of_our_business() -> None:
    assert settings(PATH="/bin", LANG="ja_JP.UTF-8") == settings()


def test_several_tokens_stand_by_comma_while_they_rotate() -> None:
    assert settings(TWILIO_AUTH_TOKEN="new, old ,").auth_tokens == ("new", "old")
    assert "TWILIO_AUTH_TOKEN is wrong" in refusal(TWILIO_AUTH_TOKEN=" , ")


@pytest.mark.parametrize(
    ("given_url", "kept"),
    [
        ("https://line.example.jp/", "https://line.example.jp"),
        ("https://line.example.jp/phone/", "https://line.example.jp/phone"),
        ("http://127.0.0.1:8000", "http://127.0.0.1:8000"),
    ],
)
def test_the_public_address_is_what_signatures_are_checked_against(
    given_url: str, kept: str
) -> None:
    assert settings(PUBLIC_URL=given_url).public_url == kept


@pytest.mark.parametrize(
    "wrong",
    [
        "line.example.jp",
        "ftp://line.example.jp",
        "https://",
        "https:///voice",
        "https://line.example.jp/?a=b",
        "https://line.example.jp/#a",
        "https://user:hidden@line.example.jp",
        "https://[::1",
    ],
)
@pytest.mark.parametrize("name", ["PUBLIC_URL", "TWILIO_API_URL"])
def test_an_address_that_no_request_can_come_to_is_refused(name: str, wrong: str) -> None:
    said = refusal(**{name: wrong})
    assert f"{name} is wrong: " in said
    assert "hidden" not in said


@pytest.mark.parametrize("wrong", ["soon", "0", "-1", "11", "nan"])
def test_a_caller_never_waits_longer_for_a_text_than_a_telephone_company_would(wrong: str) -> None:
    """The time allowed to Twilio's REST API lies above 0 and at 10 seconds at most."""
    assert "TWILIO_API_TIMEOUT is wrong" in refusal(TWILIO_API_TIMEOUT=wrong)
    assert settings(TWILIO_API_TIMEOUT="2.5").api_timeout == 2.5


def test_a_sender_is_a_number_or_a_service() -> None:
    assert settings(SMS_FROM="+15005550006").can_text
    assert settings(SMS_SERVICE_SID="MG0").can_text


def test_voices_are_pairs_of_language_and_voice() -> None:
    found = settings(VOICES="ja=Polly.Tomoko-Neural, en = Polly.Amy-Neural")
    assert found.voices == {"ja": "Polly.Tomoko-Neural", "en": "Polly.Amy-Neural"}


def test_wrong_voices_are_shown_as_they_should_be_typed() -> None:
    """Voices' names are case-sensitive, and so is the example."""
    said = refusal(VOICES="Polly.Tomoko-Neural")
    assert "VOICES is wrong: expected pairs such as ja=Polly.Tomoko-Neural" in said


@given(st.text("0123456789abcdef", min_size=16, max_size=40))
def test_no_secret_is_repeated_aloud(secret: str) -> None:
    """A refusal goes to a log: it names variables and never their values."""
    said = refusal(
        TWILIO_AUTH_TOKEN=",", TWILIO_API_SECRET=secret, PUBLIC_URL=f"ftp://{secret}", VOICES=secret
    )
    assert [name for name in said.split() if name.isupper()] == [
        *("TWILIO_AUTH_TOKEN", "PUBLIC_URL", "VOICES")
    ]
    assert secret.lower() not in said.lower()


def test_folders_are_read_without_the_rest() -> None:
    """`ivr check` needs no account."""
    folders = Folders.from_environ({"IVR_DATA": "/srv/data", "IVR_PROMPTS": "words"})
    assert (folders.data, folders.prompts) == (Path("/srv/data"), Path("words"))
    assert Folders.from_environ({}) == Folders()


def test_settings_never_change() -> None:
    with pytest.raises(ValidationError):
        settings().public_url = "https://elsewhere.example"  # type: ignore[misc]


def test_what_hashes_numbers_is_a_key_of_its_own_or_the_tokens() -> None:
    assert settings(TWILIO_AUTH_TOKEN="new,old").keys == ("new", "old")
    keys = settings(SECRET_KEY="a" * 16 + ", " + "b" * 16).keys
    assert keys == ("a" * 16, "b" * 16)
    assert "SECRET_KEY is wrong" in refusal(SECRET_KEY="short")


def test_an_address_that_is_none_is_refused_without_showing_it() -> None:
    said = refusal(DATABASE_URL="nonsense")
    assert "DATABASE_URL is wrong: expected an address such as" in said
    assert "nonsense" not in said
