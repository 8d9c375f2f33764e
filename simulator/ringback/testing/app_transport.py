"""Where a test's requests go: into the app under test, in process or by HTTP, nowhere else."""

from collections.abc import Callable
from typing import Any

import httpx


class AppTransport(httpx.BaseTransport):
    """Connects a carrier with the app that `find_app()` gives when it is first needed.

    A WSGI application is called in process for the host of `url`; a text is an address that is
    served over HTTP. With `network` other hosts are asked as well; without, a request to one fails
    as if there were no connection, for a test should not depend on who else is awake.
    """

    def __init__(self, find_app: Callable[[], Any], url: str, *, network: bool = False) -> None:
        self._find_app, self._url, self._network = find_app, url, network
        self._app: httpx.BaseTransport | None = None
        self._http = httpx.HTTPTransport()
        self._host = ""

    @property
    def url(self) -> str:
        """The voice webhook. Raises TypeError when the app is neither WSGI nor an address."""
        app = self._find_app()
        return app if isinstance(app, str) else self._url

    def handle_request(self, request: httpx.Request) -> httpx.Response:
        """See httpx.BaseTransport."""
        if self._app is None:
            self._app = self._connected(self._find_app())
            self._host = httpx.URL(self.url).host
        if request.url.host == self._host:
            return self._app.handle_request(request)
        if self._network:
            return self._http.handle_request(request)
        raise httpx.ConnectError(
            f"{request.url.host} is not the host of the app under test, {self._host}. Where the app"
            " writes its public address into TwiML, set twilio_url to that; other hosts are asked"
            " with twilio_network = true"
        )

    def close(self) -> None:
        """Closes connections that were kept."""
        self._http.close()

    def _connected(self, app: Any) -> httpx.BaseTransport:
        if isinstance(app, str):
            return self._http
        if not callable(app):
            raise TypeError(
                f"twilio_app gave {app!r}: expected a WSGI application, or the URL of the voice"
                ' webhook, such as "http://127.0.0.1:5000/voice"'
            )
        return httpx.WSGITransport(app)
