"""The verbs the carrier knows, by name; a new one is a file and an entry here."""

from collections.abc import Mapping

from ringback.twiml.schema import Schema
from ringback.twiml.verb import SoundVerb, Verb
from ringback.twiml.verbs.connect import CONNECT, START, STOP
from ringback.twiml.verbs.dial import DIAL
from ringback.twiml.verbs.enqueue import ENQUEUE
from ringback.twiml.verbs.flow import ECHO, HANGUP, LEAVE, PAUSE, REDIRECT, REFER, REJECT
from ringback.twiml.verbs.gather import GATHER
from ringback.twiml.verbs.pay_and_sms import PAY, PROMPT, SMS
from ringback.twiml.verbs.play import PLAY
from ringback.twiml.verbs.record import RECORD
from ringback.twiml.verbs.say import SAY

SOUNDS: Mapping[str, SoundVerb] = {sound.name: sound for sound in (SAY, PLAY, PAUSE)}
VERBS: Mapping[str, Verb] = {
    verb.name: verb
    for verb in (
        GATHER,
        DIAL,
        RECORD,
        REDIRECT,
        HANGUP,
        REJECT,
        ENQUEUE,
        LEAVE,
        CONNECT,
        START,
        STOP,
        PAY,
        PROMPT,
        REFER,
        SMS,
        ECHO,
    )
}
SCHEMAS: Mapping[str, Schema] = {
    **{name: sound.schema for name, sound in SOUNDS.items()},
    **{name: verb.schema for name, verb in VERBS.items()},
}

__all__ = ["SCHEMAS", "SOUNDS", "VERBS", "Schema", "SoundVerb", "Verb"]
