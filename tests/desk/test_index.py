"""The desk's first page."""

import re

import msgspec

from disclosure.night import IZIUM, RAION, SECRET, at, night, said
from vidomo.desk.index import SHOWN, render_desk
from vidomo.gazetteer import Gazetteer
from vidomo.publish.page import Frame
from vidomo.situation.model import Decided, Orphaned, PlaceState, Situation

GAZETTEER = Gazetteer.open()


def desk(situation: Situation, lang: str = "uk") -> str:
    frame = Frame(lang=lang, path="/desk/", valid_at=situation.valid_at)
    page = render_desk(situation, frame=frame, atlas=GAZETTEER)
    return " ".join(re.sub(r"<style>.*?</style>|<[^>]+>", " ", page, flags=re.DOTALL).split())


def test_an_empty_desk_says_that_nothing_waits() -> None:
    empty = Situation(valid_at=at("20 20:00"), known_at=at("20 20:00"))
    assert desk(empty).count("Таких немає.") == 3
    assert "Жодне з опитаних джерел не мовчить." in desk(empty)
    assert "While nobody has been added" in desk(empty, lang="en")


def test_a_decision_without_its_words_waits_with_its_reason() -> None:
    orphan = Orphaned(
        id="dec_1",
        kind="overrule",
        reason="перевірено в МВА",
        by="черговий",
        at=at("20 17:00"),
        report="rep_42",
        quote="<b>до десятка</b> вибухів",
    )
    kept = Decided(
        id="dec_2",
        kind="confirm",
        reason="дзвонили",
        by="черговий",
        at=at("20 18:00"),
        claims=("clm_ten",),
    )
    situation = msgspec.structs.replace(night(), orphaned=(orphan,), decisions=(kept,))
    text = desk(situation)
    assert "Рішення, що втратили свої слова (1)" in text
    assert "скасовано 20 грудня, 17:00 перевірено в МВА — черговий &lt;b&gt;до десятка" in text
    assert "підтверджено 20 грудня, 18:00 дзвонили — черговий" in text
    page = render_desk(situation, frame=Frame(path="/desk/"), atlas=GAZETTEER)
    assert 'href="/desk/trace/rep_42"' in page
    assert 'href="/desk/trace/clm_ten"' in page


def test_a_statement_whose_place_is_not_clear_names_the_places_it_may_mean() -> None:
    maybe = said("clm_maybe", "impact.damage", "Наслідки ще з’ясовують.", place=None)
    undated = said("clm_undated", "impact.damage", "Без дати.", place=None, when=None)
    nowhere = said("clm_nowhere", "impact.damage", "Ніде.", place=None)
    places = (
        msgspec.structs.replace(night().places[0], timeline=("clm_maybe", "clm_undated")),
        PlaceState(place=RAION, dimensions=(), timeline=("clm_maybe",)),
    )
    situation = msgspec.structs.replace(
        night(), places=places, evidence=(*night().evidence, maybe, undated, nowhere)
    )
    text = desk(situation)
    assert "Твердження, місце яких не ясне (2)" in text
    assert "Наслідки ще з’ясовують. Руйнування Ізюм, Ізюмський район" in text
    assert "Ізюмський район, Харківська область" in text
    assert "без дати" in text
    assert "Ніде." not in text


def test_the_desk_lists_silent_sources_with_what_was_seen() -> None:
    assert "izium_mva мовчить з 20 грудня, 16:55 · no answer within 20 s" in desk(night())


def test_a_long_list_is_cut_and_says_where_the_rest_is() -> None:
    decided = tuple(
        Decided(id=f"dec_{n}", kind="split", reason="р", by="ч", at=at("20 18:00"))
        for n in range(SHOWN + 1)
    )
    text = desk(msgspec.structs.replace(night(), decisions=decided))
    assert text.count("розділено") == SHOWN
    assert "Решта — у командному рядку: vidomo decide list" in text


def test_the_first_page_of_the_desk_repeats_no_words_that_were_taken_back() -> None:
    assert SECRET not in desk(night())
    gone = msgspec.structs.replace(night().evidence[-1], place=None)
    place = msgspec.structs.replace(night().places[0], place=IZIUM, timeline=("clm_secret",))
    situation = msgspec.structs.replace(night(), places=(place,), evidence=(gone,))
    assert SECRET not in desk(situation)
