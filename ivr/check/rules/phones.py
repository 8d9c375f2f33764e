"""Telephone numbers: against the pages they were read on, the numbering plan, and each other."""

import unicodedata
from collections.abc import Iterator, Mapping

import phonenumbers
from phonenumbers import PhoneNumberType

from ivr.check.code import may_ignore, must_fix
from ivr.check.countries import Country
from ivr.check.subject import Draft, Subject
from ivr.engine.directory import Cost, Directory, Phone, PhoneType
from ivr.engine.tree import referred
from ivr.files.problems import Problem
from ivr.files.yaml_source import Path

NUMBER_DISAGREES = must_fix(
    "number-disagrees", "a number that differs from the one its own source prints"
)
PREMIUM_NUMBER = must_fix("premium-number", "a premium-rate number")
INVALID_NUMBER = may_ignore("invalid-number", "a number that cannot exist in this country")
WRONG_COST = may_ignore("wrong-cost", "a cost that does not match the number's first digits")
DUPLICATE_NUMBER = may_ignore("duplicate-number", "a number that two agencies share")
OTHER_NUMBER = may_ignore(
    "other-number", "a number that a source prints but its agency does not have"
)
ONE_READING = may_ignore("one-reading", "a spoken number that was copied from its source only once")

CODES = (
    *(NUMBER_DISAGREES, PREMIUM_NUMBER),
    *(INVALID_NUMBER, WRONG_COST, DUPLICATE_NUMBER, OTHER_NUMBER, ONE_READING),
)

Placed = tuple[str, Path, Phone]


def check_must_fix(draft: Draft) -> Iterator[Problem]:
    """What must never be spoken: a misprint, and a number that somebody earns money with."""
    directory, file = draft.directory, draft.directory_file
    if directory is None:
        return
    for agency, path, phone in _phones(directory):
        for source in phone.source:
            page = directory.sources.get(source)
            printed = page.numbers.get(agency) if page else None
            if printed and pressed_digits(phone.number) not in map(pressed_digits, printed):
                message = (
                    f"`{phone.number}` is not what `{source}` prints: {', '.join(printed)}; "
                    "open the page again, and fix the one that was copied wrong"
                )
                yield NUMBER_DISAGREES.at(file, path, message)
        if (
            draft.tree is not None
            and _kind(phone, draft.tree.country) == PhoneNumberType.PREMIUM_RATE
        ):
            message = f"`{phone.number}` charges a premium; nobody in trouble is sent to one"
            yield PREMIUM_NUMBER.at(file, path, message)


def check(subject: Subject) -> Iterator[Problem]:
    """What a person should look at again."""
    directory, file = subject.line.directory, subject.draft.directory_file
    country, referred_to = subject.line.tree.country, set(referred(subject.line.tree))
    owners: dict[str, str] = {}
    for agency, path, phone in _phones(directory):
        if not _exists(phone.number, country, subject.country):
            message = f"`{phone.number}` is no number in {country}; look at its digits again"
            yield INVALID_NUMBER.at(file, path, message)
        expected = _expected_cost(phone, country, subject.country.costs)
        if expected is not None and phone.cost is not expected:
            message = f"`{phone.number}` is `{phone.cost.value}` here; such numbers are "
            yield WRONG_COST.at(file, path, f"{message}`{expected.value}`")
        owner = owners.setdefault(pressed_digits(phone.number), agency)
        if owner != agency:
            message = f"`{phone.number}` stands at `{owner}` too; one of them may be wrong"
            yield DUPLICATE_NUMBER.at(file, path, message)
        witnesses = [directory.sources[source].numbers.get(agency) for source in phone.source]
        voice = phone.type is PhoneType.VOICE
        if agency in referred_to and voice and phone.speakable and not any(witnesses):
            message = (
                f"`{phone.number}` was copied once; let a second person copy it from the page into "
                f"`numbers` of `{phone.source[0]}`"
            )
            yield ONE_READING.at(file, path, message)


def check_sources(subject: Subject) -> Iterator[Problem]:
    """Every source that prints a number, whether a phone names it or not: witnesses may differ."""
    directory, file = subject.line.directory, subject.draft.directory_file
    for source, page in directory.sources.items():
        for agency, printed in page.numbers.items():
            known = {pressed_digits(phone.number) for phone in directory.agencies[agency].phones}
            for number in printed:
                if pressed_digits(number) not in known:
                    message = (
                        f"`{source}` prints {number} for `{agency}`, which has no such number; see "
                        "which of the two is right, and since when"
                    )
                    yield OTHER_NUMBER.at(file, ("sources", source, "numbers", agency), message)


def pressed_digits(number: str) -> str:
    """The keys one presses: digits and #, whatever stands between them and however wide."""
    return "".join(c for c in unicodedata.normalize("NFKC", number) if c.isdigit() or c == "#")


def _phones(directory: Directory) -> Iterator[Placed]:
    for name, agency in directory.agencies.items():
        for index, phone in enumerate(agency.phones):
            yield name, ("agencies", name, "phones", index), phone


def _exists(number: str, country: str, known: Country) -> bool:
    if number in known.services or number in known.emergency:
        return True
    try:
        parsed = phonenumbers.parse(number, country)
    except phonenumbers.NumberParseException:
        return False
    if number.startswith("#"):
        return False  # a service code that the country's file does not have
    valid = phonenumbers.is_valid_number_for_region(parsed, country)
    return valid or phonenumbers.is_valid_short_number_for_region(parsed, country)


def _kind(phone: Phone, country: str) -> int:
    try:
        return int(phonenumbers.number_type(phonenumbers.parse(phone.number, country)))
    except phonenumbers.NumberParseException:
        return int(PhoneNumberType.UNKNOWN)


def _expected_cost(phone: Phone, country: str, costs: Mapping[str, Cost]) -> Cost | None:
    """What the number itself shows about its cost; nothing of a FAX, which no caller rings."""
    if phone.type is not PhoneType.VOICE:
        return None
    for prefix, cost in costs.items():
        if pressed_digits(phone.number).startswith(prefix):
            return cost
    kind = _kind(phone, country)
    if kind == PhoneNumberType.TOLL_FREE:
        return Cost.FREE
    claims = phone.cost is Cost.FREE and kind == PhoneNumberType.FIXED_LINE
    return Cost.ORDINARY if claims else None
