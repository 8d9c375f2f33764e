"""Who does not want to be texted: Twilio's default handling of STOP, START and HELP.

https://help.twilio.com/articles/223134027 (long codes; one word, in capitals or not). Only English
words are known to it: 停止 is the app's own business.
"""

from threading import Lock
from typing import Literal

Keyword = Literal["STOP", "START", "HELP"]
_KEYWORDS: dict[str, Keyword] = {
    **dict.fromkeys(
        ("STOP", "UNSUBSCRIBE", "END", "QUIT", "STOPALL", "REVOKE", "OPTOUT", "CANCEL"), "STOP"
    ),
    **dict.fromkeys(("START", "YES", "UNSTOP"), "START"),
    **dict.fromkeys(("HELP", "INFO"), "HELP"),
}
# In Twilio's sense, not in its words.
_ANSWERS: dict[Keyword, str] = {
    "STOP": "You are unsubscribed and will get no more messages from this number. Reply START to"
    " subscribe again.",
    "START": "You are subscribed to messages from this number again. Reply HELP for help, STOP to"
    " unsubscribe.",
    "HELP": "Reply STOP to unsubscribe.",
}


def keyword_of(body: str) -> Keyword | None:
    """What a text asks for when it is one of the words and nothing else."""
    return _KEYWORDS.get(body.strip().upper())


def answer_to(keyword: Keyword) -> str:
    """What Twilio itself sends back."""
    return _ANSWERS[keyword]


class OptOuts:
    """The pairs of a person's number and a sender between which nothing is sent any more."""

    def __init__(self) -> None:
        self._pairs: set[tuple[str, str]] = set()
        self._lock = Lock()

    def apply(self, keyword: Keyword, person: str, sender: str) -> bool:
        """Does what the keyword asks for. True when Twilio answers it: START is not answered
        where nobody had unsubscribed [INF]."""
        with self._lock:
            if keyword == "STOP":
                self._pairs.add((person, sender))
            elif keyword == "START":
                if (person, sender) not in self._pairs:
                    return False
                self._pairs.remove((person, sender))
        return True

    def forbids(self, person: str, sender: str) -> bool:
        """Whether a message from `sender` to `person` is refused, with 21610."""
        return (person, sender) in self._pairs
