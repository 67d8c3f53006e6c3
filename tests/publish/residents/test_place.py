"""The residents' page of a place: what it says, what it never says, and what it weighs."""

import random
import re

import msgspec
import pytest
from hypothesis import given, strategies as st

from disclosure.night import IZIUM, OBLAST, RAION, SECRET, at, said
from publish.residents.leaves import (
    BUDGET,
    GAZETTEER,
    HROMADA,
    alert,
    night,
    outage,
    place_page,
    quiet,
    standing,
    weight,
    words_in,
)
from vidomo.publish.residents import render_resident_place
from vidomo.situation.model import DimensionState, Note, SourceHealth, SourceName
from vidomo.situation.rules import dimension_rules

CHANCE = random.Random(5)
WORDS = [GAZETTEER.get(code).name for code in GAZETTEER.children(RAION)] + [
    "".join(CHANCE.choice("абвгдежзиклмнопрстуфхцчшюя") for _ in range(7)) for _ in range(400)
]
UNKNOWN = "Ця сторінка не знає, чи є тривога."
LANGS = ("uk", "en", "ru")


def test_a_phase_is_told_with_who_says_so_since_when_and_when_last_heard() -> None:
    text = words_in(place_page(night()))
    assert (
        "Світло Частина без світла Каже: Ізюмська МВА Відколи: 20 грудня, 16:20"
        " Востаннє повідомили: 20 грудня, 18:22" in text
    )


def test_a_phase_of_the_community_is_said_to_be_of_the_community() -> None:
    dark = DimensionState(dimension="power", phase="out", heard_at=at("20 19:00"), evidence=("c",))
    word = said("c", "impact.power.outage", "Громада без світла.", when="20 19:00", place=HROMADA)
    held = standing(dark, told=(word,), code=HROMADA)
    text = words_in(place_page(held, GAZETTEER.children(HROMADA)[3]))
    assert "Сказано про: Ізюмська громада. Саме про це місце не сказано нічого." in text


def test_harm_in_a_small_place_is_told_of_its_community_and_nothing_of_itself() -> None:
    village = next(c for c in GAZETTEER.children(HROMADA) if GAZETTEER.unit(c).category == "C")
    word = said("c", "harm.injured", "Є поранені.", when="20 19:00", place=village)
    hurt = DimensionState(dimension="harm", phase="reported", evidence=("c",))
    text = words_in(place_page(standing(hurt, told=(word,), code=village), village))
    assert "Є постраждалі" in text
    assert "Сказано про громаду: Ізюмська громада." in text
    assert "Саме про це місце не сказано нічого." not in text


def test_an_all_clear_of_one_voice_is_told_beside_the_sentence() -> None:
    note = Note(
        code="all_clear_announced", speaker="", at=at("20 22:25"), quote="", claim="clm_end"
    )
    end = said("clm_end", "alert.end", "Відбій тривоги.", when="20 22:25")
    state = DimensionState(dimension="alert", phase="unknown", evidence=("clm_end",), notes=(note,))
    page = place_page(standing(state, told=(end,)))
    assert UNKNOWN in page
    assert "Відбій оголошено: Ізюмська МВА, 20 грудня, 22:25." in words_in(page)


def test_what_nobody_reported_on_is_named_and_is_not_called_well() -> None:
    text = words_in(place_page(outage()))
    assert "Про це не повідомляли: удар, вода, тепло" in text
    assert "Немає повідомлення — не означає, що все гаразд." in text


def test_a_place_of_which_nothing_is_known_says_so() -> None:
    text = words_in(place_page(quiet(), RAION))
    assert "Про це місце ще ніхто нічого не повідомив." in text
    assert "Порад для цього місця зараз немає." in text
    assert "Відкритих питань ніхто не назвав." in text
    assert "Офіційних повідомлень про це місце немає." in text


def test_old_advice_stands_apart_and_what_still_holds_comes_first() -> None:
    old = said(
        "clm_old", "advice.shelter", "Залишайтеся в укритті.", when="20 02:00", kind="advice"
    )
    new = said("clm_new", "advice.avoid", "Не підходьте до дротів.", when="20 21:00", kind="advice")
    struck = said("clm_hit", "event.strike", "Удар по місту.", when="20 03:00")
    dark = said("clm_dark", "impact.power.outage", "Світла немає.", when="20 21:00")
    held = standing(
        DimensionState(dimension="attack", phase="reported", stale=True, evidence=("clm_hit",)),
        DimensionState(dimension="power", phase="out", evidence=("clm_dark",)),
        told=(old, struck, new, dark),
        advice=("clm_old", "clm_new"),
    )
    text = words_in(place_page(held))
    assert text.index("Світла немає") < text.index("Повідомили про удар")
    do = text.split("Що робити")[1].split("Чого ще")[0]
    assert do.index("Не підходьте") < do.index("Давніші поради (1)") < do.index("Залишайтеся")


def test_a_promise_is_told_with_its_hour_and_who_gave_it() -> None:
    text = words_in(place_page(outage(promise="23:00")))
    assert "Обіцяють до 20 грудня, 23:00 . Ізюмська МВА" in text


def test_a_promise_past_its_hour_is_said_to_be_unconfirmed() -> None:
    text = words_in(place_page(outage(promise="22:00")))
    assert "Обіцяли до 20 грудня, 22:00, не підтверджено . Ізюмська МВА" in text


def test_a_promise_that_came_true_is_not_repeated() -> None:
    told = outage(promise="22:00")
    dimensions = tuple(
        msgspec.structs.replace(one, phase="restored") if one.dimension == "power" else one
        for one in told.places[0].dimensions
    )
    place = msgspec.structs.replace(told.places[0], dimensions=dimensions)
    assert "Обіця" not in words_in(place_page(msgspec.structs.replace(told, places=(place,))))


def test_an_alert_is_told_with_who_announced_it_and_when() -> None:
    page = place_page(alert("on"))
    assert "Повітряна тривога Ізюмська МВА · 20 грудня, 22:20" in words_in(page)
    assert '<template id="noalert">' in page


@pytest.mark.parametrize("held", [quiet(), alert("on", stale=True), alert("unknown")])
@pytest.mark.parametrize("lang", LANGS)
def test_without_a_fresh_alarm_source_there_is_one_sentence_and_no_state(held, lang: str) -> None:
    page = place_page(held, lang=lang)
    band = re.search(r'<div id="alert".*?</div>', page, re.DOTALL).group()
    assert 'class="band unknown"' in band
    assert "<b>" not in band
    assert "data-tone" not in band
    assert words_in(place_page(held)).count(UNKNOWN) == 1


def test_after_an_all_clear_it_says_who_announced_it_and_that_the_threat_may_return() -> None:
    page = place_page(alert("ended", topic="alert.end"))
    text = words_in(page)
    assert "Відбій оголосили Ізюмська МВА · 20 грудня, 22:20" in text
    assert "Загроза може повернутися." in text
    assert "безпечно" not in text.lower()


def test_an_all_clear_that_is_not_confirmed_does_not_end_the_alert() -> None:
    note = Note(
        code="all_clear_being_confirmed",
        speaker="Ізюмська МВА",
        at=at("20 22:25"),
        quote="",
        claim="clm_end",
    )
    held = alert("on", notes=(note,))
    end = said("clm_end", "alert.end", "Відбій тривоги.", when="20 22:25")
    held = msgspec.structs.replace(held, evidence=(*held.evidence, end))
    text = words_in(place_page(held))
    assert "Повітряна тривога" in text
    assert "Відбій повідомляє Ізюмська МВА. Його ще підтверджують." in text


def test_nothing_on_the_page_is_green() -> None:
    colours = re.findall(r"#([0-9a-f]{6})\b", place_page(night()), re.IGNORECASE)
    assert colours
    for colour in colours:
        red, green, blue = (int(colour[i : i + 2], 16) for i in (0, 2, 4))
        assert not (green > red + 24 and green > blue + 24), colour


def test_the_words_of_officials_stand_with_their_link_and_time() -> None:
    page = place_page(night())
    assert "<blockquote>Кілька районів Ізюма без світла.</blockquote>" in page
    assert 'href="https://channel.example/izium_mva/42"' in page


def test_withheld_words_are_named_with_the_rule_and_never_shown() -> None:
    page = place_page(night())
    assert "60-річна" not in page
    assert "Цитату приховано. (дані про постраждалих)" in words_in(page)


def test_texts_without_a_source_and_words_taken_back_are_not_shown() -> None:
    page = place_page(night())
    assert "In the morning" not in page
    assert SECRET not in page
    assert "Допис вилучено. Його слова приховано." in page


def test_a_report_that_is_held_back_is_not_called_no_report() -> None:
    text = words_in(place_page(night()))
    assert "Офіційне повідомлення є. Його поки не можна показувати." in text
    assert "руйнування" not in text.split("Про це не повідомляли:")[1].split(".")[0]


def test_a_source_that_fell_silent_is_named_and_changes_nothing() -> None:
    held = msgspec.structs.replace(
        outage(),
        sources=(SourceHealth(source="izium_mva", answered_at=None, silent_since=at("20 20:00")),),
        titles=(SourceName(source="izium_mva", title="Ізюмська МВА", home=IZIUM),),
    )
    text = words_in(place_page(held))
    assert "Світла немає" in text
    assert "Мовчить з 20 грудня, 20:00 . Це джерело не відповідає. Діє останнє сказане." in text


def test_help_points_are_told_in_the_words_of_the_authority() -> None:
    word = said("clm_help", "help.point", "Пункт незламності працює до ранку.", when="20 21:00")
    text = words_in(place_page(standing(told=(word,))))
    assert "Де допоможуть Пункт незламності працює до ранку." in text


def test_numbers_to_call_stand_on_every_place() -> None:
    page = place_page(quiet(), RAION)
    for number in ("101", "102", "103", "112"):
        assert f'<a href="tel:{number}">{number}</a>' in page


def test_a_raion_and_an_oblast_lead_to_their_parts_in_the_order_of_the_alphabet() -> None:
    page = place_page(quiet(), RAION)
    section = page.split("Громади</h2>")[1].split("</section>")[0]
    named = re.findall(r">([^<>]+ громада)</a>", section)
    assert named[:2] == ["Балаклійська громада", "Барвінківська громада"]
    assert named.index("Ізюмська громада") < named.index("Куньєвська громада")


@pytest.mark.parametrize("lang", LANGS)
def test_a_page_weighs_less_than_one_answer(lang: str) -> None:
    assert weight(place_page(night(), lang=lang)) <= BUDGET


def test_a_busy_night_still_fits_with_the_newest_first() -> None:
    told = tuple(
        said(
            f"clm_{n:03}",
            "impact.power.outage",
            f"Без світла ще одна частина міста, повідомлення номер {n}, далі буде більше.",
            when=f"20 {10 + n // 60:02}:{n % 60:02}",
        )
        for n in range(300)
    )
    dark = DimensionState(dimension="power", phase="out", evidence=tuple(i.claim for i in told))
    page = place_page(standing(dark, told=told))
    assert weight(page) <= BUDGET
    assert "номер 299," in page
    assert "номер 0," not in page


@pytest.mark.parametrize("lang", LANGS)
def test_the_worst_night_of_all_still_fits(lang: str) -> None:
    """Everything is out, everybody speaks at length, promises, advises, asks and helps."""
    speaker = "Ізюмська міська військова адміністрація Ізюмського району Харківської області"
    topics = {
        "attack": "event.shelling",
        "alert": "alert.start",
        "harm": "harm.casualties",
        "damage": "impact.damage",
    }

    def word(n: int, topic: str, **more: object):
        quote = f"Повідомлення номер {n}: {CHANCE.choice(WORDS)} " + " ".join(
            CHANCE.choice(WORDS) for _ in range(25)
        )
        clock = f"20 {n % 20:02}:{n % 60:02}"
        url = f"https://channel.example/izium_mva/{n}"
        return said(f"clm_{n:04}", topic, quote, when=clock, speaker=speaker, url=url, **more)

    told, states = [], []
    for n, (name, row) in enumerate(dimension_rules().dimensions.items()):
        out = word(n, topics.get(name, f"impact.{name}.outage"))
        promise = word(100 + n, f"impact.{name}.restored", kind="forecast", latest=at("20 23:00"))
        told += [out, promise]
        states.append(
            DimensionState(
                dimension=name,
                phase=next(p for p in row.phases if p in {"out", "reported", "on"}),
                since=at("20 10:00"),
                heard_at=at("20 19:00"),
                evidence=(out.claim,),
                notes=(Note(code="forecast", speaker="", at=None, quote="", claim=promise.claim),),
            )
        )
    advice = [word(200 + n, "advice.other", kind="advice") for n in range(40)]
    helps = [word(300 + n, "help.water") for n in range(40)]
    told += [*advice, *helps, *(word(400 + n, "event.shelling") for n in range(300))]
    held = standing(
        *states, told=tuple(told), advice=tuple(item.claim for item in advice), now="20 22:30"
    )
    page = place_page(held, lang=lang)
    assert weight(page) <= BUDGET
    assert page.count('class="card') >= len(states) - 2  # damage may be held back


def test_links_stay_in_the_language_and_lead_to_the_other_ones() -> None:
    page = place_page(night(), lang="en", offered=("uk", "en", "ru"))
    assert f'href="/en/place/{RAION}/"' in page
    assert f'<a href="/place/{IZIUM}/" hreflang="uk" lang="uk">Українська</a>' in page
    assert f'<a href="/ru/place/{IZIUM}/" hreflang="ru" lang="ru">Русский</a>' in page


def test_every_place_has_a_short_address_of_its_own() -> None:
    assert 'href="/p/29555"' in place_page(night())


def test_a_place_that_the_gate_was_not_asked_for_is_no_empty_page() -> None:
    from publish.residents.leaves import Leaf, gate

    view = gate(night(), policy="ua-public", gazetteer=GAZETTEER, also=(RAION,))
    with pytest.raises(KeyError):
        render_resident_place(view, IZIUM, frame=Leaf(), atlas=GAZETTEER)


@given(st.text(min_size=1, max_size=60))
def test_no_word_of_a_post_becomes_markup(quote: str) -> None:
    word = said("clm_x", "impact.power.outage", f"<script>{quote}</script>", when="20 21:00")
    dark = DimensionState(dimension="power", phase="out", evidence=("clm_x",))
    page = place_page(standing(dark, told=(word,)))
    assert page.count("<script") == 1


def test_a_raion_page_says_which_place_in_it_is_struck_and_not_that_nobody_reported() -> None:
    hit = said("clm_hit", "event.strike", "Ворог ударив по місту.", when="20 22:00")
    struck = DimensionState(dimension="attack", phase="reported", evidence=("clm_hit",))
    page = place_page(standing(struck, told=(hit,)), RAION)
    link = page.index("Тут повідомляли про удар")
    assert f'href="/place/{IZIUM}/' in page[link : link + 300]
    assert "нічого не повідомив" not in words_in(page)
    own = place_page(standing(struck, told=(hit,)))
    assert "Тут повідомляли про удар" not in own
    assert "Тут повідомляли про удар" not in place_page(standing(struck, told=(hit,)), OBLAST)


def test_a_threat_to_a_city_is_no_attack_on_its_raion_page() -> None:
    word = said("clm_uav", "threat.uav", "Дрони курсом на місто.", when="20 22:00")
    row = DimensionState(dimension="attack", phase="threat", evidence=("clm_uav",))
    assert "Тут повідомляли про удар" not in place_page(standing(row, told=(word,)), RAION)


def test_a_village_struck_is_told_as_its_community_on_the_raion_page() -> None:
    village = next(
        code
        for code in GAZETTEER.children(HROMADA)
        if code != IZIUM and not (GAZETTEER.get(code).population or 0)
    )
    hit = said("clm_hit", "event.strike", "Ворог ударив.", when="20 22:00", place=village)
    struck = DimensionState(dimension="attack", phase="reported", evidence=("clm_hit",))
    page = place_page(standing(struck, told=(hit,), code=village), RAION)
    link = page.index("Тут повідомляли про удар")
    assert f'href="/place/{HROMADA}/' in page[link : link + 300]
    assert village not in page
