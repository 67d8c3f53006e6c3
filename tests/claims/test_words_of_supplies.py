"""Supplies, services, help and people in ordinary words of three languages."""

import pytest

from vidomo.app.reader import read

PHRASES = {
    "impact.power.outage": [
        "Знеструмлено 14 сіл громади.",
        "Близько 20 тисяч родин сидять без електрики.",
        "Споживачі трьох громад тимчасово без електроенергії.",
        "Полгорода осталось без света.",
        "Вырубился свет на левом берегу.",
        "Из-за аварии на линии тока нет на пяти улицах.",
        "Fourteen villages lost electricity.",
        "The town was plunged into darkness.",
        "Homes in the north remain de-energised.",
    ],
    "impact.power.restored": [
        "Світло дали о сьомій ранку.",
        "Усіх споживачів знову підключено.",
        "Електропостачання громади повністю відновили.",
        "Энергетики запитали 12 тысяч абонентов.",
        "Power came back at seven in the morning.",
        "Electricity has returned to every home.",
    ],
    "impact.water.outage": [
        "Мешканці верхніх поверхів лишилися без води.",
        "Жители верхних этажей остались без воды.",
        "Воды нет третьи сутки.",
        "Residents have had no running water for three days.",
    ],
    "impact.water.restored": [
        "Воду подають у звичайному режимі.",
        "Воду подают в обычном режиме.",
        "The utility resumed water supply.",
    ],
    "impact.heat.outage": [
        "Батареї холодні у 300 будинках.",
        "Батареи холодные в 300 домах.",
        "Forty blocks were left without heating.",
    ],
    "impact.heat.restored": [
        "Тепло повертається в оселі.",
        "Heating is back in all homes.",
    ],
    "impact.gas.outage": [
        "Без газу залишилися 250 абонентів.",
        "Gas was shut off on two streets.",
    ],
    "impact.gas.restored": [
        "Газ пустили в усі будинки.",
    ],
    "impact.comms.outage": [
        "Мобільний зв'язок працює з перебоями.",
        "Мобильная связь работает с перебоями.",
        "Mobile networks are patchy.",
    ],
    "impact.comms.restored": [
        "Мобільний зв'язок відновлено.",
    ],
    "service.transport.disrupted": [
        "Рух трамваїв зупинено.",
        "Електричка затримується на годину.",
        "Аэропорт закрыт на приём и выпуск рейсов.",
        "Рейсы задержаны.",
        "Tram traffic was halted.",
        "Trains are running up to three hours late.",
    ],
    "service.transport.adapted": [
        "Замість трамваїв на маршрут вийшли автобуси.",
        "Маршрут №12 изменил схему движения.",
        "Flights were diverted to other airports.",
    ],
    "service.transport.restored": [
        "Тролейбуси повернулися на лінію.",
        "Ограничения в аэропорту сняты.",
        "Аэропорт возобновил работу.",
        "The bridge has reopened to traffic.",
    ],
    "service.education.disrupted": [
        "Заняття в школах скасовано.",
        "Детсады сегодня закрыты.",
    ],
    "service.education.adapted": [
        "Школярі вчаться вдома онлайн.",
        "Лицей переводят на дистант до пятницы.",
    ],
    "service.education.restored": [
        "Діти повертаються за парти.",
    ],
    "service.health.disrupted": [
        "Поліклініка не приймає пацієнтів.",
        "The clinic is not receiving patients.",
    ],
    "service.health.adapted": [
        "Амбулаторія веде прийом у сусідньому селі.",
    ],
    "service.health.restored": [
        "Пологовий відділ запрацював знову.",
    ],
    "power.schedule": [
        "Завтра діятимуть графіки: черга 1.1 без світла з 8 до 12.",
        "Scheduled outages will apply from 8 a.m. to noon.",
    ],
    "power.emergency_shutdown": [
        "В області запровадили екстрені відключення.",
        "Emergency outages were introduced in the region.",
    ],
    "help.point": [
        "Пункт незламності працює у школі №3.",
        "Пункт обогрева работает в школе №3.",
        "A heating point is open at school No. 3.",
    ],
    "help.phone": [
        "Гаряча лінія: 0 800 123 456.",
        "Hotline: 0 800 123 456.",
    ],
    "response.evacuation": [
        "Людей вивозять автобусами до сусідньої громади.",
        "Оголошено примусову евакуацію родин із дітьми.",
        "Объявлена обязательная эвакуация семей с детьми.",
        "Authorities ordered the mandatory evacuation of families with children.",
    ],
    "response.rescue": [
        "Тривають пошуки під завалами.",
        "Вогонь гасять 30 надзвичайників.",
        "Спасатели разбирают завалы.",
        "Прибыли скорые и пожарные.",
        "Paramedics are treating people at the scene.",
    ],
    "response.repair": [
        "Бригади відновлюють лінію.",
        "Зв'язківці ремонтують обладнання.",
        "Аварийщики чинят водовод.",
        "Utility workers are boarding up windows.",
    ],
    "advice.shelter": [
        "Перебувайте в укриттях.",
        "Оставайтесь в укрытиях.",
        "Take cover immediately!",
    ],
    "advice.do_not_film": [
        "Не публікуйте фото і відео наслідків.",
    ],
    "advice.save_power": [
        "Не вмикайте потужні прилади ввечері.",
    ],
    "advice.avoid": [
        "Не підходьте до уламків.",
        "Объезжайте центр.",
    ],
    "harm.killed": [
        "Загинула 62-річна жінка.",
        "На жаль, є загиблий.",
        "Под завалами нашли тело девочки.",
        "К сожалению, есть погибший.",
        "The body of a girl was found under the rubble.",
        "A pensioner died of her wounds.",
    ],
    "harm.injured": [
        "Двоє людей дістали поранення.",
        "Жінка отримала опіки рук.",
        "Двое получили ранения.",
        "Женщина получила ожоги рук.",
        "Один человек с минно-взрывной травмой госпитализирован.",
        "A teenager was taken to hospital with shrapnel wounds.",
        "Medics are treating four wounded.",
    ],
    "harm.missing": [
        "Доля двох людей невідома.",
        "One person is unaccounted for.",
    ],
    "harm.rescued": [
        "З-під завалів дістали живою жінку.",
        "Спасены трое жильцов.",
    ],
    "harm.casualties": [
        "Інформація про постраждалих уточнюється.",
        "There were no casualties.",
    ],
    "advice.other": [
        "Зарядите пауэрбанки.",
    ],
}

SENTENCES = [(topic, text) for topic, texts in PHRASES.items() for text in texts]


@pytest.mark.parametrize(("topic", "text"), SENTENCES)
def test_an_everyday_sentence_gives_its_one_claim(topic: str, text: str) -> None:
    assert [claim.topic for claim in read(text)] == [topic]


def test_lights_that_went_out_are_not_back() -> None:
    told = {claim.topic for claim in read("The lights went out on the left bank.")}
    assert told == {"impact.power.outage"}
