"""The text channel: referrals as messages, each sent once, and the tree by text."""

from ivr.sms.channel import TextChannel
from ivr.sms.conversation import every_answer
from ivr.sms.referral_text import REFERRAL_SEGMENTS, ComposedText, referral_text
from ivr.sms.status import status_blueprint
from ivr.sms.webhook import sms_blueprint

__all__ = [
    "REFERRAL_SEGMENTS",
    "ComposedText",
    "TextChannel",
    "every_answer",
    "referral_text",
    "sms_blueprint",
    "status_blueprint",
]
