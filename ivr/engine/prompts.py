"""What the line itself says in one language, and how that language says keys, numbers and times."""

from datetime import datetime
from string import Formatter
from typing import Annotated, Literal

from babel import Locale, UnknownLocaleError
from babel.dates import format_datetime
from pydantic import AfterValidator, Field, StringConstraints

from ivr.engine.model import LanguageCode, Model, Text, TextList
from ivr.engine.words import AgencyWords, TreeWords


def _with(*wanted: str) -> AfterValidator:
    """A text that has exactly these `{places}`, each of which is filled in when it is said."""

    def check(text: str) -> str:
        places = [piece for piece in Formatter().parse(text) if piece[1] is not None]
        plain = all(not form and conversion is None for _, _, form, conversion in places)
        if {place for _, place, _, _ in places} != set(wanted) or not plain:
            shown = " and ".join(f"{{{place}}}" for place in wanted) or "no {places}"
            raise ValueError(f"expected a text with {shown}")
        return text

    return AfterValidator(check)


def _locale(value: str) -> str:
    try:
        Locale.parse(value, sep="-")
    except (ValueError, UnknownLocaleError) as error:
        raise ValueError("expected a language and a country such as ja-JP") from error
    return value


def _distinguishing(kind: str, one: datetime, other: datetime) -> AfterValidator:
    """A CLDR pattern that writes two times differently; else it would hide the time."""

    def check(pattern: str) -> str:
        if format_datetime(one, pattern, locale="en") == format_datetime(
            other, pattern, locale="en"
        ):
            raise ValueError(f"expected a CLDR pattern that tells {kind}")
        return pattern

    return AfterValidator(check)


LocaleTag = Annotated[
    str, StringConstraints(pattern=r"^[a-z]{2,3}-[A-Z]{2}$"), AfterValidator(_locale)
]
_NOON = datetime(2026, 1, 5, 12, 0)
HourPattern = Annotated[Text, _distinguishing("the hour, such as H", _NOON, _NOON.replace(hour=9))]
MinutePattern = Annotated[
    Text, _distinguishing("the minute, such as H:mm", _NOON, _NOON.replace(minute=1))
]
DayPattern = Annotated[
    Text, _distinguishing("the day, such as MMMM d", _NOON, _NOON.replace(day=6))
]
Plain = Annotated[Text, _with()]
Digit = Literal["0", "1", "2", "3", "4", "5", "6", "7", "8", "9"]


class MenuPhrases(Model):
    """Said around questions."""

    press_first: Annotated[Text, _with("key")]  # after the first option's words: "press {key}."
    press: Annotated[Text, _with("key")]  # after each further option's: the key alone is enough
    again: Plain  # before the keys once more, without a reproach (caller rule D2)
    no_match: Plain  # a key that leads nowhere (caller rule D6: at most 3 s)
    person: Plain  # the option 0, in the form of an option


class ReferralPhrases(Model):
    """Said where an agency is referred to."""

    call: Annotated[Text, _with("agency")]  # before a number: hang up, and call
    otherwise: Annotated[Text, _with("agency")]  # the same after a number that may not answer
    by_phone: Annotated[Text, _with("agency")]  # the same after a form or a page
    meanwhile: Annotated[Text, _with("agency")]  # the same after an agency that is closed
    agency: Annotated[Text, _with("agency")]  # its name alone, before it is read again
    dialled: Plain  # a number was dialled into the call: hang up first
    language: Annotated[Text, _with("language")]  # it answers in another language than the call's
    form: Annotated[Text, _with("agency", "search")]  # a form alone, and the words that find it
    form_by_text: Annotated[Text, _with("agency", "search")]  # the same; a text brings the link
    page: Annotated[Text, _with("search")]  # no number may be spoken: only the words to search for
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

    ask: Annotated[Text, _with("digits")]  # says first that this line takes no texts
    withheld: Annotated[Text, _with("digits")]  # the same to whose number is not known
    no_match: Annotated[Text, _with("digits")]  # that was no mobile number
    correct: Annotated[Text, _with("digits")]  # the caller wants to key it in anew
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
    opens: Annotated[Text, _with("when")]  # closed now; `when` is one of the four below
    today: Annotated[Text, _with("time")]
    tomorrow: Annotated[Text, _with("time")]
    this_week: Annotated[Text, _with("weekday", "time")]
    later: Annotated[Text, _with("date", "time")]
    hour: HourPattern  # of a full hour
    minute: MinutePattern  # of any other time
    date: DayPattern


class TextPhrases(Model):
    """The words of a text message."""

    greeting: Annotated[Text, _with("name")]
    always: Plain
    span: Annotated[Text, _with("days", "opens", "closes")]
    daily: Plain
    monthly: Annotated[Text, _with("day")]
    next_day: Annotated[Text, _with("time")]
    join: Annotated[str, StringConstraints(strip_whitespace=False, min_length=1)]  # between spans
    range: Annotated[Text, _with("first", "last")]
    time: MinutePattern
    closed_on: Annotated[Text, _with("days")]
    closures: dict[Text, Text]  # `holidays`, and each closure of the calendar
    ending: Plain | None = None


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
