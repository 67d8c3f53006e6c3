"""Texts that talk about the war state nothing; what has an anchor stays."""

import pytest

from claims.reading import facts, read
from vidomo.claims.lexicon import Entry, lexicon
from vidomo.claims.prepare import prepare

ENTRIES = lexicon("marks").entries

ESSAY = (
    "Знову пишу про те, чого ми насправді прагнемо. Міністри й депутати мають зрозуміти просту річ. "
    "Будь-які переговори з агресором завжди ведуть до нових атак. "
    "Наше майбутнє варте боротьби."
)


def signs(text: str, lang: str) -> set[str]:
    doc = prepare(text, lang=lang)
    return {one.id for clause in doc.clauses for one, _ in lexicon("marks").matches(doc, clause)}


@pytest.mark.parametrize("entry", ENTRIES, ids=lambda entry: entry.id)
def test_a_mark_is_in_its_example_and_not_in_its_counter_example(entry: Entry) -> None:
    assert entry.id in signs(entry.example, entry.id[:2])
    assert entry.id not in signs(entry.counter, entry.id[:2])


def test_an_essay_that_names_neither_place_nor_time_states_nothing() -> None:
    reading = read(ESSAY)
    assert reading.claims == ()
    assert "suppressed:weighing.in_passing" in {one.reason for one in reading.silent}


def test_a_place_or_a_weapon_in_the_sentence_makes_it_a_statement() -> None:
    placed = ESSAY.replace("ведуть до нових атак", "ведуть до нових атак. Вчора атакували Суми")
    assert ("event.strike", "report", "affirmed") in facts(placed)


def test_what_the_first_sentence_says_stands_in_any_text() -> None:
    assert facts(f"Пролунав вибух.\n{ESSAY}") >= {("event.explosion", "report", "affirmed")}


def test_the_number_of_a_party_or_a_lawyer_is_no_helpline() -> None:
    assert facts("Депутат веде прийом громадян. Гаряча лінія партії: 0 800 000 000.") == set()
    helped = "Пошкоджено будинки, без світла три села. Гаряча лінія громади: 0 800 000 000."
    assert ("help.phone", "report", "affirmed") in facts(helped)


def test_a_building_that_was_only_said_to_be_mined_is_not_evacuated() -> None:
    assert facts("Школу знову замінували. Дітей евакуювали.") == set()
    assert facts("Після удару дітей зі школи евакуювали.") >= {
        ("response.evacuation", "report", "affirmed")
    }


def test_what_soldiers_lose_without_an_attack_told_is_the_front() -> None:
    text = "Побратими згадують важкі бої. У тих окопах поранено двох."
    assert facts(text) == set()


def test_an_english_appeal_in_another_language_is_there_to_be_sent() -> None:
    text = (
        "Вимагаємо трибуналу! Копіюйте текст для дипломатів:\n"
        "Thousands of people were killed in Mariupol. Ukraine demands justice."
    )
    assert facts(text) == set()


def test_advice_on_what_to_think_is_no_advice() -> None:
    text = "Пропаганда агресора завжди бреше про наше майбутнє. Не вірте фейкам."
    assert facts(text) == set()


@pytest.mark.parametrize(
    "text",
    [
        "Новий закон завдав удару по довірі громадян.",
        "У країні стався вибух цін на продукти.",
        "В сети взорвался скандал вокруг актера.",
        "Залужний підірвав довіру до Ставки.",
        "Вона загинула від кохання.",
        "Якби прилетіла ракета, ми б загинули.",
        "Пусть над столицей прогремят взрывы!",
        "Захід дозволив завдавати ударів углиб країни.",
        "Россия обстреливает наши города каждый день.",
        "Під Авдіївкою згоріла колона техніки окупантів.",
        "Наш підрозділ евакуював поранених з поля бою.",
        "У цьому фільмі герой постраждав від вибуху.",
        "Долучайтесь до збору на евакуаційне авто для поранених.",
        "У Судані загинули троє лікарів.",
        "Сталінські репресії: загинули тисячі людей.",
    ],
)
def test_figures_wishes_habits_films_gifts_and_other_countries_state_nothing(text: str) -> None:
    assert facts(text) == set()


@pytest.mark.parametrize(
    ("text", "topic"),
    [
        ("Удар по лікарні в Сумах.", "event.strike"),
        ("Під час евакуації постраждала жінка.", "harm.injured"),
        ("Нікопольщину обстрілюють щодня.", "event.shelling"),
        ("У Варшаві заявили, що росіяни вдарили по Києву.", "event.strike"),
        ("Кінотеатр у Херсоні пошкоджено.", "impact.damage"),
        ("У Харкові від удару загинули двоє.", "harm.killed"),
    ],
)
def test_what_is_meant_as_it_is_said_stands(text: str, topic: str) -> None:
    assert topic in {name for name, _, _ in facts(text)}


@pytest.mark.parametrize(
    "text",
    [
        "Опозиція атакує канцлера через бюджет.",
        "За кожним вибухом стоїть чиясь воля.",
        "Восемь лет обстреливали наш край, а мир молчал.",
        "Він загинув за Україну.",
        "Готуйте ліхтарі на випадок блекауту.",
        "Ворог накопичує ракети для нових ударів.",
        "Взимку можливі нові удари по енергосистемі.",
        "Тисячі загиблих — ось ціна чужих помилок.",
        "Медведев пригрозил ударить по столице.",
        "Спецпризначенці показали знищення гаубиці дроном.",
        "Дитячий сміх не зламати жодними вибухами.",
    ],
)
def test_what_is_only_feared_praised_or_argued_states_nothing(text: str) -> None:
    assert facts(text) - {("advice.other", "advice", "affirmed")} == set()


def test_supply_and_trains_are_told_even_in_an_essay() -> None:
    assert ("impact.power.outage", "report", "affirmed") in facts(f"{ESSAY} Світла немає.")


def test_watching_for_symptoms_is_no_advice_of_ours() -> None:
    text = "Кліщі переносять хвороби. Будьте уважні до симптомів після лікування."
    assert facts(text) == set()


def test_a_tanker_is_no_tank() -> None:
    assert ("event.strike", "report", "affirmed") in facts("Атака на російський танкер SIG.")


def test_those_said_to_be_destroyed_on_the_front_take_their_sentence_with_them() -> None:
    text = "За добу знищено понад 300 загарбників та 170 ворожих безпілотників."
    assert facts(text) == set()
