"""The verbs the carrier knows, by name; a new one is a file and an entry here."""

from collections.abc import Mapping

from ivr.simulator.verbs.connect import CONNECT, START, STOP
from ivr.simulator.verbs.dial import DIAL
from ivr.simulator.verbs.echo import ECHO
from ivr.simulator.verbs.enqueue import ENQUEUE
from ivr.simulator.verbs.gather import GATHER
from ivr.simulator.verbs.hangup import HANGUP
from ivr.simulator.verbs.leave import LEAVE
from ivr.simulator.verbs.pause import PAUSE
from ivr.simulator.verbs.pay import PAY, PROMPT
from ivr.simulator.verbs.play import PLAY
from ivr.simulator.verbs.record import RECORD
from ivr.simulator.verbs.redirect import REDIRECT
from ivr.simulator.verbs.refer import REFER
from ivr.simulator.verbs.reject import REJECT
from ivr.simulator.verbs.say import SAY
from ivr.simulator.verbs.schema import Schema
from ivr.simulator.verbs.sms import SMS
from ivr.simulator.verbs.verb import Sound, Verb

SOUNDS: Mapping[str, Sound] = {sound.name: sound for sound in (SAY, PLAY, PAUSE)}
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

__all__ = ["SCHEMAS", "SOUNDS", "VERBS", "Schema", "Sound", "Verb"]
