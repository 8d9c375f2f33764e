"""Each browser tab's telephone, by a name that nobody can guess."""

import secrets
import time
from collections.abc import Callable
from threading import Lock

from ringback.webphone.line import Service
from ringback.webphone.telephone import Telephone

MOST = 24  # telephones at once
_LEFT_ALONE = 60.0  # seconds after which one that nobody reads is removed


class Sessions:
    """Creates telephones and removes those whose tabs are closed."""

    def __init__(self, service: Service, stopwatch: Callable[[], float] = time.monotonic) -> None:
        self._service, self._stopwatch = service, stopwatch
        self._telephones: dict[str, Telephone] = {}
        self._lock = Lock()

    def install(self) -> str | None:
        """A new telephone's name; None where there are too many."""
        self._clear_away()
        with self._lock:
            if len(self._telephones) >= MOST:
                return None
            name = secrets.token_urlsafe(16)
            telephone = self._telephones[name] = Telephone(self._service, self._stopwatch)
        telephone.get_ready()
        return name

    def find(self, name: str) -> Telephone | None:
        """The telephone of this name."""
        return self._telephones.get(name)

    def remove(self, name: str) -> None:
        """Removes a telephone: its call ends."""
        with self._lock:
            telephone = self._telephones.pop(name, None)
        if telephone is not None:
            telephone.close()

    def close(self) -> None:
        """Removes all of them."""
        for name in list(self._telephones):
            self.remove(name)

    def _clear_away(self) -> None:
        for name, telephone in list(self._telephones.items()):
            if telephone.quiet_for() > _LEFT_ALONE:
                self.remove(name)
