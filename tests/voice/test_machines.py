"""Several calls at once, interleaved, repeated, out of order, texting: what must hold meanwhile.

A machine of hypothesis plays the carrier. It rings the signed webhooks in process; texts go to a
REST server on this machine, which fails now and then; time passes only when the machine lets it.
"""

import re
from collections import Counter
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from tempfile import TemporaryDirectory
from urllib.parse import parse_qs, urlsplit

import httpx
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule
from sqlalchemy import select

from ivr.database.tables import texts
from ivr.settings import Settings
from ivr.sms.attendant import Attendant
from ivr.sms.states import State
from ivr.web import TEXTS, create_app
from ringback import Carrier, Fault
from ringback.load import number_or_address
from tests.support.calls import KEYS
from tests.support.signed import ENVIRON, LANDLINE, PUBLIC, Heard, SignedClient
from tests.support.telephone import LINE_NUMBER, SENDER, Mounted

TOWN = Path(__file__).parent.parent / "lines" / "town"
NOON = datetime(2026, 11, 30, 3, 0, tzinfo=UTC)
MOBILES = ("+819012345678", "+818012345678", "+817012345678")
KEYED = ("09099999999", "0312345678", "090")
FAULTS = (
    None,
    Fault(status=500),
    Fault(status=500, accepted=True),
    Fault(cut=True),
    Fault(cut=True, accepted=True),
    Fault(status=429),
    Fault(status=400),
)
STATUSES = ("queued", "sending", "sent", "delivered", "undelivered", "failed", "read", "nonsense")
UNDER_WAY = (State.QUEUED, State.SENDING, State.UNKNOWN)
MOST_TURNS = 80

which = st.integers(0, 7)


@dataclass
class Talk:
    """One call: what it asked last, what it hears now, and whether a number was ever spoken."""

    sid: str
    number: str
    asked: list[tuple[str, dict[str, object]]] = field(default_factory=list)
    heard: Heard | None = None
    at: datetime = NOON
    spoken: bool = False
    is_over: bool = False


class CallsAtOnce(RuleBasedStateMachine):
    """The carrier's side of a few calls and texts."""

    def __init__(self) -> None:
        super().__init__()
        self.talks: list[Talk] = []
        self.places: dict[str, str] = {}
        self._folder = TemporaryDirectory()
        mounted = Mounted()
        self.carrier = Carrier(
            start=NOON,
            numbers=[LINE_NUMBER, SENDER],
            account_sid=ENVIRON["TWILIO_ACCOUNT_SID"],
            auth_token=ENVIRON["TWILIO_AUTH_TOKEN"],
            transport=mounted,
        )
        self._rest = self.carrier.rest_api()
        self._rest.__enter__()
        environ = {
            **ENVIRON,
            "IVR_DATA": str(TOWN / "data"),
            "IVR_PROMPTS": str(TOWN / "prompts"),
            "TWILIO_API_URL": self._rest.url,
            "DATABASE_URL": f"sqlite:///{self._folder.name}/texts.sqlite3",
        }
        attendant = Attendant()
        app = create_app(
            Settings.from_environ(environ), clock=self.carrier.now, wake=attendant.wake
        )
        self.texts = app.extensions[TEXTS]
        attendant.serve(self.texts.delivery)
        self.carrier.while_time_passes = attendant.pass_time
        mounted.serve(httpx.WSGITransport(app=app))
        self.client = SignedClient(app)

    # What callers do.

    @rule(
        number=st.sampled_from((*MOBILES, LANDLINE, "anonymous")),
        language=st.sampled_from(("", "?language=en", "?language=xx")),
    )
    def rings(self, number: str, language: str) -> None:
        talk = Talk(f"CA{len(self.talks):032x}", number)
        self.talks.append(talk)
        self._ask(talk, f"/voice{language}", {})

    @rule(
        number=st.sampled_from((*MOBILES, LANDLINE)),
        way=st.sampled_from(("2", "31", "33", "0", "92")),
        keyed=st.sampled_from(KEYED),
    )
    def asks_for_a_text(self, number: str, way: str, keyed: str) -> None:
        """At a mobile with one key; at a landline a number is keyed in and confirmed."""
        self.rings(number, "")
        for keys in (*way, "1", *((keyed, "1") if number == LANDLINE else ())):
            if not self.talks[-1].is_over:
                self._goes_on(self.talks[-1], keys)

    @precondition(lambda self: self._open())
    @rule(who=which, keys=st.sampled_from(KEYS) | st.sampled_from(("1", "1", *KEYED)))
    def presses(self, who: int, keys: str) -> None:
        self._goes_on(self._pick(who), keys)

    @precondition(lambda self: self._open())
    @rule(who=which, times=st.integers(1, 3))
    def is_silent(self, who: int, times: int) -> None:
        talk = self._pick(who)
        for _ in range(times):
            if not talk.is_over:
                self._goes_on(talk, None)

    @precondition(lambda self: self._open())
    @rule(who=which)
    def hangs_up(self, who: int) -> None:
        talk = self._pick(who)
        talk.is_over = talk.spoken = True  # by the caller's own will
        assert self._told_over(talk) == 204

    # What the network does.

    @precondition(lambda self: self.talks)
    @rule(who=which)
    def a_webhook_comes_twice(self, who: int) -> None:
        talk = self.talks[who % len(self.talks)]
        target, fields = talk.asked[-1]
        again = self._post(talk, target, fields)
        texts = "stage=" in target or fields.get("Digits") in ("1", "8")
        if talk.heard and talk.at == self.carrier.now() and not texts:
            assert again.body == talk.heard.body

    @precondition(lambda self: self.talks)
    @rule(who=which, back=which)
    def an_old_webhook_comes_late(self, who: int, back: int) -> None:
        talk = self.talks[who % len(self.talks)]
        target, fields = talk.asked[-1 - back % len(talk.asked)]
        self._post(talk, target, fields)

    @precondition(lambda self: self.talks)
    @rule(who=which)
    def the_end_is_told_again(self, who: int) -> None:
        talk = self.talks[who % len(self.talks)]
        if talk.is_over:
            assert self._told_over(talk) == 204

    @precondition(lambda self: self.carrier.messages)
    @rule(
        which_one=which,
        status=st.sampled_from(STATUSES),
        code=st.sampled_from(("", "30006", "x", "9" * 25, "9" * 5000)),
    )
    def news_comes_in_any_order(self, which_one: int, status: str, code: str) -> None:
        message = self.carrier.messages[which_one % len(self.carrier.messages)]
        if status == "failed" and not code.isdigit():
            return  # the carrier says why
        target = (message.status_callback or "").removeprefix(PUBLIC)
        told = {"MessageSid": message.sid, "MessageStatus": status, "ErrorCode": code}
        assert self.client.post(target, dict(told)).status == 204

    @rule(fault=st.sampled_from(FAULTS))
    def the_rest_side_changes(self, fault: Fault | None) -> None:
        self.carrier.faults = lambda _request: fault

    @rule(seconds=st.sampled_from((0.5, 3, 20, 90, 12 * 3600)))
    def time_passes(self, seconds: float) -> None:
        self.carrier.pass_time(seconds)

    @rule(
        number=st.sampled_from(MOBILES),
        body=st.sampled_from(
            ("1", "2", "9", "0", "もどる", "停止", "再開", "help", "しにたい", "?")
        ),
    )
    def a_text_comes_in(self, number: str, body: str) -> None:
        heard = self.client.post("/sms", {"From": number, "Body": body, "MessageSid": "SM1"})
        assert heard.status == 200
        assert len(list(heard.xml)) <= 1

    # What must hold.

    @invariant()
    def no_text_is_doubled(self) -> None:
        """One text for a call, an agency and a telephone; each goes out once (twilio-rules 5)."""
        assert all(times == 1 for times in self._sent().values())

    def teardown(self) -> None:
        """Everybody stays silent: each call ends, after a number; each text is decided."""
        try:
            self.carrier.faults = ()
            for talk in self.talks:
                for _ in range(MOST_TURNS):
                    if talk.is_over:
                        break
                    self._goes_on(talk, None)
                assert talk.is_over, "the call never ends"
                assert talk.spoken, "the call ended without a number"
                assert self._told_over(talk) == 204
            for _ in range(20):
                self.carrier.pass_time(30)
            self._every_text_is_decided()
        finally:
            self._rest.__exit__(None, None, None)
            self._folder.cleanup()

    def _every_text_is_decided(self) -> None:
        self.no_text_is_doubled()
        sent = self._sent()
        with self.texts.store.reading() as connection:
            rows = connection.execute(select(texts)).all()
        for row in rows:
            assert row.state not in UNDER_WAY
            assert sent.pop(row.id, 0) or (row.state == State.FAILED and row.error_code), row
        assert not sent, "a text that nobody asked for"

    def _sent(self) -> Counter[str]:
        """How often the carrier took each text of the outbox."""
        return Counter(
            (parse_qs(urlsplit(message.status_callback or "").query).get("text") or [""])[0]
            for message in self.carrier.messages
            if message.status_callback
        )

    def _open(self) -> list[Talk]:
        return [talk for talk in self.talks if not talk.is_over]

    def _pick(self, who: int) -> Talk:
        talks = self._open()
        return talks[who % len(talks)]

    def _goes_on(self, talk: Talk, keys: str | None) -> None:
        assert talk.heard is not None
        assert talk.heard.action is not None
        target = talk.heard.action.removeprefix(PUBLIC)
        self._ask(talk, target, {} if keys is None else {"Digits": keys})

    def _ask(self, talk: Talk, target: str, fields: dict[str, object]) -> None:
        talk.asked.append((target, fields))
        talk.at = self.carrier.now()
        talk.heard = self._post(talk, target, fields)
        greeting = target.partition("?")[0] == "/voice"
        if not greeting and number_or_address(talk.heard.text, ""):
            talk.spoken = True
        talk.is_over = talk.heard.action is None

    def _post(self, talk: Talk, target: str, fields: dict[str, object]) -> Heard:
        """A webhook of a call; whatever it is, the answer is one that a telephone can follow."""
        parties = {"CallSid": talk.sid, "From": talk.number, "To": LINE_NUMBER}
        heard = self.client.post(target, {**parties, **fields})
        assert heard.status == 200
        verbs = [verb.tag for verb in heard.xml]
        assert verbs == ["Gather", "Redirect"] or verbs[-1] == "Hangup"
        assert heard.text
        urls = " ".join(re.findall(r"https?://[^\"<]+", heard.body.decode()))
        assert not any(own[-8:] in urls for own in (*MOBILES, LANDLINE, *KEYED[:2]))
        return heard

    def _told_over(self, talk: Talk) -> int:
        told = {"CallSid": talk.sid, "From": talk.number, "CallStatus": "completed"}
        return self.client.post("/status/call", dict(told)).status


TestCallsAtOnce = CallsAtOnce.TestCase
TestCallsAtOnce.settings = settings(
    max_examples=settings.default.max_examples // 3,  # type: ignore[union-attr]
    stateful_step_count=30,
    deadline=None,
    suppress_health_check=list(HealthCheck),
)
