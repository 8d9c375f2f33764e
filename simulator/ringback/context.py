"""What every call and every message of one carrier shares."""

from dataclasses import dataclass

from ringback.clock.virtual import Clock
from ringback.identifiers import Identifiers
from ringback.limits import Limits
from ringback.webhooks.status_callbacks import StatusCallbacks
from ringback.webhooks.webhook_client import WebhookClient


@dataclass(frozen=True, kw_only=True)
class CarrierContext:
    """One carrier's account, time, random source, limits, and ways to reach the app."""

    account_sid: str
    clock: Clock
    identifiers: Identifiers
    limits: Limits
    webhooks: WebhookClient
    callbacks: StatusCallbacks
