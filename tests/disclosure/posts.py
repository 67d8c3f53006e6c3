"""Whole posts as an office might write them, with secrets planted in many spellings."""

import random
from datetime import datetime, timedelta
from typing import NamedTuple

from disclosure.planted import GAZETTEER
from situation.testimonies import REGISTRY, at
from vidomo.app.reader import read_version
from vidomo.core.ids import content_id
from vidomo.core.time import instant_interval
from vidomo.reports.model import Version
from vidomo.situation.fold import Known, fold
from vidomo.situation.model import Situation
from vidomo.sources.model import Post


class Plant(NamedTuple):
    """A secret in one spelling, and the letters of it that must not be seen."""

    kind: str
    words: str
    needle: str


STREETS = tuple(
    Plant("street", words, "Цукровар")
    for words in (
        "на вулиці Цукроварів",
        "на вул. Цукроварів, 17",
        "на вул.Цукроварів 17",
        "по ВУЛИЦІ ЦУКРОВАРІВ",
        "на просп. Цукроварів",
        "на проспекті Цукроварів, буд. 4",
        "у пров. Цукроварному",
        "у провулку Цукроварному, 5-А",
        "на бульварі Цукроварів",
        "на площі Цукроварів",
        "на Цукроварній вулиці",
        "на в\u200bул. Цукроварів",
        "на вyл. Цукроварів",  # a Latin y
        "на улице Цукроварной",
        "на ул. Цукроварной, 17",
        "на Цукроварной улице",
        "на Цукроварній, 17",
    )
) + tuple(
    Plant("street", words, "Zukrovar")
    for words in ("on Zukrovar Street", "at 17 Zukrovar St.", "on Zukrovar Avenue")
)
POINTS = (
    Plant("point", "49.21345, 37.25671", "49.21345"),
    Plant("point", "49,21345 37,25671", "49,21345"),
    Plant("point", "49°12'48\"N 37°15'24\"E", "49°12"),
    Plant("point", "N49.21345 E37.25671", "49.21345"),
    Plant("point", "https://maps.example/?q=49.21345,37.25671", "49.21345"),
)
OBJECTS = (
    Plant("object", "по підстанції «Вербова-330»", "Вербова"),
    Plant("object", "по Вербівській ТЕС", "Вербівськ"),
    Plant("object", "по заводу «Вербометал»", "Вербометал"),
    Plant("object", "по нафтобазі «Вербонафта»", "Вербонафт"),
    Plant("object", "по військовій частині А7788", "7788"),
    Plant("object", "по залізничному депо «Вербове»", "депо"),
    Plant("object", "по подстанции «Вербовая»", "Вербов"),
    Plant("object", "the Verbova substation", "Verbova"),
)
UNITS = (
    Plant("unit", "де стоїть 199-та окрема бригада", "199"),
    Plant("unit", "позиції 199 ОМБр", "199"),
    Plant("unit", "бійці батальйону «Лелека»", "Лелека"),
    Plant("unit", "где стоит 199-я бригада", "199"),
)
COURSES = (
    Plant("course", "БпЛА курсом на північний схід", "північний схід"),
    Plant("course", "ракета летить у бік Вигаданки", "бік Вигад"),
    Plant("course", "БпЛА з півдня на північ", "на північ"),
    Plant("course", "БПЛА курсом на северо-восток", "северо-восток"),
)
FIGURES = (
    Plant("figure", "без світла лишилися 12 345 абонентів", "12 345"),
    Plant("figure", "знеструмлено 12345 споживачів", "12345"),
    Plant("figure", "дефіцит 340 МВт", "340"),
    Plant("figure", "7 влучань", "7 влучань"),
    Plant("figure", "обесточены 12 345 потребителей", "12 345"),
)
VICTIMS = (
    Plant("victim", "загинула 61-річна жінка", "61"),
    Plant("victim", "загинула 61-річна жінка", "жінк"),
    Plant("victim", "поранено чоловіка 1964 року народження", "1964"),
    Plant("victim", "поранено чоловіка 1964 року народження", "чолов"),
    Plant("victim", "загинув водій маршрутки", "водій"),
    Plant("victim", "загинули мати і двоє її дітей", "мати"),
    Plant("victim", "загинуло подружжя пенсіонерів", "пенсіонер"),
    Plant("victim", "поранено вчительку місцевої школи", "вчительк"),
    Plant("victim", "погибла женщина 61 года", "61"),
    Plant("victim", "погиб сын лесника", "лесник"),
    Plant("victim", "a 61-year-old woman was killed", "61"),
    Plant("victim", "a driver and his wife were injured", "wife"),
)
PLANTS = (*STREETS, *POINTS, *OBJECTS, *UNITS, *COURSES, *FIGURES, *VICTIMS)
FRAMES = (
    "{}.",
    "Увага! {}.",
    "В Ізюмі {}.",
    "Ізюм: {}. Немає світла.",
    "Внаслідок обстрілу Ізюма {}. Інформація уточнюється.",
    "Вибухи в Ізюмі: {}, є постраждалі.",
    "Пошкоджено будинок {}. Працюють рятувальники.",
    "Сьогодні вночі ворог ударив по Ізюму, {}.",
    "В Изюме {}.",
    "In Izium {}.",
    "Без електропостачання: {}. Відновлення обіцяють до 22:00.",
    "❗️ {}\n\nПовітряна тривога в Ізюмі!",
    "Влучання {}",
    "Двоє поранених {}.",
    "Пункт незламності: {}.",
)
PLAIN = (
    "В Ізюмі немає світла.",
    "Повітряна тривога в Ізюмі!",
    "Двоє людей загинули.",
    "Перебувайте в укриттях.",
)


class Written(NamedTuple):
    """Some posts, the plants in them, and the instant that is asked about."""

    known: tuple[Known, ...]
    plants: tuple[Plant, ...]
    texts: tuple[str, ...]
    now: datetime

    def situation(self) -> Situation:
        return fold(
            self.known,
            valid_at=self.now,
            known_at=self.now,
            registry=REGISTRY,
            gazetteer=GAZETTEER,
        )


def written(seed: int) -> Written:
    """Return the posts of a seed."""
    dice = random.Random(seed)
    known, plants, texts = [], [], []
    for number in range(6):
        plant = dice.choice(PLANTS)
        text = dice.choice(FRAMES).format(plant.words)
        if dice.random() < 0.5:
            text = f"{text} {dice.choice(PLAIN)}"
        if dice.random() < 0.15:
            text = text.upper()
        posted = at("06:00") + timedelta(minutes=dice.randint(0, 600))
        known.append(_read(number, text, posted, "izium_mva"))
        plants.append(plant)
        texts.append(text)
    return Written(tuple(known), tuple(plants), tuple(texts), at("06:00") + timedelta(hours=30))


def _read(number: int, text: str, posted: datetime, source: str) -> Known:
    handed = Post(
        source=source,
        native_id=str(number),
        text=text,
        posted_at=instant_interval(posted),
        url=f"https://post.example/{source}/{chr(97 + number)}",
    )
    report = content_id("rep", source, str(number))
    version = Version(
        id=content_id("ver", handed), report=report, post=handed, digest=content_id("txt", text)
    )
    return Known(version=version, reading=read_version(version))
