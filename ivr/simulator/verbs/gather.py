"""Gather: a prompt, and the keys that answer it. https://www.twilio.com/docs/voice/twiml/gather"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from xml.etree.ElementTree import Element

from ivr.simulator.call import Call
from ivr.simulator.documents import Document
from ivr.simulator.fetching import Request
from ivr.simulator.passages import Passage, schedule
from ivr.simulator.phone import KEYS
from ivr.simulator.verbs.pause import PAUSE
from ivr.simulator.verbs.play import PLAY
from ivr.simulator.verbs.say import SAY
from ivr.simulator.verbs.verb import Sound, Verb, method_of, positive, resolve

_NESTED: Mapping[str, Sound] = {sound.name: sound for sound in (SAY, PLAY, PAUSE)}
_DEFAULT_TIMEOUT = 5
_DEFAULT_FINISH = "#"


@dataclass(frozen=True, kw_only=True)
class _Rules:
    """What ends the input."""

    timeout: int
    num_digits: int | None
    finish: str
    takes_keys: bool


def _execute(call: Call, gather: Element, document: Document) -> Request | None:
    rules = _rules(call, gather, document)
    method = method_of(call, gather, document, 13312)
    # All nested sounds are fetched before the first one plays.
    prompt = schedule(_prompt(call, gather, document), call.t, call.longest)
    digits, pressed = _collect(call, rules, prompt)
    if pressed:
        call.tell("pressed", keys=pressed)
    else:
        call.tell("silence", seconds=float(rules.timeout))
    if digits or gather.get("actionOnEmptyResult") == "true":
        return Request(
            url=resolve(document, gather.get("action")), method=method, extra={"Digits": digits}
        )
    return None


def _collect(call: Call, rules: _Rules, prompt: tuple[Passage, ...]) -> tuple[str, str]:
    """The digits for the action, and the keys as they were pressed, the finishing key included.

    The timeout runs from the end of the prompt, or from the first key, which stops the prompt;
    every further key starts it again.
    """
    digits = pressed = ""
    deadline = (prompt[-1].ends if prompt else call.t) + rules.timeout
    if not rules.takes_keys:
        call.speak(prompt)
        call.wait(deadline - call.t)
        return "", ""
    while press := call.listen(prompt, deadline, pressed):
        pressed += press.key
        if press.key == rules.finish:
            break
        digits += press.key
        if len(digits) == rules.num_digits:
            break
        prompt, deadline = (), press.at + rules.timeout
    return digits, pressed


def _rules(call: Call, gather: Element, document: Document) -> _Rules:
    finish = gather.get("finishOnKey", _DEFAULT_FINISH)
    if finish and (len(finish) != 1 or finish not in KEYS):
        text = f'Gather: finishOnKey="{finish}" is not one of 0-9 # * or empty'
        call.warn(13310, text, document)
        finish = _DEFAULT_FINISH
    kinds = gather.get("input", "dtmf").split()
    if not kinds or not set(kinds) <= {"dtmf", "speech"}:
        call.warn(12200, f'Gather: input="{gather.get("input")}" is not dtmf or speech', document)
        kinds = ["dtmf"]
    return _Rules(
        timeout=positive(call, gather, document, "timeout", 13313) or _DEFAULT_TIMEOUT,
        num_digits=positive(call, gather, document, "numDigits", 13314),
        finish=finish,
        takes_keys="dtmf" in kinds,
    )


def _prompt(call: Call, gather: Element, document: Document) -> Iterator[Passage]:
    for element in gather:
        sound = _NESTED.get(element.tag)
        if sound is None:
            text = f"Gather: <{element.tag}> cannot stand inside, only Say, Play and Pause"
            call.warn(13320, text, document)
        else:
            yield from sound.passages(call, element, document, True)


GATHER = Verb(
    name="Gather",
    attributes=frozenset(
        {
            "action",
            "actionOnEmptyResult",
            "debug",
            "enhanced",
            "finishOnKey",
            "hints",
            "input",
            "language",
            "method",
            "numDigits",
            "partialResultCallback",
            "partialResultCallbackMethod",
            "profanityFilter",
            "speechModel",
            "speechTimeout",
            "timeout",
        }
    ),
    execute=_execute,
)
