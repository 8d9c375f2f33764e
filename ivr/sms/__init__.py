"""The text channel: a referral as a message, sent once, and truthfully accounted for."""

from ivr.sms.message import Message, compose
from ivr.sms.sender import Sender
from ivr.sms.texting import Texting

__all__ = ["Message", "Sender", "Texting", "compose"]
