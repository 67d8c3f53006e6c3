"""What a number of a statement counts, and in which unit."""

import pytest

from claims.reading import read


def counts(text: str) -> set[tuple[str, float | None, str]]:
    """Return topic, lower bound and unit of every counted statement."""
    return {
        (claim.topic, claim.number.min, claim.number.unit)
        for claim in read(text).claims
        if claim.number is not None
    }


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("У громаді працюють 7 пунктів незламності.", ("help.point", 7, "facilities")),
        ("В городе открыто 12 пунктов обогрева.", ("help.point", 12, "facilities")),
        ("14 Points of Invincibility are open.", ("help.point", 14, "facilities")),
        ("У трьох школах немає опалення.", ("impact.heat.outage", 3, "facilities")),
        ("Без света остались две котельные.", ("impact.power.outage", 2, "facilities")),
        ("Four hospitals are without power.", ("impact.power.outage", 4, "facilities")),
        ("Пошкоджено 9 багатоповерхівок.", ("impact.damage", 9, "buildings")),
        ("Пошкоджено два причали.", ("impact.damage", 2, "facilities")),
        ("Повреждены три вагона.", ("impact.damage", 3, "vehicles")),
        ("Пошкоджено 6 садиб.", ("impact.damage", 6, "houses")),
    ],
)
def test_named_things_are_counted_in_the_unit_of_their_kind(
    text: str, wanted: tuple[str, float, str]
) -> None:
    assert wanted in counts(text)


@pytest.mark.parametrize(
    "text",
    [
        "Кілька груп БпЛА на Сумщині.",
        "Несколько групп беспилотников над Сумской областью.",
        "Вибиті вікна в одному під'їзді багатоповерхового будинку.",
        "Ворог випустив по місту 15 снарядів.",
        "У шести областях частина споживачів без світла.",
        "Five regions are without power.",
    ],
)
def test_groups_parts_of_a_house_shells_and_regions_are_no_count(text: str) -> None:
    assert counts(text) == set()


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("Збито близько сотні дронів.", (100, "about")),
        ("Сбито около полутора сотен дронов.", (150, "about")),
        ("Over a dozen drones were shot down.", (12, "at_least")),
        ("Сбито более двух десятков беспилотников.", (20, "at_least")),
        ("Знешкоджено з десяток дронів.", (10, "about")),
        ("Збили сотні дронів.", (None, "several")),
    ],
)
def test_a_round_figure_in_words_is_read_with_its_bound(
    text: str, wanted: tuple[float | None, str]
) -> None:
    (number,) = [claim.number for claim in read(text).claims if claim.number]
    assert (number.min, number.mode) == wanted


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("Порт атаковали дважды.", ("event.strike", 2, "strikes")),
        ("Місто вночі обстріляли двічі.", ("event.shelling", 2, "shellings")),
        (
            "Without power are 300 homes. Another 60 have no heat.",
            ("impact.heat.outage", 60, "houses"),
        ),
        ("Russia launched 50 drones. 22 of those were downed.", ("event.air_defence", 22, "uavs")),
        ("Ворог завдав 3 ракетних та 21 авіаційного удару.", ("event.strike", 3, "strikes")),
        ("Использовали 40 дронов.", ("event.strike", 40, "uavs")),
        ("У Харкові без тепла 3 райони.", ("impact.heat.outage", 3, "city_districts")),
    ],
)
def test_a_count_without_its_noun_takes_that_of_the_words_beside_it(
    text: str, wanted: tuple[str, float, str]
) -> None:
    assert wanted in counts(text)


@pytest.mark.parametrize(
    "text", ["Водієві відірвало обидві ноги.", "Оба погибли на месте.", "Обидва загинули."]
)
def test_both_counts_nobody_anew(text: str) -> None:
    assert not {count for count in counts(text) if count[1] == 2}


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("Уламки одного з дронів упали на дах.", ("event.air_defence", 1, "uavs")),
        ("Обломки одной из ракет упали в поле.", ("event.air_defence", 1, "missiles")),
        ("Число сбитых дронов, летевших на город, достигло 25.", ("event.air_defence", 25, "uavs")),
        ("Пошкодження зафіксовано за 9 адресами.", ("impact.damage", 9, "addresses")),
        ("Збито 80% дронів.", ("event.air_defence", 0.8, "share")),
    ],
)
def test_one_of_several_and_a_number_that_has_grown_are_counts(
    text: str, wanted: tuple[str, float, str]
) -> None:
    assert wanted in counts(text)


@pytest.mark.parametrize(
    "text",
    [
        "Один из самых мощных ударов по Украине.",
        "One of the largest drone attacks on Ukraine.",
        "Повреждена одна из больниц.",
        "В одному із сіл уламки пробили дах.",
    ],
)
def test_one_of_many_places_or_strikes_is_no_count(text: str) -> None:
    assert counts(text) == set()


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("«Шахеди» на Кілію лишаються – 3 шт.", ("threat.uav", 3, "uavs")),
        ("Пуски шахедів, понад 40.", ("threat.uav", 40, "uavs")),
        ("Kalibrs from Novorossiysk, up to 8, still over the sea", ("threat.missile", None, "missiles")),
        ("Ночью сбиты две цели.", ("event.air_defence", 2, "uavs")),
        ("Хмельниччина: робота ППО, збито щонайменше п'ять крилатих.", ("event.air_defence", 5, "missiles")),
    ],
)  # fmt: skip
def test_what_flies_is_counted_in_pieces(text: str, wanted: tuple[str, float | None, str]) -> None:
    assert wanted in counts(text)


@pytest.mark.parametrize(
    "text", ["Зафіксовано зліт шести Ту-95.", "Six Tu-95 bombers took off.", "Взлетел МиГ-31К."]
)
def test_bombers_are_no_missiles(text: str) -> None:
    assert not {count for count in counts(text) if count[2] == "missiles"}


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("Без світла 56 тисяч осель.", ("impact.power.outage", 56_000, "households")),
        ("Without power are 12 homes.", ("impact.power.outage", 12, "houses")),
        ("Из 87 дронов сбито 71.", ("event.air_defence", 71, "uavs")),
        ("Shot down were 52 to 55 drones.", ("event.air_defence", 52, "uavs")),
        ("Шахеди на Богодухів і Краснокутськ (по 2)", ("threat.uav", 2, "uavs")),
        ("Шахеди з Шаталово (≈15), летять на Чернігівщину.", ("threat.uav", 15, "uavs")),
    ],
)
def test_what_a_count_is_of_follows_from_its_statement(
    text: str, wanted: tuple[str, float, str]
) -> None:
    assert wanted in counts(text)


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        (
            "Без опалення 853 будинки. Це 105 тис. абонентів і близько 270 тис. жителів.",
            {
                ("impact.heat.outage", 853, "houses"),
                ("impact.heat.outage", 105_000, "customers"),
                ("impact.heat.outage", 270_000, "persons"),
            },
        ),
        (
            "Работают пункты обогрева. Всего их 89.",
            {("help.point", 89, "facilities")},
        ),
        (
            "Of 1,400 heated buildings 1,100 have heat again.",
            {("impact.heat.restored", 1100, "buildings")},
        ),
        (
            "Around 3,000 of the city's 60,000 homes lost power.",
            {("impact.power.outage", 3000, "households")},
        ),
        ("За тиждень ліквідували 41 пожежу.", {("impact.fire.out", 41, "fires")}),
        ("Без опалення 853 будинки. Це триватиме 3 дні.", {("impact.heat.outage", 853, "houses")}),
    ],
)
def test_counts_of_the_same_go_on_and_a_whole_counts_nothing(
    text: str, wanted: set[tuple[str, float, str]]
) -> None:
    assert counts(text) == wanted
