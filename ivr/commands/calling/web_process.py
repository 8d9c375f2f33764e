"""The line itself as production serves it: the Procfile's web process, on 127.0.0.1."""

import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

import httpx

_READY_SECONDS, _STOP_SECONDS = 60.0, 10.0
_LOOK_AGAIN = 0.05
_LAST_LINES = 15
# What of the environment reaches the line: its own settings come from the caller of `served`.
_PASSED_ON = (
    "IVR_DATA", "IVR_PROMPTS", "VOICES", "SPEECH", "SPEECH_ENGINES", "AUDIO_URL", "IVR_AUDIO",
    "WEB_CONCURRENCY", "LANG", "LC_ALL",
)  # fmt: skip


class NotServed(RuntimeError):
    """The web process did not start; the message has what it said."""


def procfile(process: str, folder: Path) -> str:
    """The command of a process in the folder's Procfile. Raises NotServed where there is none."""
    file = folder / "Procfile"
    try:
        lines = file.read_text(encoding="utf-8").splitlines()
    except OSError as error:
        raise NotServed(f"{file} can't be read ({error.strerror}); name an app by --url") from error
    for line in lines:
        name, _, command = line.partition(":")
        if name.strip() == process:
            return command.strip()
    raise NotServed(f"{file} has no line that begins with `{process}:`")


@contextmanager
def served(settings: Mapping[str, str], environ: Mapping[str, str]) -> Iterator[str]:
    """The address of the line, served by the Procfile's `web` until the context is left.

    `settings` are the line's variables, but for PUBLIC_URL and DATABASE_URL: its database is thrown
    away in the end. Raises NotServed.
    """
    port = free_port()
    base = f"http://127.0.0.1:{port}"
    # A load is nobody else's business: whatever the Procfile binds, it is bound to this machine.
    command = procfile("web", Path.cwd()).replace("0.0.0.0:", "127.0.0.1:")
    with TemporaryDirectory(prefix="ivr-load-") as folder:
        said = Path(folder) / "said"
        with said.open("wb") as log:
            process = subprocess.Popen(  # noqa: S602 (a Procfile's line is for a shell to read)
                f"exec {command}",
                shell=True,
                env={
                    **{name: environ[name] for name in _PASSED_ON if name in environ},
                    **settings,
                    "PATH": f"{Path(sys.executable).parent}{os.pathsep}{environ.get('PATH', '')}",
                    "PORT": str(port),
                    "PUBLIC_URL": base,
                    "DATABASE_URL": f"sqlite:///{folder}/load.sqlite3",
                },
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
                start_new_session=True,  # Ctrl-C is for the callers; the line is stopped after them
            )
        try:
            _wait_until_ready(process, base, said)
            yield base
        finally:
            _stop(process)


def _wait_until_ready(process: subprocess.Popen[bytes], base: str, said: Path) -> None:
    until = time.monotonic() + _READY_SECONDS
    with httpx.Client(trust_env=False) as client:
        while process.poll() is None and time.monotonic() < until:
            try:
                client.get(f"{base}/healthz")
            except httpx.TransportError:
                time.sleep(_LOOK_AGAIN)
            else:
                return
    last = said.read_text(encoding="utf-8", errors="replace").splitlines()[-_LAST_LINES:]
    raise NotServed("\n".join(["the line did not start; its web process said:", *last]))


def _stop(process: subprocess.Popen[bytes]) -> None:
    process.terminate()
    try:
        process.wait(_STOP_SECONDS)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()


def free_port() -> int:
    """A port of this machine that nobody uses now."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])
