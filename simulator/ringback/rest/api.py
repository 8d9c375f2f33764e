"""The REST API as a web app: who may ask, what goes wrong, and which resource answers."""

import hmac
import itertools
from collections.abc import Callable
from typing import Any

from flask import Flask, request
from flask.typing import ResponseReturnValue

from ringback.rest import call_resource, lookup, message_resource, number_resource
from ringback.rest.errors import Refusal, as_answer, not_found, unauthenticated
from ringback.rest.fault import Faults, RestRequest, fault_for
from ringback.rest.fault_injection import with_fault
from ringback.rest.resource import Account
from ringback.webhooks.parameters import API_VERSION

_LARGEST_FORM = 64 * 1024
_HOME = f"/{API_VERSION}/Accounts/<account_sid>"
_View = Callable[..., ResponseReturnValue]
_ROUTES: tuple[tuple[str, str, _View], ...] = (
    ("POST", f"{_HOME}/Messages.json", message_resource.create),
    ("GET", f"{_HOME}/Messages.json", message_resource.read),
    ("GET", f"{_HOME}/Messages/<sid>.json", message_resource.fetch),
    ("POST", f"{_HOME}/Messages/<sid>.json", message_resource.update),
    ("DELETE", f"{_HOME}/Messages/<sid>.json", message_resource.delete),
    ("POST", f"{_HOME}/Calls.json", call_resource.create),
    ("GET", f"{_HOME}/Calls.json", call_resource.read),
    ("GET", f"{_HOME}/Calls/<sid>.json", call_resource.fetch),
    ("POST", f"{_HOME}/Calls/<sid>.json", call_resource.update),
    ("GET", f"{_HOME}/IncomingPhoneNumbers.json", number_resource.read),
    ("GET", f"{_HOME}/IncomingPhoneNumbers/<sid>.json", number_resource.fetch),
    ("POST", f"{_HOME}/IncomingPhoneNumbers/<sid>.json", number_resource.update),
    ("GET", "/v2/PhoneNumbers/<number>", lookup.fetch),
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
