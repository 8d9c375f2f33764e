"""A question: its keys, and what happens to those who press none or another."""

from dataclasses import replace

from ivr.engine.pace import FIRST_SILENCE, SECOND_SILENCE
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
    """A choice leads on; any other key is told so, with the way to a person (0).

    After the third wrong key the way goes on without any.
    """
    choice = node.choices.get(key)
    if choice is not None:
        return Go(choice.go)
    mistakes = scene.position.mistakes + 1
    if mistakes > MOST_MISTAKES:
        return Go(node.silence or scene.line.tree.fallback)
    position = replace(scene.position, mistakes=mistakes)
    said = _once_more(scene, node, scene.prompts.menu.no_match)
    said += scene.option(scene.prompts.menu.person, "0", first=False)
    return Turn(position, said, wait=FIRST_SILENCE)


def silent(scene: Scene, node: Ask) -> Turn | Go:
    """One replay of the keys alone, then the way that needs no key."""
    silences = scene.position.silences + 1
    if silences > MOST_SILENCES:
        return Go(node.silence or scene.line.tree.fallback)
    position = replace(scene.position, silences=silences)
    return Turn(position, _once_more(scene, node, scene.prompts.menu.again), wait=SECOND_SILENCE)


def _once_more(scene: Scene, node: Ask, first: str) -> Speech:
    """The keys alone, shorter than the first time (caller rule D6)."""
    return (*scene.sentence(first), *_choices(scene, node))


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
