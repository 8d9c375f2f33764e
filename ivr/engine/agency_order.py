"""At a referral: the agencies in the order of now, and the keys that are offered with each."""

from functools import lru_cache

from ivr.engine.caller import CallerKind
from ivr.engine.hours import AgencyStates, Availability
from ivr.engine.line import Line
from ivr.engine.scene import Scene
from ivr.engine.speech import Speech
from ivr.engine.tree import NEXT_KEY, SLOW_KEY, TEXT_KEY, Refer


def order(scene: Scene, node: Refer) -> tuple[str, ...]:
    """The referral's agencies for this caller: open before closed, then those that this kind of
    line can reach, then those that speak the caller's language.

    An agency that speaks neither the caller's language nor the tree's is left out: nobody there
    could be understood. Otherwise the author's order stands.
    """
    return _ranked(
        scene.line, scene.opening, scene.caller.kind, scene.position.language, node.refer
    )


@lru_cache(maxsize=1024)  # asked many times a turn, and always the same until a door moves
def _ranked(
    line: Line, opening: AgencyStates, kind: CallerKind, language: str, names: tuple[str, ...]
) -> tuple[str, ...]:
    def rank(name: str) -> tuple[bool, bool, bool]:
        closed = opening.of(name).availability is Availability.CLOSED
        phone = line.agency(name).phone_for(kind)
        may_fail = phone is not None and kind in phone.not_from
        return closed, may_fail, not line.speaks(name, language)

    return tuple(sorted(understood(line, language, names), key=rank))


@lru_cache(maxsize=1024)
def understood(line: Line, language: str, names: tuple[str, ...]) -> tuple[str, ...]:
    """Those of the agencies with which a caller in this language has one in common."""
    return tuple(
        name
        for name in names
        if line.speaks(name, language) or line.speaks(name, line.tree.language)
    )


def following(scene: Scene, node: Refer, agency: str) -> str:
    """The agency after this one, the first again after the last; empty where it is the only one."""
    names = order(scene, node)
    if node.together > 1 or len(names) < 2:
        return ""
    return names[(names.index(agency) + 1) % len(names)] if agency in names else names[0]


def is_last(scene: Scene, node: Refer, agency: str) -> bool:
    """Whether no further agency follows."""
    names = order(scene, node)
    return agency not in names or agency == names[-1]


def read_together(scene: Scene, node: Refer, agency: str) -> tuple[str, ...]:
    """The agencies that this turn reads."""
    return order(scene, node)[: node.together] if node.together > 1 else (agency,)


def has_number(scene: Scene, node: Refer, agency: str) -> bool:
    """Whether reading this agency speaks a number."""
    names = read_together(scene, node, agency)
    return any(scene.line.agency(name).phone_for(scene.caller.kind) for name in names)


def can_be_texted(scene: Scene, node: Refer, agency: str) -> bool:
    """Whether key 1 texts it, to the caller or elsewhere: with a sender, and something to write."""
    if node.together > 1 or not scene.caller.line_texts or agency not in node.refer:
        return False
    known = scene.line.agency(agency)
    return known.phone_for(scene.caller.kind) is not None or known.link is not None


def keys(scene: Scene, node: Refer, text: bool = True, slowly: bool = False) -> Speech:
    """The keys that mean something here, each said once (caller rule C4)."""
    agency, phrases = scene.position.agency, scene.prompts.referral
    offered = []
    if text and can_be_texted(scene, node, agency):
        words = phrases.text if scene.caller.takes_texts else phrases.text_elsewhere
        offered.append((words, TEXT_KEY))
    if following(scene, node, agency):
        offered.append((phrases.next, NEXT_KEY))
    if slowly:
        offered.append((phrases.slowly, SLOW_KEY))
    if not has_number(scene, node, agency):
        offered.append((scene.prompts.menu.person, "0"))
    offered += [(phrases.repeat, "#"), (phrases.top, "*")]
    return scene.options(offered)
