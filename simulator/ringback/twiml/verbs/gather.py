"""Gather: a prompt, and what answers it. https://www.twilio.com/docs/voice/twiml/gather"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from xml.etree.ElementTree import Element

from ringback.callers.phone import Speak
from ringback.calls.call import Call
from ringback.media.prompt_segment import PromptSegment, schedule
from ringback.twiml.schema import Attribute, Schema, flag, keys, method, several, url, whole
from ringback.twiml.verb import Verb, attribute_values, resolve
from ringback.twiml.verbs.flow import PAUSE
from ringback.twiml.verbs.play import PLAY
from ringback.twiml.verbs.say import SAY
from ringback.webhooks.document import Document
from ringback.webhooks.request import Request

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
_SPEECH_TIMEOUT_AUTO = {"default": 13335}


def _hints(value: str) -> str | None:
    hints = value.split(",")
    fits = len(hints) <= _MOST_HINTS and all(len(hint) <= _LONGEST_HINT for hint in hints)
    return value if fits else None


def _model(value: str) -> str | None:
    return value if value in _MODELS or _DEEPGRAM.fullmatch(value) else None


def _speech_timeout(value: str) -> str | None:
    fits = value == "auto" or (value.isascii() and value.isdigit() and int(value[:9]) > 0)
    return value if fits else None


_SCHEMA = Schema(
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
_NESTED = {sound.name: sound for sound in (SAY, PLAY, PAUSE)}
_LONGEST_SPEECH = 60.0  # "Gather verbs that use speech have a maximum duration of 60 seconds"


@dataclass(frozen=True, kw_only=True)
class _Rules:
    """What ends the input; seconds."""

    timeout: float
    num_digits: int | None
    finish: str
    takes_keys: bool
    takes_speech: bool
    speech_timeout: float


@dataclass(frozen=True, kw_only=True)
class _Input:
    """What the caller did: digits for the action, keys as pressed (the finishing one included)."""

    digits: str = ""
    pressed: str = ""
    spoken: Speak | None = None


def _execute(call: Call, gather: Element, document: Document) -> Request | None:
    values = attribute_values(call, gather, document, _SCHEMA)
    rules = _rules(call, values, gather, document)
    # All nested sounds are fetched before the first one plays.
    prompt = schedule(_prompt(call, gather, document), call.t, call.longest)
    answer = _collect(call, rules, prompt)
    _emit_input(call, answer, rules)
    extra = _extra(answer, rules, empty_too=values["actionOnEmptyResult"] == "true")
    if extra is None:
        return None
    return Request(url=resolve(document, values["action"]), method=values["method"], extra=extra)


def _collect(call: Call, rules: _Rules, prompt: tuple[PromptSegment, ...]) -> _Input:
    """The input. The first of keys and speech that is noticed is the one that counts.

    The timeout runs from the end of the prompt, or from the first key, which stops the prompt;
    every further key starts it again. Speech stops the prompt as well [INF].
    """
    digits = pressed = ""
    deadline = (prompt[-1].ends if prompt else call.t) + rules.timeout
    while True:
        answer = call.listen(
            prompt,
            deadline,
            pressed,
            keys=rules.takes_keys,
            speech=rules.takes_speech and not pressed,
        )
        if answer is None:
            break
        if isinstance(answer, Speak):
            # "If speech is detected first, finishOnKey is ignored": keys mean nothing from here.
            call.wait(min(answer.seconds, _LONGEST_SPEECH) + rules.speech_timeout)
            return _Input(spoken=answer)
        pressed += answer.key
        if answer.key == rules.finish:
            break
        digits += answer.key
        if len(digits) == rules.num_digits:
            break
        prompt, deadline = (), answer.at + rules.timeout
    return _Input(digits=digits, pressed=pressed)


def _emit_input(call: Call, answer: _Input, rules: _Rules) -> None:
    if spoken := answer.spoken:
        call.emit("spoke", text=spoken.text, seconds=spoken.seconds, confidence=spoken.confidence)
    elif answer.pressed:
        call.emit("pressed", keys=answer.pressed)
    else:
        call.emit("silence", seconds=rules.timeout)


def _extra(answer: _Input, rules: _Rules, *, empty_too: bool) -> dict[str, str] | None:
    """The action's own parameters, or None where it is not asked.

    What stands empty after empty input is inferred for speech: SpeechResult, as Digits for keys
    [INF].
    """
    if spoken := answer.spoken:
        return {"SpeechResult": spoken.text, "Confidence": f"{spoken.confidence:.8f}"}
    if answer.digits or (empty_too and rules.takes_keys):
        return {"Digits": answer.digits}
    return {"SpeechResult": ""} if empty_too else None


def _rules(call: Call, values: dict[str, str], gather: Element, document: Document) -> _Rules:
    kinds = values["input"].split()
    # speechTimeout: "default: the value of timeout".
    speech = values["speechTimeout"] or values["timeout"]
    if speech == "auto" and "speechModel" in gather.attrib:
        # speechTimeout "must be a positive integer" beside a speechModel; what holds then is
        # inferred to be the default [INF].
        code = _SPEECH_TIMEOUT_AUTO.get(values["speechModel"], 13327)
        text = "Gather: speechTimeout=auto cannot be used with a speechModel"
        call.warn(code, text, document)
        speech = values["timeout"]
    return _Rules(
        timeout=float(values["timeout"]),
        num_digits=int(values["numDigits"]) if values["numDigits"] else None,
        finish=values["finishOnKey"],
        takes_keys="dtmf" in kinds,
        takes_speech="speech" in kinds,
        # auto: the result comes at the first pause in speech, so nothing is waited for [INF].
        speech_timeout=0.0 if speech == "auto" else float(speech),
    )


def _prompt(call: Call, gather: Element, document: Document) -> Iterator[PromptSegment]:
    for element in gather:
        if sound := _NESTED.get(element.tag):
            yield from sound.segments(call, element, document, True)


GATHER = Verb(schema=_SCHEMA, execute=_execute)
