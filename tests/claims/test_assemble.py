"""How cues, numbers, places, times and weapons come together."""

import pytest

from claims.reading import count, facts, gazetteer, only, read, surfaces
from vidomo.claims.model import Kind
from vidomo.claims.read import READER_VERSION, read_text, version
from vidomo.core.errors import ConfigError


def test_a_number_goes_to_the_noun_that_it_counts() -> None:
    text = "У місті 3 загиблих та 17 поранених, під завалами шукають ще двох."
    assert count(only(text, "harm.killed")) == (3, 3, "exact")
    assert count(only(text, "harm.injured")) == (17, 17, "exact")
    assert count(only(text, "harm.missing")) == (2, 2, "exact")


def test_a_woman_and_a_man_are_two() -> None:
    assert count(only("Чоловік і жінка загинули.", "harm.killed")) == (2, 2, "exact")


def test_a_teacher_and_two_guards_are_three() -> None:
    claim = only("A bomb landed, injuring a teacher and two guards.", "harm.injured")
    assert count(claim) == (3, 3, "exact")


def test_the_children_of_the_dead_are_not_counted() -> None:
    assert count(only("Загинула мати двох дітей.", "harm.killed")) == (1, 1, "exact")


def test_two_people_side_by_side_are_two_claims() -> None:
    text = "Поранені чоловіки 45 та 52 років, 61-річна жінка травмована."
    found = [count(c) for c in read(text).claims if c.topic == "harm.injured"]
    assert sorted(found, key=str) == [(1, 1, "exact"), (2, 2, "exact")]


def test_how_somebody_is_adds_nobody() -> None:
    text = "Пострадала 60-летняя женщина, у неё острая реакция на стресс."
    assert count(only(text, "harm.injured")) == (1, 1, "exact")


def test_a_fact_told_twice_is_one_claim_with_the_richer_quotation() -> None:
    text = "У місті вибухи.\nДСНС повідомила, що пролунало близько 10 вибухів."
    claim = only(text, "event.explosion", genre="news")
    assert count(claim) == (10, 10, "about")
    assert claim.speaker.kind == "organisation"


def test_a_strike_and_one_of_its_bombs_are_two_claims() -> None:
    text = "Місто атакували авіабомбами. Одна бомба впала на подвір'я."
    assert len([c for c in read(text).claims if c.topic == "event.strike"]) == 2


def test_a_weapon_said_to_be_likely_is_the_munition_of_the_event() -> None:
    claim = only("У місті вибухи. Попередньо, двома КАБами.", "cause.munition")
    assert (claim.kind, claim.means) == ("assessment", ("kab",))


def test_a_bomb_from_the_air_whose_kind_is_not_said_has_no_kind() -> None:
    claim = only("На місто скинули чотири авіабомби.", "event.strike")
    assert (claim.means, claim.means_logic) == ((), "")
    assert count(claim) == (4, 4, "exact")


def test_two_weapons_together_are_and() -> None:
    claim = only("Місто атакували ракетами та дронами.", "event.strike")
    assert claim.means_logic == "and"
    assert set(claim.means) == {"missile", "uav"}


def test_a_place_named_before_serves_the_sentences_after_it() -> None:
    text = "Ізюм. Пролунали вибухи. Є пошкодження."
    assert surfaces(only(text, "event.explosion")) == {"Ізюм"}
    assert surfaces(only(text, "impact.damage")) == {"Ізюм"}


def test_a_list_under_one_verb_is_one_claim() -> None:
    text = "Світло повернули в Балаклію, Лозову та Чугуїв, без струму лишається Ізюм."
    assert len(only(text, "impact.power.restored").places) == 3
    assert surfaces(only(text, "impact.power.outage")) == {"Ізюм"}


def test_a_place_that_the_text_excludes_is_left_out() -> None:
    claim = only("Відбій тривоги в Харківській області, крім Ізюмського району.", "alert.end")
    assert surfaces(claim) == {"Харківській області"}


def test_the_attacking_country_is_not_the_place() -> None:
    claim = only("Росія завдала удару по Ізюму.", "event.strike")
    assert surfaces(claim) == {"Ізюму"}


def test_a_word_of_the_cue_is_no_place() -> None:
    assert not only("Пожежу ліквідовано.", "impact.fire.out").places


def test_the_whole_grid_is_the_whole_country() -> None:
    claim = only("The energy system could be forced into a fragmented state.", "grid.fragmentation")
    assert [(place.code, place.level) for place in claim.places] == [("UA", "country")]


def test_a_time_of_the_paragraph_serves_its_events() -> None:
    text = "О 14:25 стався удар. Виникла пожежа."
    claim = only(text, "impact.fire", posted="2025-12-20T18:00:00+02:00")
    assert claim.time.surface
    assert claim.time.basis != "publication"


def test_the_announced_regime_is_named() -> None:
    assert only("Уведено аварійні відключення.", "power.emergency_shutdown").regime == (
        "emergency_shutdown"
    )


@pytest.mark.parametrize(
    ("text", "topic", "extent"),
    [
        ("Місто повністю знеструмлено.", "impact.power.outage", "all"),
        ("Частина міста без світла.", "impact.power.outage", "part"),
        ("Більшість будинків без світла.", "impact.power.outage", "most"),
        ("Widespread power outages have begun.", "impact.power.outage", "most"),
        ("У місті немає світла.", "impact.power.outage", "unstated"),
    ],
)
def test_the_extent_is_as_said(text: str, topic: str, extent: str) -> None:
    assert only(text, topic).extent == extent


def test_shorthand_of_monitoring_channels_is_read_as_threats() -> None:
    reading = read("2х повз Боярку")
    assert reading.genre == "monitor"
    assert [claim.topic for claim in reading.claims] == ["threat.uav"]


def test_the_stated_genre_is_kept_and_an_unknown_one_refused() -> None:
    assert read("Пролунали вибухи.", genre="news").genre == "news"
    with pytest.raises(ConfigError, match="poetry"):
        read("Вибухи.", genre="poetry")


def test_a_mended_loss_is_no_rescue_of_people() -> None:
    assert not facts("Ситуацію врятували.")


def test_ids_do_not_depend_on_the_codes_of_places() -> None:
    text = "Пролунали вибухи."
    known = read(text).claims[0].id
    assert read(text).claims[0].id == known
    assert read_text(text, gazetteer=gazetteer(), report="rep_other").claims[0].id != known


def test_the_version_names_the_reader_and_its_tables() -> None:
    number, _, digest = version().partition("+")
    assert number == READER_VERSION
    assert len(digest) == 12
    assert read("").reader_version == version()


def test_a_sentence_without_a_claim_says_why() -> None:
    reading = read("Хто знає? Гарного ранку з Ізюма! Не публікуйте фото наслідків прильотів.")
    reasons = {silent.reason for silent in reading.silent}
    assert {"question", "context"} <= reasons
    assert read("Генштаб: 100 боєзіткнень.").silent[0].reason == "out_of_scope"
    assert read("Ізюм сьогодні").silent[0].reason == "heading"


def test_unknown_and_report_can_stand_side_by_side() -> None:
    text = "Під містом горить ліс, площа пожежі уточнюється."
    kinds = {(c.topic, c.kind) for c in read(text).claims}
    assert kinds == {("impact.fire", Kind.REPORT), ("impact.damage", Kind.UNKNOWN)}


def test_a_count_told_place_by_place_is_a_claim_a_place() -> None:
    text = "Збито 12 дронів: 5 на Сумщині, 7 на Харківщині."
    found = {
        (c.number.min, *sorted(surfaces(c)))
        for c in read(text).claims
        if c.topic == "event.air_defence" and c.number
    }
    assert found == {(12,), (5, "Сумщині"), (7, "Харківщині")}


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("Поранено жінку, чоловіка та дитину.", 3),
        ("Ранен парень - подросток.", 1),
        ("Загинула жінка, мати двох дітей.", 1),
        ("Две женщины и трое мужчин скончались.", 5),
    ],
)
def test_people_named_one_by_one_are_counted_once(text: str, wanted: int) -> None:
    found = [c for c in read(text).claims if c.topic.startswith("harm.")]
    assert [count(claim) for claim in found] == [(wanted, wanted, "exact")]


def test_children_and_adults_are_two_counts() -> None:
    found = read("Один ребёнок и трое взрослых скончались.").claims
    assert {(c.number.min, c.number.unit) for c in found if c.number} == {
        (1, "children"),
        (3, "persons"),
    }


def test_each_share_of_a_total_is_told_apart_although_the_type_word_is_said_once() -> None:
    text = "Сбито 9 беспилотников: 6 над Сумской областью, 2 – над Полтавской, один — в Киеве."
    found = {
        (c.number.min, *sorted(surfaces(c)))
        for c in read(text).claims
        if c.topic == "event.air_defence" and c.number
    }
    assert found == {(9,), (6, "Сумской областью"), (2, "Полтавской"), (1, "Киеве")}


def test_among_them_a_child_is_a_part_of_one() -> None:
    found = [c.number for c in read("Постраждали троє людей, серед них дитина.").claims]
    assert {(n.min, n.subset_of) for n in found if n} == {(3, None), (1, "persons")}


def test_rose_to_is_no_upper_bound() -> None:
    text = "До 11 человек увеличилось количество погибших."
    assert count(only(text, "harm.killed")) == (11, 11, "exact")


def test_a_question_after_the_cause_is_about_what_was_told_last() -> None:
    found = read("Горит склад. Обстоятельства уточняются.").claims
    assert [(c.topic, c.kind.value) for c in found] == [
        ("impact.fire", "report"),
        ("impact.fire", "unknown"),
    ]


def test_how_somebody_is_counts_nobody_anew() -> None:
    found = read("Пострадали 7 человек, четверо из них госпитализированы.").claims
    assert [count(c) for c in found] == [(7, 7, "exact")]
    assert count(only("Женщину госпитализировали.", "harm.injured")) == (1, 1, "exact")


def test_a_name_in_quotation_marks_is_counted() -> None:
    claim = only("Сбили 15 «шахедов».", "event.air_defence")
    assert claim.number is not None
    assert claim.number.unit == "uavs"


def test_a_part_with_a_verb_of_its_own_is_counted_there() -> None:
    text = "Пострадали 124 человека, из них трое погибли."
    assert count(only(text, "harm.casualties")) == (124, 124, "exact")
    assert count(only(text, "harm.killed")) == (3, 3, "exact")


def test_one_who_died_and_one_in_hospital_are_two_statements() -> None:
    text = "Погиб один мужчина и одна женщина находится в тяжелом состоянии."
    assert count(only(text, "harm.killed")) == (1, 1, "exact")
    assert count(only(text, "harm.injured")) == (1, 1, "exact")


def test_what_a_number_has_come_to_counts_what_it_is_the_number_of() -> None:
    text = "Число погибших после удара по Одессе 18 ноября выросло до 11."
    assert count(only(text, "harm.killed")) == (11, 11, "exact")


@pytest.mark.parametrize(
    ("text", "topic", "unit"),
    [
        ("Знеструмлено 400 населених пунктів у 10 областях.", "impact.power.outage", "settlements"),
        ("Обстріляно 5 сіл у 3 районах.", "event.shelling", "settlements"),
        ("Без світла 12 районів у двох областях.", "impact.power.outage", "districts"),
    ],
)
def test_what_is_counted_is_narrower_than_what_it_lies_in(text: str, topic: str, unit: str) -> None:
    number = only(text, topic).number
    assert number is not None
    assert number.unit == unit


@pytest.mark.parametrize(
    ("text", "topic", "low", "unit"),
    [
        ("Ворог пустив 18 ракет. Сили ППО збили 15 з них.", "event.air_defence", 15, "missiles"),
        ("Знищено: 34/44 ударних БпЛА.", "event.air_defence", 34, "uavs"),
        ("Над містом 21 дрон, 16 з цих дронів збито.", "event.air_defence", 16, "uavs"),
        ("Запущено 75 шахедів. 71 – знищено.", "event.air_defence", 71, "uavs"),
        ("Поранено семеро, двоє з них померли.", "harm.killed", 2, "persons"),
        ("Били 61 раз, з них по Херсону 11 обстрілів.", "event.shelling", 11, "shellings"),
    ],
)
def test_a_part_of_what_was_counted_before_has_its_unit(
    text: str, topic: str, low: int, unit: str
) -> None:
    numbers = [claim.number for claim in read(text).claims if claim.topic == topic]
    assert [(one.min, one.unit) for one in numbers if one and one.min == low] == [(low, unit)]


def test_the_children_among_the_hurt_are_children() -> None:
    numbers = [claim.number for claim in read("Поранено 7 людей, 3 з них діти.").claims]
    assert [(one.min, one.unit) for one in numbers if one] == [(7, "persons"), (3, "children")]


def test_thousands_are_also_written_with_one_letter() -> None:
    claim = only("Без света больше 10к человек.", "impact.power.outage")
    assert count(claim) == (10_000, None, "at_least")


def test_an_ending_on_figures_makes_no_hour_of_them() -> None:
    claim = only("Известно о 3-х пострадавших.", "harm.injured")
    assert count(claim) == (3, 3, "exact")


def test_an_outage_of_a_town_is_not_merged_with_that_of_its_oblast() -> None:
    text = "В області знеструмлені 278 сіл. У місті Одеса місцями немає світла."
    found = [c for c in read(text).claims if c.topic == "impact.power.outage"]
    assert len(found) == 2


def test_a_wounded_woman_in_a_summary_of_the_day_is_told() -> None:
    text = "За добу загинув чоловік, поранення зазнала жінка."
    assert ("harm.injured", "background", "affirmed") in facts(text)


def test_where_a_resident_is_from_is_where_it_happened_if_nothing_else_is_named() -> None:
    text = "В Лозовой тихо. Жительница Изюма получила ранения."
    assert surfaces(only(text, "harm.injured")) == {"Изюма"}


def test_a_town_that_suffered_hurts_nobody() -> None:
    assert not [
        c for c in read("От дронов пострадали Харьков и Одесса.").claims if "harm" in c.topic
    ]


def test_who_dies_of_an_injury_is_counted_once() -> None:
    text = "Взрыв в Изюме. Водителю оторвало ноги, он погиб."
    assert not [c for c in read(text).claims if c.topic == "harm.injured"]


def test_firefighters_and_their_engines_are_counted_apart() -> None:
    found = [count(c) for c in read("109 пожарных и 38 единиц техники тушат пожар.").claims]
    assert (109, 109, "exact") in found
    assert (38, 38, "exact") in found


def test_a_heading_without_a_place_takes_that_of_its_text() -> None:
    text = "Полиция сообщила об атаке дронов.\n\nНочью дроны атаковали Изюм, это третья атака."
    assert surfaces(only(text, "event.strike")) == {"Изюм"}


def test_what_left_for_abroad_takes_no_event_along() -> None:
    text = "Сбить удалось 76 дронов над Украиной, пять улетели в сторону Беларуси."
    assert surfaces(only(text, "event.air_defence")) == {"Украиной"}


def test_a_fire_guessed_at_beside_a_reported_one_is_none() -> None:
    text = "В Изюме пожар на складе. Предположительно, горит краска."
    assert only(text, "impact.fire").kind is Kind.REPORT


def test_the_place_of_residents_serves_no_sentence_after_it() -> None:
    text = "Ночью взрыв прогремел в Изюме. Задержаны житель Лозовой и житель Сум. Погиб мужчина."
    assert surfaces(only(text, "harm.killed")) == {"Изюме"}
