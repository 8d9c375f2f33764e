"""Where a caller is after an answer: the URL that the next key, or silence, goes to."""

from xml.etree.ElementTree import Element, ParseError

from defusedxml import DefusedXmlException
from defusedxml.ElementTree import fromstring

from ringback.webhooks.request import Failure, join
from ringback.webphone.tap import Exchange


def goes_on_at(exchange: Exchange) -> str | None:
    """The action of the first Gather, else the target of a Redirect; None where the call ends."""
    try:
        root: Element = fromstring(exchange.body, forbid_dtd=True)
    except (ParseError, DefusedXmlException, ValueError):
        return None
    gather, redirect = root.find("Gather"), root.find("Redirect")
    target = None
    if gather is not None:
        target = gather.get("action", exchange.url)
    elif redirect is not None:
        target = (redirect.text or "").strip()
    try:
        return join(exchange.url, target) if target else None
    except Failure:
        return None
