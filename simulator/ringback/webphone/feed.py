"""News for one browser tab, numbered, so that a tab that lost its connection misses nothing."""

import json
from collections import deque
from threading import Condition

_MOST = 2_000  # kept for a tab that reads late; a call of an hour has some hundreds


class Feed:
    """Any thread may put news in; readers wait for what comes after the number they know."""

    def __init__(self) -> None:
        self._news: deque[tuple[int, str]] = deque(maxlen=_MOST)
        self._put = 0
        self._changed = Condition()

    def put(self, kind: str, **fields: object) -> None:
        """One piece of news, as JSON with its `kind`; fields that are None are left out."""
        known = {name: value for name, value in fields.items() if value is not None}
        with self._changed:
            self._put += 1
            self._news.append((self._put, json.dumps({"kind": kind, **known}, ensure_ascii=False)))
            self._changed.notify_all()

    def after(self, number: int, wait: float) -> list[tuple[int, str]]:
        """What came after `number`, oldest first; waits up to `wait` seconds where there is none.

        A reader whose number was never given out (of another run, say) gets all that is kept.
        """
        with self._changed:
            known = number if number <= self._put else 0
            self._changed.wait_for(lambda: self._put > known, wait)
            return [news for news in self._news if news[0] > known]
