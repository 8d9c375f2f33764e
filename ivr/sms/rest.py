"""The `twilio` library's client as this line needs it: a time-out, another host, no numbers logged.

Imported at the first text only, and without `client.messages`: that brings the resources of whole
accounts along, ninety modules and 7 MB in each worker, for one of them.
"""

import logging
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from twilio.base.deserialize import rfc2822_datetime
from twilio.base.domain import Domain
from twilio.base.version import Version
from twilio.http.http_client import TwilioHttpClient
from twilio.http.response import Response
from twilio.rest import Client

from ivr.settings import Settings

_OFFICIAL = "https://api.twilio.com"


class _HttpClient(TwilioHttpClient):  # type: ignore[misc]  # the library ships no types
    """Sends what is meant for Twilio's own host to the host of the settings."""

    def __init__(self, api_url: str | None, seconds: float) -> None:
        # The library logs every request, its number and words included, at INFO.
        quiet = logging.getLogger("ivr.sms.twilio")
        quiet.setLevel(logging.WARNING)
        # And what lies below it each address at DEBUG, in which a search for a number names it.
        logging.getLogger("urllib3.connectionpool").setLevel(logging.INFO)
        super().__init__(timeout=seconds, logger=quiet)
        self._api_url = api_url

    def request(self, method: str, url: str, *args: Any, **kwargs: Any) -> Response:
        if self._api_url and url.startswith(_OFFICIAL + "/"):
            url = self._api_url + url.removeprefix(_OFFICIAL)
        return super().request(method, url, *args, **kwargs)


@dataclass(frozen=True)
class CarrierMessage:
    """What the carrier says of a message."""

    sid: str
    status: str
    error_code: int | None
    made: datetime | None
    direction: str = "outbound-api"

    @classmethod
    def of(cls, payload: Mapping[str, Any]) -> "CarrierMessage":
        """Raises ValueError, TypeError or LookupError for an answer that is no message."""
        code = payload["error_code"]
        return cls(
            payload["sid"],
            payload["status"],
            None if code is None else int(code),
            rfc2822_datetime(payload.get("date_created")),
            payload.get("direction") or "outbound-api",
        )


class CarrierMessages:
    """An account's messages: https://www.twilio.com/docs/messaging/api/message-resource.

    Each method raises what the library does: TwilioRestException, and RequestException below it.
    """

    def __init__(self, client: Client) -> None:
        self._version = Version(Domain(client, _OFFICIAL), "2010-04-01")
        self._uri = f"/Accounts/{client.account_sid}/Messages"

    def create(self, parameters: Mapping[str, object]) -> CarrierMessage:
        """Asks for a message, by the resource's own parameters (`To`, `Body`)."""
        return CarrierMessage.of(
            self._version.create("POST", f"{self._uri}.json", data=dict(parameters))
        )

    def newest(self, to: str, limit: int) -> list[CarrierMessage]:
        """The newest messages to a number, `limit` at most (up to 1,000, a page)."""
        wanted: dict[str, object] = {"To": to, "PageSize": limit}
        page = self._version.fetch("GET", f"{self._uri}.json", params=wanted)
        return [CarrierMessage.of(one) for one in page["messages"][:limit]]

    def fetch(self, sid: str) -> CarrierMessage:
        """One of them."""
        return CarrierMessage.of(self._version.fetch("GET", f"{self._uri}/{sid}.json"))


def connect(settings: Settings) -> CarrierMessages:
    """The messages of the settings' account, by API key where there is one, else by the newest
    auth token.

    The library's default waits for ever; ours waits `api_timeout` seconds for each answer.
    """
    http, account = _HttpClient(settings.api_url, settings.api_timeout), settings.account_sid
    if settings.api_key and settings.api_secret:
        key, secret = settings.api_key, settings.api_secret
        return CarrierMessages(Client(key, secret, account, http_client=http))
    return CarrierMessages(Client(account, settings.auth_tokens[0], http_client=http))
