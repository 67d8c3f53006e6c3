"""The thirty pitfalls of CLAIMS.md section 6, sentence by sentence."""

import pytest

from claims.reading import count, facts, only, read, surfaces

ZERO = (0, 0, "none")


@pytest.mark.parametrize(
    "text",
    [
        "Інформація щодо постраждалих уточнюється.",
        "Інформація про постраждалих встановлюється.",
        "Інформація щодо постраждалих не надходила.",
        "Наразі кількість постраждалих невідома.",
        "О пострадавших информации пока нет.",
        "Количество пострадавших выясняется.",
        "Casualty figures have not been released.",
        "There is no information on casualties yet.",
    ],
)
def test_01_unknown_is_not_zero(text: str) -> None:
    claim = only(text, "harm.casualties")
    assert claim.kind == "unknown"
    assert claim.number is None
    assert claim.unknown is not None
    assert claim.unknown.subject == "casualties"


@pytest.mark.parametrize(
    ("text", "topic"),
    [
        ("Обійшлося без жертв.", "harm.killed"),
        ("Люди не постраждали.", "harm.injured"),
        ("Постраждалих немає.", "harm.injured"),
        ("Никто не пострадал.", "harm.injured"),
        ("Обошлось без погибших.", "harm.killed"),
        ("No casualties were reported.", "harm.casualties"),
        ("Nobody was killed.", "harm.killed"),
    ],
)
def test_02_zero_is_a_fact(text: str, topic: str) -> None:
    claim = only(text, topic)
    assert (claim.kind, claim.polarity) == ("report", "negated")
    assert count(claim) == ZERO


def test_02_without_hits_there_is_no_strike() -> None:
    assert facts("Минулося без влучань.") == {("event.strike", "report", "negated")}


@pytest.mark.parametrize(
    "text",
    [
        "Попередньо, без постраждалих.",
        "За попередньою інформацією, постраждалих немає.",
        "По предварительной информации, пострадавших нет.",
        "Nobody was hurt, according to preliminary information.",
    ],
)
def test_03_a_preliminary_zero_is_an_assessment(text: str) -> None:
    claim = only(text, "harm.injured")
    assert (claim.kind, claim.polarity) == ("assessment", "negated")
    assert count(claim) == ZERO


@pytest.mark.parametrize(
    ("text", "topic", "wanted"),
    [
        ("Загинув 30 грудня 2024 року.", "harm.killed", None),
        ("Поранено 74-річного чоловіка.", "harm.injured", (1, 1, "exact")),
        ("Поранено людей на 6 поверсі.", "harm.injured", None),
        ("Погиб 61-летний мужчина.", "harm.killed", (1, 1, "exact")),
        ("A man aged 60 was injured.", "harm.injured", (1, 1, "exact")),
        ("Поранені жінки 59 та 67 років.", "harm.injured", (2, 2, "exact")),
    ],
)
def test_04_a_year_an_age_a_floor_is_no_count(
    text: str, topic: str, wanted: tuple[float, float, str] | None
) -> None:
    found = [claim for claim in read(text).claims if claim.topic == topic]
    assert all(count(claim) in {wanted, None} for claim in found)
    if wanted:
        assert [count(claim) for claim in found] == [wanted]


@pytest.mark.parametrize(
    "text",
    [
        "Загинули 500 голів свійської худоби.",
        "З-під завалів урятували й собаку.",
        "Погибли 20 коров.",
        "A dog was rescued from the rubble.",
    ],
)
def test_05_animals_are_no_people(text: str) -> None:
    assert not [claim for claim in read(text).claims if claim.topic.startswith("harm.")]


@pytest.mark.parametrize(
    ("text", "topic"),
    [
        ("З початку повномасштабного вторгнення поранені понад 2100 людей.", "harm.injured"),
        ("С начала войны ранены более 300 человек.", "harm.injured"),
        ("Since the start of the invasion 80 people were killed in the city.", "harm.killed"),
        ("За тиждень поранено 12 людей.", "harm.injured"),
    ],
)
def test_06_a_total_since_the_invasion_is_background(text: str, topic: str) -> None:
    claim = only(text, topic)
    assert claim.kind == "background"


def test_06_a_figure_of_the_day_says_so() -> None:
    claim = only("За добу в області постраждали 7 людей.", "harm.injured")
    assert claim.kind == "background"
    assert claim.number is not None
    assert claim.number.cumulative_since == "day"


@pytest.mark.parametrize(
    ("text", "topic", "number"),
    [
        ("Кількість постраждалих зросла до 23.", "harm.injured", 23),
        ("Число раненых выросло до восьми.", "harm.injured", 8),
        ("The death toll rises to 31.", "harm.killed", 31),
    ],
)
def test_07_an_update_supersedes(text: str, topic: str, number: int) -> None:
    claim = only(text, topic)
    assert count(claim) == (number, number, "exact")
    assert claim.relation is not None
    assert claim.relation.kind == "supersedes"
    assert claim.relation.text in text


def test_07_what_was_reported_earlier_is_a_report_that_says_so() -> None:
    found = read("Станом на 18:00 поранено 11 людей. Раніше повідомлялося про 9 поранених.").claims
    assert {
        (c.kind.value, c.number.min, c.relation.kind if c.relation else "")
        for c in found
        if c.number
    } == {("report", 11, ""), ("report", 9, "repeats")}


@pytest.mark.parametrize(
    "text",
    [
        "Постраждали 7 людей, серед них 3 дитини.",
        "Ранены 7 человек, среди них 3 ребёнка.",
        "Seven people were wounded, including three children.",
    ],
)
def test_08_a_part_of_a_count_is_named_as_such(text: str) -> None:
    found = [c.number for c in read(text).claims if c.topic == "harm.injured"]
    assert sorted((n.min, n.subset_of) for n in found if n) == [(3, "persons"), (7, None)]


@pytest.mark.parametrize(
    "text",
    [
        "Рік тому внаслідок удару по Ізюму загинуло шестеро людей.",
        "Містяни вшанували загиблих хвилиною мовчання.",
        "Захисник на псевдо Бур загинув поблизу села.",
        "Бійця відзначили посмертно, він загинув у бою.",
        "В 2022 году Изюм жил без света.",
        "Last year's strike on the town killed six people.",
    ],
)
def test_09_a_memorial_is_no_event_of_today(text: str) -> None:
    assert all(kind == "background" for _, kind, _ in facts(text))


@pytest.mark.parametrize(
    "text",
    [
        "Перебувайте в укриттях до відбою тривоги.",
        "Оставайтесь в укрытии до отбоя тревоги.",
        "Residents are urged to stay in shelters until the all-clear.",
        "Після відбою тривоги роботи продовжать.",
        "Чекаємо на відбій тривоги.",
        "Ждём отбой.",
        "Коли буде відбій?",
        "Якщо оголосять відбій, виходьте.",
        "Відбою ще не було.",
    ],
)
def test_10_an_all_clear_that_is_only_mentioned_is_none(text: str) -> None:
    assert "alert.end" not in {topic for topic, _, _ in facts(text)}


@pytest.mark.parametrize(
    "text", ["Відбій!", "🟢 Харків — відбій.", "Отбой воздушной тревоги.", "Air raid alert lifted."]
)
def test_10_a_real_all_clear_is_read(text: str) -> None:
    assert only(text, "alert.end").kind == "report"


@pytest.mark.parametrize("text", ["Відбій загрози балістики.", "Отбой угрозы применения авиабомб."])
def test_10_the_end_of_one_threat_is_no_all_clear(text: str) -> None:
    ((topic, kind, polarity),) = facts(text)
    assert topic.startswith("threat.")
    assert (kind, polarity) == ("report", "negated")


def test_11_an_all_clear_is_for_the_place_it_names() -> None:
    text = "🟢 Харків — відбій. Ізюмський район — тривога триває."
    assert surfaces(only(text, "alert.end")) == {"Харків"}
    assert surfaces(only(text, "alert.start")) == {"Ізюмський район"}


def test_11_an_all_clear_does_not_spill_over_to_the_next_place() -> None:
    text = "Бахмач відбій, Конотоп ще хвилин п'ять під тривогою."
    assert surfaces(only(text, "alert.end")) == {"Бахмач"}
    text = "Відбій тривоги: Харків, Чугуїв, Лозова."
    assert surfaces(only(text, "alert.end")) == {"Харків", "Чугуїв", "Лозова"}


@pytest.mark.parametrize(
    ("text", "topic"),
    [
        ("Світло повернуть до 22:00.", "impact.power.restored"),
        ("Воду дадут после 18:00.", "impact.water.restored"),
        ("Water supply will be back by Sunday.", "impact.water.restored"),
        ("Engineers expect electricity to return by midnight.", "impact.power.restored"),
        ("Рух поїздів буде відновлено завтра.", "service.transport.restored"),
    ],
)
def test_12_what_is_to_come_back_is_not_back(text: str, topic: str) -> None:
    assert only(text, topic).kind == "forecast"


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("Графік погодинних відключень: черга 3 — з 16:00 до 20:00.", "plan"),
        ("Введены графики почасовых отключений света.", "report"),
        ("Scheduled hourly outages will apply on 23 November from 08:00 to 20:00.", "plan"),
    ],
)
def test_13_a_schedule_is_no_outage(text: str, meant: str) -> None:
    assert {(topic, kind) for topic, kind, _ in facts(text)} == {("power.schedule", meant)}


def test_13_a_schedule_names_its_queues() -> None:
    text = "Графік погодинних відключень: черги 1.1 та 1.2 — з 08:00 до 12:00."
    claim = only(text, "power.schedule")
    assert claim.queue == ("1.1", "1.2")
    assert claim.number is None


def test_14_one_sentence_may_say_two_things_of_two_places() -> None:
    text = "Аварійні відключення скасовано на Київщині, на Сумщині аварійні відключення ще діють."
    assert surfaces(only(text, "power.emergency_end")) == {"Київщині"}
    assert surfaces(only(text, "power.emergency_shutdown")) == {"Сумщині"}


def test_15_back_for_some_and_out_for_others() -> None:
    text = "Світло відновлено для 80 % абонентів, без струму лишаються 3 населені пункти."
    back, out = only(text, "impact.power.restored"), only(text, "impact.power.outage")
    assert back.number is not None
    assert (back.number.min, back.number.unit) == (0.8, "share")
    assert out.number is not None
    assert (out.number.min, out.number.unit) == (3, "settlements")


def test_15_the_rest_without_power_is_an_outage() -> None:
    text = "Two lines were repaired, cutting the number of customers without power to 6,500."
    claim = only(text, "impact.power.outage")
    assert count(claim) == (6500, 6500, "exact")


@pytest.mark.parametrize(
    ("text", "topic"),
    [
        ("Чутки про евакуацію міста не відповідають дійсності.", "response.evacuation"),
        ("Слухи о блэкауте — фейк.", "impact.power.outage"),
        ("Earlier reports of a blackout were wrong.", "impact.power.outage"),
        ("Officials denied rumours that the city is being evacuated.", "response.evacuation"),
    ],
)
def test_16_a_denied_rumour_is_denied(text: str, topic: str) -> None:
    assert only(text, topic).polarity == "denied"


@pytest.mark.parametrize(
    ("text", "topic"),
    [
        ("Енергосистема може бути роз'єднана, — вважає експерт.", "grid.fragmentation"),
        ("It may be an early indicator of fragmentation.", "grid.fragmentation"),
        ("It has likely disrupted essential services such as healthcare.", "service.health"),
        ("Experts warn that the power system could be split into islands.", "grid.fragmentation"),
    ],
)
def test_17_inference_is_no_report(text: str, topic: str) -> None:
    found = [kind for name, kind, _ in facts(text) if name.startswith(topic)]
    assert found == ["speculation"]


@pytest.mark.parametrize(
    "text",
    [
        "Відновили рух тролейбусів? Ні, бо їх там ніколи не було 😄",
        "Чи є загиблі?",
        "Когда восстановят свет?",
    ],
)
def test_18_a_question_states_nothing(text: str) -> None:
    assert not facts(text)


def test_18_a_question_about_what_could_be_is_speculation() -> None:
    assert only("Could Izium lose power again?", "impact.power.outage").kind == "speculation"


@pytest.mark.parametrize(
    "text",
    [
        "НЕ публікуйте фото наслідків прильотів!",
        "Не фільмуйте роботу ППО та влучання!",
        "Не публикуйте видео последствий удара!",
        "Do not film or publish the strikes.",
    ],
)
def test_19_a_request_not_to_film_makes_no_strike(text: str) -> None:
    assert facts(text) == {("advice.do_not_film", "advice", "affirmed")}


def test_19_a_withheld_address_is_unknown_location() -> None:
    claim = only("Адресу влучання з міркувань безпеки не розголошуємо.", "event.strike")
    assert claim.unknown is not None
    assert (claim.unknown.subject, claim.unknown.status) == ("location", "withheld")


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("У Харкові та області немає світла.", {"Харкові", "області"}),
        ("На Ізюмщині немає світла.", {"Ізюмщині"}),
        ("В Харьковской области нет света.", {"Харьковской области"}),
        ("Izum district is without power.", {"Izum district"}),
    ],
)
def test_20_the_words_of_the_place_are_kept(text: str, wanted: set[str]) -> None:
    assert surfaces(only(text, "impact.power.outage")) == wanted


@pytest.mark.parametrize(
    "text",
    [
        "Тривогу оголошено в Ізюмському та Чугуївському районах.",
        "Тревога объявлена в Полтавской и Черниговской областях.",
    ],
)
def test_21_coordinated_places_share_one_claim(text: str) -> None:
    assert len(only(text, "alert.start").places) == 2


def test_22_a_launch_area_is_not_affected() -> None:
    claim = only("БпЛА курсом на Лозову з боку Донеччини.", "threat.uav")
    roles = {place.surface: place.role.value for place in claim.places}
    assert roles["Донеччини"] == "origin"
    assert roles["Лозову"] in {"affected", "heading"}


def test_23_a_name_with_many_owners_keeps_its_candidates() -> None:
    claim = only("У селі Шевченкове немає світла.", "impact.power.outage")
    assert claim.places[0].code is None
    assert len(claim.places[0].candidates) > 1


def test_24_raisins_are_no_town() -> None:
    assert not read("Изюм подорожал на рынках на 15%.").claims


def test_25_the_office_speaks_and_is_no_place() -> None:
    claim = only("Голова Одеської ОДА Олег Кіпер повідомив: в Одесі вибухи.", "event.explosion")
    assert surfaces(claim) == {"Одесі"}
    assert claim.speaker.kind == "named_official"
    assert claim.speaker.name == "Олег Кіпер"
    assert (claim.speaker.body or "").startswith("oblast_administration@#")


@pytest.mark.parametrize("text", ["Вибухи в Бєлгороді.", "Взрывы в Белгороде."])
def test_26_abroad_stays_abroad(text: str) -> None:
    claim = only(text, "event.explosion")
    assert all(set(place.candidates) == {"RU"} for place in claim.places)


def test_27_an_old_name_is_read() -> None:
    claim = only("У Красноград дістався обстріл, є пошкодження.", "impact.damage")
    assert claim.places[0].candidates


@pytest.mark.parametrize(
    ("text", "topic", "wanted"),
    [
        ("Пролунало від 5 до 8 вибухів.", "event.explosion", (5, 8, "range")),
        ("Близько 10 вибухів.", "event.explosion", (10, 10, "about")),
        ("Щонайменше 12 поранених.", "harm.injured", (12, None, "at_least")),
        ("Без світла понад 2,5 тисячі родин.", "impact.power.outage", (2500, None, "at_least")),
        ("Кілька вибухів.", "event.explosion", (None, None, "several")),
        ("Не менее 40 раненых.", "harm.injured", (40, None, "at_least")),
        ("Between five and eight explosions were heard.", "event.explosion", (5, 8, "range")),
    ],
)
def test_28_ranges_and_vague_counts(
    text: str, topic: str, wanted: tuple[float | None, float | None, str]
) -> None:
    assert count(only(text, topic)) == wanted


def test_29_the_time_of_the_event_is_not_that_of_the_post() -> None:
    claim = only("У ніч на 22 листопада пролунали вибухи.", "event.explosion", posted="2025-11-22")
    assert claim.time.surface
    assert claim.time.earliest is not None
    assert claim.time.earliest.isoformat() == "2025-11-21T16:00:00+00:00"


def test_29_without_a_time_the_post_gives_it() -> None:
    claim = only("Пролунали вибухи.", "event.explosion", posted="2025-11-22T10:00:00+02:00")
    assert claim.time.basis == "publication"
    assert claim.time.earliest is not None
    assert claim.time.earliest.isoformat() == "2025-11-22T08:00:00+00:00"


def test_30_negation_ends_with_its_clause() -> None:
    text = "Обійшлося без загиблих, проте четверо зазнали гострої реакції на стрес."
    assert count(only(text, "harm.killed")) == ZERO
    assert count(only(text, "harm.injured")) == (4, 4, "exact")


@pytest.mark.parametrize(
    ("text", "topic"),
    [
        ("Через загрозу обстрілів захід перенесено.", "event.shelling"),
        ("If attacks continue, schools will close.", "event.strike"),
        ("Якщо обстріли триватимуть, школи зачинять.", "event.shelling"),
        ("Если удары продолжатся, школы закроют.", "event.strike"),
    ],
)
def test_30_a_threat_or_a_condition_is_no_event(text: str, topic: str) -> None:
    assert topic not in {name for name, kind, _ in facts(text) if kind == "report"}


def test_30_a_quiet_night_is_a_negated_shelling() -> None:
    found = facts("Уперше за місяць ніч минула без обстрілів.")
    assert found == {("event.shelling", "report", "negated")}
