"""At a referral: the agencies in the order of now, and what can be done with each."""

from ivr.engine.context import Context
from ivr.engine.tree import Refer


def order(context: Context, node: Refer) -> tuple[str, ...]:
    """The referral's agencies for this caller; see `Line.in_order`."""
    kind, language = context.caller.kind, context.position.language
    return context.line.in_order(node.refer, language, kind, context.states)


def following(context: Context, node: Refer, agency: str) -> str:
    """The agency after this one, the first again after the last; empty where it is the only one."""
    names = order(context, node)
    if node.together > 1 or len(names) < 2:
        return ""
    return names[(names.index(agency) + 1) % len(names)] if agency in names else names[0]


def is_last(context: Context, node: Refer, agency: str) -> bool:
    """Whether no further agency follows."""
    names = order(context, node)
    return agency not in names or agency == names[-1]


def read_together(context: Context, node: Refer, agency: str) -> tuple[str, ...]:
    """The agencies that this turn reads."""
    return order(context, node)[: node.together] if node.together > 1 else (agency,)


def has_number(context: Context, node: Refer, agency: str) -> bool:
    """Whether reading this agency speaks a number."""
    names = read_together(context, node, agency)
    return any(context.line.agency(name).phone_for(context.caller.kind) for name in names)


def can_be_texted(context: Context, node: Refer, agency: str) -> bool:
    """Whether key 1 texts it, to the caller or elsewhere: with a sender, and something to write."""
    if node.together > 1 or not context.caller.line_texts or agency not in node.refer:
        return False
    known = context.line.agency(agency)
    return known.phone_for(context.caller.kind) is not None or known.link is not None
