"""The line as production serves it: the Procfile's own command, on a free port."""

import os
import shlex
import subprocess
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from selectors import EVENT_READ, DefaultSelector

from ivr.commands.calling.web_process import free_port, procfile

__all__ = ["READY_SECONDS", "free_port", "procfile", "served", "start"]

ROOT = Path(__file__).resolve().parents[2]
READY_SECONDS = 60


def start(port: int, environ: Mapping[str, str]) -> subprocess.Popen[str]:
    """The `web` process with nothing but `environ` in its environment."""
    command = procfile("web", ROOT).replace("${PORT:-8000}", str(port))
    command = command.replace("${WEB_CONCURRENCY:-2}", "2")
    path = f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"
    return subprocess.Popen(
        shlex.split(command),
        cwd=ROOT,
        env={"PATH": path, **environ},
        stderr=subprocess.PIPE,
        text=True,
    )


@contextmanager
def served(environ: Mapping[str, str], port: int) -> Iterator[str]:
    """The address of the running line; it is stopped at the end."""
    process = start(port, environ)
    try:
        _wait_until_listening(process)
        yield f"http://127.0.0.1:{port}"
    finally:
        process.terminate()
        process.communicate(timeout=30)


def _wait_until_listening(process: subprocess.Popen[str]) -> None:
    """gunicorn says on stderr when its workers boot."""
    assert process.stderr is not None
    said = []
    with DefaultSelector() as selector:
        selector.register(process.stderr, EVENT_READ)
        while selector.select(READY_SECONDS):
            line = process.stderr.readline()
            said.append(line)
            if "Booting worker" in line:
                return
            if not line:
                break
    raise AssertionError("gunicorn did not start:\n" + "".join(said))
