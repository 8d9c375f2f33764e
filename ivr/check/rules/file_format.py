"""The codes of files that can't be read: told while they are read, before any check sees them."""

from ivr.check.code import must_fix

CODES = (
    must_fix("no-file", "a file that is not there or can't be opened"),
    must_fix("not-utf8", "a file that is not UTF-8"),
    must_fix("empty-file", "a file without anything in it"),
    must_fix("yaml", "text that is not YAML"),
    must_fix("tab", "a tab where YAML wants spaces"),
    must_fix("too-deep", "values nested without an end"),
    must_fix("duplicate-key", "a key that stands twice in one place"),
    must_fix("wrong-key", "a key of another form than is expected there"),
    must_fix("unknown-key", "a key that means nothing there"),
    must_fix("missing-key", "a key that is needed and not there"),
    must_fix("wrong-value", "a value that is not what its key holds"),
    must_fix("not-a-lexicon", "a lexicon that is no list of respellings"),
    must_fix("lexicon", "a respelling that respells nothing"),
)
