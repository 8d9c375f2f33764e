"""The SSML that a Say may hold. https://www.twilio.com/docs/voice/twiml/say/text-speech#ssml"""

from ringback.twiml.schema import Schema, text

_PAGE = "https://www.twilio.com/docs/voice/twiml/say/text-speech#ssml"

SSML = (
    Schema(tag="break", page=_PAGE, attributes=(text("strength", "medium"), text("time"))),
    Schema(tag="emphasis", page=_PAGE, attributes=(text("level", support="checked"),)),
    Schema(tag="lang", page=_PAGE, attributes=(text("xml:lang"),)),
    Schema(tag="p", page=_PAGE),
    Schema(
        tag="phoneme",
        page=_PAGE,
        attributes=(text("alphabet", support="checked"), text("ph", support="checked")),
    ),
    Schema(
        tag="prosody",
        page=_PAGE,
        attributes=(
            text("volume", support="checked"),
            text("rate", "medium"),
            text("pitch", support="checked"),
        ),
    ),
    Schema(tag="s", page=_PAGE),
    Schema(
        tag="say-as",
        page=_PAGE,
        attributes=(text("interpret-as", support="checked"), text("format", support="checked")),
    ),
    Schema(tag="sub", page=_PAGE, attributes=(text("alias"),)),
    Schema(tag="w", page=_PAGE, attributes=(text("role", support="checked"),)),
)
