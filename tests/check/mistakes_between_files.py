"""Mistakes between files: things that do not fit together, and words in another language."""

TREE, AGENCIES = "data/tree.yaml", "data/agencies.yaml"
JA, EN = "prompts/ja.yaml", "prompts/en.yaml"

# Each row: the file, what stands there, what the author made of it (§ marks the line to be named),
# the code, and a piece of the message that the author gets.
MISTAKES = {
    # -- things that do not fit together
    "missing target": (
        *(TREE, "go: talk}", "§go: tlak}"),
        *("missing-target", "no node `tlak`; did you mean `talk`?"),
    ),
    "missing start": (TREE, "start: top", "§start: topp", "missing-target", "did you mean `top`?"),
    "missing fallback": (
        *(TREE, "fallback: no_keys", "§fallback: nokeys"),
        *("missing-target", "did you mean `no_keys`?"),
    ),
    "missing way of silence": (
        *(TREE, "    silence: talk", "    §silence: tlk"),
        *("missing-target", "did you mean `talk`?"),
    ),
    "unknown agency": (
        *(TREE, "refer: [form_desk]", "refer: [§form_dask]"),
        *("unknown-agency", "did you mean `form_desk`?"),
    ),
    "inactive agency": (
        *(AGENCIES, "    name: 役所の窓口", "    name: 役所の窓口\n    status: inactive"),
        *("inactive-agency", "`town_desk`"),
    ),
    "unknown source": (
        *(AGENCIES, "trust: L, source: invented", "trust: L, source: §invnted"),
        *("unknown-source", "did you mean `invented`?"),
    ),
    "unknown closure": (
        *(AGENCIES, "closed_on: [holidays, year_end]", "§closed_on: [holidays, yearend]"),
        *("unknown-closure", "did you mean `year_end`?"),
    ),
    "unknown country of holidays": (
        *(AGENCIES, "holidays: JP", "§holidays: XX"),
        *("unknown-country", "`XX`"),
    ),
    "a language key that is a choice too": (
        *(TREE, "languages: {9: en}", "languages: {3: en}"),
        *("key-taken", "key 3"),
    ),
    "a language without prompts": (
        *(TREE, "languages: {9: en}", "languages: {§9: fr}"),
        *("unknown-language", "no prompts in `fr`"),
    ),
    "a file in another language than its name": (
        *(EN, "language: en", "§language: eng"),
        *("wrong-language", "named `en`"),
    ),
    "a referral that nobody could talk to": (
        *(TREE, "refer: [form_desk]", "§refer: [kiosk]"),
        *("not-understood", "answers in `ja`"),
    ),
    "key 0 without a trusted number": (
        *(TREE, "refer: [night_desk, foreign_desk]", "refer: [night_desk, page_desk]"),
        *("no-number", "`person` may be all a caller hears"),
    ),
    "key 0 that asks a question": (
        *(TREE, "person: person\n", "§person: web\n"),
        *("no-number", "it must be a referral"),
    ),
    "the way without keys without a number": (
        *(TREE, "second_desk, foreign_desk]", "second_desk, town_desk]"),
        *("no-number", "`no_keys` may be all"),
    ),
    # -- words in another language
    "untranslated sentence": (
        *(EN, "      stay: If you can't press, please wait.\n", ""),
        *("untranslated", "`top.stay` has no words here; in the tree it says 「押せない方は"),
    ),
    "untranslated choice": (
        *(EN, "        2: For the law,\n", ""),
        *("untranslated", "`top.choices.2`"),
    ),
    "untranslated node": (
        *(
            TREE,
            "  person:\n",
            "  extra:\n    ask: なにを。\n    choices: {1: {say: はい, go: talk}}\n\n  person:\n",
        ),
        *("untranslated", "`extra.ask`"),
    ),
    "untranslated agency": (
        EN,
        "  kiosk: {name: the Portuguese Kiosk}\n",
        "",
        "untranslated",
        "`kiosk`",
    ),
    "untranslated closure": (
        *(EN, ", year_end: Dec 29-Jan 3", "§"),
        *("untranslated", "`year_end`"),
    ),
    "words of a node that is gone": (
        *(EN, "    law:\n", "    gone:\n      §say: Hello.\n    law:\n"),
        *("left-over", "`gone.say`"),
    ),
    "words of a choice that is gone": (
        *(EN, "        3: For the web,\n", "        3: For the web,\n        §4: For the sea,\n"),
        *("left-over", "`top.choices.4`"),
    ),
    "words of an agency that is gone": (
        *(EN, "  kiosk: {name", "  §kioks: {name"),
        *("unknown-agency", "did you mean `kiosk`?"),
    ),
}
