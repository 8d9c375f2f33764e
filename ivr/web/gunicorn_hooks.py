"""Hooks for gunicorn (`-c python:ivr.web.gunicorn_hooks`): worker processes send texts and count.

Without these hooks a process sends texts only after its first request. With them it sends from its
start, so that texts left by an earlier process go out even if nobody calls. Threads do not survive
a fork, so they start in the worker process. The folder in which the processes keep their counts
must be known before anything is counted, so it is made when this module is imported.
"""

import gc
import os
import shutil
import tempfile
from typing import Any

_FOLDER = "PROMETHEUS_MULTIPROC_DIR"  # read by prometheus_client when it is imported
_TEXTS = "texts"  # ivr.web.TEXTS, which must not be imported yet

_own_folder = None if _FOLDER in os.environ else tempfile.mkdtemp(prefix="ivr-counts-")
if _own_folder is not None:
    os.environ[_FOLDER] = _own_folder


def when_ready(_server: Any) -> None:
    """The app is loaded (--preload) and no worker process begun: what stands now stays.

    The collector would look through all of it in each of them, and so make each write to memory
    that they share: https://docs.python.org/3/library/gc.html#gc.freeze.
    """
    gc.collect()
    gc.freeze()


def post_worker_init(worker: Any) -> None:
    """The worker process has loaded the app; one without texts has nothing to send."""
    texts = worker.wsgi.extensions.get(_TEXTS)
    if texts is not None:
        texts.work_here()


def worker_exit(_server: Any, worker: Any) -> None:
    """The worker process ends: texts that are being sent come first."""
    texts = getattr(getattr(worker, "wsgi", None), "extensions", {}).get(_TEXTS)
    if texts is not None:
        texts.worker.stop()


def on_exit(_server: Any) -> None:
    """The server ends, and its counts with it: Prometheus knows that counters begin anew."""
    if _own_folder is not None:
        shutil.rmtree(_own_folder, ignore_errors=True)
