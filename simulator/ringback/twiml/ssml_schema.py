"""The SSML that a Say may hold. https://www.twilio.com/docs/voice/twiml/say/text-speech#ssml"""

from ringback.twiml.schema import Schema, free_text

_PAGE = "https://www.twilio.com/docs/voice/twiml/say/text-speech#ssml"

SSML = (
    Schema(
        tag="break", page=_PAGE, attributes=(free_text("strength", "medium"), free_text("time"))
    ),
    Schema(tag="emphasis", page=_PAGE, attributes=(free_text("level", support="checked"),)),
    Schema(tag="lang", page=_PAGE, attributes=(free_text("xml:lang"),)),
    Schema(tag="p", page=_PAGE),
    Schema(
        tag="phoneme",
        page=_PAGE,
        attributes=(free_text("alphabet", support="checked"), free_text("ph", support="checked")),
    ),
    Schema(
        tag="prosody",
        page=_PAGE,
        attributes=(
            free_text("volume", support="checked"),
            free_text("rate", "medium"),
            free_text("pitch", support="checked"),
        ),
    ),
    Schema(tag="s", page=_PAGE),
    Schema(
        tag="say-as",
        page=_PAGE,
        attributes=(
            free_text("interpret-as", support="checked"),
            free_text("format", support="checked"),
        ),
    ),
    Schema(tag="sub", page=_PAGE, attributes=(free_text("alias"),)),
    Schema(tag="w", page=_PAGE, attributes=(free_text("role", support="checked"),)),
)
