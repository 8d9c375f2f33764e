"""What the web phone needs: the numbers it can dial, and how to reach them."""

from collections.abc import Callable, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass
from datetime import datetime, tzinfo
from typing import Protocol

import httpx

from ringback.carrier import Carrier


@dataclass(frozen=True)
class DialledNumber:
    """A number that can be dialled; `language` (BCP 47) is the one it answers in."""

    number: str
    language: str


@dataclass(frozen=True)
class CallingNumber:
    """A kind of caller (mobile, landline …) with a number, or the word for a withheld one."""

    kind: str
    number: str


@dataclass(frozen=True)
class Place:
    """Where a caller is: a node of the picture in a language."""

    language: str
    node: str


@dataclass(frozen=True)
class Connection:
    """A carrier that is up, and the webhooks of its customer's numbers.

    `voice` gives the webhook of a dialled number; `sms` is the messaging webhook of the number
    `texts_to`, None where the app has none.
    """

    carrier: Carrier
    voice: Callable[[str], str]
    sms: str | None = None
    texts_to: str = ""


class CannotConnect(RuntimeError):
    """The line cannot be reached; the message says why, a line a problem."""


class Connector(Protocol):
    """Brings up a carrier and the app that is its customer."""

    def __call__(
        self, at: datetime | None, transport: httpx.BaseTransport
    ) -> AbstractContextManager[Connection]:
        """A connection whose time is `at` (None: now). Webhooks go through `transport`.

        Raises CannotConnect.
        """


# The picture of the tree in a language, as SVG with groups `data-node`. Raises KeyError for a
# language it does not know, CannotConnect where there is nothing to draw.
Picture = Callable[[str], str]

# The place that a webhook's URL stands for; None where it stands for none.
PlaceOf = Callable[[str], Place | None]


@dataclass(frozen=True, kw_only=True)
class Service:
    """All that the web phone offers.

    `zone` is the time zone of the times that are typed in; None where the line has a clock of its
    own, which cannot be set. `picture` and `place` may both be left out.
    """

    connect: Connector
    dialled: Sequence[DialledNumber]
    callers: Sequence[CallingNumber]
    zone: tzinfo | None = None
    picture: Picture | None = None
    place: PlaceOf | None = None
