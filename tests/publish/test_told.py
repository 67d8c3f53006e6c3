"""What a page tells beside the phases: the way there, the chain, disagreements, names."""

import re

import msgspec
import pytest

from disclosure.night import DSNS, EVIDENCE, IZIUM, MVA, OBLAST, OVA, RAION, at, night, said
from publish.test_pages import BUDGET, only, place_page, start_page, weight, words_in
from vidomo.disclosure.gate import gate
from vidomo.disclosure.model import DIMENSIONS, UNSAID
from vidomo.disclosure.narrow import about
from vidomo.gazetteer import Gazetteer
from vidomo.situation.model import (
    Conflict,
    DimensionState,
    Figure,
    Link,
    Moved,
    PlaceState,
    QuestionStep,
    Side,
    Situation,
    SourceHealth,
)
from vidomo.situation.naming import SourceName, SpeakerName

GAZETTEER = Gazetteer.open()
WAY = tuple(
    Moved(
        place=IZIUM,
        dimension="power",
        phase=phase,
        claim=claim,
        at=at(when) if when else None,
        until=at(when) if when else None,
    )
    for phase, claim, when in (
        ("out", "clm_secret", "20 15:58"),
        ("partial", "clm_out", "20 16:20"),
        ("partial", "clm_part", "20 18:22"),
        ("restored", "clm_full", None),
    )
)


def moved(*way: Moved, now: str = "21 12:00") -> Situation:
    return msgspec.structs.replace(night(now=now, power="restored"), moves=way)


def whole(*rows: DimensionState) -> tuple[DimensionState, ...]:
    """Return every dimension of a place, those that nobody spoke of at their default."""
    said_of = {row.dimension: row for row in rows}
    return tuple(
        said_of.get(name) or DimensionState(dimension=name, phase=UNSAID[name])
        for name in DIMENSIONS
    )


def happened(**changes) -> Situation:
    """Return the night with its one incident changed."""
    situation = night()
    incident = msgspec.structs.replace(situation.incidents[0], **changes)
    return msgspec.structs.replace(situation, incidents=(incident,))


def test_a_card_tells_how_the_state_moved_newest_first() -> None:
    text = words_in(place_page(moved(*WAY)))
    assert (
        "Як змінювалося без дати Світло повернули — Ізюмська МВА "
        "20 грудня, 18:22 Частина без світла (Відновлення світла) — Ізюмська МВА "
        "20 грудня, 16:20 Частина без світла (Відключення світла) — Ізюмська МВА" in text
    )


def test_words_taken_back_are_no_step_of_the_way() -> None:
    assert "15:58 Світла немає" not in words_in(place_page(moved(*WAY)))
    assert "Як змінювалося" not in place_page(moved(*WAY[:2]))


def test_a_card_tells_no_more_than_four_steps() -> None:
    long = tuple(
        msgspec.structs.replace(WAY[1], phase=phase) for phase in ("out", "partial", "normal") * 3
    )
    page = place_page(moved(*long))
    assert re.search(r'<ol class="moves">(.*?)</ol>', page, re.DOTALL).group(1).count("<li>") == 4


def test_a_place_that_inherits_a_state_inherits_the_way_to_it() -> None:
    village = next(
        unit.code
        for unit in GAZETTEER.units()
        if unit.raion == RAION and unit.level == "settlement" and unit.code != IZIUM
    )
    raion = night(power="out").places[0]
    situation = msgspec.structs.replace(
        night(),
        places=(msgspec.structs.replace(raion, place=RAION, dimensions=whole(*raion.dimensions)),),
        moves=tuple(msgspec.structs.replace(move, place=RAION) for move in WAY),
    )
    view = gate(situation, gazetteer=GAZETTEER, also=(village,))
    power = next(row for row in view.place(village).dimensions if row.dimension == "power")
    assert power.inherited_from == RAION
    assert not power.is_named
    assert [move.said for move in power.moves] == ["clm_part", "clm_out"]
    assert about(view, village).said


def test_what_is_said_of_the_wider_area_alone_stands_on_the_page_of_a_town_in_it() -> None:
    power = DimensionState(
        dimension="power", phase="partial", heard_at=at("20 18:22"), evidence=("clm_part",)
    )
    raion = PlaceState(place=RAION, dimensions=whole(power))
    situation = msgspec.structs.replace(night(), places=(*night().places, raion))
    text = words_in(place_page(situation))
    assert "Про ширшу територію Ізюмський район Харківська область Частина без світла" in text
    assert "Про ширшу територію" not in place_page(night())
    assert "Про ширшу територію" not in place_page(situation, RAION)


def test_the_part_of_a_raion_that_is_out_is_told_as_a_share() -> None:
    text = words_in(place_page(night(power="out"), RAION))
    assert re.search(r"Сказано про 1 з \d+ громад; про решту не сказано нічого", text)


def test_what_followed_from_what_says_whether_a_text_says_so() -> None:
    links = (
        Link(
            kind="caused",
            from_claim="clm_ten",
            to_claim="clm_damage",
            basis="explicit",
            text="Понівечено",
        ),
        Link(kind="harmed", from_claim="clm_four", to_claim="clm_one", basis="inferred"),
        Link(
            kind="followed",
            from_claim="clm_ten",
            to_claim="clm_out",
            basis="explicit",
            text="Слова поза цитатою",
        ),
        Link(kind="damaged", from_claim="clm_ten", to_claim="clm_secret", basis="inferred"),
    )
    page = place_page(happened(links=links))
    text = words_in(page)
    assert "Що з чого випливло (3)" in text
    assert "Вибухи → Руйнування · сталося через це · словами тексту: Понівечено" in text
    assert "Удар → Загинули · постраждалі після · виведено лише з часу й місця" in text
    assert "поза цитатою" not in text
    assert "clm_secret" not in page


def test_figures_that_disagree_stand_side_by_side_with_who_says_which() -> None:
    figures = Conflict(
        what="figure",
        topic="harm.killed",
        unit="persons",
        sides=(
            Side(min=1, max=1, mode="exact", speakers=(OVA,), evidence=("clm_one",)),
            Side(min=2, max=2, mode="exact", evidence=("clm_two",)),
        ),
    )
    times = Conflict(
        what="time",
        sides=tuple(
            Side(earliest=at(when), latest=at(when), evidence=(claim,))
            for when, claim in (("20 15:40", "clm_ten"), ("20 17:30", "clm_four"))
        ),
    )
    text = words_in(place_page(happened(conflicts=(figures, times))))
    assert f"Числа, що розходяться: Загинули 1 — {OVA} 2 — {DSNS}" in text
    assert text.count("Ці часи не збігаються.") == 1


def test_a_part_of_a_number_is_marked_and_stands_below_it() -> None:
    part = Figure(
        topic="harm.injured",
        unit="children",
        min=1,
        max=1,
        mode="exact",
        status="part",
        speakers=(DSNS,),
        evidence=("clm_hurt",),
        subset_of="persons",
    )
    situation = happened(parts=(part,))
    text = words_in(place_page(situation))
    assert f"серед них · Поранені 1 дитина частина іншого числа — {DSNS}" in text
    view = gate(situation, gazetteer=GAZETTEER)
    assert view.incidents[0].parts[0].subset_of == "persons"


def test_a_question_tells_its_life_step_by_step() -> None:
    situation = night()
    steps = (
        QuestionStep(what="asked", at=at("20 15:52"), speaker=MVA, claim="clm_ask"),
        QuestionStep(what="asked", at=at("20 15:58"), speaker="X", claim="clm_secret"),
        QuestionStep(what="reasked", claim="clm_where", unsourced=True),
        QuestionStep(what="stale", at=at("20 21:00")),
    )
    question = msgspec.structs.replace(situation.questions[1], steps=steps, status="stale")
    situation = msgspec.structs.replace(situation, questions=(question,))
    text = words_in(place_page(situation))
    assert "уточнюють · давно не уточнювали" in text
    assert (
        "Як минало питання (3) 20 грудня, 15:52 : сказали, що не відомо — Ізюмська МВА звідки це "
        "без дати: знову сказали, що не відомо — rewrite_two (без джерела) звідки це "
        "20 грудня, 21:00 : давно не уточнювали" in text
    )


def test_a_question_about_a_wider_place_says_about_which() -> None:
    situation = night()
    wide = msgspec.structs.replace(situation.questions[1], place=RAION)
    text = words_in(place_page(msgspec.structs.replace(situation, questions=(wide,))))
    assert "Повний обсяг наслідків (Руйнування; Ізюмський район)" in text


NAMED = {
    "speakers": (
        SpeakerName(speaker=MVA, en="Izium city military administration"),
        SpeakerName(speaker=DSNS, en="emergency service", place=OBLAST),
        SpeakerName(speaker="Таємний мовець", en="A secret speaker"),
    ),
    "titles": (
        SourceName(source="agency_one", title="Агенція перша", home="UA"),
        SourceName(
            source="izium_mva",
            title="Канал МВА",
            en="Izium city military administration",
            home=IZIUM,
        ),
        SourceName(source="quiet", title="Тихе джерело", home=OBLAST),
    ),
}


def named(**changes) -> Situation:
    return msgspec.structs.replace(night(), **(NAMED | changes))


def test_an_english_page_has_the_english_names_of_the_bodies_that_the_registry_knows() -> None:
    page = place_page(named(), lang="en")
    text = words_in(page)
    assert "about 10 explosions — Izium city military administration" in text
    assert "2 — Emergency service (Kharkiv oblast)" in text
    assert MVA not in text
    assert f'<span lang="uk">{OVA}</span>' in page
    assert "secret speaker" not in page
    assert MVA in words_in(place_page(named()))


def test_a_source_is_called_by_its_title_with_the_id_in_small() -> None:
    page = place_page(named())
    assert "<b>Канал МВА <small>izium_mva</small></b>" in page
    assert "<b>agency_two</b>" in page
    assert "· Агенція перша <small>agency_one</small>" in page
    english = place_page(named(), lang="en")
    assert "<b>Izium city military administration <small>izium_mva</small></b>" in english
    assert '<span lang="uk">Агенція перша</span> <small>agency_one</small>' in english
    assert "Канал МВА <small>izium_mva</small></b>" in start_page(named())


def test_the_silence_of_whoever_speaks_for_a_place_stands_on_its_page() -> None:
    sources = (
        *night().sources,
        SourceHealth(source="quiet", answered_at=None, silent_since=at("20 17:00")),
        SourceHealth(source="agency_one", answered_at=None, silent_since=at("20 17:00")),
    )
    text = words_in(place_page(named(sources=sources)))
    assert "Канал МВА : мовчить з 20 грудня, 16:55 . Діє останнє сказане" in text
    assert "Тихе джерело : мовчить з 20 грудня, 17:00" in text
    assert "Тихе джерело quiet мовчить з 20 грудня, 17:00 · про це місце не казало" in text
    assert "Агенція перша : мовчить" not in text
    view = gate(named(sources=sources), gazetteer=GAZETTEER)
    part = about(view, IZIUM, wider=(RAION, OBLAST))
    assert "quiet" in {item.source for item in part.sources}
    assert "quiet" not in {item.source for item in about(view, IZIUM).sources}
    assert {item.speaker for item in part.names} == {MVA, DSNS}


def test_a_post_taken_away_is_told_with_the_hour_at_which_it_was() -> None:
    gone = msgspec.structs.replace(EVIDENCE[-1], withdrawn_at=at("20 16:03"))
    text = words_in(place_page(msgspec.structs.replace(night(), evidence=(*EVIDENCE[:-1], gone))))
    assert "20 грудня, 16:03 izium_mva допис Допис вилучено. Його слова приховано." in text


@pytest.mark.parametrize("lang", ["uk", "en"])
def test_a_page_with_all_of_it_fits_one_window_of_bytes(lang: str) -> None:
    claims = [item.claim for item in EVIDENCE[:14]]
    links = tuple(
        Link(kind="caused", from_claim=one, to_claim=two, basis="inferred")
        for one in claims[:5]
        for two in claims[5:9]
    )
    rows = tuple(
        DimensionState(dimension=name, phase="partial", evidence=("clm_out",))
        for name in ("power", "water", "heat", "gas", "communications")
    )
    way = tuple(
        msgspec.structs.replace(move, dimension=row.dimension) for row in rows for move in WAY
    )
    situation = msgspec.structs.replace(
        only(happened(links=links), dimensions=rows), moves=way, **NAMED
    )
    assert weight(place_page(situation, lang=lang)) <= BUDGET


def test_a_post_of_a_source_that_nobody_registered_keeps_its_id() -> None:
    evidence = (*EVIDENCE, said("clm_new", "event.strike", "Удар.", speaker="", source="stranger"))
    situation = only(named(evidence=evidence), timeline=("clm_new",))
    assert '<p class="who">stranger' in place_page(situation)
