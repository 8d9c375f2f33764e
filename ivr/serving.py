"""Read by gunicorn (`-c python:ivr.serving`): each worker process works texts off beside its calls.

Threads do not survive a fork, so they begin when the worker process has.
"""

from typing import Any

from ivr.web import TEXTS


def post_worker_init(worker: Any) -> None:
    """The worker process has loaded the app."""
    worker.wsgi.extensions[TEXTS].work_here()


def worker_exit(_server: Any, worker: Any) -> None:
    """The worker process ends: texts in hand are sent first."""
    app = getattr(worker, "wsgi", None)
    if app is not None:
        app.extensions[TEXTS].queue.stop()
