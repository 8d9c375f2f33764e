"""Documents that the app gave in a REST request (Twiml), answered as if a URL had been asked."""

import httpx

from ringback.webhooks.request import Answer, Request, SoundCache

# A host that no one can have: https://www.rfc-editor.org/rfc/rfc2606#section-2
_HOST = "inline-twiml.invalid"


class InlineDocuments(httpx.BaseTransport, SoundCache):
    """Answers for documents that were given inline, and passes every other request on.

    Relative URLs in such a document lead nowhere, as with Twilio:
    https://www.twilio.com/docs/voice/twiml/gather#action
    """

    def __init__(self, transport: httpx.BaseTransport) -> None:
        self._transport = transport
        self._documents: dict[str, bytes] = {}

    def add(self, twiml: str) -> Request:
        """The request that is answered with this document."""
        path = f"/{len(self._documents) + 1}"
        self._documents[path] = twiml.encode()
        return Request(url=f"http://{_HOST}{path}")

    def cached(self, url: str) -> Answer | None:
        """What the transport behind has kept, if it keeps anything."""
        return self._transport.cached(url) if isinstance(self._transport, SoundCache) else None

    def handle_request(self, request: httpx.Request) -> httpx.Response:
        """See httpx.BaseTransport."""
        if request.url.host != _HOST:
            return self._transport.handle_request(request)
        document = self._documents.get(request.url.path)
        if document is None:
            raise httpx.ConnectError(
                f"{request.url.path} is relative, but the document was given inline: it has no URL"
            )
        stream = httpx.ByteStream(document)
        return httpx.Response(200, stream=stream, headers={"Content-Type": "text/xml"})
