"""What people should do and where they find help, in words that no list holds."""

import pytest

from claims.reading import facts


@pytest.mark.parametrize(
    ("topic", "text"),
    [
        ("advice.other", "Просимо дбати про свою безпеку."),
        ("advice.other", "Закликають підготуватися до відсутності світла."),
        ("advice.other", "Призывают готовиться к длительным отключениям."),
        ("advice.other", "They urged people to prepare for outages."),
        ("advice.other", "Не лишайте обігрівачі без нагляду!"),
        ("advice.other", "Не оставляйте обогреватели без присмотра!"),
        ("advice.other", "Виїжджайте, поки є можливість!"),
        ("advice.other", "Evacuate immediately!"),
        ("advice.other", "Соседи, загляните к одиноким старикам."),
        ("advice.save_power", "Закликав утримуватися від використання електрообігрівачів."),
        ("advice.save_power", "Мощную технику включайте по очереди."),
        ("advice.save_power", "The mayor asked to refrain from using heaters."),
        ("advice.avoid", "Если дом поврежден, не возвращайтесь в подъезд до осмотра."),
        ("advice.avoid", "Don't take that road now!"),
        ("advice.do_not_film", "Жодних стримів роботи ППО!"),
        ("advice.do_not_film", "Действует запрет на фото и видео последствий."),
        ("advice.do_not_film", "Keep silent about air defence in chats."),
        ("advice.shelter", "Лозова, будьте в безпечних місцях!"),
        ("advice.shelter", "Занимайте места в укрытиях."),
        ("advice.shelter", "Please wait for the official all-clear."),
        ("advice.avoid", "Не можна торкатися уламків дронів."),
        ("advice.other", "Не нехтуйте правилами безпеки."),
        ("advice.shelter", "Прослідуйте в найближче укриття."),
        ("advice.shelter", "Будьте в укрытиях!"),
        ("advice.shelter", "Residents were advised to shelter indoors."),
        ("advice.avoid", "Нельзя касаться обломков беспилотников."),
        ("advice.shelter", "It is better to wait out the threat in shelters."),
        ("advice.other", "Просит поговорить об этом с детьми."),
        ("help.phone", "Довідки — 15-06."),
        ("help.phone", "Справки: 15-80, ежедневно с 8 до 20."),
        ("help.phone", "Help desk: 0 800 50 31 11"),
        ("help.point", "На вокзалі працює кімната обігріву."),
        ("help.point", "В столице насчитывается уже 532 таких пункта."),
        ("help.point", "The point is open till 22:00."),
        ("help.water", "Для немічних працює підвіз."),
        ("help.water", "С 7 утра у рынка будет стоять вода в бочках."),
    ],
)
def test_advice_and_help_are_read_in_other_words(topic: str, text: str) -> None:
    assert topic in {fact[0] for fact in facts(text)}


@pytest.mark.parametrize(
    "text",
    [
        "Лікарні мають необхідні запаси води.",
        "На сегодня без отопления остаются 853 дома.",
        "Children will be given free shelter and aid.",
        "Please be patient.",
        "Чая налейте и ложитесь.",
        "Ми з Бахмута не виходимо.",
        "Call sign Stork, 27.",
        "Область отмечена номером 3878.",
        "Виїхали, поки була можливість.",
        "Приготовьтесь к смене повествования.",
    ],
)
def test_words_that_only_look_like_advice_or_help_are_none(text: str) -> None:
    assert not any(fact[0].startswith(("advice.", "help.")) for fact in facts(text))


def test_points_that_are_closed_are_said_to_be_closed() -> None:
    assert facts("Two distribution points in Kostiantynivka were closed.") == {
        ("help.point", "report", "negated")
    }
