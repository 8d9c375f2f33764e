"""The environment, read once, and refused whole where something needed is missing."""

import hashlib
import hmac
from collections.abc import Mapping
from pathlib import Path
from typing import Annotated, Any, Literal, Self
from urllib.parse import urlsplit

from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, Field, ValidationError

HOME = Path(__file__).resolve().parent.parent


class SettingsRefused(RuntimeError):
    """The environment can't serve calls; the message is one clear line.

    A RuntimeError, because gunicorn prints one as a single line when it loads the app up front.
    """


def _by_comma(value: Any) -> Any:
    return [part.strip() for part in value.split(",") if part.strip()] if _text(value) else value


def _pairs(value: Any) -> Any:
    if not _text(value):
        return value
    pairs = [part.split("=", 1) for part in _by_comma(value)]
    if any(len(pair) != 2 for pair in pairs):
        raise ValueError("expected pairs such as ja=Polly.Tomoko-Neural,en=Polly.Joanna-Neural")
    return {language.strip(): voice.strip() for language, voice in pairs}


def _text(value: Any) -> bool:
    return isinstance(value, str)


def _base_url(value: str) -> str:
    parts = urlsplit(value)
    if parts.scheme not in ("http", "https") or not parts.hostname or parts.query or parts.fragment:
        raise ValueError("expected the address callers' requests come to, https://line.example.jp")
    if parts.username or parts.password:
        raise ValueError("expected an address without a user name or password")
    return value.rstrip("/")


Tokens = Annotated[tuple[str, ...], BeforeValidator(_by_comma), Field(min_length=1)]
Voices = Annotated[dict[str, str], BeforeValidator(_pairs)]
BaseUrl = Annotated[str, AfterValidator(_base_url)]


class Folders(BaseModel):
    """Where a line's YAML lies: all that is needed to check it."""

    model_config = ConfigDict(frozen=True, extra="ignore", hide_input_in_errors=True)

    data: Path = Field(HOME / "data", alias="IVR_DATA")
    prompts: Path = Field(HOME / "prompts", alias="IVR_PROMPTS")
    audio: Path | None = Field(None, alias="IVR_AUDIO")  # clips; in `prompts` unless named
    speech_engines: str = Field("gtts", alias="SPEECH_ENGINES")  # who renders clips

    @property
    def clips(self) -> Path:
        """The folder of the rendered clips."""
        return self.audio or self.prompts / "audio"

    @classmethod
    def from_environ(cls, environ: Mapping[str, str]) -> Self:
        """Reads the environment; an empty variable counts as absent.

        Raises SettingsRefused with every variable that is missing or wrong, never its value.
        """
        try:
            return cls.model_validate({name: value for name, value in environ.items() if value})
        except ValidationError as error:
            wrong = [
                f"{problem['loc'][0]} {_said(problem['type'], problem['msg'])}"
                for problem in error.errors(include_url=False, include_input=False)
            ]
            raise SettingsRefused("the line can't start: " + "; ".join(wrong)) from None


class Settings(Folders):
    """What the environment says; each field is filled from the variable named beside it."""

    account_sid: str = Field(alias="TWILIO_ACCOUNT_SID", min_length=1)
    # Several, by comma, while they are rotated.
    auth_tokens: Tokens = Field(alias="TWILIO_AUTH_TOKEN", repr=False)
    public_url: BaseUrl = Field(alias="PUBLIC_URL")  # signatures are checked against it
    api_key: str | None = Field(None, alias="TWILIO_API_KEY")
    api_secret: str | None = Field(None, alias="TWILIO_API_SECRET", repr=False)
    api_url: BaseUrl | None = Field(None, alias="TWILIO_API_URL")  # another REST host
    api_timeout: float = Field(5.0, alias="TWILIO_API_TIMEOUT", gt=0, le=10)  # seconds
    sms_from: str | None = Field(None, alias="SMS_FROM")
    sms_service_sid: str | None = Field(None, alias="SMS_SERVICE_SID")
    database_url: str = Field("sqlite:///madoguchi.sqlite3", alias="DATABASE_URL", repr=False)
    voices: Voices = Field(default_factory=dict, alias="VOICES")  # overrides the prompts' voices
    speech: Literal["say", "play"] = Field("say", alias="SPEECH")
    audio_url: BaseUrl | None = Field(None, alias="AUDIO_URL")  # clips served from elsewhere

    @property
    def can_text(self) -> bool:
        """Whether there is a sender to text from."""
        return bool(self.sms_from or self.sms_service_sid)

    def keyed_hash(self, secret: str) -> str:
        """A hash that tells nothing to those who lack the auth token: telephone numbers are few."""
        return hmac.new(self.auth_tokens[0].encode(), secret.encode(), hashlib.sha256).hexdigest()


def _said(kind: str, message: str) -> str:
    if kind == "missing":
        return "is missing"
    said = message.removeprefix("Value error, ")
    return f"is wrong: {said[:1].lower()}{said[1:]}"
