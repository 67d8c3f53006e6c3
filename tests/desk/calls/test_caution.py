"""All-clears and figures of casualties wait for a second person."""

import pytest

from vidomo.app.reader import read
from vidomo.desk.calls.caution import ALL_CLEAR, CASUALTIES, Caution, cautions, needs_second

IZIUM = "UA63040090010029555"


@pytest.mark.parametrize("entry", cautions(), ids=lambda one: one.stem)
def test_every_stem_finds_its_example_and_not_its_counter_example(entry: Caution) -> None:
    assert entry.is_in(entry.example)
    assert not entry.is_in(entry.counter)
    assert entry.rule in (ALL_CLEAR, CASUALTIES)


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("Відбій повітряної тривоги в Ізюмі.", (ALL_CLEAR,)),
        ("ВІДБІЙ! До відбою було тихо.", (ALL_CLEAR,)),
        ("Постраждалих немає.", (CASUALTIES,)),
        ("Кількість постраждалих уточнюється.", (CASUALTIES,)),
        ("В Ізюмі загинуло двоє людей. Відбій тривоги.", (ALL_CLEAR, CASUALTIES)),
        ("Two people were killed in Izium.", (CASUALTIES,)),
        ("До відбою перебувайте в укриттях.", ()),
        ("В Ізюмі немає світла.", ()),
        ("Пункт незламності працює.", ()),
    ],
)
def test_a_text_needs_a_second_person_for_what_it_says(text: str, why: tuple[str, ...]) -> None:
    assert needs_second(text, read(text, home=IZIUM)) == why


def test_the_bare_words_are_enough_where_nothing_was_read() -> None:
    assert needs_second("загиблі є", ()) == (CASUALTIES,)


def test_what_is_read_is_enough_where_no_word_is_listed() -> None:
    text = "Врятовано п'ятьох людей."
    assert needs_second(text, read(text, home=IZIUM)) == (CASUALTIES,)
