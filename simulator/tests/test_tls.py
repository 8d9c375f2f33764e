"""Certificates that Twilio refuses. https://www.twilio.com/docs/api/errors/11235 and around"""

import socket
import ssl
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from threading import Thread

import pytest
import trustme

from ringback import CallRecord, Carrier, Limits, ScriptedPhone
from ringback.webhooks.transport import BoundedTransport
from simulator.tests.booth import CALLER, LINE, START
from simulator.tests.hostile import read_request

ANSWER = (
    b"HTTP/1.1 200 OK\r\nContent-Type: text/xml\r\nContent-Length: 42\r\nConnection: close\r\n\r\n"
    b"<Response><Say>Hello</Say></Response>     "
)


@contextmanager
def serving(certificate: trustme.LeafCert | None) -> Iterator[int]:
    """A server that answers every connection, with TLS where it has a certificate."""
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    if certificate:
        certificate.configure_cert(context)
    with socket.create_server(("127.0.0.1", 0)) as server:

        def serve() -> None:
            while True:
                try:
                    line = server.accept()[0]
                except OSError:
                    return
                try:
                    if certificate:
                        line = context.wrap_socket(line, server_side=True)
                        read_request(line)
                    else:
                        line.recv(65_536)  # of a handshake
                    line.sendall(ANSWER)
                except OSError:  # the carrier has turned away
                    pass
                finally:
                    line.close()

        Thread(target=serve, daemon=True).start()
        yield server.getsockname()[1]
        server.shutdown(socket.SHUT_RDWR)


def ring(port: int, trusted: trustme.CA | None = None) -> CallRecord:
    context = ssl.create_default_context()
    if trusted:
        trusted.configure_trust(context)
    carrier = Carrier(
        start=START, transport=BoundedTransport(verify=context), limits=Limits(request_seconds=10)
    )
    url = f"https://127.0.0.1:{port}/voice"
    return carrier.call(url=url, from_=CALLER, to=LINE, phone=ScriptedPhone(""))


@pytest.fixture(scope="module")
def authority() -> trustme.CA:
    return trustme.CA()


def test_a_good_certificate_is_no_trouble(authority: trustme.CA) -> None:
    with serving(authority.issue_cert("127.0.0.1")) as port:
        assert ring(port, authority).heard == "Hello"


def test_a_certificate_that_nobody_vouches_for(authority: trustme.CA) -> None:
    """11237; self-signed ones are refused as well."""
    with serving(authority.issue_cert("127.0.0.1")) as port:
        assert ring(port).errors[0].code == 11237


def test_a_certificate_of_another_host(authority: trustme.CA) -> None:
    """11235"""
    with serving(authority.issue_cert("other.test")) as port:
        assert ring(port, authority).errors[0].code == 11235


def test_a_certificate_out_of_date(authority: trustme.CA) -> None:
    """11236"""
    old = authority.issue_cert(
        "127.0.0.1",
        not_before=datetime(2020, 1, 1, tzinfo=UTC),
        not_after=datetime(2020, 2, 1, tzinfo=UTC),
    )
    with serving(old) as port:
        assert ring(port, authority).errors[0].code == 11236


def test_no_tls_at_all() -> None:
    """11220"""
    with serving(None) as port:
        assert ring(port).errors[0].code == 11220
