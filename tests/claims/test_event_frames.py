"""Strikes, shelling, explosions and the work of the air defence, in words that no list holds."""

import pytest

from claims.reading import facts


@pytest.mark.parametrize(
    ("topic", "text"),
    [
        ("event.air_defence", "Під час відбиття нальоту на Одесу пошкоджено дах."),
        ("event.air_defence", "Більшість шахедів приземлила наша ППО."),
        ("event.air_defence", "У Вишгородському районі фіксується робота протиповітряної оборони."),
        ("event.air_defence", "У дворах Полтави лежать уламки дронів."),
        ("event.air_defence", "Працює мобільна вогнева група, Бровари."),
        ("event.air_defence", "При отражении налета на Воронеж повреждены дома."),
        ("event.air_defence", "Обломки беспилотника попали на крышу недостроя в Туле."),
        ("event.air_defence", "Зенитчики отработали над Сумами."),
        ("event.air_defence", "The sounds over Belgorod are air defense systems engaging drones."),
        ("event.air_defence", "Heavy anti-aircraft fire over Novorossiysk."),
        ("event.air_defence", "Two bangs in Sumy, that was air defence."),
        ("event.explosion", "У Мелітополі злетіла в повітря автівка."),
        ("event.explosion", "Над Энгельсом слышны взрывы, работает ПВО."),
        ("event.air_defence", "Several drones were intercepted over Sumy."),
        ("event.explosion", "В Мелитополе взлетела на воздух машина."),
        ("event.explosion", "Жители Унечи пишут о хлопках."),
        ("event.shelling", "Селище піддається обстрілам."),
        ("event.shelling", "Под артиллерийским и минометным огнем оказались три села."),
        ("event.shelling", "Ворог криє Нікополь з артилерії."),
        ("event.shelling", "Враг лупит по Херсону из РСЗО."),
        ("event.shelling", "Russian troops launched five artillery strikes on Nikopol."),
        ("event.shelling", "Під щільний вогонь російської армії потрапили дві багатоповерхівки."),
        ("event.shelling", "Вдарив з артилерії по Нікополю."),
        ("event.shelling", "Враг направил на Никополь артиллерию."),
        ("event.strike", "Ворог запускав по Нікополю дрони."),
        ("event.strike", "Росіяни запустили ударні дрони по Київщині."),
        ("event.strike", "11 КАБов сбросили днем на Золочев."),
        ("event.air_defence", "Атака на Севастополь отражена, сообщил губернатор."),
        ("event.air_defence", "По цілях над Києвом працюють військові."),
        ("event.strike", "Russian forces launched an aerial assault on Kherson."),
        ("event.air_defence", "The air defense forces over Kyiv are dealing with targets."),
        ("event.strike", "Снаряд влетів у дах будинку в Херсоні."),
        ("event.strike", "Ракета С-300 разрушила общежитие в Павлограде."),
        ("event.strike", "Glide bombs killed eight people in Kharkiv."),
        ("event.strike", "The mayor of Dubno confirmed one hit."),
    ],
)
def test_what_happens_is_read_in_other_words(topic: str, text: str) -> None:
    assert topic in {fact[0] for fact in facts(text)}


@pytest.mark.parametrize(
    "text",
    [
        "Ракету збити не вдалося.",
        "Сбить ракету системе ПВО не удалось.",
        "The missile over Kyiv was not intercepted.",
        "Дрон не збили.",
    ],
)
def test_what_could_not_be_shot_down_is_negated(text: str) -> None:
    assert ("event.air_defence", "report", "negated") in facts(text)


@pytest.mark.parametrize(
    ("topic", "text"),
    [
        ("event.explosion", "Мужчина облил всё бензином и грозился устроить взрыв."),
        ("event.explosion", "A borshch that is an explosion of flavour."),
        ("event.explosion", "Дрон упав на город і не здетонував."),
        ("event.explosion", "The driver has a blast injury."),
        ("event.air_defence", "У дворах лежать уламки цегли."),
        ("event.strike", "Одна пуля попала в челюсть."),
        ("event.strike", "Сообщают, когда и куда будет нанесен удар."),
        ("event.strike", "Сочное попадание по группе пехотинцев."),
        ("event.shelling", "Причиной отключения может быть ожидание обстрела."),
        ("event.strike", "Завдали удару по позиціях бригади."),
        ("event.strike", "Два класних влучання по оркам."),
        ("event.strike", "Дрон над площадью взорвался."),
        ("event.strike", "Сообщают о ракетном ударе по Тель-Авиву."),
        ("event.air_defence", "Операторы БПЛА уничтожили пункт дислокации."),
        ("event.air_defence", "Дякуємо за роботу нашій ППО."),
        ("help.point", "Відкрито новий пункт пропуску на кордоні."),
    ],
)
def test_words_that_only_look_like_it_are_none(topic: str, text: str) -> None:
    assert topic not in {fact[0] for fact in facts(text)}


@pytest.mark.parametrize(
    "text", ["Чути звуки, схожі на вибухи.", "Слышны звуки, похожие на взрывы."]
)
def test_sounds_like_explosions_are_provisional(text: str) -> None:
    assert facts(text) == {("event.explosion", "assessment", "affirmed")}


@pytest.mark.parametrize(
    "text",
    [
        "Ракети вбили сорок жителів Дніпра.",
        "Ракеты убили сорок жителей Днепра.",
        "Glide bombs killed eight people in Kharkiv.",
    ],
)
def test_a_weapon_that_kills_is_a_strike_and_its_dead(text: str) -> None:
    assert {fact[0] for fact in facts(text)} == {"event.strike", "harm.killed"}


@pytest.mark.parametrize(
    "text",
    [
        "Вибухи в Києві. Імовірно, це балістика.",
        "Взрывы в Киеве. Предположительно, это баллистика.",
    ],
)
def test_a_weapon_that_is_guessed_at_is_provisional(text: str) -> None:
    assert ("cause.munition", "assessment", "affirmed") in facts(text)


def test_no_casualties_after_a_hit_is_a_hit() -> None:
    assert ("event.strike", "report", "affirmed") in facts(
        "No casualties were reported after a drone hit a warehouse in Chuhuiv."
    )
