"""One name under two spellings: what is tied, what stays apart, where the finding lies and what it rests on."""

from __future__ import annotations

import random
import time
from collections.abc import Sequence
from pathlib import Path

import pytest

from reviewer import assets
from reviewer.checks import names
from reviewer.checks.names import institutions
from reviewer.checks.names.mentions import collect, fold
from reviewer.checks.names.sounding import sounds_like
from reviewer.checks.pinyin import SURNAMES, SYLLABLES
from reviewer.model import Document, Finding, ReviewerError, Rule, Segment
from reviewer.rulepack import rulefile

RULES = [
    rule
    for file in sorted((assets.folder("rules") / "names").glob("*.yaml"))
    for rule in rulefile.read(file, f"names/{file.stem}")
    if isinstance(rule, Rule) and rule.kind == "names"
]
CHECK = names.compile(RULES)


def document(*targets: str, sources: tuple[str, ...] = ()) -> Document:
    padded = [*sources, *[None] * len(targets)]
    return Document(Path("a"), "text", tuple(Segment(str(n), text, padded[n]) for n, text in enumerate(targets)))


def review(*targets: str, sources: tuple[str, ...] = ()) -> list[Finding]:
    return list(CHECK(document(*targets, sources=sources)))


def marked(*targets: str, sources: tuple[str, ...] = ()) -> list[tuple[str, str]]:
    """(words marked, what they are to become) of each finding."""
    return [(one.text, one.fixes[0].text) for one in review(*targets, sources=sources)]


def test_the_rarer_form_is_marked_and_becomes_the_usual_one() -> None:
    found = marked("Yuanyuan sings.", "We met Yuan Yuan at noon.", "Then Yuan Yuan left for home.")
    assert found == [("Yuanyuan", "Yuan Yuan")]


def test_of_two_forms_equally_common_the_later_is_marked() -> None:
    assert marked("We met Yuan Yuan at noon.", "Then Yuanyuan left for home.") == [("Yuanyuan", "Yuan Yuan")]


def test_a_form_in_a_headline_counts_less_than_one_in_the_text() -> None:
    found = marked("A hill town waits for Yuanyuan", "We met Yuan Yuan at noon. She smiled.")
    assert found == [("Yuanyuan", "Yuan Yuan")]


def test_every_place_of_the_rarer_form_gets_a_finding() -> None:
    found = marked(
        "Yuanyuan sings, and Yuanyuan dances.", *["We met Yuan Yuan at noon."] * 3, "At one Yuan Yuan ate.", "Yuan Yuan left."
    )
    assert found == [("Yuanyuan", "Yuan Yuan")] * 2


def test_a_possessive_is_kept_by_the_fix() -> None:
    (found,) = review("Luo Zhanhai paints. Visitors like Luo Zhanhai.", "They buy Luo Zanhai's cards.")
    assert found.text == "Luo Zanhai"
    assert "They buy Luo Zanhai's cards."[found.span.end :].startswith("'s")


def test_a_finding_points_at_a_place_of_the_usual_form() -> None:
    targets = ("We met Yuan Yuan at noon.", "Yuan Yuan sang.", "Then Yuanyuan left.")
    (found,) = review(*targets)
    (related,) = found.related
    assert (related.segment, related.span.of(targets[0]), related.side) == ("0", "Yuan Yuan", "target")
    assert "Yuanyuan" in found.message
    assert "Yuan Yuan" in found.message


def test_a_name_broken_over_two_lines_is_the_same_name() -> None:
    assert marked("We met Lu\nXiaohong at noon.", "Then Lu Xiaohong left.") == []


def test_a_misspelt_name_over_two_lines_is_marked_whole() -> None:
    (found,) = review("We met Luo Zhanhai at noon.", "Luo Zhanhai sang.", "Then Luo\r\nZanhai left.")
    assert found.text == "Luo\r\nZanhai"


def test_three_forms_all_become_the_commonest() -> None:
    found = marked(
        *["President Lubomir Zelinsky spoke."] * 2, "President Lubomir Zelinskyy left.", "President Lubomir Zelimsky ate."
    )
    assert {fix for _, fix in found} == {"Lubomir Zelinsky"} or {fix for _, fix in found} == {"Zelinsky"}
    assert len(found) == 2


def test_no_word_gets_two_cards() -> None:
    found = review(
        "The Bao'an Port Youth Forum met in Bao'an.",
        "The Youth Forum of Baoan Port closed.",
        "Baoan is warm.",
        "In Bao'an it rains.",
    )
    spans = [(one.segment, position) for one in found for position in range(one.span.start, one.span.end)]
    assert found
    assert len(spans) == len(set(spans))


def test_a_rule_with_an_unknown_detector_names_its_file_and_line() -> None:
    with pytest.raises(ReviewerError, match=r"people\.yaml:7: .*'spelling'"):
        names.compile([Rule(id="names/people/x", why="A.", kind="names", detect="spelling", file=Path("people.yaml"), line=7)])


@pytest.mark.parametrize(
    "targets",
    [
        pytest.param(("Gao Lan founded the firm.", "Gao said sales grew.", "Mr Gao then left.", "Ms. Gao stayed."), id="surname"),
        pytest.param(("Gao Yonghe founded the firm.", "His daughter Gao Yongli took over."), id="daughter"),
        pytest.param(("Gao Yonghe founded the firm.", "Reporter Gao Yuxin wrote the story."), id="namesake"),
        pytest.param(
            ("Rain fell in Shaanxi.", "Snow fell in Shanxi.", "Hunan and Henan stayed dry.", "Hainan waits."), id="provinces"
        ),
        pytest.param(("Shops in Suzhou close.", "Those in Xuzhou open.", "Huzhou, Fuzhou and Chuzhou vote."), id="cities"),
        pytest.param(("Engineer Li Ming built it.", "Li Ming left.", "Nurse Li Min saw it.", "Li Min slept."), id="both frequent"),
        pytest.param(("Chen Wei, a doctor, spoke.", "Cheng Wei, a driver, laughed."), id="two posts"),
        pytest.param(("Lake Group bought the mill.", "Lake Holdings sold it.", "Lake Industries burned."), id="companies"),
        pytest.param(("A Uyghur farmer sold melons.", "Many Uyghurs sing.", "The Uighur is a language."), id="plural"),
        pytest.param(("Exports from China rose.", "Chinese exports rose.", "The Chinas of old poets."), id="adjective"),
        pytest.param(("The U.S. agreed.", "The United States agreed.", "The US agreed.", "American firms agreed."), id="acronym"),
        pytest.param(("Boris Johnson met us.", "Ronny Johnston met them.", "Then Johnson left."), id="Johnson and Johnston"),
        pytest.param(("Ana Harris ran.", "Joe Harrison swam.", "Marie Duval sang.", "Maria Duval danced."), id="Marie and Maria"),
        pytest.param(("It rained in January.", "It snowed in June.", "July was dry.", "June Carver sang."), id="months"),
        pytest.param(("The Second Youth Forum met.", "The Third Youth Forum met.", "The 2023 Youth Forum met."), id="ordinals"),
        pytest.param(("Kim Jong-un waved.", "His daughter Kim Ju-ae waved too."), id="Korean father and daughter"),
        pytest.param(("TOWN GREETS LU XIAOHONG", "We met Lu Xiaohong at noon."), id="capitals"),
        pytest.param(("Every Day Counts in the Hills", "Everyday life is slow.", "Online and On Line"), id="compounds"),
        pytest.param(("President Ilves spoke.", "President Marta Ilves left.", "Ilves slept."), id="office and short form"),
        pytest.param(("Oxford University opened.", "The University of Oxford closed."), id="two names in use"),
    ],
)
def test_what_only_looks_alike_stays_apart(targets: tuple[str, ...]) -> None:
    assert marked(*targets) == []


def test_people_named_side_by_side_are_two_people() -> None:
    assert marked("Luo Zhanhai and Luo Zanhai rowed home.", "The lake was calm.") == []


def test_the_chinese_tells_two_provinces_from_one() -> None:
    targets = ("The orchards of Shaanxi bloom.", "Pears from Shanxi are sweet.")
    assert marked(*targets, sources=("陕西果园开花。", "陕西的梨很甜。")) == [("Shanxi", "Shaanxi")]
    assert marked(*targets, sources=("陕西果园开花。", "山西的梨很甜。")) == []


def test_a_finding_with_a_source_points_at_the_chinese() -> None:
    sources = ("织匠蒋文丽很忙。", "客人拜访蒋文丽。")
    (found,) = review("The weaver Jiang Wenli is busy.", "Guests visit Jiang Wenlai.", sources=sources)
    chinese = [related for related in found.related if related.side == "source"]
    assert [related.text for related in chinese] == ["蒋文丽", "蒋文丽"]
    assert all(related.span.of(sources[int(related.segment)]) == "蒋文丽" for related in chinese)


def test_a_compound_surname_is_read_as_one() -> None:
    targets = ("The potter Ouyang Lan works at night.", "Buyers wait for Ouyang Liang at dawn.")
    assert marked(*targets, sources=("陶工欧阳兰夜里干活。", "买家清晨等欧阳兰。")) == [("Ouyang Liang", "Ouyang Lan")]


@pytest.mark.parametrize("text", ["", "   ", "1 2 3", "!?", "A", "“”", "é", "O'", "of the of the", "\ufeff", "鲊鱼"])
def test_text_without_names_is_no_trouble(text: str) -> None:
    assert review(text, text) == []


def test_the_same_letters_are_one_name_whatever_their_marks() -> None:
    assert fold("Xi'an") == fold("XI AN") == fold("Xi-an") == "xian"
    assert fold("Erdoğan") == "erdogan"
    assert fold("İzmir") == fold("Izmir")


def test_every_mention_is_where_it_says() -> None:
    lines = ("President Tomas Brandt met Lu Xiaohong’s sister.", "The Harbour\nPilots Association of Port O'Neill agreed.")
    found = collect(document(*lines))
    for group in (found.words, found.names, found.people, found.titles, found.acronyms):
        for text, name in group.items():
            assert all(" ".join(mention.span.of(lines[mention.segment]).split()) == text for mention in name.mentions)


def made_up(count: int, seed: int, syllables: Sequence[str] = tuple(sorted(SYLLABLES))) -> list[str]:
    """Chinese names, as in a register."""
    dice = random.Random(seed)
    surnames = sorted(SURNAMES)
    given = ("".join(dice.choices(syllables, k=dice.choice((1, 2, 2)))).capitalize() for _ in range(count))
    return [f"{dice.choice(surnames)} {name}" for name in given]


def test_a_list_of_five_thousand_names_is_hardly_noisy() -> None:
    assert len(review(*made_up(5000, 1))) <= 25
    assert len(review(", ".join(made_up(5000, 2)) + ".")) <= 25
    common = made_up(5000, 4, "bai dong feng hai jing kang lin ming ning ping qing rong shan tao wen xing yun zhen".split())
    assert len(review(*common)) <= 50


def test_ten_thousand_names_take_seconds() -> None:
    people = made_up(10_000, 3)
    lines = [
        f"{one} told the paper that the road was ready, and {other} agreed at once."
        for one, other in zip(people[::2], people[1::2], strict=True)
    ]
    started = time.process_time()
    found = review(*lines)
    assert time.process_time() - started < 60
    assert len(found) < len(lines) / 50


@pytest.mark.parametrize("unit", ["Word ", "Of the Hill and ", "Ab-", "A", '"', "He ", "Aa  "])
def test_endless_runs_take_no_time(unit: str) -> None:
    started = time.process_time()
    assert review(unit * 20_000) == []
    assert time.process_time() - started < 10


def test_surnames_that_are_english_words_make_no_noise() -> None:
    lines = [
        "He Can Sing",
        "You Long to Sing",
        "Will You Sing?",
        "Sang Song and He ran home.",
        "Long Song is sung by Men Dan.",
        "You Ran far.",
    ]
    assert review(*lines) == []


def test_text_without_capitals_or_all_in_capitals_has_no_names() -> None:
    lines = ("We met Yuan Yuan at noon in the tea house.", "Then Yuanyuan left the tea house for home.")
    assert review(*(line.lower() for line in lines)) == []
    assert review(*(line.upper() for line in lines)) == []


def test_a_name_in_lower_case_is_looked_for_near_its_longest_word() -> None:
    text = "harbour " + "x" * 500 + " harbour, the harbour " + "y" * 190 + " harbour"
    spans = [(span.start, span.end) for span in institutions._around("harbour", text)]
    assert spans == [(0, 207), (309, len(text) + 200)]
    assert list(institutions._around("quay", text)) == []


def test_every_other_spelling_of_the_name_is_shown_on_its_card() -> None:
    found = review(
        "President Lubomir Zelinsky spoke.",
        "President Lubomir Zelinsky left.",
        "President Lubomir Zelinskyy ate.",
        "President Lubomir Zelimsky slept.",
    )
    assert {related.text for one in found for related in one.related} >= {
        "Lubomir Zelinsky",
        "Lubomir Zelinskyy",
        "Lubomir Zelimsky",
    }


@pytest.mark.parametrize(
    ("targets", "sources"),
    [
        pytest.param(
            ("The Swedish team won.", "Sweden won again.", "Swedes danced."),
            ("瑞典队赢了。", "瑞典又赢了。", "瑞典人跳舞。"),
            id="adjective",
        ),
        pytest.param(
            ("The Weskirk Choir sang.", "A Weston bell rang."), ("韦斯科克合唱团唱歌。", "韦斯顿的钟响了。"), id="two towns"
        ),
        pytest.param(("Petersburg is cold.", "Peter is warm."), ("彼得堡很冷。", "彼得很暖和。"), id="part of the other"),
        pytest.param(
            ("The Hebei Health Commission met.", "The Hunan Health Commission slept."),
            ("河北省卫生健康委员会开会。", "湖南省卫生健康委员会睡觉。"),
            id="two provinces",
        ),
        pytest.param(
            ("The Justice Ministry wrote.", "The Ministry of Labour agreed."),
            ("司法部写信。", "司法部和劳动部同意。"),
            id="ministries",
        ),
    ],
)
def test_what_the_chinese_tells_apart_stays_apart(targets: tuple[str, ...], sources: tuple[str, ...]) -> None:
    assert marked(*targets, sources=sources) == []


def test_a_finding_by_the_chinese_points_at_the_characters() -> None:
    sources = ("韦斯科克市长来了。", "韦斯科克很远。")
    found = review("The mayor of Weskirk came.", "It is far to Weskerk.", sources=sources)
    (place,) = [related for related in found[0].related if related.side == "source"]
    assert place.span.of(sources[int(place.segment)]) == place.text == "韦斯科克"


@pytest.mark.parametrize(
    ("word", "han", "alike"),
    [
        ("Shaybak", "沙依巴克", True),
        ("Wessel", "韦瑟尔县", True),
        ("Brown", "布朗", True),
        ("Andanal", "安达纳尔", True),
        ("Zheng", "郑", True),
        ("Vientiane", "越南", False),
        ("Megan", "哈利", False),
        ("Provincial", "保护", False),
    ],
)
def test_a_foreign_word_sounds_like_its_chinese(word: str, han: str, alike: bool) -> None:
    assert sounds_like(word, han) is alike


def test_a_month_before_a_name_is_no_part_of_it() -> None:
    found = collect(document("In June Lu Xiaohong came. On Friday Lu Xiaohong left. Then June Carver sang."))
    assert set(found.names) >= {"Lu Xiaohong", "June Carver"}
    assert "June Lu Xiaohong" not in found.names
