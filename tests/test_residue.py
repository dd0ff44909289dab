"""Leftovers of the original, its encoding and its web page."""

from __future__ import annotations

import pytest

from reviewer.checks import residue
from reviewer.model import Finding, ReviewerError, Rule
from tests.detecting import LONG, UGLY, findings, mended, seconds


def found(detect: str, text: str, source: str | None = None, kind: str = "paragraph") -> list[Finding]:
    return findings(residue.compile, detect, text, sources=[source], kind=kind)


def marked(detect: str, text: str, source: str | None = None, kind: str = "paragraph") -> list[str]:
    return [one.text for one in found(detect, text, source, kind)]


def fixed(detect: str, text: str) -> str:
    return mended(text, found(detect, text))


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("The stall sells 豆花 and tea.", ["豆花"]),
        ('"糍粑" is pounded by hand.', ["糍粑"]),
        ("It closed on 2018年9月3日 for good.", ["2018年9月3日"]),
        ("He said 不行，不行。 and left.", ["不行，不行。"]),
        ("Port news - 港口日报 - 新闻网站", ["港口日报 - 新闻网站"]),
        (
            "The whole town, they say (他昨天晚上在码头等了三个小时才见到了船长和两名水手) slept.",
            ["他昨天晚上在码头等了三个小时才见到了船长和两名水手"],
        ),
    ],
)
def test_chinese_words_are_marked_with_the_digits_and_marks_that_belong_to_them(text: str, words: list[str]) -> None:
    assert marked("untranslated-words", text) == words


@pytest.mark.parametrize(
    "text",
    [
        "The stall sells douhua (豆花), a soft bean curd.",
        "The stall sells 豆花 (bean curd).",
        'The word "豆花", meaning bean flower, is old.',
        "The character 福 hangs on the door.",
        "The characters 人 and 从 look alike.",
        "The Beigang 北港 ferry is full.",
        "The Běigǎng 北港 ferry is full.",
        "The stall (Chinese: 豆花; pinyin: dòuhuā) is closed.",
        "The stall sells douhua（豆花）.",
    ],
)
def test_a_glossed_original_is_left_alone(text: str) -> None:
    assert marked("untranslated-words", text) == []


def test_a_segment_that_is_wholly_chinese_is_one_finding() -> None:
    text = " 船长说，今天不出海。 "
    assert marked("untranslated-segment", text) == [text.strip()]
    assert marked("untranslated-words", text) == []
    assert marked("full-width-punctuation", text) == []


def test_a_chinese_table_cell_counts_only_beside_a_source() -> None:
    assert marked("untranslated-segment", "码头", kind="cell") == []
    assert marked("untranslated-segment", "码头", "码头", kind="cell") == ["码头"]


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("The sign says ようこそ in red.", ["ようこそ"]),
        ("The film 東京の夜 is long.", ["東京の夜"]),
        ("He whispered спасибо большое and left.", ["спасибо большое"]),
        ("The name, שלום, was new.", ["שלום"]),
        ("السلام عليكم", ["السلام عليكم"]),
        ("Angles α and β, 5 μm, Δt and πr are fine.", []),
        ("Her thanks (спасибо) came late.", []),
    ],
)
def test_other_scripts_are_marked_unless_glossed_or_symbols(text: str, words: list[str]) -> None:
    assert marked("other-script", text) == words


def test_japanese_is_not_taken_for_chinese() -> None:
    assert marked("untranslated-words", "The film 東京の夜 is long.") == []


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("We flew to Běijīng, then to Xī'ān.", ["Běijīng", "Xī'ān"]),
        ("They said nǐ hǎo to Zhāng Wěi.", ["nǐ hǎo", "Zhāng Wěi"]),
        ("The Zhōngguó shop is closed.", ["Zhōngguó"]),
        ("Harmony (hé xié) is a policy word.", []),
        ("A café, a naïve señor, Điện Biên, Kraków, Ōsaka, Kyūshū, Māori, Pāli, Škoda, Plzeň and Děčín.", []),
        ("Beyoncé sang voilà in Málaga.", []),
    ],
)
def test_pinyin_with_tones_is_told_from_other_accents(text: str, words: list[str]) -> None:
    assert marked("pinyin-with-tones", text) == words


def test_names_in_pinyin_lose_their_tone_marks() -> None:
    assert fixed("pinyin-with-tones", "We flew to Lǚliáng.") == "We flew to Lüliang."


@pytest.mark.parametrize(
    "text",
    [
        "Les pêcheurs du village ont attendu le bateau dans le port pendant toute la nuit.",
        "Los pescadores del pueblo esperaron el barco en el puerto durante toda la noche.",
        "Die Fischer haben die ganze Nacht im Hafen auf das Boot gewartet, und es kam nicht.",
        "Para nelayan di desa itu menunggu kapal yang tidak datang dengan sabar.",
    ],
)
def test_a_segment_in_another_language_is_one_finding(text: str) -> None:
    assert marked("other-language", text) == [text]


@pytest.mark.parametrize(
    "text",
    [
        "Fishermen waited all night for the boat.",
        "Fresh mussels, garlic butter, grilled squid, lemon sorbet, espresso macchiato, panna cotta",
        "Ana Souza, Pedro da Silva, Maria do Carmo, João dos Santos e Rita de Oliveira",
        "12345 67890 12345 67890 12345 67890 12345 67890 12345 67890",
        "Visiting scholars discuss quantum computing trends, semiconductor exports, climate finance",
    ],
)
def test_english_names_menus_and_figures_are_not_another_language(text: str) -> None:
    assert marked("other-language", text) == []


@pytest.mark.parametrize(
    ("text", "right"),
    [
        ("The gate opened，and he ran。Then rain", "The gate opened, and he ran. Then rain"),
        ("Two men（both old）left", "Two men (both old) left"),
        ("It ended ， at last", "It ended, at last"),
        ("At 20：30 the ferry left", "At 20:30 the ferry left"),
        ("He asked：“Why？”", "He asked: “Why?”"),
        ("It is over.。", "It is over."),
        ("A week （or two）。", "A week (or two)."),
        ("salt、tea；rope", "salt, tea; rope"),
        ("the end——of it", "the end—of it"),
        ("3～4 days, ～ 5", "3–4 days, ~ 5"),
        ("port｜news", "port|news"),
    ],
)
def test_full_width_marks_become_english_ones_with_the_spaces_right(text: str, right: str) -> None:
    assert fixed("full-width-punctuation", text) == right


def test_adjacent_marks_are_one_finding() -> None:
    assert marked("full-width-punctuation", "He left（early）。") == ["（", "）。"]


@pytest.mark.parametrize(
    "text", ["The phrase 山高，水长。 (high mountains) is old.", "Wait… – “yes” — it’s £5.", "Plain, old. text!"]
)
def test_marks_of_chinese_words_and_of_english_typesetting_are_left_alone(text: str) -> None:
    assert marked("full-width-punctuation", text) == []


@pytest.mark.parametrize(
    ("text", "right"),
    [
        ("Her novel 《Rain》sold well", 'Her novel "Rain" sold well'),
        ("the “play 《Rain》 of” May", "the “play “Rain” of” May"),
        ('They call it "《Rain》" here', 'They call it "Rain" here'),
        ("the 『old wall』", 'the "old wall"'),
        ("a lone 》 mark", 'a lone " mark'),
    ],
)
def test_chinese_quotation_marks_become_english_ones_in_pairs(text: str, right: str) -> None:
    assert fixed("chinese-quotation-marks", text) == right


@pytest.mark.parametrize(
    ("text", "right"),
    [
        ("Row １２ and gate Ｂ２", "Row 12 and gate B2"),
        ("up １２．５％ since", "up 12.5% since"),
        ("90㎡, 3㎞ and phase Ⅲ", "90 m², 3 km and phase III"),
        ("＃2 ＆ co", "#2 & co"),
    ],
)
def test_wide_letters_digits_and_units_become_plain_ones(text: str, right: str) -> None:
    assert fixed("full-width-letters", text) == right


def test_the_dot_between_names_becomes_a_space() -> None:
    assert fixed("interpunct", "A book by Emma·Harding and Li·Mei.") == "A book by Emma Harding and Li Mei."
    assert marked("interpunct", "Home · Sport · Weather") == []
    assert marked("interpunct", "• Sport comes first") == []
    assert marked("interpunct", "a paral·lel line, 5 N·m, kW·h") == []


def test_invisible_characters_are_named_and_deleted() -> None:
    one = found("invisible-characters", "bound\u200bary")[0]
    assert "zero width space (U+200B)" in one.message
    assert fixed("invisible-characters", "\ufeffman\u00aduscript\u200b\u200b is\u2060 lost") == "manuscript is lost"


@pytest.mark.parametrize(
    "text",
    [
        "👩\u200d👩\u200d👧 and ❤\ufe0f and 1\ufe0f\u20e3 and ©\ufe0f",
        "He wrote שלום\u200f!",
        "می\u200cخواهم",
        "5\u00a0km, “\u202foui\u202f”",
        "plain",
    ],
)
def test_invisible_characters_at_work_are_left_alone(text: str) -> None:
    assert marked("invisible-characters", text) == []


def test_lost_characters_are_marked_without_a_fix() -> None:
    assert [(one.text, one.fixes) for one in found("lost-characters", "caf\ufffd, \ue123\ue124 20, ok")] == [
        ("\ufffd", ()),
        ("\ue123\ue124", ()),
    ]


def test_an_ideographic_space_becomes_a_space_inside_and_nothing_at_the_edges() -> None:
    assert fixed("ideographic-space", "\u3000\u3000The rain\u3000 stopped.\u3000") == "The rain stopped."


def test_letters_that_only_look_latin_are_replaced() -> None:
    assert fixed("look-alike-letters", "The h\u0430rbour and the \u0421ity") == "The harbour and the City"
    assert marked("look-alike-letters", "5 μm, 3 kΩ, Δt, Москва") == []


@pytest.mark.parametrize(
    ("text", "right"),
    [
        ("He didnâ€™t go", "He didn’t go"),
        ("a cafÃ© in SÃ£o Paulo", "a café in São Paulo"),
        ("twice: Ã¢â‚¬â„¢", "twice: ’"),
        ("Chinese: ä¸\u00adæ–‡", "Chinese: 中文"),
        ("GBK: ÖÐ¹ú", "GBK: 中国"),
        ("don鈥檛 and caf茅", "don’t and café"),
        ("â€œYesâ€ he said", "“Yes” he said"),
    ],
)
def test_mojibake_is_repaired_where_the_repair_is_sure(text: str, right: str) -> None:
    assert fixed("mojibake", text) == right


def test_only_the_garbled_letters_are_marked() -> None:
    assert marked("mojibake", "The cafÃ© is closed") == ["Ã©"]
    assert [one.fixes for one in found("mojibake", "Gone: 锟斤拷锟斤拷")] == [()]


@pytest.mark.parametrize("text", ["CAFÉ… “É” à» ÅÄÖ", "naïve café señor Ångström Łódź", "Moutai (茅台) is dear.", "£5 – 20°C"])
def test_accents_beside_marks_are_no_mojibake(text: str) -> None:
    assert marked("mojibake", text) == []


@pytest.mark.parametrize(
    ("detect", "text", "right"),
    [
        ("entities", "Salt&nbsp;and&#160;tea &amp;amp; &ldquo;rum&rdquo;&#x2026;", "Salt and tea & “rum”…"),
        ("tags", "Old.<br/>New <b>roof</b> <!-- note --><P class='x'>in</P>", "Old. New roof in"),
        ("escapes", r"caf\u00e9 \u4e2d\u6587 end.\n", "café 中文 end."),
        ("unknown-tokens", "▁The▁har@@ bour</s>", "The harbour"),
    ],
)
def test_markup_is_resolved_or_deleted(detect: str, text: str, right: str) -> None:
    assert fixed(detect, text) == right


@pytest.mark.parametrize(
    ("detect", "text"),
    [
        ("entities", "R&D; salt & pepper, AT&T"),
        ("tags", "a < b and c > d, <pier> and 3<5>2"),
        ("escapes", r"the folder C:\news\table, a\b"),
        ("placeholders", "90% sure, 5%, user@mail.org, {a, b}, snake_case, [1], @harbour"),
        ("unknown-tokens", "Ġorġ and C# and @harbour and [note]"),
    ],
)
def test_signs_that_only_look_like_markup_are_left_alone(detect: str, text: str) -> None:
    assert marked(detect, text) == []


def test_slots_and_tags_that_the_source_has_too_are_left_alone() -> None:
    assert marked("placeholders", "Thank {0} and %s", "谢谢{0}") == ["%s"]
    assert marked("tags", "<b>Thank</b> you<br>", "<b>谢谢</b>你") == ["<br>"]


def test_an_unknown_detector_is_an_error_with_its_line() -> None:
    with pytest.raises(ReviewerError, match="no detector is called 'residues'"):
        residue.compile([Rule(id="a/b/c", why="No.", detect="residues", line=3)])


def test_a_number_of_letters_that_is_no_number_is_an_error() -> None:
    with pytest.raises(ReviewerError, match="'min_letters' wants a number, not 'many'"):
        findings(residue.compile, "other-language", "Text.", options={"min_letters": "many"})


@pytest.mark.parametrize("detect", residue.DETECTORS)
def test_ugly_texts_do_not_break_a_detector(detect: str) -> None:
    for text in UGLY:
        for one in found(detect, text):
            assert one.span.of(text) == one.text != ""


@pytest.mark.parametrize("text", LONG, ids=lambda text: repr(text[:8]))
def test_a_paragraph_of_100000_characters_takes_linear_time(text: str) -> None:
    assert seconds(residue.compile, list(residue.DETECTORS), text) < 20
