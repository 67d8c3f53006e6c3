"""Posts beside those that once broke a hard gate: none of them breaks it again."""

import pytest

from vidomo.app.reader import read
from vidomo.claims.model import Claim

HOME = "UA63000000000041885"


def harm(text: str) -> list[Claim]:
    return [claim for claim in read(text, home=HOME) if claim.topic.startswith("harm.")]


@pytest.mark.parametrize(
    "text",
    [
        "Не викладайте, куди прилетіло",
        "Хто виклав відео шахеда над центром — видаліть",
        "Прохання: не ставте на мапах позначок «тут вибух»",
        "Не пишіть у чатах, де впав КАБ",
        "Відео з роботою ППО — це стаття",
        "Не ведіть прямих ефірів під час атаки",
        "За фото збитої ракети — відповідальність",
        "Поліція розшукує тих, хто зняв приліт по заводу",
        "Помовчіть у коментарях про «гучно» і «прилетіло»",
        "Жодних координат влучань у сторіз",
        "Не выкладывайте, куда прилетело",
        "Удалите видео шахеда над центром",
        "Просим не отмечать на картах место взрыва",
        "Не пишите в чатах, где упал КАБ",
        "За съёмку работы ПВО — протокол",
        "Не ведите стримы во время атаки",
        "Молчим в комментариях про «громко» и «бахнуло»",
        "Никаких координат попаданий в сторис",
        "Please delete the video of the drone over the centre",
        "Do not mark the place of the explosion on maps",
        "Don't write in chats where the bomb fell",
        "No live streams during the attack",
        "Filming air defence is punishable",
        "Keep quiet about where it hit",
        "No pictures of the missile, please",
        "Admins will remove posts about hits and launches",
    ],
)
def test_a_request_not_to_show_an_attack_is_no_attack(text: str) -> None:
    dangers = [
        claim
        for claim in read(text, home=HOME)
        if claim.topic.startswith(("threat.", "event."))
        and claim.kind in {"report", "assessment", "warning"}
        and claim.polarity == "affirmed"
    ]
    assert not dangers


@pytest.mark.parametrize(
    "text",
    [
        "Схоже, цілили по підстанції, вважає оглядач",
        "На думку аналітика, місто лишиться без світла",
        "Автор каналу припускає, що це була балістика",
        "Може, вночі знову вдарять по мосту",
        "Як на мене, мережа не витримає",
        "Експерти гадають, що удар був по складу",
        "Мабуть, били по аеродрому, пише блогер",
        "Похоже, целились в подстанцию, считает обозреватель",
        "По мнению аналитика, город останется без света",
        "Автор канала предполагает, что это была баллистика",
        "Может, ночью снова ударят по мосту",
        "По-моему, сеть не выдержит",
        "Эксперты полагают, что удар был по складу",
        "Наверное, били по аэродрому, пишет блогер",
        "The substation was probably the target, an observer believes",
        "In the analyst's view the city will lose power",
        "The author of the channel suspects ballistic missiles were used",
        "Perhaps they will hit the bridge again tonight",
        "I think the grid will not hold",
        "Experts suppose the strike was aimed at a depot",
    ],
)
def test_what_an_author_infers_is_no_report(text: str) -> None:
    assert "report" not in {claim.kind.value for claim in read(text, home=HOME)}


@pytest.mark.parametrize(
    "text",
    [
        "Люди цілі",
        "Із людей ніхто не зачепило",
        "Обійшлося: жодної подряпини",
        "Поранених і загиблих, на щастя, нема",
        "Минулося без постраждалих",
        "Мешканців встигли вивести, постраждалих немає",
        "Нікого не поранено, хоча будинок горів",
        "Двоє були в будинку, не постраждали",
        "Люди целы",
        "Никого не задело",
        "Обошлось: ни одной царапины",
        "Раненых и погибших, к счастью, нет",
        "Жителей успели вывести, пострадавших нет",
        "Никого не ранило, хотя дом горел",
        "Двое были в доме, не пострадали",
        "Everyone is safe",
        "Nobody got a scratch",
        "Luckily there are neither dead nor wounded",
        "Residents were led out in time, none hurt",
        "Two people were inside, unharmed",
        "None of the three workers was hurt",
    ],
)
def test_nobody_hurt_is_never_somebody_nor_unknown(text: str) -> None:
    assert all(
        claim.polarity == "negated" or (claim.number is not None and claim.number.max == 0)
        for claim in harm(text)
    )


@pytest.mark.parametrize(
    "text",
    [
        "Чи є постраждалі, не кажуть",
        "Про постраждалих ані слова",
        "Скільки загинуло, наразі не оприлюднюють",
        "Кількість поранених мер не назвав",
        "Даних про людей під завалами немає",
        "Есть ли пострадавшие, не говорят",
        "О пострадавших ни слова",
        "Сколько погибло, пока не сообщают",
        "Число раненых мэр не назвал",
        "Данных о людях под завалами нет",
        "Whether anyone was hurt they do not say",
        "Not a word about casualties",
        "How many died has not been made public",
        "The mayor gave no number of wounded",
        "There are no data on people under the rubble",
    ],
)
def test_what_is_not_told_of_casualties_is_neither_zero_nor_a_count(text: str) -> None:
    assert {claim.kind.value for claim in harm(text)} <= {"unknown"}
