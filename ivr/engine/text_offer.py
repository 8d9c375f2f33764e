"""Getting a referral as a text: to one's own mobile, or to a number that is keyed in and confirmed.

The outbox takes a text at once and sends it in its own time; so the caller is told first that it is
being sent, and what became of it a moment later, as it is.
"""

from dataclasses import replace

from ivr.engine import agency_order, agency_speech
from ivr.engine.caller import numbering
from ivr.engine.number_speech import read_back
from ivr.engine.pace import BETWEEN_DIGITS, FIRST_SILENCE, TEXT_UNDER_WAY
from ivr.engine.position import Stage, TextOutcome
from ivr.engine.scene import Scene
from ivr.engine.speech import Speech
from ivr.engine.tree import NO_KEY, REFUSE_KEY, YES_KEY, Refer
from ivr.engine.turn import HoldNumber, LookAfterText, RecallNumber, SendText, Turn

MOST_CORRECTIONS = 1
_STILL_OPEN = (TextOutcome.QUEUED, TextOutcome.SENDING)


def asked(scene: Scene) -> Turn:
    """Key 1: a text to the caller's own mobile; any other line is told, and may name one."""
    position = scene.position
    if scene.caller.takes_texts:
        return Turn(position, effect=SendText(position.agency, position.language))
    return _ask(scene, 0, scene.prompts.entry.ask)


def pressed(scene: Scene, node: Refer, keys: str) -> Turn | None:
    """Keys while a number is keyed in or confirmed; None where they mean what they always do."""
    if scene.position.stage is Stage.KEYING:
        number = numbering(scene.line.tree.country).mobile(keys)
        if number is None:
            return _mistaken(scene, node, scene.prompts.entry.no_match)
        return Turn(scene.position, effect=HoldNumber(number))
    if scene.position.stage is not Stage.CONFIRMING:
        return None
    if keys == YES_KEY:
        position = replace(scene.position, stage=Stage.LISTENING, tries=0, silences=0)
        wanted = SendText(position.agency, position.language, to_held=True)
        return Turn(position, effect=wanted)
    if keys == NO_KEY:
        return _mistaken(scene, node, scene.prompts.entry.correct)
    return again(scene)


def again(scene: Scene) -> Turn | None:
    """# while a number is keyed in or confirmed."""
    if scene.position.stage is Stage.CONFIRMING:
        return Turn(scene.position, effect=RecallNumber())
    if scene.position.stage is Stage.KEYING:
        return _ask(scene, scene.position.tries, scene.prompts.entry.ask)
    return None


def silent(scene: Scene, node: Refer) -> Turn | None:
    """Silence during all this: once more, then back to the agency; None where nothing is open."""
    position = scene.position
    if position.stage is Stage.TEXTING:
        position = replace(position, heard=position.heard or position.number, number=False)
        return Turn(position, effect=LookAfterText(position.agency))
    if position.stage not in (Stage.KEYING, Stage.CONFIRMING):
        return None
    if position.silences:
        return _give_up(scene, node)
    return again(scene.at(replace(position, silences=1)))


def held(scene: Scene, node: Refer, number: str | None) -> Turn:
    """The number that was keyed in, read back: is it right? Without one no text can be sent."""
    if number is None:
        return texted(scene, node, TextOutcome.UNAVAILABLE)
    phrases = scene.prompts.entry
    groups = numbering(scene.line.tree.country).groups(number)
    said = (
        *scene.sentence(phrases.read_back),
        *read_back(groups, scene.prompts),
        *scene.options([(phrases.right, YES_KEY), (phrases.wrong, NO_KEY)]),
    )
    return Turn(replace(scene.position, stage=Stage.CONFIRMING), said, wait=FIRST_SILENCE)


def texted(scene: Scene, node: Refer, outcome: TextOutcome) -> Turn:
    """What became of the text, as it is; where it may not arrive, the agency once more."""
    position, words = scene.position, getattr(scene.prompts.texted, outcome.value)
    if outcome is TextOutcome.QUEUED and position.stage is not Stage.TEXTING:
        position = replace(position, stage=Stage.TEXTING, tries=0, number=False)
        return Turn(position, scene.sentence(words), wait=TEXT_UNDER_WAY)
    still_open = outcome in _STILL_OPEN
    stage = Stage.TEXTING if still_open else Stage.LISTENING
    position = replace(position, stage=stage, tries=int(still_open), number=False)
    said = scene.sentence(words)
    if outcome in (TextOutcome.SENT, TextOutcome.DELIVERED):
        return Turn(position, said + agency_order.keys(scene, node, text=False), wait=FIRST_SILENCE)
    return _once_more(scene.at(position), node, said, refused=outcome is TextOutcome.REFUSED)


def is_news(scene: Scene, outcome: TextOutcome) -> bool:
    """Whether the caller does not know this yet: that a text is under way is told once."""
    told = scene.position.stage is Stage.TEXTING and scene.position.tries > 0
    return outcome not in _STILL_OPEN or not told


def _ask(scene: Scene, tries: int, words: str) -> Turn:
    digits = numbering(scene.line.tree.country).mobile_digits
    position = replace(scene.position, stage=Stage.KEYING, tries=tries, number=False)
    said = scene.sentence(words.format(digits=digits))
    return Turn(position, said, wait=BETWEEN_DIGITS, digits=digits)


def _mistaken(scene: Scene, node: Refer, words: str) -> Turn:
    if scene.position.tries >= MOST_CORRECTIONS:
        return _give_up(scene, node)
    return _ask(scene.at(replace(scene.position, silences=0)), scene.position.tries + 1, words)


def _give_up(scene: Scene, node: Refer) -> Turn:
    position = replace(scene.position, stage=Stage.LISTENING, tries=0, silences=0)
    return _once_more(scene.at(position), node, scene.sentence(scene.prompts.entry.given_up))


def _once_more(scene: Scene, node: Refer, said: Speech, refused: bool = False) -> Turn:
    """The number again, or how else the agency is found."""
    agency = scene.position.agency
    number = agency_order.has_number(scene, node, agency)
    position = replace(scene.position, number=number)
    said += agency_speech.contact(scene, agency)
    if refused and scene.caller.takes_texts:
        position = replace(position, stage=Stage.REFUSED)
        said += scene.option(scene.prompts.refusal.undo, REFUSE_KEY)
    return Turn(position, said + agency_order.keys(scene, node, text=False), wait=FIRST_SILENCE)
