"""A telephone company on one machine: it knows TwiML and HTTP, and serves any Twilio app."""

from ivr.simulator.carrier import Carrier
from ivr.simulator.ear import Captions, Ear, Estimate, Voice
from ivr.simulator.events import Event, json_line
from ivr.simulator.far_end import FarEnd
from ivr.simulator.fault_rules import RateLimit, Rule, by_rules, unreliable
from ivr.simulator.faults import Fault, RestRequest
from ivr.simulator.limits import Limits
from ivr.simulator.messages import Message
from ivr.simulator.messaging.callbacks import Callback
from ivr.simulator.messaging.deliveries import Deliveries, Delivery, Step, usual
from ivr.simulator.messaging.record import TextRecord
from ivr.simulator.numbers import Number, is_e164
from ivr.simulator.outbound import CalledParty
from ivr.simulator.passages import LONG_REST, Passage
from ivr.simulator.phone import HangUp, Listening, Phone, Press, Speak, Stay
from ivr.simulator.record import CallRecord
from ivr.simulator.recorder import Recorder
from ivr.simulator.rest.server import RestServer
from ivr.simulator.scripted import ScriptedPhone, ScriptError
from ivr.simulator.segments import count_segments
from ivr.simulator.sentences import Sentence, sentences
from ivr.simulator.signing import sign
from ivr.simulator.speaking import seconds_to_say

__all__ = [
    "LONG_REST",
    "CallRecord",
    "Callback",
    "CalledParty",
    "Captions",
    "Carrier",
    "Deliveries",
    "Delivery",
    "Ear",
    "Estimate",
    "Event",
    "FarEnd",
    "Fault",
    "HangUp",
    "Limits",
    "Listening",
    "Message",
    "Number",
    "Passage",
    "Phone",
    "Press",
    "RateLimit",
    "Recorder",
    "RestRequest",
    "RestServer",
    "Rule",
    "ScriptError",
    "ScriptedPhone",
    "Sentence",
    "Speak",
    "Stay",
    "Step",
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
    "usual",
]
