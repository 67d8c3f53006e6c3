"""What a text asks without a question mark, and what it says that nobody can tell."""

import pytest

from claims.reading import facts

_UNKNOWN = ("unknown", "affirmed")


@pytest.mark.parametrize(
    ("text", "topic"),
    [
        ("Чи є травмовані, мер не розповідає.", "harm.casualties"),
        ("Скільки родин у селі лишилося без газу, ще рахують.", "impact.gas.outage"),
        ("Мер сказав, що поки не знає, скільки будинків пошкоджено.", "impact.damage"),
        ("Імена загиблих рятувальники поки встановлюють.", "harm.killed"),
        ("Чи лишився хтось під плитами, невідомо.", "harm.missing"),
        ("Чи вижив водій тролейбуса, не уточнюють.", "harm.casualties"),
        ("Чим саме вдарили по місту, не кажуть.", "cause.munition"),
        ("Про наслідки напишемо, щойно отримаємо дані.", "impact.damage"),
        ("Удар був по околиці, точних адрес не називаємо.", "event.strike"),
        ("Есть ли раненые, мэр не рассказывает.", "harm.casualties"),
        ("Сколько домов разрушено, власти не раскрывают.", "impact.damage"),
        ("Личности погибших пока не удалось установить.", "harm.killed"),
        ("Остался ли кто-то под завалами, узнать нельзя.", "harm.missing"),
        ("Выжил ли водитель троллейбуса, неизвестно.", "harm.casualties"),
        ("Чем именно нанесли удар, не уточняется.", "cause.munition"),
        ("О последствиях сообщим, когда закончат осмотр.", "impact.damage"),
        ("О количестве разрушений будет сообщено отдельно.", "impact.damage"),
        ("Мер не уточнив, чи є поранені.", "harm.casualties"),
        ("Мэр не уточнил, есть ли раненые.", "harm.casualties"),
        ("Влада поки не підтвердила влучання.", "event.strike"),
        ("Офіційного підтвердження вибухів немає.", "event.explosion"),
        ("Коли відновлять подачу газу, сказати не можуть.", "impact.gas.restored"),
        ("Когда восстановят подачу газа, сказать не могут.", "impact.gas.restored"),
        ("Коли рух поїздів відновлять, залізничники не знають.", "service.transport.restored"),
        ("Кількість пошкоджених будинків підраховують.", "impact.damage"),
        ("Объём разрушений станет известен после осмотра.", "impact.damage"),
        ("The cause of the blast is under investigation.", "event.explosion"),
        ("We don't know if anyone is under the slabs.", "harm.missing"),
        ("They are finding out whether there are other victims.", "harm.casualties"),
        ("It is impossible to establish the exact number of victims.", "harm.casualties"),
    ],
)
def test_what_nobody_can_tell_is_unknown(text: str, topic: str) -> None:
    assert (topic, *_UNKNOWN) in facts(text)


@pytest.mark.parametrize(
    ("text", "topic"),
    [
        ("Стався вибух газу. Через що таке сталося, з'ясовує поліція.", "event.explosion"),
        ("Загорівся склад. Через що сталося лихо, встановлюють.", "impact.fire"),
        ("Произошел взрыв. Почему это случилось, выясняет полиция.", "event.explosion"),
        ("Прогремели взрывы. Откуда прилетело, пока непонятно.", "event.explosion"),
        ("A fire broke out at a plant. The cause will be determined later.", "impact.fire"),
        ("A strike hit the town. Its location would not be disclosed.", "event.strike"),
    ],
)
def test_a_question_after_the_cause_or_the_place_is_about_what_was_told(
    text: str, topic: str
) -> None:
    found = facts(text)
    assert (topic, *_UNKNOWN) in found
    assert (topic, "report", "affirmed") in found


@pytest.mark.parametrize(
    "text",
    [
        "Чи постраждали люди в приватному секторі, дізнаємося зранку.",
        "Чи пошкоджено школу, мешканці питають другий день.",
        "Сколько домов повреждено, станет известно завтра.",
        "Пострадали ли люди, спрашивают соседи.",
        "Whether anybody was hurt is what neighbours ask.",
    ],
)
def test_what_is_only_asked_is_never_reported(text: str) -> None:
    assert all(kind == "unknown" for _, kind, _ in facts(text))


@pytest.mark.parametrize(
    "text",
    [
        "Вряд ли это учения: в городе прогремел взрыв.",
        "Мэр рассказал, сколько стоит ремонт: в доме прогремел взрыв.",
        "Поліція знає, хто винен: у будинку пролунав вибух.",
        "The mayor knows who did it: an explosion hit a house.",
    ],
)
def test_what_stands_beside_a_question_is_reported_as_ever(text: str) -> None:
    assert ("event.explosion", "report", "affirmed") in facts(text)


def test_a_question_asks_about_its_first_happening_alone() -> None:
    text = "Были ли взрывы следствием попаданий или падения обломков, пока неизвестно."
    assert facts(text) == {("event.explosion", *_UNKNOWN)}


@pytest.mark.parametrize(
    ("text", "topic"),
    [
        ("Наразі невідомо, які будівлі пошкоджено.", "impact.damage"),
        ("Які саме будинки пошкоджено, поки не повідомляють.", "impact.damage"),
        ("Про масштаби руйнувань говорити зарано.", "impact.damage"),
        ("Куди влучив дрон, не розголошують.", "event.strike"),
        ("Пока неизвестно, какие повреждения есть в селе.", "impact.damage"),
        ("Какие разрушения есть в городе, пока не сообщается.", "impact.damage"),
        ("Информации о том, что повреждено, пока нет.", "impact.damage"),
        ("It was not immediately clear what damage had been caused.", "impact.damage"),
    ],
)
def test_which_of_the_things_is_not_known_is_unknown(text: str, topic: str) -> None:
    told = facts(text)
    assert (topic, "unknown", "affirmed") in told
    assert (topic, "report", "affirmed") not in told


@pytest.mark.parametrize(
    ("text", "topic"),
    [
        ("Поліція встановлює особи людей, яких поранено двоє.", "harm.injured"),
        ("Рятувальники перевіряють будинки, які пошкоджено вночі.", "impact.damage"),
        ("Дома, которые повреждены взрывом, проверяют.", "impact.damage"),
        ("Мы не понимаем, как это было: взрыв произошел ночью.", "event.explosion"),
    ],
)
def test_what_only_describes_asks_nothing(text: str, topic: str) -> None:
    assert (topic, "unknown", "affirmed") not in facts(text)


def test_or_between_two_supplies_asks_nothing() -> None:
    told = facts("Перебоїв зі світлом, водою чи теплом у місті немає.")
    assert ("impact.heat.outage", "report", "negated") in told
