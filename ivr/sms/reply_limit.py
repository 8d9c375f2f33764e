"""How many messages of one number are answered in a day, so that two machines stop talking.

An automatic reply (an answering service, another line such as this) answers each of ours: two such
exchanged 500 messages in 42 minutes. A person in distress writes far fewer than thirty, and words
of danger are answered beyond that.
"""

import logging
from datetime import datetime
from zoneinfo import ZoneInfo

from ivr.database.errors import AWAY
from ivr.sms.keys import NumberKeys
from ivr.sms.quotas import Quotas

log = logging.getLogger(__name__)

MOST_REPLIES = 30  # to one number, in a day of the line's own time
MOST_URGENT_REPLIES = 30  # beyond those, to words of danger alone: 60 in all


class ReplyLimit:
    """Counts replies where the quotas of texts are counted, by the keyed hash of the number."""

    def __init__(self, quotas: Quotas, keys: NumberKeys, zone: ZoneInfo) -> None:
        self._quotas, self._keys, self._zone = quotas, keys, zone

    def allows(self, number: str, now: datetime, *, urgent: bool) -> bool:
        """Counts a reply to a number, and says whether it may be sent.

        Without the database it may: better a reply too many than a person without one.
        """
        if not number:
            return True  # nobody to count by
        whose, day = self._keys.of(number), now.astimezone(self._zone).date()
        try:
            if self._quotas.reply("reply", whose, day, MOST_REPLIES):
                return True
            return urgent and self._quotas.reply("urgent", whose, day, MOST_URGENT_REPLIES)
        except AWAY as error:
            log.warning("replies are not counted: %s", type(error).__name__)
            return True
