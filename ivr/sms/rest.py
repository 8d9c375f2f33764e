"""The `twilio` library's client as this line needs it: a time-out, another host, no numbers logged.

Imported at the first text only: it is the largest thing in the process.
"""

import logging
from typing import Any

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


def connect(settings: Settings) -> Client:
    """A client by API key where there is one, else by the newest auth token.

    The library's default waits for ever; ours waits `api_timeout` seconds for each answer.
    """
    http = _HttpClient(settings.api_url, settings.api_timeout)
    if settings.api_key and settings.api_secret:
        return Client(settings.api_key, settings.api_secret, settings.account_sid, http_client=http)
    return Client(settings.account_sid, settings.auth_tokens[0], http_client=http)
