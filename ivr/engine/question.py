"""A question: its keys, and what happens to those who press none or another."""

from dataclasses import replace

from ivr.engine import agency_order
from ivr.engine.announcing import Detail, announce, speaks_number
from ivr.engine.context import Context, Go
from ivr.engine.keys import PERSON_KEY, language_keys
from ivr.engine.pauses import FIRST_SILENCE, LEAST_SILENCE
from ivr.engine.position import MOST_MISTAKES
from ivr.engine.speech import Speech
from ivr.engine.tree import Ask, Refer
from ivr.engine.turn import Turn

MOST_SILENCES = 1  # replays before the way without keys (caller rule D5)


def on_arrival(context: Context, node: Ask) -> Turn:
    """The question, its keys, and what to do without a key."""
    words = context.script.node(context.position.node)
    said = (
        *context.sentence(words.ask),
        *_choices(context, node),
        *_languages(context),
        *context.sentence(words.stay),
    )
    first = context.position.node == context.line.tree.start
    return Turn(context.position, said, wait=LEAST_SILENCE if first else FIRST_SILENCE)


def on_keys(context: Context, node: Ask, key: str) -> Turn | Go:
    """A choice leads on. Any other key: that it leads nowhere, the choices, and 0 for a person.

    After the third wrong key the way goes on without any.
    """
    choice = node.choices.get(key)
    if choice is not None:
        return Go(choice.go)
    mistakes = context.position.mistakes + 1
    if mistakes > MOST_MISTAKES:
        return Go(node.silence or context.line.tree.fallback)
    position = replace(context.position, mistakes=mistakes, number=False)
    said = _choices_again(context, node, context.prompts.menu.no_match)
    said += context.option(context.prompts.menu.person, PERSON_KEY, first=False)
    return Turn(position, said, wait=FIRST_SILENCE)


def on_silence(context: Context, node: Ask) -> Turn | Go:
    """Numbers at once, and then the keys once more; after that the way that needs no key.

    Who can't press waits for a number, and one caller in seven hangs up after about 40 s.
    """
    silences = context.position.silences + 1
    if silences > MOST_SILENCES:
        return Go(node.silence or context.line.tree.fallback)
    numbers = _numbers(context)
    position = replace(context.position, silences=silences, number=speaks_number(numbers))
    said = numbers + _choices_again(context, node, context.prompts.menu.again)
    return Turn(position, said, wait=LEAST_SILENCE)


def _numbers(context: Context) -> Speech:
    """The numbers that those hear who press nothing."""
    way = context.line.tree.fallback
    node = context.line.node(way)
    if not isinstance(node, Refer):
        return ()
    names = agency_order.read_together(context, node, agency_order.order(context, node)[0])
    return announce(context, names, Detail.FULL)


def _choices_again(context: Context, node: Ask, first: str) -> Speech:
    """The keys alone, shorter than the first time (caller rule D6)."""
    return (*context.sentence(first), *_choices(context, node))


def _choices(context: Context, node: Ask) -> Speech:
    words = context.script.node(context.position.node).choices
    return context.options((words[key], key) for key in sorted(node.choices))


def _languages(context: Context) -> Speech:
    """Each other language offers itself in its own words, at the first question (rule H1)."""
    if context.position.node != context.line.tree.start:
        return ()
    return tuple(
        part
        for key, language in language_keys(context).items()
        for part in context.option(context.line.scripts[language].prompts.offer, key, language)
    )
