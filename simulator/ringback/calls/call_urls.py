"""The URLs of a call: its first document, its fallback and its status callback."""

from dataclasses import dataclass
from typing import Self

from ringback.numbers.number import Number
from ringback.webhooks.request import Request


@dataclass(frozen=True, kw_only=True)
class CallUrls:
    """A call's first document, what is requested when one fails, and what when the call is over."""

    first: Request
    fallback: Request | None = None
    status_callback: Request | None = None

    @classmethod
    def of_number(cls, own: Number) -> Self:
        """From the settings of a number of the account; an empty URL is left out."""
        return cls(
            first=Request(url=own.voice_url, method=own.voice_method),
            fallback=_request(own.voice_fallback_url, own.voice_fallback_method),
            status_callback=_request(own.status_callback, own.status_callback_method),
        )


def _request(url: str, method: str) -> Request | None:
    return Request(url=url, method=method) if url else None
