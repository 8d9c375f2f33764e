"""How the line's Japanese is read aloud: a table of wanted readings, and no word unread."""

import pytest

from ivr.engine import Line, Words
from ivr.engine.directory import PhoneType
from ivr.engine.number_speech import read_number
from ivr.engine.pauses import AFTER_SENTENCE
from ivr.engine.tree import Refer
from ivr.files.yaml_source import SourceText
from ivr.speech import Lexicon, load_lexicon
from ivr.speech.readings import is_readable, kana, morae, reading, seconds_to_say
from tests.speech.voices import LEXICON, needs_openjtalk

WANTED = {
    "人権110番": "ジンケンヒャクトーバン",
    "みんなの人権110番": "ミンナノジンケンヒャクトーバン",
    "国の、こどもの人権110番です。": "クニノ、コドモノジンケンヒャクトーバンデス。",
    "ひまわりお悩み110番": "ヒマワリオナヤミヒャクトーバン",
    "110番": "ヒャクトーバン",
    "電話を切って、110番へ。": "デンワヲキッテ、ヒャクトーバンエ。",
    "#9110": "シャープ、キュー、イチ、イチ、ゼロ",
    "法テラス": "ホーテラス",
    "誹謗中傷ホットライン": "ヒボーチューショーホットライン",
    "よりそいホットライン": "ヨリソイホットライン",
    "#いのちSOS": "イノチエスオーエス",
    "24時間子供SOSダイヤル": "ニジューヨジカンコドモエスオーエスダイヤル",
    "18さいまでの": "ジューハチサイマデノ",
    "違法・有害情報相談センター": "イホー・ユーガイジョーホーソーダンセンター",
    "いはほ": "イハホ",
    "IPA安心相談": "アイピーエーアンシンソーダン",
    "法務局LINEじんけん相談": "ホームキョクラインジンケンソーダン",
    "警察庁": "ケーサツチョー",
    "SMSを送りました。": "エスエムエスヲオクリマシタ。",
    "押せない方は": "オセナイカタワ",
    "24時間、開いています。": "ニジューヨジカン、アイテイマス。",
    "9時に開きます。": "クジニアキマス。",
    "8時30分": "ハチジサンジュップン",
    "4時": "ヨジ",
    "7時": "シチジ",
    "17時15分": "ジューシチジジューゴフン",
    "10時1分": "ジュージイップン",
    "1月4日": "イチガツヨッカ",
    "4月1日": "シガツツイタチ",
    "9月20日": "クガツハツカ",
    "10月10日": "ジューガツトーカ",
    "12月28日": "ジューニガツニジューハチニチ",
    "きょう": "キョー",
    "あした": "アシタ",
    **{day + "曜日": kana_ + "ヨービ" for day, kana_ in zip(
        "月火水木金土日", ["ゲツ", "カ", "スイ", "モク", "キン", "ド", "ニチ"], strict=True)},
}  # fmt: skip

# Every agency that a Japanese call can name: how its name is heard, and the words to search for.
AGENCIES = {
    "bengoshikai": ("ベンゴシニソーダンスル、ベンゴシカイ", "ニホンベンゴシレンゴーカイ"),
    "hibou_hotline": (
        "サイトエノレンラクワ",
        "ヒボーチューショーホットライン",
    ),
    "houterasu": ("ホーリツノ、ホーテラス", "ホーテラス"),
    "ihaho": (
        "ケシカタノソーダンワ",
        "イホー・ユーガイジョーホーソーダンセンター",
    ),
    "ihc": (
        "イホーナジョーホーノツーホーワ",
        "インターネット・ホットラインセンター",
    ),
    "inochi_sos": ("イノチエスオーエス", "イノチエスオーエス"),
    "ipa": ("コジンノタメノ、アイピーエーアンシンソーダン", "アイピーエーアンシンソーダンマドグチ"),
    "jinken": ("クニノ、ミンナノジンケンヒャクトーバン", "ミンナノジンケンヒャクトーバン"),
    "jinken_net": ("ジンケンノソーダンワ", "インターネットジンケンソーダン"),
    "kodomo_sos": (
        "ジューハチサイマデノ、コドモエスオーエスダイヤル",
        "ニジューヨジカンコドモエスオーエスダイヤル",
    ),
    "local_desks": (
        "ガッコーヤ、ヤクショノマドグチ",
        "ガッコーヤシヤクショ・チョーソンヤクバノマドグチ",
    ),
    "mamorouyo_kokoro": ("ソーダンサキヲサガス、マモローヨココロ", "マモローヨココロ"),
    "npa_form": (
        "ケーサツエノソーダンワ",
        "ケーサツチョー、サイバーハンザイソーダン",
    ),
    "police_9110": ("ケーサツノソーダンデンワ", "ケーサツソーダンセンヨーデンワ"),
    "safe_line": ("ガゾーヲケスイライワ", "セーフライン"),
    "shouhisha_188": ("ダマサレタトキノ、ショーヒシャホットライン", "ショーヒシャホットライン"),
    "yorisoi": ("ヨリソイホットライン", "ヨリソイホットライン"),
}

NUMBERS = {
    "188": "イチハチハチ",
    "#9110": "シャープ キュウイチイチゼロ",
    "03-6745-5600": "ゼロサン ロクナナヨンゴー ゴーロクゼロゼロ",
    "0120-0-78310": "ゼロイチニーゼロ ゼロ ナナハチサンイチゼロ",
    "0120-061-338": "ゼロイチニーゼロ ゼロロクイチ サンサンハチ",
    "0120-279-338": "ゼロイチニーゼロ ニーナナキュウ サンサンハチ",
    "050-3754-5430": "ゼロゴーゼロ サンナナゴーヨン ゴーヨンサンゼロ",
    "0570-003-110": "ゼロゴーナナゼロ ゼロゼロサン イチイチゼロ",
    "0570-078374": "ゼロゴーナナゼロ ゼロナナハチ サンナナヨン",
    "0570-078377": "ゼロゴーナナゼロ ゼロナナハチ サンナナナナ",
    "0570-090911": "ゼロゴーナナゼロ ゼロキュウゼロ キュウイチイチ",
}


def referred(line: Line) -> set[str]:
    """The agencies that some referral names."""
    nodes = line.tree.nodes.values()
    return {name for node in nodes if isinstance(node, Refer) for name in node.named}


@pytest.fixture(scope="module")
def lexicon() -> Lexicon:
    """The shipped one."""
    return load_lexicon(SourceText(str(LEXICON), LEXICON.read_text(encoding="utf-8")))


@needs_openjtalk
@pytest.mark.parametrize(("written", "wanted"), WANTED.items())
def test_words_are_read_as_wanted(written: str, wanted: str, lexicon: Lexicon) -> None:
    assert kana(lexicon.spoken(written)) == wanted


@pytest.mark.parametrize(("number", "wanted"), NUMBERS.items())
def test_numbers_are_read_digit_by_digit(number: str, wanted: str, line: Line) -> None:
    assert reading(read_number(number, line.scripts["ja"].prompts)) == wanted


@needs_openjtalk
@pytest.mark.parametrize(("name", "heard", "searched"), [(n, *r) for n, r in AGENCIES.items()])
def test_an_agency_is_called_by_its_name(
    name: str, heard: str, searched: str, line: Line, lexicon: Lexicon
) -> None:
    words = line.scripts["ja"].agencies[name]
    assert kana(lexicon.spoken(words.heard)) == heard
    assert kana(lexicon.spoken(words.searched)) == searched


def test_no_agency_and_no_number_is_missing_from_these_tables(line: Line) -> None:
    names = referred(line)
    assert {name for name in names if line.speaks(name, "ja")} == set(AGENCIES)
    assert {
        phone.number
        for name in names
        for phone in line.agency(name).phones
        if phone.speakable and phone.type is PhoneType.VOICE
    } == set(NUMBERS)


@needs_openjtalk
def test_no_agency_has_a_word_that_is_spelt_out_or_skipped(line: Line, lexicon: Lexicon) -> None:
    agencies = line.scripts["ja"].agencies.values()
    for text in {text for agency in agencies for text in (agency.heard, agency.searched)}:
        assert is_readable(reading((Words(text, "ja"),), lexicon)), text


@needs_openjtalk
def test_every_respelling_is_itself_readable(lexicon: Lexicon) -> None:
    for spoken in lexicon.words.values():
        assert is_readable(kana(spoken)), spoken


@pytest.mark.parametrize(
    ("read", "beats"),
    [
        ("ヒャクトーバン", 6),
        ("キュー", 2),
        ("ガッコー", 4),
        ("", 0),
        ("イチ、ゼロ。", 4),
    ],
)
def test_morae_are_counted_as_they_are_beaten(read: str, beats: int) -> None:
    assert morae(read) == beats


def test_an_unread_word_shows() -> None:
    assert is_readable("ヒャクトーバンエ。")
    assert not is_readable("＃キューセン")
    assert not is_readable("ＩＨＣ")


def test_an_estimate_counts_morae_and_rests_but_not_the_last_stop() -> None:
    assert seconds_to_say("アアアアアア。", 6) == pytest.approx(1.0)
    assert seconds_to_say("アアア、アアア。アアアアアア。", 6) == pytest.approx(
        2.0 + 0.3 + AFTER_SENTENCE
    )
