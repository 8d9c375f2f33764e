"""The environment, read once, and refused whole where something needed is missing."""

from collections.abc import Mapping
from importlib.util import find_spec
from pathlib import Path
from typing import Annotated, Any, Literal, Self
from urllib.parse import urlsplit

from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, Field, ValidationError


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


def _database_url(value: str) -> str:
    # Imported where an address is read: checking a line's files needs no database.
    from sqlalchemy import make_url
    from sqlalchemy.exc import ArgumentError

    try:
        kind = make_url(value).get_backend_name()
    except ArgumentError as error:
        expected = "expected an address such as postgresql://user:password@host/name"
        raise ValueError(expected) from error
    if kind in ("postgres", "postgresql"):
        _needs("psycopg", "postgresql")
    return value


def _needs(module: str, extra: str) -> None:
    """Libraries that only several machines need are installed by them alone."""
    if find_spec(module) is None:
        raise ValueError(f"it needs a library: pip install 'madoguchi[{extra}]'")


DatabaseUrl = Annotated[str, AfterValidator(_database_url)]
Secrets = Annotated[
    tuple[Annotated[str, Field(min_length=16)], ...],
    BeforeValidator(_by_comma),
    Field(min_length=1),
]
Tokens = Annotated[tuple[str, ...], BeforeValidator(_by_comma), Field(min_length=1)]
Voices = Annotated[dict[str, str], BeforeValidator(_pairs)]
BaseUrl = Annotated[str, AfterValidator(_base_url)]


class Folders(BaseModel):
    """Where a line's YAML lies: all that is needed to check it."""

    model_config = ConfigDict(frozen=True, extra="ignore", hide_input_in_errors=True)

    # A line's files lie where its process starts, wherever this package is installed.
    data: Path = Field(default_factory=lambda: Path.cwd() / "data", alias="IVR_DATA")
    prompts: Path = Field(default_factory=lambda: Path.cwd() / "prompts", alias="IVR_PROMPTS")
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
    sms_patience: float = Field(1.0, alias="SMS_PATIENCE", ge=0.1, le=10)  # times every wait
    sms_validity: int = Field(600, alias="SMS_VALIDITY", ge=60, le=36_000)  # seconds
    sms_per_recipient: int = Field(5, alias="SMS_PER_RECIPIENT", ge=0)  # texts a day
    sms_per_caller: int = Field(10, alias="SMS_PER_CALLER", ge=0)
    sms_per_day: int = Field(1_000, alias="SMS_PER_DAY", ge=0)
    sms_retention: int = Field(30, alias="SMS_RETENTION_DAYS", ge=1, le=3_650)  # without numbers
    database_url: DatabaseUrl = Field(
        "sqlite:///madoguchi.sqlite3", alias="DATABASE_URL", repr=False
    )
    # Hashes numbers and signs cookies; without it the auth tokens do, and a rotated one forgets
    # who refused texts. Several, by comma, while they are rotated.
    secret_keys: Secrets | None = Field(None, alias="SECRET_KEY", repr=False)
    voices: Voices = Field(default_factory=dict, alias="VOICES")  # overrides the prompts' voices
    speech: Literal["say", "play"] = Field("say", alias="SPEECH")
    audio_url: BaseUrl | None = Field(None, alias="AUDIO_URL")  # clips served from elsewhere

    @property
    def can_text(self) -> bool:
        """Whether there is a sender to text from."""
        return bool(self.sms_from or self.sms_service_sid)

    @property
    def keys(self) -> tuple[str, ...]:
        """What hashes and signs, the newest first."""
        return self.secret_keys or self.auth_tokens


def _said(kind: str, message: str) -> str:
    if kind == "missing":
        return "is missing"
    said = message.removeprefix("Value error, ")
    return f"is wrong: {said[:1].lower()}{said[1:]}"
