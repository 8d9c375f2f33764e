"""What a call asks for, from its first document to what is told when it is over."""

from dataclasses import dataclass
from typing import Self

from ringback.numbers.number import Number
from ringback.webhooks.fetcher import Request


@dataclass(frozen=True, kw_only=True)
class Plan:
    """A call's first document, what stands in for one that fails, and what is told at its end."""

    first: Request
    fallback_url: str | None = None
    fallback_method: str = "POST"
    told_at_the_end: Request | None = None

    @classmethod
    def at(
        cls,
        url: str,
        method: str,
        fallback_url: str | None,
        fallback_method: str,
        status_callback: str | None,
        status_callback_method: str,
    ) -> Self:
        """By the URLs of a number's settings; empty ones are not there."""
        end = (
            Request(url=status_callback, method=status_callback_method) if status_callback else None
        )
        return cls(
            first=Request(url=url, method=method),
            fallback_url=fallback_url or None,
            fallback_method=fallback_method,
            told_at_the_end=end,
        )

    @classmethod
    def of(cls, own: Number) -> Self:
        """As a number is set up."""
        return cls.at(
            own.voice_url,
            own.voice_method,
            own.voice_fallback_url,
            own.voice_fallback_method,
            own.status_callback,
            own.status_callback_method,
        )
