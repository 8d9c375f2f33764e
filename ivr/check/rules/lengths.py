"""What a carrier would cut: words too long for one Say, and texts of too many segments."""

from collections.abc import Iterator
from urllib.parse import quote
from xml.sax.saxutils import escape

from ivr.check.author_texts import Purpose, every_text
from ivr.check.code import may_ignore
from ivr.check.subject import Subject
from ivr.engine.tree import referred
from ivr.files.problems import Problem
from ivr.sms.referral_text import REFERRAL_SEGMENTS, referral_text
from ivr.voice.saying import MOST_ENCODED, MOST_SAY_CHARACTERS

LONG_SAY = may_ignore("long-say", "words too long for one Say, so that they are cut in two")
LONG_TEXT = may_ignore(
    "long-text", f"an agency whose text takes more than {REFERRAL_SEGMENTS} segments"
)

CODES = (LONG_SAY, LONG_TEXT)

_HEARD = {Purpose.SPOKEN, Purpose.LABEL, Purpose.NAME, Purpose.SEARCH}


def check(subject: Subject) -> Iterator[Problem]:
    """Every text that is heard, and every agency's message in every language."""
    for written in every_text(subject.line, subject.draft):
        # Counted as Twilio counts: https://www.twilio.com/docs/api/errors/13521
        encoded = len(quote(escape(written.text), safe=""))
        long = len(written.text) > MOST_SAY_CHARACTERS or encoded > MOST_ENCODED
        if written.kind in _HEARD and long:
            message = (
                f"{len(written.text)} characters, {encoded} as they are sent; "
                f"{MOST_SAY_CHARACTERS} and {MOST_ENCODED} go into one Say: "
                "make two sentences of it"
            )
            yield LONG_SAY.at(written.file, written.path, message)
    for language in subject.line.scripts:
        for name in sorted(set(referred(subject.line.tree))):
            size = referral_text(subject.line, name, language).size
            if size.segments > REFERRAL_SEGMENTS:
                message = (
                    f"its text in `{language}` takes {size.segments} segments ({size.units} units "
                    f"of {size.encoding}); shorten its name, or give a shorter link of its own"
                )
                file = subject.draft.directory_file
                yield LONG_TEXT.at(file, ("agencies", name), message)
