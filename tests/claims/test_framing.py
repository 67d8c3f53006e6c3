"""Texts about a day long past: what they tell is no news, in whatever paragraph it stands."""

import pytest

from claims.reading import read

_NEWS = ("event.", "harm.", "impact.", "cause.", "response.rescue")


def _current(text: str) -> list[str]:
    return [
        claim.topic
        for claim in read(text).claims
        if claim.topic.startswith(_NEWS) and claim.kind.value not in {"background", "speculation"}
    ]


@pytest.mark.parametrize(
    "text",
    [
        (
            "2 травня 2023 року — рік тому склад у Сквирі знищила ракета.\n\nРятували понад добу. "
            "З-під завалів дістали тіла трьох людей, ще двоє травмовані."
        ),
        (
            "Два года назад ракета попала в общежитие Сквиры.\n\nПод завалами погибли четверо. "
            "Сегодня студенты принесли цветы.\n\nВыбиты были все окна."
        ),
        (
            "A missile hit the dormitory in Skvyra on 2 May 2022, a report said today.\n\n"
            "Four students died. The roof burned down."
        ),
        "П'ять місяців минуло відтоді, як шахед влучив у школу Сквири.\n\nПошкоджено 30 вікон.",
        "Прошло пять месяцев после удара по школе Сквиры.\n\nПовреждены 30 окон.",
        "Слідство щодо удару по ринку в Сквирі завершили, справу скеровано до суду. Загинули двоє.",
        "Расследование удара по рынку в Сквире завершили, дело передано в суд. Погибли двое.",
        "The appeal court upheld the verdict for the strike on the market. Two people were killed.",
        "Громада Сквири відбудувала ліцей, зруйнований ракетою. Тоді загинув сторож.",
        "Община Сквиры отстроила лицей, разрушенный ракетой.",
        "Skvyra rebuilt the lyceum destroyed by a missile.",
        "Родини отримали компенсації за знищене обстрілами житло.",
        "Семьи получили компенсации за разрушенное обстрелами жильё.",
        "Families got compensation for homes destroyed by shelling.",
        "Відкрили клініку, що зазнала пошкоджень внаслідок обстрілу в 2023 році.",
        "The clinic that was damaged as a result of shelling in 2023 is open.",
        "Музей у Сквирі показав речі загиблих. Ракета впала на кафе, загинули двоє.",
        "Музей в Сквире показал вещи погибших. Ракета упала на кафе, погибли двое.",
        "Нагородили рятувальника, який загинув під повторним ударом. Прилетіла друга ракета.",
        "Наградили спасателя, который погиб под повторным ударом. Прилетела вторая ракета.",
        "У той день уперше вдарили по енергетиці, загинули двоє.",
        "В тот день впервые ударили по энергетике, погибли двое.",
        "За перші місяці вторгнення від обстрілів загинули тисячі людей.",
        "За первые месяцы вторжения от обстрелов погибли тысячи людей.",
        "27 липня 2014 року ми пішли гуляти. О першій пролунав вибух. Місто обстрілювали.",
        "27 июля 2014 года мы пошли гулять. В час раздался взрыв. Город обстреливали.",
        "On 27 July 2014 we went for a walk. A blast threw us down. The town was shelled.",
        "Days after Russia began its invasion, a bomb hit our house.\n\nCars burned in the yard.",
        "Ще видно сліди того обстрілу.",
        "Ещё видны следы того обстрела.",
        "Зводять дім замість зруйнованого бомбою.",
        "Строят дом вместо разрушенного бомбой.",
        "Вона отримала сертифікат: її хату зруйнували обстріли.",
        "Она получила сертификат: её дом разрушили обстрелы.",
    ],
)
def test_a_text_about_a_day_long_past_tells_no_news(text: str) -> None:
    assert _current(text) == []


@pytest.mark.parametrize(
    "text",
    [
        "Рік тому ракета влучила в склад у Сквирі.\n\nСьогодні вночі по складу вдарили знову.",
        "Год назад ракета попала в склад в Сквире.\n\nСегодня ночью по складу ударили снова.",
        "A year ago a missile hit the depot in Skvyra.\n\nTonight it was hit again.",
        "Вночі ракета влучила в склад, зведений у 2019 році. Загинув сторож.",
        "Унаслідок удару по Сквирі загинули двоє. Торік місто обстрілювали шість разів.",
        "Drones hit Skvyra overnight. A year ago the town was rebuilt.",
    ],
)
def test_what_is_told_with_a_time_of_its_own_stays_news(text: str) -> None:
    assert _current(text)


@pytest.mark.parametrize(
    "text",
    [
        "Двома днями раніше у Сквирі поранило двох медиків.",
        "Тремя днями ранее в Сквире погиб подросток.",
        "Three days earlier a teenager was killed in Skvyra.",
        "Загарбники регулярно, дронами й ракетами, атакують Сквиру.",
        "Захватчики регулярно, дронами и ракетами, атакуют Сквиру.",
    ],
)
def test_days_before_and_habits_are_no_news(text: str) -> None:
    assert _current(text) == []
