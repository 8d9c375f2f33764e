"""The text channel: referrals as messages, each sent once, and the tree by text.

What is exported here is pure; what needs the database or Flask is imported from its own module, so
that a check of a line's words loads neither.
"""

from ivr.sms.conversation import every_answer
from ivr.sms.message import MOST_SEGMENTS, Message, compose

__all__ = ["MOST_SEGMENTS", "Message", "compose", "every_answer"]
