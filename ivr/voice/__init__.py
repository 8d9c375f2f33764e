"""The voice channel: turns as TwiML, and the webhooks of a call."""

from ivr.voice.answers import Answers, Texter
from ivr.voice.saying import Voice
from ivr.voice.twiml import Playlist, nothing_to_play
from ivr.voice.webhook import voice_blueprint

__all__ = ["Answers", "Playlist", "Texter", "Voice", "nothing_to_play", "voice_blueprint"]
