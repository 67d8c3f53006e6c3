"""The residents' start page: find a place; the country as a map and a table."""

import re

import msgspec
import pytest

from disclosure.night import IZIUM, OBLAST, at, said
from publish.residents.leaves import (
    BUDGET,
    GAZETTEER,
    night,
    outage,
    quiet,
    standing,
    start_page,
    weight,
    words_in,
)
from vidomo.disclosure.country import CountryView, UnitView
from vidomo.disclosure.model import DIMENSIONS
from vidomo.gazetteer.shapes import bundled_shapes
from vidomo.publish.residents import (
    Leaf,
    country_states,
    left_out,
    render_resident_failure,
    render_resident_search,
    render_resident_start,
)
from vidomo.publish.residents.country import FINE
from vidomo.situation.model import DimensionState

SHEVCHENKOVE = tuple(item.code for item in GAZETTEER.find("Шевченкове", limit=30))


def oblast(phase: str, dimension: str = "power", *, stale: bool = False):
    topic = {"power": "impact.power.outage", "alert": "alert.start"}[dimension]
    when = "20 02:00" if stale else "20 22:00"
    word = said("clm_o", topic, "Сказано про область.", when=when, place=OBLAST)
    state = DimensionState(
        dimension=dimension,
        phase=phase,
        since=at(when),
        heard_at=at(when),
        evidence=("clm_o",),
        stale=stale,
    )
    return standing(state, told=(word,), code=OBLAST)


@pytest.mark.parametrize("lang", ["uk", "en", "ru"])
@pytest.mark.parametrize("held", [quiet(), night(), oblast("out"), oblast("on", "alert")])
def test_the_start_page_with_its_map_weighs_less_than_one_answer(held, lang: str) -> None:
    assert weight(start_page(held, lang=lang)) <= BUDGET


@pytest.mark.parametrize("lang", ["uk", "en", "ru"])
def test_the_start_page_fits_when_everything_everywhere_is_out(lang: str) -> None:
    raions = [
        raion
        for unit in GAZETTEER.oblasts()
        for raion in GAZETTEER.children(unit.code)
        if GAZETTEER.unit(raion).level == "raion"
    ]
    alerts = [
        UnitView(
            code=code,
            level="raion",
            dimension="alert",
            phase=("on", "ended")[n % 2],
            since=at(f"20 {n % 20:02}:{n % 60:02}"),
            speakers=(f"Військова адміністрація номер {n}",),
            is_being_confirmed=n % 3 == 0,
        )
        for n, code in enumerate(raions)
    ]
    communities = [code for raion in raions for code in GAZETTEER.children(raion)]
    alerts += [
        UnitView(
            code=code,
            level="hromada",
            dimension="alert",
            phase="on",
            since=at(f"20 21:{n % 60:02}"),
        )
        for n, code in enumerate(communities)
    ]
    supplies = [
        UnitView(code=unit.code, level="oblast", dimension=name, phase=("out", "partial")[n % 2])
        for n, unit in enumerate(GAZETTEER.oblasts())
        for name in DIMENSIONS[2:12]
    ]
    view = CountryView(
        policy="ua-public",
        valid_at=at("20 22:30"),
        known_at=at("20 22:30"),
        alerts=tuple(alerts),
        supplies=tuple(supplies),
    )
    frame = Leaf(lang=lang, valid_at=at("20 22:30"), known_at=at("20 22:30"))
    states = country_states(view, frame=frame)
    others = left_out(view)
    page = render_resident_start(
        states, shapes=bundled_shapes(), frame=frame, atlas=GAZETTEER, others=others
    )
    assert weight(page) <= BUDGET
    assert others == len(communities) - FINE
    assert str(others) in words_in(page)


def test_the_supply_of_a_town_is_compared_as_its_oblast_only() -> None:
    page = start_page(outage())
    assert IZIUM not in page
    assert "Ізюм" not in words_in(page).replace("Ізюмськ", "")


def test_an_oblast_without_power_is_told_on_the_map_and_in_the_table() -> None:
    page = start_page(oblast("out"))
    assert "Світло: світла немає" in words_in(page)
    assert 'class="caution"' in page


def test_an_old_supply_state_is_told_as_old() -> None:
    assert "(давнє повідомлення)" in words_in(start_page(oblast("out", stale=True)))


def test_an_alert_is_told_with_its_time_and_an_old_one_not_at_all() -> None:
    assert "Повітряна тривога, 22:00" in words_in(start_page(oblast("on", "alert")))
    assert "Повітряна тривога" not in words_in(start_page(oblast("on", "alert", stale=True)))


def test_a_quiet_country_is_not_called_well() -> None:
    assert "Це не означає, що все гаразд." in words_in(start_page(quiet()))


def test_every_oblast_is_one_click_away_in_the_order_of_the_alphabet() -> None:
    page = start_page(quiet())
    named = re.findall(r'<a href="/place/UA\w+/">([^<]+)</a>', page)
    assert len(named) == 27
    assert named.index("Запорізька область") < named.index("Івано-Франківська область")
    assert named.index("Івано-Франківська область") < named.index("Київ")


def test_an_oblast_with_a_row_is_not_listed_again() -> None:
    assert start_page(oblast("out")).count(f'href="/place/{OBLAST}/"') == 1


def test_the_page_in_a_static_tree_has_no_search_that_leads_nowhere() -> None:
    from publish.residents.leaves import place_page

    assert "<form" in place_page(quiet())
    assert "<form" not in place_page(quiet(), is_static=True)


def test_namesakes_are_told_apart_by_community_and_raion() -> None:
    frame = Leaf(lang="uk", path="/search", query={"q": "Шевченкове"})
    page = render_resident_search("Шевченкове", SHEVCHENKOVE, frame=frame, atlas=GAZETTEER)
    items = re.findall(r"<li>(.*?)</li>", page, re.DOTALL)
    assert len(items) == len(SHEVCHENKOVE)
    assert all("громада" in item and "район" in item for item in items if "село" in item)
    assert "Однакові назви розрізняйте" in page


def test_a_search_that_finds_nothing_says_what_to_try() -> None:
    frame = Leaf(lang="en", path="/search")
    page = render_resident_search("<b>", (), frame=frame, atlas=GAZETTEER)
    assert "Nothing was found for “&lt;b&gt;”." in page
    assert "Type a town" in render_resident_search("", (), frame=frame, atlas=GAZETTEER)


def test_a_failure_leads_on() -> None:
    page = render_resident_failure("Такої сторінки немає.", "Почніть спочатку.", frame=Leaf())
    assert '<a href="/">Уся країна</a>' in page


def test_words_of_an_all_clear_name_who_announced_it() -> None:
    held = oblast("ended", "alert")
    word = msgspec.structs.replace(held.evidence[0], topic="alert.end")
    page = start_page(msgspec.structs.replace(held, evidence=(word,)))
    assert "Відбій оголосили, 22:00: Ізюмська МВА" in words_in(page)
