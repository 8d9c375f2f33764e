"""What the line itself says in one language, and how that language says keys, numbers and times."""

from typing import Annotated, Literal

from babel import Locale
from pydantic import Field, StringConstraints

from ivr.engine.chat_prompts import ChatPhrases
from ivr.engine.model import LanguageCode, Model, Text
from ivr.engine.phrases import (
    DayPattern,
    Digit,
    HourPattern,
    LocaleTag,
    MinutePattern,
    Plain,
    having,
)
from ivr.engine.words import AgencyWords, TreeWords


class MenuPhrases(Model):
    """Said around questions."""

    press_first: Annotated[Text, having("key")]  # after the first option's words: "press {key}."
    press: Annotated[Text, having("key")]  # after each further option's: the key alone is enough
    again: Plain  # before the keys once more, without a reproach (caller rule D2)
    no_match: Plain  # a key that leads nowhere (caller rule D6: at most 3 s)
    person: Plain  # the option 0, in the form of an option


class ReferralPhrases(Model):
    """Said where an agency is referred to."""

    call: Annotated[Text, having("agency")]  # before a number: hang up, and call
    otherwise: Annotated[Text, having("agency")]  # the same after a number that may not answer
    by_phone: Annotated[Text, having("agency")]  # the same after a form or a page
    meanwhile: Annotated[Text, having("agency")]  # the same after an agency that is closed
    agency: Annotated[Text, having("agency")]  # its name alone, before it is read again
    dialled: Plain  # a number was dialled into the call: hang up first
    language: Annotated[Text, having("language")]  # it answers in another language than the call's
    form: Annotated[Text, having("agency", "search")]  # a form alone, and the words that find it
    form_by_text: Annotated[Text, having("agency", "search")]  # the same; a text brings the link
    page: Annotated[Text, having("search")]  # no number may be spoken: only the words to search for
    may_fail: Plain  # this kind of line may not reach the number
    desk: Plain  # neither telephone nor page
    pen: Plain  # before a number is read again: time to fetch a pen (caller rule E5)
    text: Plain  # the option 1; a text may be seen by others (caller rule K1)
    text_elsewhere: Plain  # the option 1 for a line that takes no texts: to another telephone
    next: Plain  # the option 2
    slowly: Plain  # the option 7
    repeat: Plain  # the option #
    top: Plain  # the option *
    closing: Plain
    goodbye: Plain  # the very last words


class CostPhrases(Model):
    """What a call to a number costs the caller."""

    free: Plain
    charged: Plain


class EntryPhrases(Model):
    """Said while a mobile number is keyed in; `digits` is how many it has."""

    ask: Annotated[Text, having("digits")]  # says first that this line takes no texts
    withheld: Annotated[Text, having("digits")]  # the same to whose number is not known
    no_match: Annotated[Text, having("digits")]  # that was no mobile number
    correct: Annotated[Text, having("digits")]  # the caller wants to key it in anew
    read_back: Plain  # before the number
    right: Plain  # the option 1
    wrong: Plain  # the option 2
    given_up: Plain  # nothing is sent; the agency follows once more


class TextedPhrases(Model):
    """What became of a text, truthfully; one for each outcome."""

    queued: Plain
    sending: Plain
    sent: Plain
    delivered: Plain
    failed: Plain
    unreceivable: Plain
    refused: Plain
    limited: Plain
    unavailable: Plain


class RefusalPhrases(Model):
    """Said around the key 8, which stops texts to the caller's own number."""

    offer: Plain  # the option 8
    undo: Plain  # the option 8 where texts are refused
    refused: Plain
    allowed: Plain
    failed: Plain


class HoursPhrases(Model):
    """Opening hours as heard. Patterns are CLDR's, filled in for the language's locale."""

    open: Plain
    always: Plain
    closed: Plain  # it is not known when it opens
    opens: Annotated[Text, having("when")]  # closed now; `when` is one of the four below
    today: Annotated[Text, having("time")]
    tomorrow: Annotated[Text, having("time")]
    this_week: Annotated[Text, having("weekday", "time")]
    later: Annotated[Text, having("date", "time")]
    hour: HourPattern  # of a full hour
    minute: MinutePattern  # of any other time
    date: DayPattern


class TextPhrases(Model):
    """The words of a text message."""

    greeting: Annotated[Text, having("name")]
    always: Plain
    span: Annotated[Text, having("days", "opens", "closes")]
    daily: Plain
    monthly: Annotated[Text, having("day")]
    next_day: Annotated[Text, having("time")]
    join: Annotated[str, StringConstraints(strip_whitespace=False, min_length=1)]  # between spans
    range: Annotated[Text, having("first", "last")]
    time: MinutePattern
    closed_on: Annotated[Text, having("days")]
    closures: dict[Text, Text]  # `holidays`, and each closure of the calendar
    ending: Plain | None = None


class Prompts(Model):
    """`prompts/<language>.yaml`, whole."""

    language: LanguageCode
    locale: LocaleTag  # BCP 47, for Say and for times
    voice: Text  # Twilio's name of the voice; `VOICES` in the environment overrides it
    offer: Plain  # offers this language in another one's menu, in the form of an option
    digits: dict[Digit, Text] = Field(min_length=10)
    signs: dict[Literal["#", "*"], Text] = Field(min_length=2)
    names: dict[Text, Text] = Field(default_factory=dict)  # of numbers: 110 is ひゃくとおばん
    menu: MenuPhrases
    referral: ReferralPhrases
    cost: CostPhrases
    hours: HoursPhrases
    texted: TextedPhrases
    entry: EntryPhrases
    refusal: RefusalPhrases
    text: TextPhrases
    chat: ChatPhrases
    tree: TreeWords | None = None  # the tree's words, unless the tree is in this language
    agencies: dict[Text, AgencyWords] = Field(default_factory=dict)

    @property
    def babel(self) -> Locale:
        """The locale by which times and names are written."""
        return Locale.parse(self.locale, sep="-")

    def key(self, key: str) -> str:
        """How a key is named in speech: シャープ for #."""
        return self.digits.get(key) or self.signs[key]  # type: ignore[call-overload, index]
