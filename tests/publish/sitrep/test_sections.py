"""What sections say of views that the scenario does not hold."""

from datetime import timedelta

import msgspec
import pytest

from publish.sitrep.reports import ATLAS, COUNTRY, IZIUM, OBLAST, RAION, material, section, told
from vidomo.disclosure.country import UnitView
from vidomo.disclosure.model import (
    DIMENSIONS,
    UNSAID,
    ConflictView,
    DimensionView,
    NoteView,
    PlaceView,
    PublicView,
    QuestionView,
    Said,
    SideView,
)
from vidomo.publish.sitrep import Material, Report

BASE = material()
CLAIM = next(one for one in BASE.view.said if one.standing == "official")


def with_row(*, internal: bool = True, code: str = IZIUM, **values: object) -> Material:
    """Izium with one dimension changed."""
    found = material(code, is_internal=internal)
    place = found.view.place(code)
    name = values["dimension"]
    rows = tuple(
        msgspec.structs.replace(row, **values) if row.dimension == name else row
        for row in place.dimensions
    )
    return with_place(found, msgspec.structs.replace(place, dimensions=rows))


def with_place(found: Material, place: PlaceView) -> Material:
    others = tuple(one for one in found.view.places if one.place != place.place)
    view = msgspec.structs.replace(found.view, places=(place, *others))
    return msgspec.structs.replace(found, view=view)


def english(found: Material) -> Report:
    return told(found, lang="en")


def test_an_official_word_that_may_not_be_shown_yet_is_no_silence() -> None:
    found = with_row(
        internal=False, dimension="damage", phase="not_reported", said=(), is_withheld=True
    )
    made = english(found)
    for name in ("summary", "states", "casualties", "unknown"):
        assert "There is an official statement, but it may not be shown yet." in section(made, name)
    assert "Nobody has reported on: Damage" not in section(made, "states")


def test_a_state_lent_by_a_wider_area_says_of_which() -> None:
    made = english(with_row(dimension="power", inherited_from=OBLAST))
    assert "Said of the wider area: Kharkiv oblast." in section(made, "services")
    made = english(with_row(dimension="power", inherited_from=OBLAST, is_named=False))
    assert "nothing is said of this place by name" in section(made, "services")


def test_a_state_told_of_the_community_says_so() -> None:
    made = english(with_row(dimension="power", is_coarsened=True))
    assert "Told of the whole community" in section(made, "services")
    made = english(with_row(dimension="power", is_from_parts=True))
    assert "Rests on what was said of parts" in section(made, "services")


@pytest.mark.parametrize(
    ("later", "words"),
    [(timedelta(hours=5), "Promised: "), (-timedelta(hours=5), "Nobody has confirmed")],
)
def test_a_promise_is_none_that_was_kept(later: timedelta, words: str) -> None:
    note = NoteView(code="forecast", said=CLAIM.claim)
    found = with_row(dimension="power", notes=(note,))
    said = tuple(
        msgspec.structs.replace(one, latest=found.end + later) if one.claim == CLAIM.claim else one
        for one in found.view.said
    )
    view = msgspec.structs.replace(found.view, said=said)
    assert words in section(english(msgspec.structs.replace(found, view=view)), "services")


@pytest.mark.parametrize(
    ("code", "words"),
    [
        ("said", "Also said: "),
        ("order_inferred", "inferred from when they were published."),
    ],
)
def test_what_was_said_beside_a_phase_stands_beside_it(code: str, words: str) -> None:
    note = NoteView(code=code, said=CLAIM.claim)
    assert words in section(english(with_row(dimension="power", notes=(note,))), "services")


def test_a_note_whose_claim_may_not_be_shown_is_left_out() -> None:
    note = NoteView(code="said", said="clm_nowhere")
    assert "Also said" not in section(
        english(with_row(dimension="power", notes=(note,))), "services"
    )


def test_people_of_whom_it_is_said_that_nobody_knows_are_no_zero() -> None:
    text = section(english(with_row(dimension="harm", phase="unknown")), "casualties")
    assert "People: Not known yet – so say: " in text
    assert "That does not mean that there is nobody or nothing." in text


def test_numbers_that_disagree_stand_side_by_side_with_who_gives_them() -> None:
    (incident,) = BASE.view.incidents
    one, other = BASE.view.said[1].claim, BASE.view.said[2].claim
    conflict = ConflictView(
        what="figure",
        topic="harm.injured",
        unit="persons",
        sides=(
            SideView(min=3, max=3, mode="exact", speakers=("A",), said=(one,)),
            SideView(min=5, max=7, mode="range", said=(other,)),
            SideView(min=9, max=9, mode="exact", said=("clm_nowhere",)),
        ),
    )
    undated = ConflictView(what="time", sides=(SideView(said=(one,)),))
    changed = msgspec.structs.replace(incident, conflicts=(conflict, undated))
    view = msgspec.structs.replace(BASE.view, incidents=(changed,))
    text = section(english(msgspec.structs.replace(BASE, view=view)), "conflicts")
    assert "A: 3 (" in text
    assert "Between 5 and 7 (" in text
    assert "9" not in text.replace("19", "").replace("09", "")
    assert "No date" in text


def test_a_question_that_nobody_asks_again_says_so_and_one_about_another_place_names_it() -> None:
    asked = QuestionView(
        id="qst_1",
        subject="extent",
        topic="impact.damage",
        place=RAION,
        status="stale",
        asked_at=BASE.start,
        said=(CLAIM.claim,),
    )
    hidden = msgspec.structs.replace(asked, id="qst_2", said=("clm_nowhere",))
    answered = msgspec.structs.replace(
        asked, id="qst_3", status="answered", answered_by=("clm_nowhere",)
    )
    place = msgspec.structs.replace(BASE.view.place(IZIUM), questions=("qst_1", "qst_2", "qst_3"))
    found = with_place(BASE, place)
    view = msgspec.structs.replace(found.view, questions=(asked, hidden, answered))
    text = section(english(msgspec.structs.replace(found, view=view)), "unknown")
    assert text.count("The full extent of the consequences (Izium raion)") == 1
    assert "Nobody has asked again for long; there was no answer." in text


def test_an_all_clear_that_is_being_confirmed_stands_in_the_list_of_an_oblast() -> None:
    row = UnitView(
        code=RAION,
        level="raion",
        dimension="alert",
        phase="on",
        heard_at=BASE.end,
        is_being_confirmed=True,
        speakers=("Повітряні сили",),
    )
    found = msgspec.structs.replace(material(OBLAST, is_internal=False), units=(row,))
    made = english(found)
    text = section(made, "places")
    assert "Izium raion: Alert: Alert – Повітряні сили (21 December, 11:11)." in text
    assert "still being confirmed" in text
    assert any(
        "More on the page of the place: Izium raion." in note.withheld for note in made.notes
    )


def test_a_long_list_of_places_and_entries_says_what_is_left_out() -> None:
    place = BASE.view.place(IZIUM)
    codes = [code for code in _settlements() if code != IZIUM][:60]
    places = tuple(msgspec.structs.replace(place, place=code) for code in codes)
    said = tuple(
        msgspec.structs.replace(
            CLAIM, claim=f"clm_{number}", report=f"rep_{number}", place=codes[number % 60]
        )
        for number in range(120)
    )
    raion = material(RAION)
    view = msgspec.structs.replace(
        raion.view, places=(*raion.view.places, *places), said=(*raion.view.said, *said)
    )
    made = english(msgspec.structs.replace(raion, view=view, still=None))
    assert "More places that are not shown: " in section(made, "places")
    assert "Older entries that are not shown: " in section(made, "chronology")


def _settlements() -> list[str]:
    return [
        settlement for hromada in ATLAS.children(RAION) for settlement in ATLAS.children(hromada)
    ]


def test_the_whole_country_has_a_report_without_a_map_of_one_oblast() -> None:
    made = english(material(COUNTRY))
    assert "map" not in {one.id for one in made.sections}
    assert "told of: Izium." in section(made, "summary")


def test_an_exercise_says_so_on_every_form() -> None:
    made = english(msgspec.structs.replace(BASE, notice="exercise"))
    assert made.banners == (
        "INTERNAL. Not for publication.",
        "EXERCISE. Everything here is made up or replayed.",
    )
    assert len(english(msgspec.structs.replace(BASE, notice="")).banners) == 1
    other = english(msgspec.structs.replace(BASE, notice="some other night"))
    assert "training scenario" in other.banners[1]


def test_a_place_of_which_nothing_is_known_at_all_has_a_whole_report() -> None:
    rows = tuple(DimensionView(dimension=one, phase=UNSAID[one]) for one in DIMENSIONS)
    view = PublicView(
        policy="operator-only",
        valid_at=BASE.end,
        known_at=BASE.end,
        places=(PlaceView(place=IZIUM, dimensions=rows),),
    )
    empty = Material(
        code=IZIUM, start=BASE.start, end=BASE.end, known_at=BASE.end, view=view, moments=(view,)
    )
    made = english(empty)
    assert made.notes == ()
    assert "Nobody has reported anything about this place." in section(made, "summary")
    assert "No source has spoken of this place." in section(made, "sources")
    assert "Nobody said anything in this period." in section(made, "chronology")
    assert "Nothing is withheld." in section(made, "withheld")
    assert {"changed", "conflicts", "advice", "places"}.isdisjoint(one.id for one in made.sections)


def test_undated_words_are_told_as_undated() -> None:
    def bare(item: Said) -> Said:
        return msgspec.structs.replace(item, said_at=None, said_until=None)

    view = msgspec.structs.replace(BASE.view, said=tuple(map(bare, BASE.view.said)))
    found = msgspec.structs.replace(BASE, view=view, moments=(), before=None)
    made = english(found)
    assert "no date" in section(made, "summary")
    assert "Nobody said anything in this period." in section(made, "chronology")
