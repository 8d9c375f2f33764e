"""The keys: which there are, what each means at a place, and in which order they are offered."""

from collections.abc import Mapping

from ivr.engine import agency_order
from ivr.engine.context import Context
from ivr.engine.line import Line
from ivr.engine.speech import Speech
from ivr.engine.tree import Ask, Choice, Node, Refer

KEYPAD = "0123456789*#"
PERSON_KEY, AGAIN_KEY, TOP_KEY = RESERVED_KEYS = ("0", "#", "*")  # they mean the same everywhere
TEXT_KEY, NEXT_KEY, SLOW_KEY, REFUSE_KEY = REFERRAL_KEYS = ("1", "2", "7", "8")
YES_KEY, NO_KEY = CONFIRMATION_KEYS = ("1", "2")  # a number that was read back (caller rule C3)


def language_keys(context: Context) -> dict[str, str]:
    """Each language's key and where it leads: the key of the language one is in leads back."""
    tree, here = context.line.tree, context.position.language
    return {
        key: tree.language if language == here else language
        for key, language in sorted(tree.languages.items())
    }


def late_choices(line: Line, node: Refer) -> Mapping[str, Choice]:
    """The first question's keys, which still count where agencies are read together.

    Callers are led there by silence, and may have found the right key since.
    """
    start = line.node(line.tree.start)
    return start.choices if node.together > 1 and isinstance(start, Ask) else {}


def named_keys(line: Line, node: Node) -> frozenset[str]:
    """Every key that some rule names at a node; all others are wrong keys alike."""
    choices = node.choices if isinstance(node, Ask) else late_choices(line, node)
    everywhere = (*RESERVED_KEYS, *line.tree.languages, *REFERRAL_KEYS, *CONFIRMATION_KEYS)
    return frozenset((*everywhere, *choices))


def can_be_texted(context: Context, node: Refer, agency: str) -> bool:
    """Whether key 1 texts it, to the caller or elsewhere: with a sender, and something to write.

    Not where a number is read that begins with this key: who dials it into the call wants no text.
    """
    if node.together > 1 or not context.caller.line_texts or agency not in node.refer:
        return False
    if any(n.startswith(TEXT_KEY) for n in agency_order.numbers_read(context, node, agency)):
        return False
    known = context.line.agency(agency)
    return known.phone_for(context.caller.kind) is not None or known.link is not None


def offered_at(context: Context, node: Refer, text: bool = True, slowly: bool = False) -> Speech:
    """The keys that mean something at a referral, each said once (caller rule C4).

    Left out are the text where `text` is false, and the slow reading unless `slowly` is true.
    """
    agency, phrases = context.position.agency, context.prompts.referral
    offered = []
    if text and can_be_texted(context, node, agency):
        words = phrases.text if context.caller.takes_texts else phrases.text_elsewhere
        offered.append((words, TEXT_KEY))
    if agency_order.following(context, node, agency):
        offered.append((phrases.next, NEXT_KEY))
    if slowly:
        offered.append((phrases.slowly, SLOW_KEY))
    if not agency_order.has_number(context, node, agency):
        offered.append((context.prompts.menu.person, PERSON_KEY))
    offered += [(phrases.repeat, AGAIN_KEY), (phrases.top, TOP_KEY)]
    return context.options(offered)
