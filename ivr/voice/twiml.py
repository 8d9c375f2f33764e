"""A turn as TwiML, in the subset that Twilio, SignalWire, Telnyx and Somleng all understand.

Absolute URLs, every attribute written out, only Say and Play inside Gather (Somleng refuses Pause
there), and a Redirect after it for silence (https://www.twilio.com/docs/voice/twiml/gather).
"""

from collections.abc import Callable, Iterable, Mapping

from twilio.twiml.voice_response import Gather, Play, VoiceResponse

from ivr.engine import Speech, Turn
from ivr.voice.saying import Voice, says
from ivr.voice.urls import position_url

Playlist = Callable[[Speech], Iterable[str | Speech]]  # URLs to play, and what is left to say


def nothing_to_play(speech: Speech) -> Iterable[str | Speech]:
    """The playlist where there are no clips: all is said."""
    return (speech,)


def to_twiml(
    turn: Turn, base: str, voices: Mapping[str, Voice], playlist: Playlist = nothing_to_play
) -> bytes:
    """The answer to the carrier, as UTF-8 XML; `base` is the line's public URL."""
    response = VoiceResponse()
    if turn.wait is None:
        _speak(response, turn.speech, voices, playlist)
        response.hangup()
        return str(response).encode()
    url = position_url(base, turn.position)
    gather = Gather(
        input="dtmf",
        num_digits=turn.digits,
        timeout=turn.wait,
        finish_on_key="",  # else # alone would count as nothing pressed
        action=url,
        method="POST",
    )
    _speak(gather, turn.speech, voices, playlist)
    response.append(gather)
    response.redirect(url, method="POST")  # silence: the same place, without Digits
    return str(response).encode()


def _speak(
    parent: VoiceResponse | Gather,
    speech: Speech,
    voices: Mapping[str, Voice],
    playlist: Playlist,
) -> None:
    """Plays what there are clips of, and says the rest, neighbours in one Say."""
    unplayed: Speech = ()
    for item in playlist(speech):
        if not isinstance(item, str):
            unplayed += item
            continue
        for say in says(unplayed, voices):
            parent.append(say)
        unplayed = ()
        parent.append(Play(item))
    for say in says(unplayed, voices):
        parent.append(say)
