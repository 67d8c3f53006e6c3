import pytest

from vidomo.claims.language import language_of
from vidomo.claims.prepare import prepare

LINES = {
    "uk": """Відбій тривоги в Ізюмському районі
У місті пролунали вибухи, залишайтеся в укриттях
Рятувальники дістали з-під завалів двох людей
Світло повернули у більшість осель громади
Інформація про постраждалих уточнюється
Попередньо, обійшлося без загиблих
Енергетики ліквідовують наслідки обстрілу
Водопостачання відновлять до вечора
Станом на 18:00 поранено п'ятьох
Увага! Загроза застосування авіабомб
Пошкоджено дах школи та кілька будинків
Мешканців просять не виходити на вулицю
Унаслідок удару зайнялася пожежа
Графік погодинних відключень на завтра
Лікарня працює від генератора
Трамваї не курсують через пошкодження мережі
Двоє людей вважаються зниклими
Ремонтні бригади чекають дозволу військових
Ніч минула тихо
Тривога триває
Пункт незламності працює цілодобово""",
    "ru": """Отбой тревоги в Изюмском районе
В городе прогремели взрывы, оставайтесь в укрытиях
Спасатели достали из-под завалов двух человек
Свет вернули в большинство домов громады
Информация о пострадавших уточняется
Предварительно, обошлось без погибших
Энергетики устраняют последствия обстрела
Водоснабжение восстановят к вечеру
По состоянию на 18:00 ранены пятеро
Внимание! Угроза применения авиабомб
Повреждены крыша школы и несколько домов
Жителей просят не выходить на улицу
В результате удара начался пожар
График почасовых отключений на завтра
Больница работает от генератора
Трамваи не ходят из-за повреждения сети
Двое людей считаются пропавшими
Ремонтные бригады ждут разрешения военных
Ночь прошла тихо, но тревога была
Тревога ещё продолжается""",
    "en": """The alert is over in Izium district
Explosions were heard in the city, stay in shelters
Rescuers pulled two people from the rubble
Power is back in most homes of the community
Casualty figures have not been released
Preliminary reports say nobody was killed
Crews are repairing the damage after the shelling
Water will be back by the evening
As of 18:00 five people are wounded
A threat of guided bombs has been declared
The roof of a school and several houses were damaged
Residents are asked not to go out
A fire broke out after the strike
The schedule of hourly outages for tomorrow
The hospital works on a generator
Trams do not run because of damage to the network
Two people are still missing
Repair crews wait for permission from the military
The night was quiet
The mayor said it was over""",
}
LABELLED = [(line, lang) for lang, lines in LINES.items() for line in lines.splitlines()]


def test_the_language_of_a_line_is_told_in_19_of_20_cases_and_never_taken_for_another() -> None:
    assert len(LABELLED) > 60
    told = [(language_of(line), lang) for line, lang in LABELLED]
    assert sum(guess == lang for guess, lang in told) >= 0.95 * len(told)
    assert [pair for pair in told if pair[0] not in {pair[1], "und"}] == []


@pytest.mark.parametrize("text", ["", "Izium", "15:40", "🟢", "Херсон", "Σήμερα"])
def test_what_cannot_be_told_stays_undecided(text: str) -> None:
    assert language_of(text) == "und"


def test_a_stated_language_is_kept() -> None:
    assert prepare("Відбій тривоги", lang="ru-UA").lang == "ru"
    assert prepare("Відбій тривоги", lang="pl").lang == "und"
    assert prepare("Відбій тривоги").lang == "uk"


def test_a_long_text_is_told_by_its_beginning() -> None:
    assert language_of("Ще один день. " * 300 + "the " * 10_000) == "uk"
