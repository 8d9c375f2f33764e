"""How many messages of one number are answered in a day, so that two machines stop talking.

An automatic reply (an answering service, another line such as this) answers each of ours: two such
exchanged 500 messages in 42 minutes. A person in distress writes far fewer than thirty; beyond
that, whoever writes words of danger or asks for a person is answered in every hour of the day.
"""

import logging
from datetime import datetime
from zoneinfo import ZoneInfo

from ivr.database.errors import AWAY
from ivr.sms.keys import NumberKeys
from ivr.sms.quotas import Quotas

log = logging.getLogger(__name__)

MOST_REPLIES = 30  # to one number, in a day of the line's own time
MOST_URGENT_REPLIES = 10  # beyond those, in each hour: nobody in danger is left without for longer


class ReplyLimit:
    """Counts replies where the quotas of texts are counted, by the keyed hash of the number."""

    def __init__(self, quotas: Quotas, keys: NumberKeys, zone: ZoneInfo) -> None:
        self._quotas, self._keys, self._zone = quotas, keys, zone

    def allows(self, number: str, now: datetime, *, urgent: bool) -> bool:
        """Counts a reply to a number, and says whether it may be sent.

        `urgent`: to words of danger, or to somebody who asks for a person.

        Without the database it may: better a reply too many than a person without one.
        """
        if not number:
            return True  # nobody to count by
        whose, here = self._keys.of(number), now.astimezone(self._zone)
        day, hourly = here.date(), f"urgent-{here.hour:02}"
        try:
            if self._quotas.reply("reply", whose, day, MOST_REPLIES):
                return True
            return urgent and self._quotas.reply(hourly, whose, day, MOST_URGENT_REPLIES)
        except AWAY as error:
            log.warning("replies are not counted: %s", type(error).__name__)
            return True
