"""What others import from `ringback` itself; it is loaded once one of these names is asked for."""

from ringback.callers.phone import HangUp, Listening, Phone, Press, Speak, Stay
from ringback.callers.scripted import ScriptedPhone, ScriptError
from ringback.calls.call_record import CallRecord
from ringback.calls.callee import Callee
from ringback.carrier import Carrier
from ringback.limits import Limits
from ringback.media.listener import Captions, Estimate, Listener, Voice
from ringback.media.prompt_segment import LONG_PAUSE, PromptSegment
from ringback.media.recorder import Recorder
from ringback.media.sentences import Sentence, sentences
from ringback.media.speaking_time import seconds_to_say
from ringback.messages.delivery import Deliveries, Delivery, DeliveryStep, usual_delivery
from ringback.messages.message import Message
from ringback.messages.segments import count_segments
from ringback.messages.text_record import TextRecord
from ringback.numbers.number import Number, is_e164
from ringback.rest.fault import Fault, RestRequest
from ringback.rest.fault_rules import RateLimit, Rule, by_rules, unreliable
from ringback.rest.server import RestServer
from ringback.transcript.event import Event, json_line
from ringback.webhooks.signing import sign
from ringback.webhooks.status_callbacks import StatusCallback

__all__ = [
    "LONG_PAUSE",
    "CallRecord",
    "Callee",
    "Captions",
    "Carrier",
    "Deliveries",
    "Delivery",
    "DeliveryStep",
    "Estimate",
    "Event",
    "Fault",
    "HangUp",
    "Limits",
    "Listener",
    "Listening",
    "Message",
    "Number",
    "Phone",
    "Press",
    "PromptSegment",
    "RateLimit",
    "Recorder",
    "RestRequest",
    "RestServer",
    "Rule",
    "ScriptError",
    "ScriptedPhone",
    "Sentence",
    "Speak",
    "StatusCallback",
    "Stay",
    "TextRecord",
    "Voice",
    "by_rules",
    "count_segments",
    "is_e164",
    "json_line",
    "seconds_to_say",
    "sentences",
    "sign",
    "unreliable",
    "usual_delivery",
]
