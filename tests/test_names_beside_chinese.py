"""Names beside their Chinese: the holders of a post, its institutions, listed countries, and what stays apart."""

from __future__ import annotations

from tests.test_names import marked

BOARD = ("委员会主席温德拉恩为大桥剪彩。", "温德拉恩一再表示他很喜欢。")


def test_the_holder_of_a_post_is_one_person_where_the_chinese_has_one() -> None:
    found = marked(
        "Commission President Ivo Lantos opened the bridge.",
        "Weindelar has repeatedly stated that he likes it.",
        sources=BOARD,
    )
    assert found == [("Weindelar", "Ivo Lantos")]


def test_a_pronoun_is_no_name() -> None:
    assert not marked("Commission President Ivo Lantos opened the bridge.", "He has repeatedly stated it.", sources=BOARD)


def test_the_parts_of_a_name_with_a_small_word_are_no_two_people() -> None:
    first = "Commission President Ursa von der Lahn opened the bridge."
    assert not marked(first, "Von der Lahn has repeatedly stated that he likes it.", sources=BOARD)


def test_who_is_spoken_of_in_the_chinese_is_not_who_speaks_in_the_english() -> None:
    found = marked(
        "The director of the Lamp Office, Wei Ping, lit the harbour.",
        "Varga said that the harbour was bright.",
        sources=("灯光局主任魏平点亮了港口。", "瓦尔加对魏平说港口很亮。"),
    )
    assert not found


def test_a_name_that_is_the_pinyin_of_other_chinese_is_another_person() -> None:
    found = marked(
        "The director of the Lamp Office, Wei Ping, lit the harbour.",
        "Tao Liang said that the harbour was bright.",
        sources=("灯光局主任魏平点亮了港口。", "魏平到了，陶亮说港口很亮。"),
    )
    assert not found


def test_two_posts_alike_in_one_line_name_nobody() -> None:
    found = marked(
        "The director Wei Ping and the director Tao Liang lit the harbour.",
        "The director Otto Brandt said that the harbour was bright.",
        sources=("主任魏平和主任陶亮点亮了港口。", "主任魏平说港口很亮。"),
    )
    assert not found


def test_an_institution_and_its_short_form_are_one() -> None:
    found = marked(
        "The director of the Harbour Ferry Council, Wei Ping, rang the bell.",
        "The new Ferry Council director, Wei Ping, has a lantern.",
        sources=("渡江办主任魏平敲了钟。", "新任渡江办主任魏平有一盏灯笼。"),
    )
    assert not found


def test_a_country_in_place_of_the_one_that_the_chinese_names_is_found() -> None:
    found = marked(
        "US-Fiji talks on kites", "The Philippines fly kites on Monday.", sources=("美日菲会谈放风筝", "菲律宾周一放风筝。")
    )
    assert found == [("Fiji", "Philippines")]


def test_a_country_is_named_by_its_single_character_too() -> None:
    found = marked("Marcos visited China for $9.", "The US flies kites.", sources=("马科斯访华，获得9美元。", "美国放风筝。"))
    assert not found


def test_a_country_that_the_english_names_nowhere_else_is_no_name_to_use() -> None:
    assert not marked("A kite from Fiji fell.", "It was red.", sources=("菲律宾的风筝掉了。", "风筝是红色的。"))


def test_a_name_inside_a_longer_one_is_not_an_alias_of_it() -> None:
    assert not marked("The Democratic Progressive Party met.", "The Democratic Progressive Party (DPP) sang.")


def test_two_names_set_side_by_side_are_both_known_to_the_reader() -> None:
    assert not marked("Macao (also spelled Macau) lies on the coast.", "The ferry to Macao is late.", "Macau is small.")


def test_two_names_far_apart_in_one_sentence_do_not_excuse_a_third_place() -> None:
    found = marked(
        "The casinos of Macao close at noon, and on the ninth of the month the ferry to Macau stays at home.",
        "Macao is small, and Macao is old.",
        "The beaches of Macau are black.",
    )
    assert found == [("Macau", "Macao")]


def test_a_deputy_chairman_is_a_vice_chairman() -> None:
    found = marked(
        "Party Vice Chairman Ilona Varga landed at noon. The streets were full.",
        "At the dinner Party Deputy Chairman Janos Keleti thanked his hosts.",
    )
    assert found == [("Janos Keleti", "Ilona Varga")]


def test_a_name_in_one_word_becomes_two() -> None:
    assert marked("The curator Meixun told us that it is windy.") == [("Meixun", "Mei Xun")]


def test_a_given_name_after_its_surname_may_stand_alone() -> None:
    assert not marked("Wang Meixun, curator of kites, sang.", "The curator Meixun told us that it is windy.")


def test_a_short_form_without_the_name_of_the_company_says_nothing() -> None:
    assert not marked('Ember Holding Co., Ltd. (hereinafter referred to as "the Holding Company") sells bells.')
