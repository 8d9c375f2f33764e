"""At a referral: the agencies in the order of now, and which of them a turn reads."""

from ivr.engine.context import Context
from ivr.engine.ranking import Ranking, ReferralRow
from ivr.engine.tree import Refer


def order(context: Context, node: Refer) -> tuple[str, ...]:
    """The referral's agencies for this caller, the most helpful first."""
    return _ranking(context, node).names


def read_together(context: Context, node: Refer, agency: str) -> tuple[str, ...]:
    """The agencies that this turn reads: this one, and with the first of all those who answer."""
    ranking = _ranking(context, node)
    return ranking.first_turn if agency == ranking.names[0] else (agency,)


def following(context: Context, node: Refer, agency: str) -> str:
    """The agency after this one, the first again after the last; empty where it is the only one."""
    names = _ranking(context, node).one_by_one
    if node.together > 1 or len(names) < 2:
        return ""
    return names[(names.index(agency) + 1) % len(names)] if agency in names else names[0]


def is_last(context: Context, node: Refer, agency: str) -> bool:
    """Whether no further agency follows."""
    names = _ranking(context, node).one_by_one
    return agency not in names or agency == names[-1]


def has_number(context: Context, node: Refer, agency: str) -> bool:
    """Whether reading this agency speaks a number."""
    return bool(numbers_read(context, node, agency))


def numbers_read(context: Context, node: Refer, agency: str) -> list[str]:
    """The numbers of the agencies that are read together with this one, as printed."""
    phones = (
        context.line.agency(name).phone_for(context.caller.kind)
        for name in read_together(context, node, agency)
    )
    return [phone.number for phone in phones if phone is not None]


def _ranking(context: Context, node: Refer) -> Ranking:
    kind, language = context.caller.kind, context.position.language
    return context.line.ranking(ReferralRow.of(node), language, kind, context.states)
