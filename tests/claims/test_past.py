"""What a text tells of the past, where it begins and where it ends."""

import pytest

from claims.reading import read


def kinds(text: str) -> list[tuple[str, str]]:
    return [(claim.topic, claim.kind.value) for claim in read(text).claims]


def of(text: str, topic: str) -> list[str]:
    return [kind for found, kind in kinds(text) if found == topic]


@pytest.mark.parametrize(
    "text",
    [
        "Вночі по Сумах ударив дрон.\n\nНагадаємо, 3 листопада удар по місту забрав двоє життів.",
        "Ночью по Сумам ударил дрон.\n\nНапомним, удар по городу 3 ноября унёс две жизни.",
        "A drone hit Sumy overnight.\n\nRecall\n\nA strike on the port on 3 November hurt two.",
        "A drone hit Sumy overnight. On Nov. 3, a missile strike damaged the town hall.",
        "A drone hit Sumy on Friday.\n\nOn Tuesday, a missile strike damaged the town hall.",
        "Дрон ударив по Сумах уранці. У серпні по цьому кварталу вже був удар.",
        "Дрон ударил по Сумам утром. Две недели назад был удар по вокзалу.",
        "Дрон ударив по Сумах уранці. Раніше, 14 листопада, був удар по вокзалу.",
        "A drone hit Sumy overnight. Russia has repeatedly struck the region's substations.",
        "A drone hit Sumy overnight. A similar attack occurred in June.",
        "A drone hit Sumy. The strike came a day after an attack on the port.",
    ],
)
def test_the_news_is_current_and_what_it_recalls_is_not(text: str) -> None:
    assert of(text, "event.strike") == ["report", "background"]


@pytest.mark.parametrize(
    "text",
    [
        "Дрон ударив по лікарні, яку відбудували після обстрілу 2022 року. Поранено медсестру.",
        "Дрон ударил по мосту взамен взорванного в августе 2022 года. Ранена женщина.",
        "A drone hit the house of a family, which fled shelling in 2022. Two people were wounded.",
        "Після торішнього удару в громаді знову є втрати: поранено лікаря.",
    ],
)
def test_what_is_only_described_colours_nothing_else(text: str) -> None:
    assert of(text, "harm.injured") == ["report"]


@pytest.mark.parametrize(
    "text",
    [
        "У Сумах поранено хлопчика 2019 року народження.",
        "В Сумах ранен мужчина 1990 г.р.",
        "A man born in 2004 was wounded in Sumy.",
    ],
)
def test_a_year_of_birth_is_no_history(text: str) -> None:
    assert of(text, "harm.injured") == ["report"]


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("Втретє за тиждень росіяни вдарили по Ізюму.", ["report"]),
        ("В третий раз за неделю ударили по Изюму.", ["report"]),
        ("For the third time this week a drone hit Izium.", ["report"]),
        ("This week a drone hit Izium three times.", ["background"]),
        ("За тиждень по Ізюму було 12 ударів.", ["background"]),
    ],
)
def test_how_often_it_happened_is_no_total(text: str, wanted: list[str]) -> None:
    assert of(text, "event.strike") == wanted


def test_a_total_does_not_colour_what_follows_it() -> None:
    text = "It was the third attack on Izium this week. A man was wounded."
    assert kinds(text) == [("event.strike", "background"), ("harm.injured", "report")]


@pytest.mark.parametrize(
    "text",
    [
        "Вночі в Миколаєві загинули двоє. Вічна пам'ять.",
        "Ночью в Николаеве погибли двое. Вечная память.",
        "Two people were killed in Mykolaiv overnight. Rest in peace.",
        "Обломки упали рядом с мемориалом в Николаеве, погибли двое.",
        "A drone hit the memorial park in Mykolaiv, two people were killed.",
        "Two were killed by a drone in Mykolaiv. One house burned. A memorial plaque was unveiled.",
    ],
)
def test_condolences_and_monuments_make_no_memorial_of_the_news(text: str) -> None:
    assert of(text, "harm.killed") == ["report"]


@pytest.mark.parametrize(
    "text",
    [
        "Мемориал погибшим от удара открыли в Харькове.",
        "A memorial to those killed in the strike opened in Kharkiv.",
        "Four years on: the town remembers\n\nMissiles hit the market, 29 people were killed.",
        "У Сумах попрощалися з водієм. Він загинув від удару дрона на початку місяця.",
    ],
)
def test_a_memorial_in_front_makes_all_of_it_past(text: str) -> None:
    assert set(of(text, "harm.killed")) | set(of(text, "event.strike")) == {"background"}


def test_the_total_of_a_day_ends_where_a_text_says_what_holds_now() -> None:
    text = (
        "За добу громаду обстріляли 20 разів. Поранено двох людей. "
        "Без світла 16 тисяч абонентів. Нині в місті пролунали вибухи."
    )
    assert kinds(text) == [
        ("event.shelling", "background"),
        ("harm.injured", "background"),
        ("impact.power.outage", "report"),
        ("event.explosion", "report"),
    ]


def test_work_of_a_day_is_no_summary_of_what_follows() -> None:
    text = "Сапери вилучили за день 37 боєприпасів у двох селах громади. Дрон влучив у дім."
    assert of(text, "event.strike") == ["report"]


@pytest.mark.parametrize(
    "text",
    [
        "Прилётов по городу на этой неделе не было.",
        "There have been no strikes on the city this week.",
    ],
)
def test_what_did_not_happen_in_a_week_holds_now(text: str) -> None:
    (claim,) = [one for one in read(text).claims if one.topic == "event.strike"]
    assert (claim.kind.value, claim.polarity.value) == ("report", "negated")


def test_history_is_not_told_on_over_a_sentence_in_the_present() -> None:
    text = "Last February a strike on the plant took two lives. Emergency shutdowns are in force."
    assert of(text, "power.emergency_shutdown") == ["report"]


@pytest.mark.parametrize(
    "text",
    [
        "Without water: Sumy\n\nWater is off in Sumy after a strike on 15 October.",
        "Суми без води\n\n15 жовтня в Сумах через аварію зникло водопостачання.",
    ],
)
def test_the_date_below_a_heading_is_that_of_the_news(text: str) -> None:
    assert set(of(text, "impact.water.outage")) == {"report"}


@pytest.mark.parametrize(
    ("day", "kind"), [("20", "report"), ("19", "report"), ("18", "background"), ("2", "background")]
)
def test_the_day_before_is_news_and_older_days_are_not(day: str, kind: str) -> None:
    text = f"{day} грудня дрон ударив по Сумах."
    found = read(text, posted="2025-12-20T12:00:00+02:00").claims
    assert {one.kind.value for one in found if one.topic == "event.strike"} == {kind}


def test_a_date_of_the_year_of_an_old_post_is_its_news() -> None:
    text = "3 червня 2023 року дрон ударив по Сумах."
    found = read(text, posted="2023-06-03T12:00:00+03:00").claims
    assert {one.kind.value for one in found} == {"report"}


def test_an_inquiry_that_has_begun_tells_of_news() -> None:
    text = "21 вересня 2023 року обстріляли Нікополь. За фактом розпочато розслідування."
    assert of(text, "event.shelling") == ["report"]


@pytest.mark.parametrize(
    "text",
    [
        "У Сумах поранено трьох. Позавчора ракета поранила п'ятьох у цьому ж районі.",
        "В Сумах ранены трое. Два дня назад ракета ранила пятерых в этом же районе.",
        "Three people were wounded in Sumy. Three days ago a missile wounded five there.",
    ],
)
def test_what_was_days_ago_is_past(text: str) -> None:
    assert of(text, "harm.injured") == ["report", "background"]


@pytest.mark.parametrize(
    "text",
    [
        "Одиннадцатый удар за сутки по Городне. Ранена женщина.",
        "Третій удар за добу по Городні. Поранено жінку.",
    ],
)
def test_the_last_of_many_strikes_of_a_day_is_news(text: str) -> None:
    assert {kind for _, kind in kinds(text)} == {"report"}


def test_what_happened_in_a_stretch_of_days_is_a_total() -> None:
    text = "З 17 по 23 листопада в громаді від обстрілів поранено дев'ятьох людей."
    assert of(text, "harm.injured") == ["background"]


def test_recalled_words_in_the_middle_of_a_line_leave_what_stands_before() -> None:
    text = "В Изюме ранен мужчина, сообщил мэр.Напомним, в ночь на 26 января был удар по вокзалу."
    assert of(text, "harm.injured") == ["report"]
    assert of(text, "event.strike") == ["background"]


def test_no_total_goes_on_after_what_did_not_happen() -> None:
    text = "У районі впродовж доби обстрілів не фіксували. У місті поранено двох людей."
    assert of(text, "harm.injured") == ["report"]


def test_what_was_done_in_a_day_leaves_what_stands_before_as_it_is() -> None:
    text = "По состоянию на полдень в Изюме нет света. За сутки вернули свет 2 тысячам семей."
    assert kinds(text) == [
        ("impact.power.outage", "report"),
        ("impact.power.restored", "background"),
    ]


def test_a_heading_above_the_total_of_a_day_is_part_of_it() -> None:
    text = "Обстріляно три громади, є поранені\n\nМинулої доби обстрілів зазнали 16 сіл."
    assert set(of(text, "event.shelling")) | set(of(text, "harm.injured")) == {"background"}


@pytest.mark.parametrize(
    "text",
    [
        "В Одессе взрывы. Это случилось через неделю после удара, где погибли 35 человек.",
        "В Одесі вибухи. Це сталося через тиждень після удару, де загинули 35 людей.",
        "Explosions in Odesa. It was the deadliest strike since April, when 12 people were killed.",
    ],
)
def test_where_and_when_of_what_is_past_is_past(text: str) -> None:
    assert of(text, "harm.killed") == ["background"]


def test_counting_a_strike_in_passing_leaves_it_news() -> None:
    text = "Drones attacked Izmail, the third such attack in a week. A man was wounded."
    assert of(text, "event.strike")[0] == "report"
    assert of(text, "harm.injured") == ["report"]


def test_a_street_named_after_a_day_is_no_newer_date() -> None:
    text = "24 січня в Ізюмі через порив зникла вода. Без неї будинки на вулиці 27 Квітня."
    assert set(of(text, "impact.water.outage")) == {"report"}


HEADS = {
    "uk": "Дрон ударив по складу в Ізюмі, поранено двох людей.\n\n",
    "ru": "Дрон ударил по складу в Изюме, ранены двое.\n\n",
    "en": "A drone hit a warehouse in Izium, wounding two people.\n\n",
}


@pytest.mark.parametrize(
    ("lang", "recalled"),
    [
        ("uk", "Раніше в місті внаслідок обстрілу загинули троє."),
        ("uk", "До цього, 3 травня, у селі загинула вчителька."),
        ("uk", "Напередодні по Куп'янську вдарили ракетою, загинуло двоє."),
        ("uk", "Це не перша атака на місто: навесні дрони вже вбили сторожа, загинув водій."),
        ("uk", "У попередній атаці загинули троє."),
        ("uk", "Минулого місяця місто обстрілювали шість разів, загинуло четверо."),
        ("uk", "Під час минулорічного обстрілу тут загинули двоє."),
        ("uk", "Після удару 3 травня 2024 року, коли загинули двоє, у дворі поставили укриття."),
        ("ru", "Ранее в городе при обстреле погибли трое."),
        ("ru", "До этого, 3 мая, в селе погибла учительница."),
        ("ru", "Как сообщалось, в ночь на 5 октября был атакован порт, погиб рабочий."),
        ("ru", "В ходе предыдущей атаки погибли трое."),
        ("ru", "В прошлом месяце город обстреливали шесть раз, погибли четверо."),
        ("en", "Earlier in the city, shelling killed three people."),
        ("en", "In a previous attack on the port, three people were killed."),
        ("en", "During an earlier assault, the water main was damaged and two were killed."),
        ("en", "The previous day, shelling of the suburb left one woman dead."),
        ("en", "The invasion, now in its fourth year, has killed more than 14,000 civilians."),
        ("en", "Days earlier, a missile struck the market, killing four."),
        ("en", "The attack follows a strike on the port last Friday that killed four people."),
        ("en", "Over the past month, Russian strikes have killed 30 people in the region."),
    ],
)
def test_what_went_before_is_past_and_the_news_above_it_is_not(lang: str, recalled: str) -> None:
    text = HEADS[lang] + recalled
    assert set(of(text, "harm.killed")) == {"background"}
    assert "report" in of(text, "harm.injured")


@pytest.mark.parametrize(
    "text",
    [
        "В Ізюмі оголошено день жалоби за загиблими від ракетного удару.",
        "Поховали водійку трамвая, яка загинула під час обстрілу депо.",
        "В Изюме день траура по погибшим при ракетном ударе.",
        "Сегодня в Изюме прощаются со спасателем. Он погиб при повторном ударе по складу.",
        "Годовщина удара по вокзалу. Тогда, 8 апреля, погибли 60 человек.",
        "Izium holds a day of mourning for those killed in the missile strike.",
        "Condolences to the family of a nurse killed in the hospital strike.",
    ],
)
def test_those_who_are_mourned_are_no_new_dead(text: str) -> None:
    assert set(of(text, "harm.killed")) <= {"background"}


@pytest.mark.parametrize(
    "text",
    [
        "Раніше сьогодні дрон ударив по Ізюму, поранено двох.",
        "Є загибла. Раніше рятувальники повідомляли про двох поранених.",
        "Ранены двое. Ранее сообщалось о раненой женщине.",
        "Ранее сегодня дрон ударил по Изюму, ранены двое.",
        "Earlier today a drone hit Izium, wounding two.",
        "Two were hurt. Earlier, the mayor reported one wounded person.",
        "Внаслідок удару по Ізюму пошкоджено лікарню, поранено хірурга. Похорон загиблої в суботу.",
        "При ударе ранены двое. Соболезнования семьям погибших. Завтра день траура.",
    ],
)
def test_earlier_words_and_mourning_leave_the_news_current(text: str) -> None:
    assert "report" in of(text, "harm.injured")


@pytest.mark.parametrize(
    "text",
    [
        "All clear in Izium. Remember: do not touch debris.",
        "All clear in Kyiv. Remember: a video of an impact helps the enemy.",
        "Відбій тривоги в Ізюмі. Пам'ятайте: не торкайтеся уламків.",
        "Отбой тревоги в Изюме. Помните: не трогайте обломки.",
    ],
)
def test_advice_to_remember_is_no_memorial(text: str) -> None:
    assert of(text, "alert.end") == ["report"]


def test_an_old_weekday_is_told_on_after_a_semicolon() -> None:
    text = "The curfew will be lifted on Saturday. There were blasts on Thursday; two were hurt."
    assert set(of(text, "harm.injured")) == {"background"}


def test_what_fell_on_a_day_named_in_passing_is_past() -> None:
    assert of("Уламки дрона, який упав 3 березня, прибрали.", "event.air_defence") in (
        [],
        ["background"],
    )


@pytest.mark.parametrize(
    "text",
    [
        "Вночі дрони атакували Чернігів.\n\nУ середу ракета влучила в ринок, загинула жінка.",
        "Ночью дроны атаковали Чернигов.\n\nВ среду ракета попала в рынок, погибла женщина.",
        "Drones attacked Chernihiv overnight.\n\nOn Wednesday, a missile hit a market, killing two.",
    ],
)
def test_a_paragraph_that_begins_with_a_weekday_is_older_than_the_night(text: str) -> None:
    assert of(text, "harm.killed") == ["background"]


@pytest.mark.parametrize(
    "text",
    [
        "Удар по Харкову. Ранее в городе была объявлена тревога, слышны взрывы.",
        "Удар по Харкову. Раніше в місті пролунали вибухи.",
        "A strike on Kharkiv. Earlier, explosions were heard in the city.",
    ],
)
def test_blasts_heard_earlier_are_of_the_same_news(text: str) -> None:
    assert of(text, "event.explosion") in ([], ["report"])
