"""What a Gather may say. https://www.twilio.com/docs/voice/twiml/gather#attributes"""

import re

from ringback.twiml.schema import (
    Attribute,
    Schema,
    flag,
    keys,
    method,
    several,
    url,
    whole,
)
from ringback.twiml.verbs.pause import PAUSE
from ringback.twiml.verbs.play import PLAY
from ringback.twiml.verbs.say import SAY

_LANGUAGE = re.compile(r"[a-zA-Z]{2,3}(-[a-zA-Z0-9]{2,8})*")
_MOST_HINTS, _LONGEST_HINT = 500, 100
_MODELS = frozenset(
    {
        "default",
        "numbers_and_commands",
        "phone_call",
        "experimental_conversations",
        "experimental_utterances",
        "googlev2_long",
        "googlev2_short",
        "googlev2_telephony",
        "googlev2_telephony_short",
    }
)
_DEEPGRAM = re.compile(r"deepgram_nova-[23](-\w+)?", re.ASCII)
# Its own code beside the model "default": https://www.twilio.com/docs/api/errors/13335
SPEECH_TIMEOUT_AUTO = {"default": 13335}


def _hints(value: str) -> str | None:
    hints = value.split(",")
    fits = len(hints) <= _MOST_HINTS and all(len(hint) <= _LONGEST_HINT for hint in hints)
    return value if fits else None


def _model(value: str) -> str | None:
    return value if value in _MODELS or _DEEPGRAM.fullmatch(value) else None


def _speech_timeout(value: str) -> str | None:
    fits = value == "auto" or (value.isascii() and value.isdigit() and int(value[:9]) > 0)
    return value if fits else None


GATHER_SCHEMA = Schema(
    tag="Gather",
    page="https://www.twilio.com/docs/voice/twiml/gather",
    attributes=(
        url("action", "the current document"),
        flag("actionOnEmptyResult", "false", 13338),
        flag("bargeIn", "true", 13332, support="checked"),
        flag("debug", "false", support="checked"),
        flag("enhanced", "false", support="checked"),
        keys("finishOnKey", "#", 13310, most=1),
        Attribute(
            name="hints",
            allowed="at most 500, each of at most 100 characters",
            parse=_hints,
            code=13330,
            support="checked",
        ),
        several("input", ("dtmf", "speech"), "dtmf", 13326),
        Attribute(
            name="language",
            allowed="language tag",
            parse=lambda value: value if _LANGUAGE.fullmatch(value) else None,
            default="en-US",
            code=13331,
            support="checked",
        ),
        whole("maxSpeechTime", code=13328, support="checked"),
        method(code=13312),
        whole("numDigits", "", 13314),
        url("partialResultCallback", support="announced"),
        method("partialResultCallbackMethod", 13329, support="checked"),
        flag("profanityFilter", "true", 13333, support="checked"),
        Attribute(
            name="speechModel",
            allowed="one of Twilio's models",
            parse=_model,
            default="default",
            code=13334,
            support="checked",
        ),
        Attribute(
            name="speechTimeout",
            allowed="positive whole number, auto",
            parse=_speech_timeout,
            otherwise="timeout",
            code=13327,
        ),
        whole("timeout", "5", 13313),
    ),
    nested=(SAY.schema, PLAY.schema, PAUSE.schema),
    nested_code=13320,
)
