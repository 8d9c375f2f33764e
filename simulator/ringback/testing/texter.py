"""A telephone in a test: the texts it sends and receives, and the failure its steps raise."""

from collections.abc import Sequence
from typing import Self
from urllib.parse import urljoin

from ringback.carrier import Carrier
from ringback.messages.text_record import TextRecord
from ringback.testing.hearing import Words, quoted
from ringback.testing.inbox import Inbox
from ringback.transcript.rows import whole_call


class CallFailed(AssertionError):
    """Says what was expected, what came nearest, and the whole call with its seconds."""


class Texter:
    """Texts an app and looks at what it received since it last texted.

    In: `number`, whose telephone this is (E.164, or "anonymous"); `url` and `method`, the voice
    webhook of whatever is dialled; `sms_url`, the messaging webhook, `/sms` beside the other where
    it is empty; `line`, the number that is meant when a test names none.
    """

    def __init__(
        self,
        carrier: Carrier,
        *,
        number: str,
        url: str,
        line: str,
        sms_url: str = "",
        method: str = "POST",
    ) -> None:
        self.number = number
        self._carrier, self._line, self._method = carrier, line, method
        self._url, self._sms_url = url, sms_url or urljoin(url, "/sms")
        self._inbox = Inbox(carrier, before=len(carrier.messages))
        self._texted: TextRecord | None = None

    def texts(self, body: str, to: str | None = None) -> Self:
        """Sends a text to a number; the step is over when the app has dealt with it."""
        self._inbox = Inbox(self._carrier, before=len(self._carrier.messages))
        self._texted = self._carrier.text(
            url=self._sms_url,
            method=self._method,
            from_=self.number,
            to=to or self._line,
            body=body,
        )
        return self

    def received_text(self, words: Words, *, to: str | None = None) -> Self:
        """A message with these words has reached this telephone, or the number `to`."""
        __tracebackhide__ = True
        number = to or self.number
        if not self._inbox.has(words, number):
            expected = f"expected {number} to receive a text with {quoted(words)}"
            raise self._failure(expected, self._inbox.report(number))
        return self

    def received_no_text(self) -> Self:
        """No message has reached this telephone."""
        __tracebackhide__ = True
        if self._inbox.of(self.number):
            expected = f"expected {self.number} to receive no text"
            raise self._failure(expected, self._inbox.report(self.number))
        return self

    def _failure(self, expected: str, remarks: Sequence[str] = ()) -> CallFailed:
        """A line for what was expected and each remark, then what this telephone did."""
        did = [line for heading, rows in self._so_far() for line in ("", heading, rows)]
        return CallFailed("\n".join([expected, *remarks, *did]))

    def _so_far(self) -> list[tuple[str, str]]:
        """What this telephone did, for whoever reads of a failure: a heading and its rows each."""
        if self._texted is None:
            return []
        text = self._texted
        heading = f"The text from {text.from_} to {text.to}, {text.body!r}:"
        return [(heading, whole_call(text.events) or "   (nothing came of it)")]
