"""The REST API as a web app: authentication, faults, and the Messages endpoints."""

import hmac
import itertools
import socket
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from urllib.parse import urlencode

from flask import Flask, jsonify, request
from flask.typing import ResponseReturnValue

from ivr.simulator.faults import Fault, Faults, RestRequest, fault_for
from ivr.simulator.identifiers import Identifiers
from ivr.simulator.messages import Message, MessageBook
from ivr.simulator.parameters import API_VERSION
from ivr.simulator.rest.errors import Refusal, not_found, unauthenticated
from ivr.simulator.rest.listing import Page, page_of
from ivr.simulator.rest.resources import Senders, as_json, new_message

_MESSAGES = f"/{API_VERSION}/Accounts/<account_sid>/Messages"
_LARGEST_FORM = 64 * 1024
_LONGEST_LATENCY = 60.0


@dataclass(frozen=True, kw_only=True)
class Account:
    """Whose API it is: `secrets` are the passwords by user name (account sid, API key sids)."""

    sid: str
    secrets: Mapping[str, str] = field(repr=False)
    senders: Senders
    book: MessageBook
    take: Callable[[Message], None]
    identifiers: Identifiers
    now: Callable[[], datetime]


def create_api(
    account: Account, faults: Callable[[], Faults], sleep: Callable[[float], None]
) -> Flask:
    """The WSGI app. `faults()` is asked at every request; `sleep` passes a fault's latency."""
    app = Flask("carrier")
    app.config["MAX_CONTENT_LENGTH"] = _LARGEST_FORM
    counter = itertools.count(1)

    @app.post(f"{_MESSAGES}.json")
    def create(account_sid: str) -> ResponseReturnValue:
        _authenticate(account, account_sid)
        return _with_fault(_due(faults(), next(counter)), lambda: _create(account), sleep)

    @app.get(f"{_MESSAGES}.json")
    def read_many(account_sid: str) -> ResponseReturnValue:
        _authenticate(account, account_sid)
        return _with_fault(_due(faults(), next(counter)), lambda: _list(account), sleep)

    @app.get(f"{_MESSAGES}/<sid>.json")
    def read_one(account_sid: str, sid: str) -> ResponseReturnValue:
        _authenticate(account, account_sid)
        return _with_fault(_due(faults(), next(counter)), lambda: _fetch(account, sid), sleep)

    @app.errorhandler(Refusal)
    def refuse(refusal: Refusal) -> ResponseReturnValue:
        return jsonify(refusal.as_json()), refusal.status

    @app.errorhandler(404)
    def missing(_: Exception) -> ResponseReturnValue:
        return refuse(not_found(request.path))

    return app


def _authenticate(account: Account, account_sid: str) -> None:
    given = request.authorization
    secret = account.secrets.get((given and given.username) or "")
    known = (
        secret is not None
        and given is not None
        and hmac.compare_digest(secret.encode(), (given.password or "").encode())
    )
    if not known or account_sid != account.sid:
        raise unauthenticated()


def _create(account: Account) -> ResponseReturnValue:
    now = account.now()
    message = new_message(request.form, account.senders, account.identifiers, now)
    account.take(message)
    return jsonify(as_json(message, account.sid)), 201


def _fetch(account: Account, sid: str) -> ResponseReturnValue:
    message = account.book.find(sid)
    if message is None:
        raise not_found(request.path)
    return jsonify(as_json(message, account.sid))


def _list(account: Account) -> ResponseReturnValue:
    page = page_of(account.book.all(), request.args)
    messages = [as_json(message, account.sid) for message in page.messages]
    return jsonify(
        {
            "messages": messages,
            "page": page.number,
            "page_size": page.size,
            "start": page.number * page.size,
            "end": page.number * page.size + max(len(messages) - 1, 0),
            "first_page_uri": _page_uri(page, 0),
            "next_page_uri": _page_uri(page, page.number + 1) if page.more else None,
            "previous_page_uri": _page_uri(page, page.number - 1) if page.number else None,
            "uri": request.full_path.rstrip("?"),
        }
    )


def _page_uri(page: Page, number: int) -> str:
    asked = request.args.to_dict() | {"Page": str(number), "PageSize": str(page.size)}
    return f"{request.path}?{urlencode(asked)}"


def _due(faults: Faults, count: int) -> Fault | None:
    return fault_for(
        faults,
        RestRequest(
            count=count, method=request.method, path=request.path, form=request.form.to_dict()
        ),
    )


def _with_fault(
    fault: Fault | None, serve: Callable[[], ResponseReturnValue], sleep: Callable[[float], None]
) -> ResponseReturnValue:
    """The answer, after whatever is to go wrong with it."""
    if fault is None:
        return serve()
    sleep(min(fault.latency, _LONGEST_LATENCY))
    fails = fault.cut or fault.status is not None
    answer = serve() if fault.accepted or not fails else None
    if fault.cut:
        _cut()
    if fault.status is not None:
        raise Refusal(fault.status, _fault_code(fault.status), "The carrier was told to fail")
    return answer if answer is not None else ("", 500)


def _fault_code(status: int) -> int:
    """20429 and 20500 are the codes of Twilio's own 429 and 500."""
    return {429: 20429, 503: 20503}.get(status, 20500)


def _cut() -> None:
    """Closes the connection without an answer; werkzeug hands the socket to the app."""
    connection = request.environ.get("werkzeug.socket")
    if isinstance(connection, socket.socket):
        connection.shutdown(socket.SHUT_RDWR)
