"""All that a line can come to say: every turn a caller can reach, every sentence on hours."""

from collections import deque
from collections.abc import Callable, Hashable, Iterable, Iterator
from dataclasses import replace
from datetime import datetime

from ivr.engine import time_speech
from ivr.engine.caller import Caller, CallerKind, numbering
from ivr.engine.context import Context
from ivr.engine.dialogue import beginning, last_words, step
from ivr.engine.hours import AgencyState, AgencyStates
from ivr.engine.keys import (
    KEYPAD,
    NO_KEY,
    REFERRAL_KEYS,
    RESERVED_KEYS,
    YES_KEY,
    late_choices,
    named_keys,
)
from ivr.engine.line import Line
from ivr.engine.number_speech import every_digit
from ivr.engine.pauses import AFTER_SENTENCE
from ivr.engine.position import (
    Event,
    Held,
    Keys,
    Position,
    Silence,
    Start,
    Texted,
    TextOutcome,
    TextsRefused,
)
from ivr.engine.speech import Pause, Speech, Words
from ivr.engine.time_speech import hours_sentence
from ivr.engine.tree import Refer, referred
from ivr.engine.turn import HoldNumber, RecallNumber, RefuseTexts, Turn

_DAYS = 366


def explore(
    line: Line,
    language: str,
    opening: AgencyStates,
    caller: Caller,
    place: Callable[[Turn], Hashable],
    keys: Callable[[Turn], Iterable[str]],
) -> Iterator[Turn]:
    """Breadth first; turns at one `place` count as one, and at each the `keys` are tried."""
    first = step(line, beginning(line, language), Start(), opening, caller)
    known = {place(first)}
    ahead = deque([first])
    while ahead:
        turn = ahead.popleft()
        yield turn
        position = replace(turn.position, visits=0)
        for event in what_may_happen(line, turn, keys(turn)):
            following = step(line, position, event, opening, caller)
            if place(following) not in known:
                known.add(place(following))
                ahead.append(following)


def keys_apart(line: Line, turn: Turn) -> tuple[str, ...]:
    """All that can be pressed at a turn: every key, but of those that nobody names only one.

    A step tells keys apart by what names them; see `keys.named_keys`. Where a number may be dialled
    into the call, each key may be its next digit.
    """
    if turn.position.dialled:
        return tuple(KEYPAD)
    known = named_keys(line, line.node(turn.position.node))
    unnamed = [key for key in KEYPAD if key not in known]
    named = [key for key in KEYPAD if key in known]
    return (*named, *unnamed[:1], *entries(line, turn.position))


def every_speech(line: Line, since: datetime) -> Iterator[Speech]:
    """Every speech that any call can hear in the year after `since`, an aware time.

    Opening hours change what is said in two ways: which agencies are read and in which order, so
    every agency is listed with each introduction; and the sentence on an agency's hours, which is
    listed for all states of the year.
    """
    opening = line.timetable.worst()

    def keys(turn: Turn) -> Iterable[str]:
        return _telling_keys(line, turn)

    for language in line.scripts:  # each by itself, so that no key need change it
        for caller in _callers(line):
            for turn in explore(line, language, opening, caller, _speech, keys):
                if turn.position.entry is None or not turn.position.entry.confirming:
                    yield turn.speech
        yield from _read_back(line, language)
        yield from _introductions(line, language)
        yield last_words(line, language).speech
    yield from _hours(line, since)


def _read_back(line: Line, language: str) -> Iterator[Speech]:
    """The words around a number that is read back, and its digits; not every number there is."""
    prompts = line.scripts[language].prompts
    context = Context(
        line, line.timetable.worst(), Caller(CallerKind.WITHHELD), Position(language, "")
    )
    yield every_digit(prompts)
    yield context.sentence(prompts.entry.read_back) + every_digit(prompts)[:2]
    yield context.options([(prompts.entry.right, YES_KEY), (prompts.entry.wrong, NO_KEY)])
    # A number that is dialled into the call: what follows it is said elsewhere too.
    yield (*context.sentence(prompts.referral.dialled), *every_digit(prompts)[:1])


def _telling_keys(line: Line, turn: Turn) -> set[str]:
    """The keys that lead to other words each: of all that mean nothing here, one is enough, and
    those that mean the same everywhere are tried at the first question alone."""
    node = line.node(turn.position.node)
    if isinstance(node, Refer):
        known = {*REFERRAL_KEYS, *late_choices(line, node)}
    else:
        known = set(node.choices)
    if turn.position.node == line.tree.start:
        known |= set(RESERVED_KEYS)
    wrong = [key for key in KEYPAD if key not in {*known, *RESERVED_KEYS, *line.tree.languages}]
    return {*known, *wrong[:1], *entries(line, turn.position)}


def _introductions(line: Line, language: str) -> Iterator[Speech]:
    """Each agency with a number, introduced in each way; and what a call costs."""
    script = line.scripts[language]
    phrases, cost = script.prompts.referral, script.prompts.cost
    names = [n for n in dict.fromkeys(referred(line.tree)) if line.agency(n).phones]
    said = [
        phrase.format(agency=script.agencies[name].heard)
        for name in names
        for phrase in (phrases.call, phrases.otherwise, phrases.by_phone, phrases.meanwhile)
    ]
    for sentence in (*said, cost.free, cost.charged):
        # Followed by something, as in a call: the pause belongs to what is played.
        yield Words(sentence, language), Pause(AFTER_SENTENCE), Words(sentence, language)


def _callers(line: Line) -> list[Caller]:
    """The kinds of caller to whom other words are said, and one on a line that sends no texts."""
    numbers = [phone for agency in line.directory.agencies.values() for phone in agency.phones]
    named = {kind for phone in numbers for kind in phone.not_from}
    kinds = {CallerKind.MOBILE, CallerKind.WITHHELD, CallerKind.LANDLINE} | named
    return [*map(Caller, kinds), Caller(CallerKind.MOBILE, line_texts=False)]


def _hours(line: Line, since: datetime) -> Iterator[Speech]:
    statuses = {
        what_is_said(status): status
        for name in dict.fromkeys(referred(line.tree))
        for _, status in line.timetable.changes(name, since, _DAYS)
    }
    for language, script in line.scripts.items():
        said = {hours_sentence(status, script.prompts) for status in statuses.values()}
        for sentence in sorted(words for words in said if words is not None):
            # Followed by something, as in a call: the pause belongs to what is played.
            yield Words(sentence, language), Pause(AFTER_SENTENCE), Words(sentence, language)


def what_is_said(status: AgencyState) -> Hashable:
    """The same for states of which the same is said: today's and tomorrow's days have no name."""
    opens, ahead = status.opens, status.days_ahead
    if opens is None:
        return status.availability
    if ahead < time_speech.FIRST_NAMED_DAY:
        return ahead, opens.time()
    day = opens.weekday() if ahead < time_speech.WEEK else opens.date()
    return ahead < time_speech.WEEK, day, opens.time()


def entries(line: Line, position: Position) -> tuple[str, ...]:
    """What may be keyed in where a number is awaited: a right one, and wrong ones."""
    if position.entry is None or position.entry.confirming:
        return ()
    known = numbering(line.tree.country)
    return "".join(known.groups(known.mobile_example)), "110"


def _speech(turn: Turn) -> Hashable:
    """One of all turns that say the same at one node: what can follow it, is said there too."""
    return turn.position.language, turn.position.node, turn.speech, turn.effect


def what_may_happen(line: Line, turn: Turn, keys: Iterable[str]) -> tuple[Event, ...]:
    """Every event that can follow a turn, if these `keys` are what is pressed."""
    match turn.effect:
        case None:
            pass
        case HoldNumber(number):
            return Held(number), Held(None)
        case RecallNumber():
            example = numbering(line.tree.country).mobile_example
            return Held(example), Held(None)
        case RefuseTexts(refused):
            return TextsRefused(refused), TextsRefused(None)
        case _:
            return tuple(Texted(outcome) for outcome in TextOutcome)
    if turn.wait is None:
        return ()
    return (*(Keys(key) for key in keys), Silence())
