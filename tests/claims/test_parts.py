"""Who is counted with whom: parts of a count of people, and people named beside one."""

import pytest

from claims.reading import read

Row = tuple[str, float | None, str]


def people(text: str) -> list[Row]:
    """Return topic, number and unit of the statements about people, in a fixed order."""
    rows = [
        (
            claim.topic.removeprefix("harm."),
            claim.number.min if claim.number else None,
            str(claim.number.unit) if claim.number else "",
        )
        for claim in read(text).claims
        if claim.topic.startswith("harm.")
    ]
    return sorted(rows, key=lambda row: (row[0], -(row[1] or 0), row[2]))


@pytest.mark.parametrize(
    ("text", "total", "part"),
    [
        ("18 поранено, з них 4 — діти.", 18, 4),
        ("Травмовано дев'ять людей, троє з них неповнолітні.", 9, 3),
        ("Ранены шестеро (двое из них дети).", 6, 2),
        ("Пострадали 30 человек, среди которых 5 - дети.", 30, 5),
        ("Seven are injured, four of them are minors.", 7, 4),
        ("Seven were hurt, two of whom are children.", 7, 2),
    ],
)
def test_what_follows_a_part_says_that_it_counts_children(text: str, total: int, part: int) -> None:
    assert people(text) == [("injured", total, "persons"), ("injured", part, "children")]


@pytest.mark.parametrize(
    "text",
    [
        "Three of the injured are children.",
        "Троє з поранених — діти.",
        "Трое из раненых - дети.",
    ],
)
def test_a_part_that_is_told_alone_counts_children(text: str) -> None:
    assert people(text) == [("injured", 3, "children")]


def test_a_count_before_somebody_elses_children_counts_no_children() -> None:
    text = "Three people were injured while they walked their children to school."
    assert people(text) == [("injured", 3, "persons")]


@pytest.mark.parametrize(
    "text",
    [
        "Загинули десятеро, серед них семеро поліцейських, лікар і дві мешканки.",
        "Погибли десять человек, среди них семь полицейских, медик и два местных жителя.",
        "Ten people were killed, among them seven rescuers, a doctor and two residents.",
    ],
)
def test_the_parts_of_a_list_are_each_a_statement(text: str) -> None:
    assert people(text) == [("killed", n, "persons") for n in (10, 7, 2, 1)]


@pytest.mark.parametrize(
    "text",
    [
        "Поранено дев'ятьох, серед яких шість жінок та троє чоловіків.",
        "Ранены девять человек, среди них шесть женщин и трое мужчин.",
        "Nine people were injured, including six women and three men.",
    ],
)
def test_men_and_women_that_make_up_the_total_are_no_parts(text: str) -> None:
    assert people(text) == [("injured", 9, "persons")]


@pytest.mark.parametrize(
    ("text", "rows"),
    [
        (
            "Постраждали 14 людей, серед них 10-річна дівчинка та 11-річний хлопчик.",
            [("injured", 14, "persons"), ("injured", 2, "children")],
        ),
        (
            "Пострадали девять человек, среди них беременная женщина.",
            [("injured", 9, "persons"), ("injured", 1, "persons")],
        ),
        (
            "Nine were wounded, among them a boy of 13 and a girl of 16.",
            [("injured", 9, "persons"), ("injured", 2, "children")],
        ),
        ("Постраждали 14 людей. Про дівчинку подбають лікарі.", [("injured", 14, "persons")]),
    ],
)
def test_people_named_as_a_part_are_counted(text: str, rows: list[Row]) -> None:
    assert people(text) == rows


@pytest.mark.parametrize(
    "text",
    [
        "Загинули жінка та двоє її маленьких дітей.",
        "Погибли женщина и двое её детей.",
        "A woman and two children were killed.",
    ],
)
def test_a_woman_and_two_children_are_told_apart(text: str) -> None:
    assert people(text) == [("killed", 2, "children"), ("killed", 1, "persons")]


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("Травми дістали семеро пасажирів та водій.", 8),
        ("Двоє його колег і двоє цивільних поранені.", 4),
        ("Пострадали трое рабочих и сторож.", 4),
    ],
)
def test_people_of_two_kinds_are_counted_together(text: str, number: int) -> None:
    assert people(text) == [("injured", number, "persons")]


@pytest.mark.parametrize(
    ("text", "rows"),
    [
        (
            "A man in his sixties was killed and at least nine people were wounded.",
            [("injured", 9, "persons"), ("killed", 1, "persons")],
        ),
        (
            "A 33-year-old man died and two children, aged 6 and 9, were poisoned by gas.",
            [("injured", 2, "children"), ("killed", 1, "persons")],
        ),
        (
            "Убили двух водителей и ранили ребёнка.",
            [("injured", 1, "children"), ("killed", 2, "persons")],
        ),
        ("Є загиблий та поранені.", [("injured", None, ""), ("killed", 1, "persons")]),
        ("Есть погибший и раненые.", [("injured", None, ""), ("killed", 1, "persons")]),
        (
            "Жінка загинула та двоє чоловіків поранені.",
            [("injured", 2, "persons"), ("killed", 1, "persons")],
        ),
    ],
)
def test_each_of_two_statements_has_its_own_people(text: str, rows: list[Row]) -> None:
    assert people(text) == rows


@pytest.mark.parametrize(
    "text",
    [
        "Вибухнула граната. Від травм він помер.",
        "В руке мужчины взорвалась граната. От полученных травм он скончался.",
        "The grenade went off and he died.",
    ],
)
def test_he_is_one(text: str) -> None:
    assert ("killed", 1, "persons") in people(text)


def test_who_says_it_is_no_casualty() -> None:
    assert people("He said that civilians had been killed.") == [("killed", None, "")]


@pytest.mark.parametrize(
    "text",
    [
        "480 дітей загинули та понад 964 отримали поранення.",
        "480 детей погибли и более 964 получили ранения.",
        "480 children were killed and more than 964 were injured.",
    ],
)
def test_a_bare_count_after_children_counts_children(text: str) -> None:
    assert people(text) == [("injured", 964, "children"), ("killed", 480, "children")]


@pytest.mark.parametrize(
    "text",
    [
        "Кількість постраждалих зросла до дев'яти. З них п'ятеро загинули.",
        "Количество пострадавших увеличилось до 9 человек. Из них 5 погибли.",
        "Nine people suffered, five of them died.",
        "Пострадали 9 человек: 5 погибли, 4 ранены.",
    ],
)
def test_a_total_that_holds_the_dead_is_of_casualties(text: str) -> None:
    rows = people(text)
    assert ("casualties", 9, "persons") in rows
    assert ("killed", 5, "persons") in rows
    assert ("injured", 9, "persons") not in rows


def test_the_injured_beside_the_dead_are_no_casualties() -> None:
    text = "Пострадали 9 человек, двое погибли."
    assert people(text) == [("injured", 9, "persons"), ("killed", 2, "persons")]


@pytest.mark.parametrize(
    "text",
    [
        "Двох у важкому стані лікують, усього поранено п'ятьох.",
        "Поранено п'ятьох. Двоє у важкому стані.",
    ],
)
def test_how_some_of_the_wounded_are_counts_nobody_anew(text: str) -> None:
    assert people(text) == [("injured", 5, "persons")]


@pytest.mark.parametrize(
    "text",
    [
        "Hostilities killed or injured about 480 civilians.",
        "Загинули або поранені 480 цивільних.",
        "Погибли или ранены 480 гражданских.",
    ],
)
def test_killed_or_injured_are_casualties(text: str) -> None:
    assert people(text) == [("casualties", 480, "persons")]


@pytest.mark.parametrize(
    ("text", "topic"),
    [
        ("Загинула 82-річна господарка.", "killed"),
        ("66-летний напарник погиб.", "killed"),
        ("A crew member, a 41-year-old Syrian, was killed.", "killed"),
        ("Водитель, 39 лет, погиб на месте.", "killed"),
        ("Його колегу поранено.", "injured"),
    ],
)
def test_an_age_or_a_trade_names_one_person(text: str, topic: str) -> None:
    assert people(text) == [(topic, 1, "persons")]


def test_people_of_a_relative_clause_are_not_those_of_the_main_one() -> None:
    text = "Керівник, який порушив правила, відповість за вибух, через який загинули люди."
    assert ("killed", 1, "persons") not in people(text)


def test_the_second_of_two_workers_is_wounded() -> None:
    text = "A 32-year-old fitter was killed and his colleague, 54, wounded."
    assert people(text) == [("injured", 1, "persons"), ("killed", 1, "persons")]


@pytest.mark.parametrize(
    "text",
    [
        "Кількість жертв може зрости.",
        "Число погибших может возрасти.",
        "Officials expect the death toll to rise.",
    ],
)
def test_a_toll_that_may_rise_is_expected(text: str) -> None:
    kinds = [(claim.topic, claim.kind.value) for claim in read(text).claims]
    assert kinds == [("harm.killed", "forecast")]


@pytest.mark.parametrize(
    ("text", "topic", "grown"),
    [
        ("Двоє жінок і дитина загинули в Ізюмі.", "killed", 2),
        ("В Ізюмі поранено трьох чоловіків та дівчинку.", "injured", 3),
        ("Двое взрослых и ребёнок погибли при пожаре в Изюме.", "killed", 2),
        ("В Изюме ранены три женщины и мальчик.", "injured", 3),
        ("Two women and a child were killed in Izium.", "killed", 2),
        ("Two adults and one child were hurt in Izium.", "injured", 2),
    ],
)
def test_one_child_beside_grown_ups_is_told_apart(text: str, topic: str, grown: float) -> None:
    assert people(text) == [(topic, grown, "persons"), (topic, 1, "children")]


@pytest.mark.parametrize(
    "text",
    [
        "В Ізюмі двоє поранених і загинула дитина.",
        "В Изюме двое раненых и ребёнок погиб.",
        "В Изюме ранены двое взрослых и погиб ребёнок.",
        "Two men were wounded and a child was killed in Izium.",
    ],
)
def test_a_child_with_a_statement_of_its_own_is_not_of_the_others(text: str) -> None:
    assert people(text) == [("injured", 2, "persons"), ("killed", 1, "children")]


@pytest.mark.parametrize(
    "text",
    [
        "Двоє дорослих і троє дітей поранені в Ізюмі.",
        "В Ізюмі поранено трьох дітей та двох дорослих.",
        "В Изюме ранены двое взрослых и трое детей.",
        "Three children and two adults were wounded in Izium.",
    ],
)
def test_grown_ups_are_people_beside_children(text: str) -> None:
    assert people(text) == [("injured", 3, "children"), ("injured", 2, "persons")]


@pytest.mark.parametrize(
    ("text", "unit"),
    [
        ("A child was hurt in Izium.", "children"),
        ("A six-year-old girl was hurt in Izium.", "children"),
        ("Shelling of Izium wounded a teenager.", "children"),
        ("A boy and a man were hurt in Izium.", "persons"),
        ("A 41-year-old man was hurt in Izium.", "persons"),
    ],
)
def test_a_child_named_in_english_is_counted_as_one(text: str, unit: str) -> None:
    assert {row[2] for row in people(text)} == {unit}
