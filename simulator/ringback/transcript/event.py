"""What happens in a call, as values: the one thing the simulator gives out."""

import json
from dataclasses import dataclass, fields
from typing import Literal

Kind = Literal[
    "request",
    "heard",
    "pressed",
    "spoke",
    "silence",
    "recorded",
    "texted",
    "dialed",
    "unsimulated",
    "error",
    "hangup",
]
By = Literal["caller", "line", "carrier"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Event:
    """One thing that happened, `t` virtual seconds after the answer.

    | event       | when                             | fields besides t                       |
    |-------------|----------------------------------|----------------------------------------|
    | request     | the app answered a request       | method, url, status (HTTP)             |
    | heard       | a Say or Play is over or was cut | verb, text, written, language, url,    |
    |             |                                  | seconds (audible), cut                 |
    | pressed     | the input to a Gather is over    | keys; lost when no Gather listened     |
    | spoke       | the caller has said something    | text, seconds, confidence; lost when   |
    |             |                                  | nothing listened for speech            |
    | silence     | a Gather got no input            | seconds (of waiting)                   |
    | recorded    | a Record is over                 | seconds, keys (that ended it), url     |
    | texted      | a message was accepted           | to, from, body, segments, sid          |
    | dialed      | a Dial began to ring             | to, from, status (DialCallStatus)      |
    | unsimulated | a verb or attribute was left out | verb, text (what was done instead),url |
    | error       | Twilio's debugger would show it  | code (none: ours), text, url, level    |
    | hangup      | the call is over                 | by, text (why)                         |

    `text` is what the listener gets, with … for a rest of more than a second between words;
    `written` stands beside it only where a `<sub alias>` made the two differ. A `cut` event has the
    part that was audible.
    """

    t: float
    event: Kind
    verb: str | None = None
    text: str | None = None
    written: str | None = None
    language: str | None = None
    seconds: float | None = None
    confidence: float | None = None
    cut: bool = False
    keys: str | None = None
    lost: bool = False
    to: str | None = None
    from_: str | None = None
    body: str | None = None
    segments: int | None = None
    sid: str | None = None
    by: By | None = None
    code: int | None = None
    level: Literal["error", "warning"] | None = None
    method: str | None = None
    url: str | None = None
    status: int | str | None = None


def json_line(event: Event) -> str:
    """The event as one line of JSON, without a line end: only the fields it has."""
    said: dict[str, object] = {}
    for field in fields(event):
        value = getattr(event, field.name)
        if value is None or value is False:
            continue
        said[field.name.rstrip("_")] = round(value, 3) if isinstance(value, float) else value
    return json.dumps(said, ensure_ascii=False)
