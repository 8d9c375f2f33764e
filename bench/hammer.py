"""A small load generator: prepared requests over kept connections, as fast as they are answered."""

import socket
import time
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from urllib.parse import urlencode


@dataclass(frozen=True)
class Result:
    """What a run saw."""

    requests: int
    errors: int
    seconds: float

    @property
    def per_second(self) -> float:
        return self.requests / self.seconds


def prepared(target: str, fields: dict[str, str], signature: str) -> bytes:
    """One signed POST as it goes over the wire."""
    body = urlencode(fields)
    return (
        f"POST {target} HTTP/1.1\r\nHost: bench\r\nX-Twilio-Signature: {signature}\r\n"
        "Content-Type: application/x-www-form-urlencoded\r\n"
        f"Content-Length: {len(body)}\r\n\r\n{body}"
    ).encode()


def hammer(port: int, requests: Sequence[bytes], seconds: float, connections: int) -> Result:
    """Sends `requests` in turn over each of `connections` for `seconds`; bounded by both."""
    started = time.perf_counter()
    until = started + seconds
    with ThreadPoolExecutor(connections) as pool:
        runs = [pool.submit(_connection, port, requests, until, n) for n in range(connections)]
        counts = [run.result() for run in runs]
    took = time.perf_counter() - started
    return Result(sum(good for good, _ in counts), sum(bad for _, bad in counts), took)


def each_once(port: int, requests: Sequence[bytes], connections: int) -> Result:
    """Sends every one of `requests` once over each of `connections`."""
    started = time.perf_counter()
    with ThreadPoolExecutor(connections) as pool:
        runs = [pool.submit(_all_of, port, requests) for _ in range(connections)]
        errors = sum(run.result() for run in runs)
    return Result(len(requests) * connections, errors, time.perf_counter() - started)


def ask(port: int, request: bytes) -> bool:
    """One request over a connection of its own; whether it was answered well."""
    with socket.create_connection(("127.0.0.1", port), timeout=10) as wire:
        wire.sendall(request)
        return _answered(wire.makefile("rb"))


def _connection(port: int, requests: Sequence[bytes], until: float, start: int) -> tuple[int, int]:
    good = bad = 0
    turn = start
    with socket.create_connection(("127.0.0.1", port), timeout=10) as wire:
        stream = wire.makefile("rb")
        while time.perf_counter() < until:
            wire.sendall(requests[turn % len(requests)])
            turn += 1
            if _answered(stream):
                good += 1
            else:
                bad += 1
    return good, bad


def _all_of(port: int, requests: Sequence[bytes]) -> int:
    """How many of the requests were not answered well."""
    with socket.create_connection(("127.0.0.1", port), timeout=10) as wire:
        stream, bad = wire.makefile("rb"), 0
        for request in requests:
            wire.sendall(request)
            bad += not _answered(stream)
    return bad


def _answered(stream: object) -> bool:
    read_line, read = stream.readline, stream.read  # type: ignore[attr-defined]
    status = read_line()
    length = 0
    while (header := read_line()) not in (b"\r\n", b""):
        name, _, value = header.partition(b":")
        if name.lower() == b"content-length":
            length = int(value)
    read(length)
    return bool(status.split(b" ", 2)[1:2] == [b"200"])
