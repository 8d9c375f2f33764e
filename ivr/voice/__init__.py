"""The voice channel: turns as TwiML. The webhooks of a call, which need Flask, stand beside it."""

from ivr.voice.call_handler import CallHandler, EffectHandler
from ivr.voice.saying import Voice, says
from ivr.voice.twiml import Playlist, nothing_to_play

__all__ = ["CallHandler", "EffectHandler", "Playlist", "Voice", "nothing_to_play", "says"]
