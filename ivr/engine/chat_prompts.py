"""What is said to those who text the line, and the words by which they are understood."""

from pydantic import Field

from ivr.engine.model import Model, Text, TextList
from ivr.engine.phrases import Digit, Plain


class DangerPhrases(Model):
    """What people write who are in danger, by kind; each counts wherever it stands in a message.

    `pleas` say that somebody is in danger now, unless the message says of what kind. `harmless` are
    longer phrases that hold one of the others and mean none.
    """

    wants_to_die: TextList = Field(min_length=1)
    threatened: TextList = Field(min_length=1)
    in_danger_now: TextList = Field(min_length=1)
    pleas: TextList = ()
    harmless: TextList = ()


class ChatWords(Model):
    """What means something to the line when it is written to it, however it is written.

    All but `danger` must be the whole message, but for what may stand `before` and `after` it.
    """

    start: TextList = Field(min_length=1)
    back: TextList = Field(min_length=1)
    help: TextList = Field(min_length=1)
    person: TextList = Field(min_length=1)
    again: TextList = ()
    language: TextList = Field(min_length=1)  # changes to this language
    stop: TextList = Field(min_length=1)  # no texts to this number any more
    resume: TextList = Field(min_length=1)
    digits: dict[Digit, TextList] = Field(default_factory=dict)  # in words: いち, 一
    before: TextList = ()  # press, number
    after: TextList = ()  # 番, です
    danger: DangerPhrases  # answered with help at once


class ChatPhrases(Model):
    """Said to those who text the line."""

    emergency: Plain  # the first line of the first answer
    choose: Plain  # before the choices
    not_understood: Plain
    navigation: Plain  # which words lead back and to the start
    help: Plain
    stopped: Plain
    resumed: Plain
    failed: Plain
    offer: Plain  # this language in another one's list: one odd letter makes a text twice as long
    endings: tuple[Text, ...] = ()  # of an option's words, which lead over to its key in speech
    words: ChatWords
