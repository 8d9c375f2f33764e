"""The REST API on a port of 127.0.0.1, in threads of its own."""

import logging
from collections.abc import Callable
from threading import Thread
from types import TracebackType
from typing import Self

from flask import Flask
from werkzeug.serving import WSGIRequestHandler, make_server

_LOOK_FOR_END = 0.02  # seconds between looks whether to stop serving


class RestServer:
    """A running server: `url` until it is closed. Use it as a context manager.

    `port` 0 takes any free one. `on_close` is called when it has stopped.
    """

    def __init__(
        self, app: Flask, port: int = 0, on_close: Callable[[], None] = lambda: None
    ) -> None:
        self._on_close = on_close
        self._server = make_server(
            "127.0.0.1", port, app, threaded=True, request_handler=_QuietHandler
        )
        self._thread = Thread(
            target=self._server.serve_forever,
            args=(_LOOK_FOR_END,),
            name="carrier-rest",
            daemon=True,
        )
        self._thread.start()

    @property
    def url(self) -> str:
        """http://127.0.0.1:port, without a slash at the end."""
        return f"http://127.0.0.1:{self._server.server_port}"

    def close(self) -> None:
        """Stops serving and frees the port."""
        self._server.shutdown()
        self._thread.join()
        self._server.server_close()
        self._on_close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()


class _QuietHandler(WSGIRequestHandler):
    """Says nothing of the requests it serves: numbers of callers do not belong on a screen."""

    def log(self, type: str, message: str, *args: object) -> None:
        logging.getLogger(__name__).debug("%s " + message, type, *args)
