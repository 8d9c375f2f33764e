"""What the line itself says in one language, and how that language says keys, numbers and times."""

from string import Formatter
from typing import Annotated, Literal

from pydantic import AfterValidator, Field, StringConstraints

from ivr.engine.model import LanguageCode, Model, Text
from ivr.engine.words import AgencyWords, TreeWords


def _with(*wanted: str) -> AfterValidator:
    """A text that has exactly these `{places}`, each of which is filled in when it is said."""

    def check(text: str) -> str:
        found = {place for _, place, _, _ in Formatter().parse(text) if place is not None}
        if found != set(wanted):
            places = " and ".join(f"{{{place}}}" for place in wanted) or "no {places}"
            raise ValueError(f"expected a text with {places}")
        return text

    return AfterValidator(check)


Plain = Annotated[Text, _with()]
Digit = Literal["0", "1", "2", "3", "4", "5", "6", "7", "8", "9"]


class MenuPhrases(Model):
    """Said around questions."""

    press: Annotated[Text, _with("key")]  # after an option's words: "press {key}."
    again: Plain  # silence: the keys once more, without a reproach (caller rule D2)
    no_match: Plain  # a key that leads nowhere (caller rule D6: at most 3 s)
    person: Plain  # the option 0, in the form of an option


class ReferralPhrases(Model):
    """Said where an agency is referred to."""

    agency: Annotated[Text, _with("agency")]
    language: Annotated[Text, _with("language")]  # it answers in another language than the call's
    form: Annotated[Text, _with("search")]  # a form alone: says so, and the words to search for
    page: Annotated[Text, _with("search")]  # no number may be spoken: only the words to search for
    may_fail: Plain  # this kind of line may not reach the number
    desk: Plain  # neither telephone nor page
    pen: Plain  # before a number is read again: time to fetch a pen (caller rule E5)
    text: Plain  # the option 1; a text may be seen by others (caller rule K1)
    next: Plain  # the option 2
    repeat: Plain  # the option #
    top: Plain  # the option *
    closing: Plain


class TextedPhrases(Model):
    """What became of a text, told as it is."""

    sent: Plain
    sending: Plain
    unknown: Plain
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
    hour: Text  # CLDR pattern of a full hour
    minute: Text  # CLDR pattern of any other time
    date: Text  # CLDR pattern of a day


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
    time: Text  # CLDR pattern
    closed_on: Annotated[Text, _with("days")]
    closures: dict[Text, Text]  # `holidays`, and each closure of the calendar
    ending: Plain | None = None


class Prompts(Model):
    """`prompts/<language>.yaml`, whole."""

    language: LanguageCode
    locale: Annotated[str, Field(pattern=r"^[a-z]{2,3}-[A-Z]{2}$")]  # BCP 47, for Say
    voice: Text  # Twilio's name of the voice; `VOICES` in the environment overrides it
    offer: Plain  # offers this language in another one's menu, in the form of an option
    digits: dict[Digit, Text] = Field(min_length=10)
    signs: dict[Literal["#", "*"], Text] = Field(min_length=2)
    codes: dict[Text, Text] = Field(default_factory=dict)  # numbers said as words: 110, #9110
    menu: MenuPhrases
    referral: ReferralPhrases
    hours: HoursPhrases
    texted: TextedPhrases
    text: TextPhrases
    tree: TreeWords | None = None  # the tree's words, unless the tree is in this language
    agencies: dict[Text, AgencyWords] = Field(default_factory=dict)

    def key(self, key: str) -> str:
        """How a key is named in speech: シャープ for #."""
        return self.digits.get(key) or self.signs[key]  # type: ignore[call-overload, index]
