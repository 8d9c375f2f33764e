"""The voice channel: turns as TwiML. The webhooks of a call, which need Flask, stand beside it."""

from ivr.voice.answers import Answers, Desk
from ivr.voice.saying import Voice, says
from ivr.voice.twiml import Playlist, nothing_to_play

__all__ = ["Answers", "Desk", "Playlist", "Voice", "nothing_to_play", "says"]
