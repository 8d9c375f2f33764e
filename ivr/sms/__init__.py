"""The text channel: referrals as messages, each sent once, and the tree by text.

What is exported here is pure; what needs the database or Flask is imported from its own module, so
that a check of a line's words loads neither.
"""

from ivr.sms.conversation import every_answer
from ivr.sms.referral_text import REFERRAL_SEGMENTS, ComposedText, referral_text

__all__ = ["REFERRAL_SEGMENTS", "ComposedText", "every_answer", "referral_text"]
