"""The URLs of a call: its first document, its fallback and its status callback."""

from dataclasses import dataclass
from typing import Self

from ringback.numbers.number import Number
from ringback.webhooks.request import Request


@dataclass(frozen=True, kw_only=True)
class CallUrls:
    """A call's first document, what is asked when one fails, and what is posted at its end."""

    first: Request
    fallback_url: str | None = None
    fallback_method: str = "POST"
    status_callback: Request | None = None

    @classmethod
    def from_urls(
        cls,
        url: str,
        method: str,
        fallback_url: str | None,
        fallback_method: str,
        status_callback_url: str | None,
        status_callback_method: str,
    ) -> Self:
        """From the URLs of a number's settings; an empty one is left out."""
        end = (
            Request(url=status_callback_url, method=status_callback_method)
            if status_callback_url
            else None
        )
        return cls(
            first=Request(url=url, method=method),
            fallback_url=fallback_url or None,
            fallback_method=fallback_method,
            status_callback=end,
        )

    @classmethod
    def of_number(cls, own: Number) -> Self:
        """From the settings of a number of the account."""
        return cls.from_urls(
            own.voice_url,
            own.voice_method,
            own.voice_fallback_url,
            own.voice_fallback_method,
            own.status_callback,
            own.status_callback_method,
        )
