"""Where a call, a document and a request end, whatever an app does."""

from dataclasses import dataclass


@dataclass(frozen=True, kw_only=True)
class Limits:
    """Twilio's limits and the simulator's own; seconds and bytes.

    https://www.twilio.com/docs/voice/limitations-and-edge-cases (call, document),
    https://www.twilio.com/docs/usage/webhooks/webhooks-connection-overrides (request, connect),
    https://www.twilio.com/docs/voice/twiml (redirects). Twilio documents no limit on the number of
    documents, sounds, keys or events a call may have; ours keep a looping app from looping for
    ever. Of one document's sounds `kept_audio_bytes` are kept for whoever listens in.
    """

    call_seconds: float = 4 * 3600
    request_seconds: float = 15.0
    connect_seconds: float = 5.0
    document_bytes: int = 64 * 1024
    redirects: int = 10
    documents: int = 200
    sounds: int = 2_000
    keys: int = 2_000
    events: int = 100_000
    audio_bytes: int = 16 * 1024 * 1024
    kept_audio_bytes: int = 64 * 1024 * 1024
