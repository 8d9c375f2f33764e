"""The text channel: referrals as messages sent once and told truthfully, and the tree by text."""

from ivr.sms.attendant import Attendant
from ivr.sms.conversation import every_answer
from ivr.sms.message import MOST_SEGMENTS, Message, compose
from ivr.sms.status import status_blueprint
from ivr.sms.texts import Texts
from ivr.sms.webhook import sms_blueprint

__all__ = [
    "MOST_SEGMENTS",
    "Attendant",
    "Message",
    "Texts",
    "compose",
    "every_answer",
    "sms_blueprint",
    "status_blueprint",
]
