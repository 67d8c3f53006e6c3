"""What is told as preliminary is an assessment, what is told beside it is not."""

import pytest

from claims.reading import facts


@pytest.mark.parametrize(
    ("text", "topic", "polarity"),
    [
        (
            "За першими даними чергової служби міста, поранено трьох людей.",
            "harm.injured",
            "affirmed",
        ),
        ("Попередньо, без постраждалих у громаді.", "harm.injured", "negated"),
        (
            "По предварительной информации областной службы, ранены трое.",
            "harm.injured",
            "affirmed",
        ),
        ("Предварительно, повреждены два дома.", "impact.damage", "affirmed"),
        ("Пострадавших среди жителей, по предварительным данным, нет.", "harm.injured", "negated"),
        ("Постраждалих серед жителів, за попередніми даними, немає.", "harm.injured", "negated"),
        (
            "According to first reports from the duty service, nobody was hurt.",
            "harm.injured",
            "negated",
        ),
        (
            "According to preliminary information from the fire service, three people were hurt.",
            "harm.injured",
            "affirmed",
        ),
    ],
)
def test_an_introduction_makes_what_follows_preliminary(
    text: str, topic: str, polarity: str
) -> None:
    assert (topic, "assessment", polarity) in facts(text)


@pytest.mark.parametrize(
    ("text", "topic"),
    [
        ("Попередньо без жертв, світло зникло у тисячі родин.", "impact.power.outage"),
        ("Дрон ударил по дому в Шебекино, погибших, предварительно, нет.", "event.strike"),
        ("Внаслідок обстрілу Сум попередньо ніхто не постраждав.", "event.shelling"),
        (
            "Человек, предварительно, пострадал в результате падения обломков дрона.",
            "event.air_def",
        ),
        ("В результате взрыва в Сумах, предварительно, есть пострадавшие.", "event.explosion"),
        ("Preliminarily, two people were hurt as a result of the explosion.", "event.explosion"),
    ],
)
def test_what_it_came_of_has_happened(text: str, topic: str) -> None:
    told = facts(text)
    assert any(one.startswith(topic) and kind == "report" for one, kind, _ in told)
    assert not any(one.startswith(topic) and kind == "assessment" for one, kind, _ in told)
