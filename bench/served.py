"""The Procfile's processes on this machine, with an environment of their own."""

import os
import shlex
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

from ivr.commands.calling.web_process import free_port, procfile

__all__ = [
    "ACCOUNT", "APP", "PLAIN", "PUBLIC", "ROOT", "TOKEN",
    "alone", "environment", "free_port", "running", "served", "web_command",
]  # fmt: skip

ROOT = Path(__file__).resolve().parent.parent
APP = "ivr.web:create_app()"
TOKEN = "0123456789abcdef0123456789abcdef"
ACCOUNT, PUBLIC = "AC" + "0" * 32, "https://line.example.jp"
START_SECONDS = 60
# `make bench` puts the line alone here, without the extras that tests bring.
PLAIN = ROOT / ".venv" / "plain" / "bin"


def web_command(port: int, app: str = APP) -> list[str]:
    """The Procfile's own gunicorn line, its app name changed where another is given."""
    web = (
        procfile("web", ROOT)
        .replace("${PORT:-8000}", str(port))
        .replace("${WEB_CONCURRENCY:-2}", "2")
    )
    return [*shlex.split(web.replace(APP, app)), "--log-level", "warning"]


def environment(**more: str) -> dict[str, str]:
    """What a process is started with: an account, an address, and other settings."""
    return {
        **os.environ,
        "TWILIO_ACCOUNT_SID": ACCOUNT,
        "TWILIO_AUTH_TOKEN": TOKEN,
        "PUBLIC_URL": PUBLIC,
        "SMS_FROM": "+15005550006",
        "IVR_DATA": str(ROOT / "data"),
        "IVR_PROMPTS": str(ROOT / "prompts"),
        "PATH": f"{Path(sys.executable).parent}:{os.environ['PATH']}",
        "PYTHONPATH": str(ROOT),
        **more,
    }


@contextmanager
def running(
    command: list[str], environ: Mapping[str, str], folder: Path
) -> Iterator[subprocess.Popen[bytes]]:
    """A process in `folder`, its words in a log there; it is stopped at the end."""
    with (folder / "log").open("ab") as log:
        process = subprocess.Popen(command, cwd=folder, env=dict(environ), stdout=log, stderr=log)
    try:
        yield process
    finally:
        process.send_signal(signal.SIGTERM)
        try:
            process.wait(20)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()


@contextmanager
def served(app: str, folder: Path, port: int, **more: str) -> Iterator[subprocess.Popen[bytes]]:
    """gunicorn with an app, once it answers at `port`; raises SystemExit where it does not."""
    with running(web_command(port, app), environment(**more), folder) as process:
        until = time.monotonic() + START_SECONDS
        while not _answers(port):
            if time.monotonic() > until or process.poll() is not None:
                raise SystemExit(f"gunicorn did not start:\n{(folder / 'log').read_text()}")
            time.sleep(0.05)
        yield process


def alone() -> dict[str, str]:
    """The settings that make a process run from the plain install."""
    if not PLAIN.exists():
        raise SystemExit("no plain install to measure; run: make .venv/plain/.ready")
    return {"PATH": f"{PLAIN}:{os.environ['PATH']}"}


def _answers(port: int) -> bool:
    try:
        socket.create_connection(("127.0.0.1", port), timeout=1).close()
    except OSError:
        return False
    return True
