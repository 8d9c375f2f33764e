"""The voice channel: turns as TwiML, and the webhooks of a call."""

from ivr.voice.answers import Answers, Texter
from ivr.voice.twiml import Voice
from ivr.voice.webhook import voice_blueprint

__all__ = ["Answers", "Texter", "Voice", "voice_blueprint"]
