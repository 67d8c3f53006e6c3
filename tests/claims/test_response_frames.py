"""Repair and rescue are read from what is done, by whom and to which thing."""

import pytest

from vidomo.app.reader import read

REPAIR, RESCUE = "response.repair", "response.rescue"


def told(text: str, topic: str) -> set[tuple[str, str]]:
    return {
        (claim.kind.value, claim.polarity.value) for claim in read(text) if claim.topic == topic
    }


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("Воду на Подолі відновлюють.", "report"),
        ("Зв'язок у громаді поновлюють.", "report"),
        ("Робимо все для якнайшвидшого відновлення теплопостачання.", "report"),
        ("Бригади вже на лініях.", "report"),
        ("Аварійка їде до вас.", "report"),
        ("На підстанції замінюють трансформатор.", "report"),
        ("Накрито 40 дахів.", "report"),
        ("Завтра виконуватимуть ремонтні роботи на мережах громади.", "plan"),
        ("Фахівці розпочнуть роботи, щойно буде безпечно.", "plan"),
        ("Ремонт займе кілька днів.", "forecast"),
        ("Газ в селе восстанавливают.", "report"),
        ("Делаем всё для скорейшего возобновления подачи тепла.", "report"),
        ("Пять бригад уже на линии.", "report"),
        ("На улице меняют опоры.", "report"),
        ("Завтра на сетях проведут ремонтные работы.", "plan"),
        ("Восстановление займет неделю.", "forecast"),
        ("Everything is being done to restore the heating.", "report"),
        ("Four crews are out on the lines.", "report"),
        ("Repair works on the network will be carried out on Monday.", "plan"),
        ("Restoration will take about a week.", "forecast"),
    ],
)
def test_repair_is_read_from_the_work(text: str, kind: str) -> None:
    assert told(text, REPAIR) == {(kind, "affirmed")}


@pytest.mark.parametrize(
    "text",
    [
        "Полагодити насосну під обстрілами неможливо.",
        "Починить подстанцию под огнём невозможно.",
        "It is impossible to repair the pumping station under fire.",
    ],
)
def test_repair_that_nobody_can_do_is_negated(text: str) -> None:
    assert told(text, REPAIR) == {("report", "negated")}


@pytest.mark.parametrize(
    "text",
    [
        "Екстрені служби направляються на склад.",
        "Триває рятувальна операція.",
        "На місці працюють чотири розрахунки.",
        "До гасіння залучали дві автоцистерни.",
        "Усі служби працюють над ліквідацією наслідків атаки.",
        "Оперслужбы уже прибыли на место.",
        "Спасатели пытаются потушить огонь.",
        "На месте находятся глава района, МЧС и медики.",
        "Operational services are working at the site.",
        "The blaze was put out by six crews.",
        "Three ambulance crews went to the scene.",
    ],
)
def test_rescue_is_read_from_the_work(text: str) -> None:
    assert told(text, RESCUE) == {("report", "affirmed")}


@pytest.mark.parametrize(
    "text",
    [
        "Аварійно-рятувальні роботи на місці удару завершено.",
        "Поисково-спасательные работы завершены.",
        "The search and rescue operation is over.",
        "Психологи чергують біля школи.",
        "До приїзду рятувальників нічого не чіпайте.",
    ],
)
def test_what_is_over_or_no_rescue_is_none(text: str) -> None:
    assert not told(text, RESCUE)


@pytest.mark.parametrize(
    "text",
    ["Бригада тримає лінію фронту.", "Робимо все, щоб перемогти.", "Дружбу восстанавливают."],
)
def test_other_work_is_no_repair(text: str) -> None:
    assert not told(text, REPAIR)


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("Докладаємо всіх зусиль, щоб відновити подачу води.", "report"),
        ("Відновлення електропостачання у громаді триває.", "report"),
        ("Бригади готові розпочати роботи, щойно дозволять.", "plan"),
        ("Восстановление водоснабжения в районе продолжается.", "report"),
        ("Бригады занимаются ликвидацией аварий.", "report"),
        ("Electricians are operating in shifts to repair the line.", "report"),
    ],
)
def test_effort_to_restore_is_repair(text: str, kind: str) -> None:
    assert (kind, "affirmed") in told(text, REPAIR)


@pytest.mark.parametrize(
    "text",
    [
        "До ліквідації наслідків залучено 20 рятувальників.",
        "К ликвидации последствий привлечены экстренные службы.",
        "Аварійно-рятувальні роботи ще тривають.",
        "Emergency workers are dealing with the aftermath.",
    ],
)
def test_work_on_the_aftermath_is_rescue_alone(text: str) -> None:
    assert told(text, RESCUE)
    assert not told(text, REPAIR)


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("Звідти перевезли 14 дітей.", "report"),
        ("Відселенню підлягають чотири села.", "plan"),
        ("Удалось перевезти из села 30 человек.", "report"),
        ("Эвакуации подлежат три села.", "plan"),
        ("In all, 60 families are to be evacuated.", "plan"),
    ],
)
def test_people_taken_out_are_evacuated(text: str, kind: str) -> None:
    assert told(text, "response.evacuation") == {(kind, "affirmed")}


@pytest.mark.parametrize(
    "text",
    [
        "Ворог намагається зірвати евакуацію.",
        "Координаційний штаб з питань евакуації зібрався вдруге.",
        "The Coordination Headquarters for evacuation met twice.",
    ],
)
def test_talk_of_evacuation_is_none(text: str) -> None:
    assert not told(text, "response.evacuation")


@pytest.mark.parametrize(
    "text", ["Сейчас идёт спасательная операция.", "Locomotive crews were dispatched."]
)
def test_a_rescue_operation_is_no_surgery_and_a_train_crew_no_rescuers(text: str) -> None:
    assert bool(told(text, RESCUE)) == ("операция" in text)


@pytest.mark.parametrize(
    "text",
    [
        "Монтери продовжують лагодити кабель.",
        "Виконуємо роботи, щоб повернути світло.",
        "Несправність усунули. Неисправность устранили.",
        "Электрики продолжают чинить кабель.",
        "Linemen repair the line.",
    ],
)
def test_mending_that_goes_on_is_repair(text: str) -> None:
    assert ("report", "affirmed") in told(text, REPAIR)


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("Працюємо над підключенням абонентів.", "report"),
        ("Відновлюють пошкоджені мережі.", "report"),
        ("Ремонтные работы в районе начнутся после отбоя.", "plan"),
        ("Специалисты продолжают работы.", "report"),
        ("Repair and restoration work on the line continues.", "report"),
        ("Crews are doing everything possible to bring the power back.", "report"),
    ],
)
def test_crews_at_work_are_repair(text: str, kind: str) -> None:
    assert (kind, "affirmed") in told(text, REPAIR)
