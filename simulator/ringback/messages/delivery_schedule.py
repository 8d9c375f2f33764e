"""Carries accepted messages through their statuses, by the carrier's clock."""

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

from ringback.context import CarrierContext
from ringback.messages.delivery import Deliveries, Delivery, DeliveryStep
from ringback.messages.message import FINAL, Message, MessageLog
from ringback.messages.message_parameters import callback_parameters


class DeliverySchedule:
    """What happens to a message after its acceptance; `deliveries()` is asked for each one."""

    def __init__(
        self,
        context: CarrierContext,
        log: MessageLog,
        deliveries: Callable[[], Deliveries],
    ) -> None:
        self._context, self._clock = context, context.clock
        self._log, self._deliveries = log, deliveries

    def take(self, message: Message) -> None:
        """Keeps the message and schedules its delivery; steps at 0 s are done at once."""
        if message.status == "scheduled" and message.send_at:
            self._log.keep(message)
            self._clock.at(message.send_at, lambda: self._release(message.sid))
        else:
            self._send(message)

    def cancel(self, sid: str) -> None:
        """Cancels a message before it is sent."""
        now = self._clock.now()
        message = self._log.change(sid, status="canceled", updated=now)
        if message:
            self._report(message, now)

    def _release(self, sid: str) -> None:
        """The time of a scheduled message has come, unless it was canceled."""
        message = self._log.find(sid)
        if message and message.status == "scheduled":
            self._send(replace(message, status="accepted", updated=self._clock.now()))

    def _send(self, message: Message) -> None:
        delivery = self._deliveries()(message).within(message.validity)
        self._log.accept(message)
        begins = message.send_at or message.created
        for step in delivery.steps:
            if step.after == 0:
                self._apply(message.sid, step, delivery)
            else:
                self._clock.at(
                    begins + timedelta(seconds=step.after),
                    lambda step=step: self._apply(message.sid, step, delivery),  # type: ignore[misc]
                )

    def _apply(self, sid: str, step: DeliveryStep, delivery: Delivery) -> None:
        before, now = self._log.find(sid), self._clock.now()
        if before is None or before.status in FINAL or before.status == step.status:
            return
        changes: dict[str, Any] = {"status": step.status, "updated": now}
        if before.sent is None and step.status in ("sent", "delivered", "undelivered"):
            changes["sent"] = now
        message = self._log.change(sid, error_code=delivery.code_of(step.status), **changes)
        if message is None:
            return
        for _ in range(step.times):
            if step.late == 0:
                self._report(message, now)
            else:
                self._clock.at(
                    now + timedelta(seconds=step.late),
                    lambda: self._report(message, now),
                )

    def _report(self, message: Message, changed: datetime) -> None:
        """Posts the message as it was when it `changed`, to its own callback URL."""
        if message.status_callback is not None:
            fields = callback_parameters(message, self._context.account_sid, changed)
            self._context.callbacks.of_message(
                message.status_callback, message.callback_method, fields
            )
