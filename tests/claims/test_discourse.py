"""How far the words reach that say how a clause is meant."""

import pytest

from claims.reading import facts, read
from vidomo.claims.chunks import Chunks
from vidomo.claims.discourse import find_triggers
from vidomo.claims.model import Polarity
from vidomo.claims.prepare import prepare


def scope(text: str, effect: str) -> str:
    doc = prepare(text)
    (hit,) = [t for t in find_triggers(doc, Chunks(doc)) if t.effect == effect]
    return doc.text[hit.scope_start : hit.scope_end]


@pytest.mark.parametrize(
    ("text", "effect", "wanted"),
    [
        (
            "Горить ліс, площа пожежі уточнюється, людей вивезли.",
            "unknown.being_clarified",
            "площа пожежі уточнюється,",
        ),
        (
            "Попередньо, без постраждалих. Є руйнування.",
            "preliminary",
            "Попередньо, без постраждалих.",
        ),
        (
            "Рассказал, что предварительно повреждены три многоэтажки, в городе нет света.",
            "preliminary",
            "что предварительно повреждены три многоэтажки,",
        ),
        (
            "Рік тому стався удар, загинуло шестеро.",
            "history",
            "Рік тому стався удар, загинуло шестеро.",
        ),
        ("Чи є світло?", "question", "Чи є світло?"),
    ],
)
def test_a_trigger_reaches_as_far_as_its_table_says(text: str, effect: str, wanted: str) -> None:
    assert scope(text, effect) == wanted


def test_a_memorial_covers_the_whole_text() -> None:
    text = "Учора загинуло двоє людей. Містяни вшанували їх хвилиною мовчання."
    assert facts(text) == {("harm.killed", "background", "affirmed")}


def test_a_dash_after_a_number_does_not_part_it_from_its_noun() -> None:
    doc = prepare("Одна людина загинула, 11 — поранені.")
    parts = [doc.text[c.start : c.end] for c in Chunks(doc).all]
    assert parts == ["Одна людина загинула,", "11 – поранені."]


@pytest.mark.parametrize(
    "text",
    [
        "Генштаб: за добу відбулося 100 боєзіткнень, поранено сотні.",
        "Минобороны РФ сообщило о потерях ВСУ, убиты десятки.",
        "The General Staff reported assaults repelled on the front line, dozens killed.",
        "Втрати противника: знищено 12 танків, ліквідовано 900 окупантів, удари тривають.",
    ],
)
def test_fighting_at_the_front_gives_no_claims(text: str) -> None:
    assert not facts(text)


@pytest.mark.parametrize(
    "text",
    [
        "Відбулася навчальна тривога.",
        "Ледь не збили літак над містом.",
        "Прошла учебная тревога.",
        "It raises questions about the strikes.",
    ],
)
def test_drills_near_misses_and_opinions_state_nothing(text: str) -> None:
    assert not facts(text)


def test_history_is_told_on_until_a_new_time() -> None:
    text = "Три роки тому стався удар. Загинули 10 мешканців. Сьогодні поранено двох людей."
    assert facts(text) == {
        ("event.strike", "background", "affirmed"),
        ("harm.killed", "background", "affirmed"),
        ("harm.injured", "report", "affirmed"),
    }


@pytest.mark.parametrize(
    "text",
    [
        "Загиблих, на щастя, немає.",
        "Загиблих, за попередньою інформацією, немає.",
        "Погибших, слава богу, нет.",
        "Загиблих не знайшли.",
        "Влучань немає. Постраждалих теж.",
        "Питають, чи є постраждалі.",
        "Постраждалих у цьому домі ніхто не бачив.",
    ],
)
def test_no_way_of_saying_no_makes_a_casualty(text: str) -> None:
    harmed = {(kind, sign) for topic, kind, sign in facts(text) if topic.startswith("harm.")}
    assert ("report", "affirmed") not in harmed
    assert ("assessment", "affirmed") not in harmed


@pytest.mark.parametrize(
    "text", ["All-clear not yet.", "Crews wait for the end of the alert.", "All-clear soon."]
)
def test_an_all_clear_to_come_is_none(text: str) -> None:
    assert ("alert.end", "report", "affirmed") not in facts(text)


@pytest.mark.parametrize(
    "text",
    [
        "Кількість постраждалих влада приховує.",
        "Чи є постраждалі, невідомо.",
        "Про жертвы ведомства молчат.",
    ],
)
def test_what_is_kept_silent_is_unknown(text: str) -> None:
    assert {kind for topic, kind, _ in facts(text) if topic.startswith("harm.")} == {"unknown"}


def test_the_main_events_of_a_day_are_read_beside_the_front() -> None:
    text = (
        "Спецоперация. Главные события на 30 ноября.\n\n"
        "▪️Потери ВСУ составили до ста военнослужащих;\n\n"
        "▪️В Изюме без света остались 20 домов;"
    )
    assert facts(text) == {("impact.power.outage", "background", "affirmed")}


def test_news_listed_beside_each_other_do_not_colour_one_another() -> None:
    text = (
        "Главное к утру среды\n\n"
        "▪️В Изюме объявлена воздушная тревога.\n\n"
        "▪️Суд в Мюнхене приговорил шпиона к пяти годам заключения.\n\n"
        "▪️В Пакистане тысячи людей вышли на акцию протеста, в Израиле ждут выборов."
    )
    assert facts(text) == {("alert.start", "background", "affirmed")}
    assert not facts(text.replace("Главное к утру среды", "Суд в среду"))


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("В Изюме под удар мог попасть склад.", {("event.strike", "assessment", "affirmed")}),
        (
            "В Изюме загорелась машина и чуть не убила пассажиров.",
            {("impact.fire", "report", "affirmed")},
        ),
        ("Изюм останется без воды.", {("impact.water.outage", "forecast", "affirmed")}),
        (
            "Изюм, август 1941 г. Погибли тысячи жителей.",
            {("harm.killed", "background", "affirmed")},
        ),
        (
            "Дрон прилетел в жилой дом, пострадал житель.",
            {("event.strike", "report", "affirmed"), ("harm.injured", "report", "affirmed")},
        ),
        ("В Изюме сосед нанёс соседу 15 ударов ножом.", set()),
    ],
)
def test_what_may_have_been_will_be_or_long_was(
    text: str, wanted: set[tuple[str, str, str]]
) -> None:
    assert facts(text) == wanted


@pytest.mark.parametrize(
    ("text", "topic"),
    [
        ("Пожежу на складі ще не ліквідовано.", "impact.fire.out"),
        ("Пожежу ще не повністю ліквідовано.", "impact.fire.out"),
        ("Воду ще не відновили.", "impact.water.restored"),
        ("Водопостачання не припинено.", "impact.water.outage"),
        ("Рух трамваїв не зупинено.", "service.transport.disrupted"),
        ("Водоснабжение не восстановлено.", "impact.water.restored"),
        ("Движение транспорта не восстановлено.", "service.transport.restored"),
        ("Свет пока не включили.", "impact.power.restored"),
        ("The fire has not been put out.", "impact.fire.out"),
        ("Power is not back in Sumy.", "impact.power.restored"),
    ],
)
def test_a_no_before_the_verb_is_a_no(text: str, topic: str) -> None:
    (claim,) = read(text).claims
    assert (claim.topic, claim.polarity) == (topic, Polarity.NEGATED)


@pytest.mark.parametrize(
    ("text", "topics"),
    [
        ("У місті немає ні світла, ні води.", {"impact.power.outage", "impact.water.outage"}),
        ("Нет ни света, ни воды.", {"impact.power.outage", "impact.water.outage"}),
        ("Рух не лише зупинено, а й перекрито.", {"service.transport.disrupted"}),
        ("Інтернет не працює.", {"impact.comms.outage"}),
        ("Поїзди не курсують.", {"service.transport.disrupted"}),
    ],
)
def test_a_no_that_is_part_of_what_is_said_denies_nothing(text: str, topics: set[str]) -> None:
    claims = read(text).claims
    assert {one.topic for one in claims} == topics
    assert {one.polarity for one in claims} == {Polarity.AFFIRMED}


@pytest.mark.parametrize(
    "text",
    [
        "По балістиці відбій, ще є шахеди.",
        "По МіГу відбій!",
        "По КАБах відбій.",
        "Балістика – відбій.",
        "По МиГу отбой.",
        "По баллистике отбой, ещё есть шахеды.",
    ],
)
def test_the_end_of_one_danger_is_no_all_clear(text: str) -> None:
    claims = read(text).claims
    assert "alert.end" not in {one.topic for one in claims}
    assert Polarity.NEGATED in {one.polarity for one in claims}


@pytest.mark.parametrize(
    ("text", "topic"),
    [
        ("Прильотів у місті не було.", "event.strike"),
        ("Вибухів у місті не було.", "event.explosion"),
        ("Взрывов в городе не было.", "event.explosion"),
    ],
)
def test_what_was_not_in_the_city_was_not(text: str, topic: str) -> None:
    (claim,) = read(text).claims
    assert (claim.topic, claim.polarity) == (topic, Polarity.NEGATED)


@pytest.mark.parametrize(
    "text",
    [
        "Людей у будинку під час вибуху не було.",
        "Якби не сирена, постраждалих було б більше.",
        "Если бы не сирена, пострадавших было бы больше.",
    ],
)
def test_who_was_not_there_and_what_might_have_been_deny_nothing(text: str) -> None:
    assert not read(text).claims


@pytest.mark.parametrize(
    "text",
    [
        "Відбій уже третій за ніч.",
        "Відбій надзвичайної ситуації.",
        "О 22:00 відбій у дитячому таборі.",
        "Відбій був, але знову летять.",
    ],
)
def test_an_all_clear_of_another_kind_or_time_is_none(text: str) -> None:
    assert "alert.end" not in {one.topic for one in read(text).claims}


@pytest.mark.parametrize(
    "text", ["Оголошено відбій повітряної тривоги!", "Объявлен отбой воздушной тревоги."]
)
def test_the_all_clear_of_an_alert_starts_none(text: str) -> None:
    assert [one.topic for one in read(text).claims] == ["alert.end"]


@pytest.mark.parametrize(
    "text",
    [
        "Борти сіли, ракетної загрози немає.",
        "Загрози балістики немає.",
        "Угрозы баллистики нет.",
        "Борта сели, ракетной опасности нет.",
    ],
)
def test_a_danger_that_is_over_is_no_warning(text: str) -> None:
    (claim,) = read(text).claims
    assert (claim.topic, claim.polarity) == ("threat.missile", Polarity.NEGATED)


@pytest.mark.parametrize(
    "text", ["Іскандер на Полтаву.", "Калібри, вектор на Одесу.", "МиГ-31К в воздухе."]
)
def test_a_named_missile_on_its_way_is_a_warning(text: str) -> None:
    assert [one.topic for one in read(text).claims] == ["threat.missile"]
    assert not read("Дорозвідка на Запоріжжя.").claims


@pytest.mark.parametrize(
    ("text", "extent"),
    [
        ("Світло відновлено не всім.", "part"),
        ("Світло відновили лише у двох під'їздах.", "part"),
        ("Світло відновлено майже всім.", "most"),
        ("Майже повністю відновлено водопостачання.", "most"),
        ("Свет восстановлен не всем.", "part"),
        ("Вода почти везде восстановлена.", "most"),
    ],
)
def test_what_is_not_back_for_all_is_said_so(text: str, extent: str) -> None:
    (claim,) = read(text).claims
    assert (claim.topic.split(".")[2], claim.extent.value) == ("restored", extent)


@pytest.mark.parametrize(
    ("text", "topic"),
    [
        ("В Ізюмі немає світла після удару.", "event.strike"),
        ("У місті немає світла через обстріл.", "event.shelling"),
        ("В Ізюмі немає води внаслідок влучання.", "event.strike"),
        ("Немає світла через пошкодження мережі.", "impact.damage"),
        ("Постраждалих немає після удару.", "event.strike"),
        ("Нет света после удара в Изюме.", "event.strike"),
        ("Нет воды из-за обстрела.", "event.shelling"),
    ],
)
def test_what_is_missing_because_of_a_strike_is_no_word_against_the_strike(
    text: str, topic: str
) -> None:
    found = [claim.polarity for claim in read(text).claims if claim.topic == topic]
    assert found == [Polarity.AFFIRMED]


@pytest.mark.parametrize(
    "text", ["Немає після удару постраждалих.", "Нет пострадавших после обстрела."]
)
def test_nobody_hurt_after_a_strike_stays_nobody(text: str) -> None:
    found = [claim.polarity for claim in read(text).claims if claim.topic == "harm.injured"]
    assert found == [Polarity.NEGATED]


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("Вибухів немає.", {("event.explosion", "report", "negated")}),
        ("Ударів по Ізюму немає.", {("event.strike", "report", "negated")}),
        ("Обстрілів Ізюма за ніч не було.", {("event.shelling", "report", "negated")}),
        ("Ударов по городу нет.", {("event.strike", "report", "negated")}),
        (
            "Вибухів багато, світла немає.",
            {
                ("event.explosion", "report", "affirmed"),
                ("impact.power.outage", "report", "affirmed"),
            },
        ),
        (
            "Ударів по місту, світла немає.",
            {("event.strike", "report", "affirmed"), ("impact.power.outage", "report", "affirmed")},
        ),
    ],
)
def test_none_behind_a_strike_denies_it_only_where_it_is_said_of_it(
    text: str, wanted: set[tuple[str, str, str]]
) -> None:
    assert facts(text) == wanted
