"""What city offices and their works say of transport, schools, hospitals and supply."""

import pytest

from vidomo.app.reader import read


def told(text: str, *, lang: str) -> set[tuple[str, str]]:
    return {(claim.topic, claim.kind.value) for claim in read(text, lang=lang)}


@pytest.mark.parametrize(
    ("text", "lang", "expected"),
    [
        ("Вранці на маршрути не вийдуть тролейбуси.", "uk", ("disrupted", "plan")),
        ("Трамваї не вийшли на лінію.", "uk", ("disrupted", "report")),
        ("Завтра трамваи на линию не выйдут.", "ru", ("disrupted", "plan")),
        ("Автобуси їздитимуть за схемою блекауту.", "uk", ("adapted", "plan")),
        ("Перевезення містян забезпечать автобуси.", "uk", ("adapted", "plan")),
        ("Перевозку пассажиров обеспечат автобусы.", "ru", ("adapted", "plan")),
    ],
)
def test_transport_that_stays_in_and_what_carries_people_instead(
    text: str, lang: str, expected: tuple[str, str]
) -> None:
    topic, kind = expected
    assert told(text, lang=lang) == {(f"service.transport.{topic}", kind)}


@pytest.mark.parametrize(
    ("text", "lang", "topic"),
    [
        ("Садочки працюють у скороченому режимі.", "uk", "service.education.adapted"),
        ("Школы работают по сокращённому графику.", "ru", "service.education.adapted"),
        ("Лікарні перейшли на резервне живлення.", "uk", "service.health.adapted"),
        ("Поликлиники работают в ограниченном режиме.", "ru", "service.health.adapted"),
        ("Водоканал і лікарні працюють на генераторах.", "uk", "service.health.adapted"),
        ("Лікарні вже отримали світло.", "uk", "impact.power.restored"),
        ("Насосные станции получили питание.", "ru", "impact.power.restored"),
        ("Інтернет працює зі зниженою швидкістю.", "uk", "impact.comms.outage"),
        ("Качество связи ухудшилось.", "ru", "impact.comms.outage"),
        ("Громада працює над поверненням опалення.", "uk", "response.repair"),
        ("Мер повідомив про зникнення в місті води.", "uk", "impact.water.outage"),
    ],
)
def test_one_statement_of_a_city_is_read_as_one(text: str, lang: str, topic: str) -> None:
    assert {one for one, _ in told(text, lang=lang)} == {topic}


@pytest.mark.parametrize(
    ("text", "lang"),
    [
        ("Водоканал працює на генераторах.", "uk"),
        ("Водоканал работает от резервных источников.", "ru"),
        ("Лікарні отримують нові ліки.", "uk"),
        ("Села потерпали від посухи.", "uk"),
    ],
)
def test_what_runs_or_comes_as_usual_is_no_statement(text: str, lang: str) -> None:
    assert not told(text, lang=lang)


@pytest.mark.parametrize(
    ("text", "lang"),
    [
        ("Виникла пожежа, її загасили.", "uk"),
        ("У Сумах сталася пожежа. Її ліквідували до ранку.", "uk"),
        ("Возник пожар. Его потушили.", "ru"),
    ],
)
def test_a_fire_that_broke_out_and_was_put_out_is_both(text: str, lang: str) -> None:
    assert {one for one, _ in told(text, lang=lang)} == {"impact.fire", "impact.fire.out"}


@pytest.mark.parametrize(
    ("text", "lang", "roles"),
    [
        ("Із прикордонних сіл Сумщини евакуювали 12 людей.", "uk", ["origin"]),
        ("Поїзд вивіз евакуйованих з Донеччини на Рівненщину.", "uk", ["heading", "origin"]),
        (
            "Примусову евакуацію розширили. На Харківщині планують евакуювати 90 дітей.",
            "uk",
            ["origin"],
        ),
        ("Із дев'ятиповерхівки в Сумах евакуювали 12 людей.", "uk", ["affected"]),
    ],
)
def test_where_people_leave_and_go_in_an_evacuation(text: str, lang: str, roles: list[str]) -> None:
    claim = [one for one in read(text, lang=lang) if one.topic == "response.evacuation"][-1]
    assert sorted(place.role.value for place in claim.places) == roles
