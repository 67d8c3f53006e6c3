"""A lone statement that nobody could place is taken for talk."""

import pytest

from vidomo.app.reader import read

TALK = (
    "Це не ефір. Це якийсь удар, який розсікає довоєнне життя. "
    "Слухав учора в дорозі. Раджу кожному."
)
LONG = "Горить склад. Тримайтеся. Підписуйтеся на нас."


def test_a_lone_figure_of_speech_in_a_longer_text_is_no_report() -> None:
    assert read(TALK, lang="uk") == ()


def test_a_lone_report_of_a_source_with_a_home_stays() -> None:
    assert [claim.topic for claim in read(LONG, lang="uk", home="UA63040090010029555")] == [
        "impact.fire"
    ]


def test_a_short_text_needs_no_place() -> None:
    assert [claim.topic for claim in read("Пролунали вибухи.", lang="uk")] == ["event.explosion"]


def test_a_figure_is_enough_to_be_told() -> None:
    text = "Тримайтеся. Загинуло двоє людей. Підписуйтеся на нас."
    assert [claim.topic for claim in read(text, lang="uk")] == ["harm.killed"]


def test_an_adjective_alone_takes_the_type_word_of_the_sentence_before() -> None:
    text = "Тривога в Роздільнянському і Болградському районах. В Одеському вже відбій."
    (clear,) = [claim for claim in read(text, lang="uk") if claim.topic == "alert.end"]
    assert [place.code for place in clear.places] == ["UA51100000000095786"]


def test_an_all_clear_for_a_unit_that_is_not_spelled_out_is_not_for_the_sources_town() -> None:
    text = "відбій Краснопільська. Хотінська ще в тривозі"
    town = "UA59080270010036634"
    ended = [claim for claim in read(text, lang="uk", home=town) if claim.topic == "alert.end"]
    assert town not in {ref.code for claim in ended for ref in claim.places}
    assert all(claim.places for claim in ended)


def test_what_happens_in_a_third_country_is_no_claim_though_ukraine_is_spoken_of() -> None:
    text = "У Німеччині двоє людей дістали поранень. Поліція каже, що сварка була про Україну."
    assert read(text, lang="uk") == ()


def test_a_strike_on_ukraine_told_from_abroad_stays() -> None:
    text = "У Польщі підняли винищувачі. Росія завдала удару по Україні 40 ракетами."
    assert "event.strike" in {claim.topic for claim in read(text, lang="uk")}


def test_what_is_planned_within_a_day_is_no_summary_of_the_day() -> None:
    text = "Голосовий зв'язок відновлено, інші послуги планують відновити протягом доби."
    told = {(claim.topic, claim.kind.value) for claim in read(text, lang="uk")}
    assert ("impact.comms.restored", "report") in told
    assert "background" not in {kind for _, kind in told}


def test_a_ukrainian_question_is_no_russian_supply() -> None:
    assert read("Маю запитання до всіх. У киян запитали думку.", lang="uk") == ()


@pytest.mark.parametrize("home", [None, "UA80000000000093317"])
def test_the_oblast_of_kyiv_is_the_one_around_it(home: str | None) -> None:
    text = "У Києві оголошено відбій тривоги, але в області тривога триває."
    found = [(claim.topic, [ref.code for ref in claim.places]) for claim in read(text, home=home)]
    assert found == [
        ("alert.end", ["UA80000000000093317"]),
        ("alert.start", ["UA32000000000030281"]),
    ]
