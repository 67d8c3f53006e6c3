"""How a supply stands is read without the usual words: scarce, steady, back in part, by schedule."""

import pytest

from vidomo.app.reader import read

WATER, HEAT, POWER, GAS = "impact.water", "impact.heat", "impact.power", "impact.gas"


def told(text: str) -> set[tuple[str, str, str]]:
    return {
        (claim.topic, claim.kind.value, claim.polarity.value)
        for claim in read(text)
        if claim.topic.startswith("impact.")
    }


@pytest.mark.parametrize(
    ("text", "supply"),
    [
        ("Без доступу до електрики дві вулиці.", POWER),
        ("Ситуація з водопостачанням у громаді критична.", WATER),
        ("У домі немає ні холодної, ні гарячої води.", WATER),
        ("Є перебої з подачею газу.", GAS),
        ("Зливаємо теплоносій із 40 будинків.", HEAT),
        ("Без доступа к воде осталось село.", WATER),
        ("Ситуация с электроснабжением в районе тяжелая.", POWER),
        ("Слили теплоноситель из 12 домов.", HEAT),
        ("Отключились две линии.", POWER),
        ("Two streets have no access to gas.", GAS),
        ("The strike plunged the suburb into darkness.", POWER),
        ("There is neither hot nor cold water.", WATER),
    ],
)
def test_a_supply_that_is_scarce_is_an_outage(text: str, supply: str) -> None:
    assert (f"{supply}.outage", "report", "affirmed") in told(text)


@pytest.mark.parametrize(
    ("text", "supply"),
    [
        ("Водозабори працюють.", WATER),
        ("Газ там не вимикають.", GAS),
        ("Отопление в школах работает.", HEAT),
        ("Свет у них не отключают.", POWER),
        ("Heating in the schools is operational.", HEAT),
    ],
)
def test_a_supply_that_works_is_no_outage(text: str, supply: str) -> None:
    assert told(text) == {(f"{supply}.outage", "report", "negated")}


@pytest.mark.parametrize(
    ("text", "supply", "kind"),
    [
        ("Тепло вже є у двох школах.", HEAT, "report"),
        ("Вдалося запустити котельню.", HEAT, "report"),
        ("Воду почнуть подавати о сьомій.", WATER, "forecast"),
        ("Увечері місто буде зі світлом.", POWER, "forecast"),
        ("Вода снова есть.", WATER, "report"),
        ("Котельная снова в работе.", HEAT, "report"),
        ("Газ начнут подавать вечером.", GAS, "forecast"),
        ("There is power again.", POWER, "report"),
        ("The boiler house is working again.", HEAT, "report"),
        ("Heating is expected by noon.", HEAT, "forecast"),
    ],
)
def test_a_supply_that_is_or_will_be_there_is_restored(text: str, supply: str, kind: str) -> None:
    assert told(text) == {(f"{supply}.restored", kind, "affirmed")}


@pytest.mark.parametrize(
    "text",
    [
        "Воду подаватимуть за графіком.",
        "Завтра подача воды прекратится.",
        "Water will be supplied according to a schedule.",
    ],
)
def test_water_by_the_hour_is_an_outage_to_come(text: str) -> None:
    assert told(text) == {(f"{WATER}.outage", "plan", "affirmed")}


@pytest.mark.parametrize(
    "text",
    [
        "Під час тривалих відключень світла заходьте до бібліотеки.",
        "На випадок блекауту є генератори.",
        "Во время отключений света точка работает ночью.",
        "Готовимся к отключениям электроэнергии.",
        "In the event of a blackout the library stays open.",
        "Насосну заживлено від генератора.",
        "Крамниця працює і без світла.",
        "Аптека работает даже без света.",
    ],
)
def test_an_outage_that_is_only_thought_of_is_none(text: str) -> None:
    assert not told(text)


@pytest.mark.parametrize(
    "text",
    [
        "Енергосистема країни працює як одне ціле.",
        "Энергосистема страны работает как единое целое.",
        "The power system is running as one whole.",
    ],
)
def test_a_grid_that_works_as_a_whole_is_not_split(text: str) -> None:
    claims = read(text)
    assert {(c.topic, c.polarity.value) for c in claims} == {("grid.fragmentation", "negated")}


@pytest.mark.parametrize(
    ("text", "supply"),
    [
        ("Завтра у місті може не бути газу.", GAS),
        ("Завтра в городе может не быть тепла.", HEAT),
    ],
)
def test_a_supply_that_may_fail_is_an_outage_foreseen(text: str, supply: str) -> None:
    assert told(text) == {(f"{supply}.outage", "forecast", "affirmed")}
