"""The verbs the carrier can execute, by name; a new one is a file and an entry here."""

from collections.abc import Mapping

from ivr.simulator.verbs.dial import DIAL
from ivr.simulator.verbs.gather import GATHER
from ivr.simulator.verbs.hangup import HANGUP
from ivr.simulator.verbs.pause import PAUSE
from ivr.simulator.verbs.play import PLAY
from ivr.simulator.verbs.redirect import REDIRECT
from ivr.simulator.verbs.reject import REJECT
from ivr.simulator.verbs.say import SAY
from ivr.simulator.verbs.verb import Sound, Verb

SOUNDS: Mapping[str, Sound] = {sound.name: sound for sound in (SAY, PLAY, PAUSE)}
VERBS: Mapping[str, Verb] = {verb.name: verb for verb in (GATHER, REDIRECT, HANGUP, REJECT, DIAL)}
# Verbs of Twilio's that are not simulated: https://www.twilio.com/docs/voice/twiml
UNSIMULATED = frozenset(
    {
        "Connect",
        "Echo",
        "Enqueue",
        "Leave",
        "Pay",
        "Prompt",
        "Queue",
        "Record",
        "Refer",
        "Sms",
        "Start",
        "Stop",
    }
)

__all__ = ["SOUNDS", "UNSIMULATED", "VERBS", "Sound", "Verb"]
