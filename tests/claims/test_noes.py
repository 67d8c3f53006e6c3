"""One "no" holds for all that a list names, and for nothing that is told beside it."""

import pytest

from claims.reading import facts
from vidomo.claims.noes import with_noes
from vidomo.claims.prepare import prepare
from vidomo.claims.tables import LANGUAGES, entries

DENIED = ("report", "negated")


@pytest.mark.parametrize("lang", LANGUAGES)
def test_each_table_says_no_of_the_list_in_its_example_only(lang: str) -> None:
    for entry in entries(lang, "noes", "shared"):
        found = with_noes(prepare(entry["example"], lang=lang), ())
        assert len(found) > 1, entry["example"]
        counter = with_noes(prepare(entry["counter"], lang=lang), ())
        assert len(counter) <= 1, entry["counter"]


@pytest.mark.parametrize(
    ("text", "topics"),
    [
        ("За ніч без пошкоджень, руйнувань та постраждалих.", "impact.damage harm.injured"),
        ("У громаді немає жодних планових або аварійних відключень.", "power.emergency"),
        ("Перебоїв зі світлом, водою чи теплом у місті немає.", "impact.power impact.water"),
        ("Влучань, пожеж та загиблих не зафіксовано.", "event.strike harm.killed"),
        ("Не виявлено влучань, руйнувань чи загорянь.", "event.strike impact.damage"),
        ("На сегодня нет никаких плановых или аварийных отключений.", "power.emergency"),
        ("Перебоев со светом, водой и теплом нет.", "impact.power impact.water impact.heat"),
        ("Погибших, раненых и разрушений нет.", "harm.injured impact.damage"),
        ("Обошлось без раненых, разрушений и пожаров.", "harm.injured impact.damage"),
        ("Не зафиксировано попаданий, разрушений или пожаров.", "event.strike impact.damage"),
        ("There were no casualties, damage or fires.", "harm.casualties impact.damage"),
        ("There are no scheduled or emergency shutdowns today.", "power.emergency"),
        ("The drone fell without causing injuries, damage or a fire.", "harm.injured"),
        ("No strikes, explosions or damage were reported.", "event.strike event.explosion"),
        ("The city had no deaths, injuries or destruction.", "harm.injured impact.damage"),
    ],
)
def test_a_no_is_shared_by_the_list(text: str, topics: str) -> None:
    found = facts(text)
    for topic in topics.split():
        said = {(kind, polarity) for one, kind, polarity in found if one.startswith(topic)}
        assert said == {DENIED}, (topic, found)


@pytest.mark.parametrize(
    ("text", "topic"),
    [
        ("Обійшлося без загиблих, пошкоджено два будинки.", "impact.damage"),
        ("Без руйнувань, постраждалих госпіталізували: двоє людей поранено.", "harm.injured"),
        ("Немає загиблих, але є поранені.", "harm.injured"),
        ("Без погибших, раненых двое.", "harm.injured"),
        ("Погибших нет, повреждены дома.", "impact.damage"),
        ("Без жертв, но с разрушениями: повреждены три дома.", "impact.damage"),
        ("There were no casualties, two houses were damaged.", "impact.damage"),
        ("No deaths, but three injured.", "harm.injured"),
    ],
)
def test_what_is_told_beside_the_list_stays(text: str, topic: str) -> None:
    assert (topic, "report", "affirmed") in facts(text)
