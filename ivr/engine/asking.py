"""A question: its keys, and what happens to those who press none or another."""

from dataclasses import replace

from ivr.engine.pace import FIRST_SILENCE, SECOND_SILENCE
from ivr.engine.position import Position
from ivr.engine.scene import Go, Scene
from ivr.engine.speech import Speech
from ivr.engine.tree import Ask
from ivr.engine.turn import Turn

MOST_SILENCES = 1  # replays before the way without keys (caller rule D5)
MOST_MISTAKES = 2


def arrive(scene: Scene, node: Ask) -> Turn:
    """The question, its keys, and what to do without a key."""
    words = scene.script.node(scene.position.node)
    said = (
        *scene.sentence(words.ask),
        *_choices(scene, node),
        *_languages(scene),
        *scene.sentence(words.stay),
    )
    return Turn(scene.position, said, wait=FIRST_SILENCE)


def pressed(scene: Scene, node: Ask, key: str) -> Turn | Go:
    """A choice leads on; any other key is told so, and after the third helped without keys."""
    choice = node.choices.get(key)
    if choice is not None:
        return Go(choice.go)
    mistakes = scene.position.mistakes + 1
    if mistakes > MOST_MISTAKES:
        return Go(node.silence or scene.line.tree.fallback)
    position = replace(scene.position, mistakes=mistakes)
    return _once_more(scene, position, node, scene.prompts.menu.no_match)


def silent(scene: Scene, node: Ask) -> Turn | Go:
    """One replay of the keys alone, then the way that needs no key."""
    silences = scene.position.silences + 1
    if silences > MOST_SILENCES:
        return Go(node.silence or scene.line.tree.fallback)
    position = replace(scene.position, silences=silences)
    return _once_more(scene, position, node, scene.prompts.menu.again)


def _once_more(scene: Scene, position: Position, node: Ask, first: str) -> Turn:
    """The keys alone, shorter than the first time (caller rule D6), and that 0 is a person."""
    said: Speech = (
        *scene.sentence(first),
        *_choices(scene, node),
        *scene.option(scene.prompts.menu.person, "0"),
    )
    return Turn(position, said, wait=SECOND_SILENCE)


def _choices(scene: Scene, node: Ask) -> Speech:
    words = scene.script.node(scene.position.node).choices
    return scene.options((words[key], key) for key in sorted(node.choices))


def _languages(scene: Scene) -> Speech:
    """Each other language offers itself in its own words, at the first question (rule H1)."""
    tree = scene.line.tree
    if scene.position.node != tree.start:
        return ()
    return tuple(
        part
        for key, language in offered_languages(scene).items()
        for part in scene.option(scene.line.scripts[language].prompts.offer, key, language)
    )


def offered_languages(scene: Scene) -> dict[str, str]:
    """The language keys from where the caller is: the key of the language one is in leads back."""
    tree, here = scene.line.tree, scene.position.language
    return {
        key: tree.language if language == here else language
        for key, language in sorted(tree.languages.items())
    }
