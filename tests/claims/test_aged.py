"""People whom a text tells apart by their ages alone, and earlier news of another place."""

import pytest

from claims.reading import count, only, read


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("Поранено чоловіків віком 32 і 49 років.", 2),
        ("Поранення отримали 63-річна жінка та чоловіки віком 32 і 49 років.", 3),
        ("Постраждали чоловіки 57, 58 та 60 років, а також жінки 43 та 45 років.", 5),
        ("Ранены женщины, 56 и 70 лет.", 2),
        ("Поранено двох чоловіків 32 і 49 років.", 2),
        ("Поранено чоловіка 32 років.", 1),
        ("Постраждали 6-річний і 11-річний хлопчики та 17-річна дівчина.", 3),
    ],
)
def test_ages_of_a_list_count_people(text: str, number: int) -> None:
    assert count(only(text, "harm.injured"))[:2] == (number, number)


_NEWS = (
    "У Запоріжжі дрон поцілив у будинок.\n\nПоранено двох людей.\n\nПожежу загасили.\n\n"
    "Медики допомагають пораненим на місці, рятувальники працюють.\n\n"
)


@pytest.mark.parametrize(
    ("last", "kind"),
    [
        ("Раніше повідомлялося, що в Тернополі внаслідок удару загинули 28 людей.", "background"),
        ("Раніше повідомлялося, що в Запоріжжі загинули 28 людей.", "report"),
        ("Раніше повідомлялося про 28 загиблих.", "report"),
    ],
)
def test_earlier_news_of_another_place_is_background(last: str, kind: str) -> None:
    killed = [one for one in read(_NEWS + last).claims if one.topic == "harm.killed"]
    assert [one.kind.value for one in killed] == [kind]
