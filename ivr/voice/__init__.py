"""The voice channel: turns as TwiML, and the webhooks of a call."""

from ivr.voice.answers import Answers, EffectHandler
from ivr.voice.saying import Voice, says
from ivr.voice.status import call_status_blueprint
from ivr.voice.twiml import Playlist, nothing_to_play
from ivr.voice.webhook import voice_blueprint

__all__ = [
    "Answers",
    "EffectHandler",
    "Playlist",
    "Voice",
    "call_status_blueprint",
    "nothing_to_play",
    "says",
    "voice_blueprint",
]
