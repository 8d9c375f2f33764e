"""The REST API as a web app: who may ask, what goes wrong, and which resource answers."""

import hmac
import itertools
from collections.abc import Callable
from typing import Any

from flask import Flask, request
from flask.typing import ResponseReturnValue

from ivr.simulator.faults import Faults, RestRequest, fault_for
from ivr.simulator.parameters import API_VERSION
from ivr.simulator.rest import calls, incoming_numbers, lookups, messages
from ivr.simulator.rest.account import Account
from ivr.simulator.rest.errors import Refusal, as_answer, not_found, unauthenticated
from ivr.simulator.rest.failing import with_fault

_LARGEST_FORM = 64 * 1024
_HOME = f"/{API_VERSION}/Accounts/<account_sid>"
_View = Callable[..., ResponseReturnValue]
_ROUTES: tuple[tuple[str, str, _View], ...] = (
    ("POST", f"{_HOME}/Messages.json", messages.create),
    ("GET", f"{_HOME}/Messages.json", messages.read),
    ("GET", f"{_HOME}/Messages/<sid>.json", messages.fetch),
    ("POST", f"{_HOME}/Messages/<sid>.json", messages.update),
    ("DELETE", f"{_HOME}/Messages/<sid>.json", messages.delete),
    ("POST", f"{_HOME}/Calls.json", calls.create),
    ("GET", f"{_HOME}/Calls.json", calls.read),
    ("GET", f"{_HOME}/Calls/<sid>.json", calls.fetch),
    ("POST", f"{_HOME}/Calls/<sid>.json", calls.update),
    ("GET", f"{_HOME}/IncomingPhoneNumbers.json", incoming_numbers.read),
    ("GET", f"{_HOME}/IncomingPhoneNumbers/<sid>.json", incoming_numbers.fetch),
    ("POST", f"{_HOME}/IncomingPhoneNumbers/<sid>.json", incoming_numbers.update),
    ("GET", "/v2/PhoneNumbers/<number>", lookups.fetch),
)


def create_api(
    account: Account, faults: Callable[[], Faults], sleep: Callable[[float], None]
) -> Flask:
    """The WSGI app. `faults()` is asked at every request; `sleep` passes a fault's latency."""
    app = Flask("carrier")
    app.config["MAX_CONTENT_LENGTH"] = _LARGEST_FORM
    counter = itertools.count(1)

    def guarded(view: _View) -> _View:
        def answer(**where: Any) -> ResponseReturnValue:
            _authenticate(account, where.pop("account_sid", account.sid))
            asked = RestRequest(
                count=next(counter),
                method=request.method,
                path=request.path,
                form=request.form.to_dict(),
                at=account.now(),
            )
            fault = fault_for(faults(), asked)
            return with_fault(fault, lambda: view(account, **where), sleep)

        return answer

    for method, rule, view in _ROUTES:
        app.add_url_rule(rule, f"{method} {rule}", guarded(view), methods=[method])

    @app.errorhandler(Refusal)
    def refuse(refusal: Refusal) -> ResponseReturnValue:
        return as_answer(refusal)

    @app.errorhandler(404)
    def missing(_: Exception) -> ResponseReturnValue:
        return as_answer(not_found(request.path))

    @app.errorhandler(405)
    def unknown_method(_: Exception) -> ResponseReturnValue:
        return as_answer(Refusal(405, 20004, "Method not allowed"))

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
