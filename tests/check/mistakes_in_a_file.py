"""Mistakes within one file: keys, values, and YAML itself."""

TREE, AGENCIES = "data/tree.yaml", "data/agencies.yaml"
JA, EN = "prompts/ja.yaml", "prompts/en.yaml"
SCHEDULE = '      schedules:\n        - {byday: [MO], opens_at: "08:30", closes_at: "17:15"}'

# Each row: the file, what stands there, what the author made of it (§ marks the line to be named),
# the code, and a piece of the message that the author gets.
MISTAKES = {
    # -- a key that means nothing, or is not there
    "misspelt key": (TREE, "fallback:", "§falback:", "unknown-key", "did you mean `fallback`?"),
    "misspelt key of an opening": (
        *(TREE, "  greeting:", "  §greting:"),
        *("unknown-key", "did you mean `greeting`?"),
    ),
    "misspelt key of an agency": (
        *(AGENCIES, "    spoken: 法律の相談所", "    §spokn: 法律の相談所"),
        *("unknown-key", "did you mean `spoken`?"),
    ),
    "misspelt key of a phone": (
        *(AGENCIES, "0120-061-338, cost:", "0120-061-338, §cst:"),
        *("unknown-key", "did you mean `cost`?"),
    ),
    "misspelt key of a prompt": (
        *(JA, "  no_match: その", "  §nomatch: その"),
        *("unknown-key", "did you mean `no_match`?"),
    ),
    "a key that is like no other": (TREE, "country: JP", "country: JP\n§zzz: 1", "unknown-key", ""),
    "missing key": (TREE, "person: person\n", "", "missing-key", "`person` is missing"),
    "missing trust": (
        *(AGENCIES, "{codes: [ja], trust: V, source", "§{codes: [ja], source"),
        *("missing-key", "`trust` is missing"),
    ),
    "missing prompt": (
        JA,
        "  pen: メモをご用意ください。\n",
        "",
        "missing-key",
        "`pen` is missing",
    ),
    "missing digit": (JA, "4: ヨン, ", "§", "wrong-value", "digits"),
    "duplicate key": (TREE, "start: top", "start: top\n§start: web", "duplicate-key", "`start`"),
    "duplicate node": (
        *(TREE, "  person:\n", "  §talk:\n    refer: [office]\n  person:\n"),
        *("duplicate-key", "keep one"),
    ),
    "duplicate choice": (
        *(TREE, "      3: {say: ネット", "      §2: {say: ネット"),
        *("duplicate-key", "`2` stands here again"),
    ),
    # -- a value of the wrong kind
    "list where text is expected": (
        *(TREE, "name: まちの案内", "name: §[まち, 案内]"),
        *("wrong-value", "`name` is a list; expected text"),
    ),
    "keys where text is expected": (
        *(TREE, "name: まちの案内", "name: §{a: b}"),
        *("wrong-value", "`name` is a group of keys; expected text"),
    ),
    "text where a list is expected": (
        *(AGENCIES, "{codes: [en, zh]", "{codes: §en"),
        *("wrong-value", "`codes` is `en`; expected a list"),
    ),
    "text where keys are expected": (
        *(AGENCIES, "  town_desk:\n    name: 役所の窓口", "  §town_desk: 役所の窓口"),
        *("wrong-value", "expected keys with values"),
    ),
    "nothing where text is expected": (
        *(TREE, "country: JP", "country: §"),
        *("wrong-value", "`country` is empty"),
    ),
    "empty text": (
        *(TREE, "name: まちの案内", 'name: §""'),
        *("wrong-value", "expected some text"),
    ),
    "not true or false": (
        *(AGENCIES, "official: false", "official: §perhaps"),
        *("wrong-value", "expected true or false"),
    ),
    "no such day": (
        *(
            AGENCIES,
            "{codes: [ja], trust: V,",
            "{codes: [ja], trust: V, §assured_date: 2026-02-30,",
        ),
        *("wrong-value", "expected a day such as"),
    ),
    "no such clock time": (
        *(AGENCIES, 'closes_at: "17:30"', '§closes_at: "25:30"'),
        *("wrong-value", "`closes_at` is `25:30`"),
    ),
    "a clock time without its zero": (
        *(AGENCIES, 'closes_at: "17:30"', "§closes_at: 9:30"),
        *("wrong-value", "`closes_at` is `9:30`"),
    ),
    "a number with spaces": (
        *(AGENCIES, "0120-061-338", "§0120 061 338"),
        *("wrong-value", "`0120 061 338`"),
    ),
    "an address without https": (
        *(AGENCIES, "https://night.example/", "§night.example"),
        *("wrong-value", "`night.example`"),
    ),
    "no schedule": (
        *(AGENCIES, SCHEDULE, "      §schedules: []"),
        *("wrong-value", "expected at least one"),
    ),
    "a schedule without days": (
        *(AGENCIES, '{byday: [MO], opens_at: "08:30"', '§{opens_at: "08:30"'),
        *("wrong-value", "byday"),
    ),
    "a fact without a source": (
        *(
            AGENCIES,
            "{codes: [pt], trust: V, source: invented}",
            "{codes: [pt], trust: V, §source: []}",
        ),
        *("wrong-value", "`source`"),
    ),
    "key 0 as a choice": (TREE, "      1: {say: 話す", "      §0: {say: 話す", "wrong-key", "`0`"),
    "a word as a choice": (
        TREE,
        "      1: {say: 話す",
        "      §one: {say: 話す",
        "wrong-key",
        "`one`",
    ),
    "a key that is a list": (
        TREE,
        "start: top",
        "start: top\n§[a, b]: c",
        "wrong-key",
        "a key must",
    ),
    "a node's name with a blank": (
        TREE,
        "  person:\n",
        "  §the person:\n",
        "wrong-key",
        "the person",
    ),
    "a node that is nothing": (
        *(TREE, "  person:\n    refer: [night_desk, foreign_desk]", "  §person:"),
        *("wrong-value", "a question (`choices`) or a referral (`refer`)"),
    ),
    "a place that nobody fills in": (
        *(JA, 'press: "{key}を。"', '§press: "{kye}を。"'),
        *("wrong-value", "expected a text with {key}"),
    ),
    "a place where none is": (
        *(JA, "again: もう一度。", '§again: "もう{one}度。"'),
        *("wrong-value", "no {places}"),
    ),
    "a brace left open": (JA, 'press: "{key}を。"', '§press: "{keyを。"', "wrong-value", "press"),
    # -- a word of a fixed list, misspelt
    "misspelt trust": (
        *(AGENCIES, "trust: L, source", "§trust: Vold, source"),
        *("wrong-value", "did you mean `V-old`?"),
    ),
    "misspelt weekday": (
        *(AGENCIES, "{byday: [MO], opens", "{byday: [§MON], opens"),
        *("wrong-value", "did you mean `MO`?"),
    ),
    "misspelt cost": (
        *(AGENCIES, "cost: navidial", "§cost: navidail"),
        *("wrong-value", "did you mean `navidial`?"),
    ),
    "misspelt kind of caller": (
        *(AGENCIES, "not_from: [ip_phone, foreign]", "not_from: [§ipphone, foreign]"),
        *("wrong-value", "did you mean `ip_phone`?"),
    ),
    # -- YAML itself
    "a tab": (TREE, "  top:\n    ask:", "  top:\n§\task:", "tab", "two spaces"),
    "a quote left open": (TREE, "name: まちの案内", 'name: "まちの案内', "yaml", "fix the YAML"),
    "a bracket left open": (TREE, "refer: [form_desk]\n", "refer: [form_desk\n", "yaml", "fix"),
    "an alias of nothing": (TREE, "start: top", "start: §*top", "yaml", "undefined alias"),
    "two documents": (TREE, "nodes:\n", "§---\nnodes:\n", "yaml", "another document"),
}
