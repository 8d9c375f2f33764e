"""An app's surroundings while a test runs: the account, and a twilio library that stays here."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from importlib import import_module
from importlib.util import find_spec
from typing import Any
from urllib.parse import urlsplit

import pytest

from ringback.carrier import Carrier

_CLIENTS = (  # of the library, with what each needs to be imported
    ("twilio.http.http_client", "TwilioHttpClient", "requests"),
    ("twilio.http.async_http_client", "AsyncTwilioHttpClient", "aiohttp"),
)


@contextmanager
def instead_of_twilio(carrier: Carrier, api_url: str) -> Iterator[None]:
    """Puts the carrier's account into the environment, and itself in the place of twilio.com.

    Every request of the library to a host of twilio.com goes to `api_url`; what is not served there
    (Lookup, Verify …) is refused with 404. So nothing in this process ever reaches Twilio; an app
    in a process of its own finds the address in TWILIO_API_URL.
    """
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("TWILIO_ACCOUNT_SID", carrier.account_sid)
        patch.setenv("TWILIO_AUTH_TOKEN", carrier.auth_token)
        patch.setenv("TWILIO_API_URL", api_url)
        for module, name, needed in _CLIENTS:
            if find_spec("twilio") and find_spec(needed):
                client = getattr(import_module(module), name)
                patch.setattr(client, "request", _redirected(client.request, api_url))
        yield


def _redirected(ask: Callable[..., Any], api_url: str) -> Callable[..., Any]:
    def request(self: object, method: str, url: str, *args: Any, **kwargs: Any) -> Any:
        parts = urlsplit(url)
        if (parts.hostname or "").endswith(".twilio.com"):
            url = api_url + url.partition(parts.netloc)[2]
        return ask(self, method, url, *args, **kwargs)

    return request
