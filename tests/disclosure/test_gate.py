"""What passes the gate, and what never does."""

import msgspec
import pytest
from hypothesis import given, strategies as st

from disclosure.night import EVIDENCE, IZIUM, MVA, RAION, SECRET, at, night, said
from vidomo.core.codec import to_json
from vidomo.core.errors import ConfigError
from vidomo.disclosure.gate import gate
from vidomo.disclosure.model import DIMENSIONS, UNSAID, PublicView
from vidomo.disclosure.narrow import about
from vidomo.gazetteer import Gazetteer
from vidomo.situation.model import (
    DimensionState,
    Figure,
    Note,
    PlaceState,
    SaidTime,
    Situation,
    Standing,
)

GAZETTEER = Gazetteer.open()


def view_of(situation: Situation, *also: str) -> PublicView:
    return gate(situation, gazetteer=GAZETTEER, also=also)


def only(situation: Situation, **changes) -> Situation:
    place = msgspec.structs.replace(situation.places[0], **changes)
    return msgspec.structs.replace(situation, places=(place,))


def test_words_taken_back_by_their_source_do_not_pass() -> None:
    view = view_of(night())
    assert SECRET.encode() not in to_json(view)
    assert "Таємний мовець".encode() not in to_json(view)
    assert "clm_secret" not in {item.claim for item in view.said}


def test_that_words_were_taken_back_is_told_without_the_words() -> None:
    view = view_of(night())
    (change,) = view.changes
    assert (change.source, change.report, change.places) == ("izium_mva", "rep_43", (IZIUM,))
    assert ("claim clm_secret", "withdrawn-words") in {
        (item.what, item.rule) for item in view.withheld
    }


def test_a_phase_that_rests_on_withdrawn_words_alone_is_unsaid() -> None:
    state = DimensionState(dimension="power", phase="out", evidence=("clm_secret",))
    view = view_of(only(night(), dimensions=(state,)))
    power = next(item for item in view.places[0].dimensions if item.dimension == "power")
    assert (power.phase, power.is_said, power.said) == ("not_reported", False, ())


def test_a_phase_that_rests_on_standing_words_too_keeps_only_those() -> None:
    damage = next(
        item for item in view_of(night()).places[0].dimensions if item.dimension == "damage"
    )
    assert (damage.phase, damage.said) == ("reported", ("clm_damage",))


def test_words_that_an_edit_left_alone_still_stand() -> None:
    old = msgspec.structs.replace(EVIDENCE[2], standing=Standing.WITHDRAWN, version="ver_old")
    situation = msgspec.structs.replace(night(), evidence=(*night().evidence, old))
    view = view_of(situation)
    assert "clm_ten" in {item.claim for item in view.said}
    assert "claim clm_ten" not in {item.what for item in view.withheld}


def test_a_figure_without_a_speaker_does_not_pass() -> None:
    nobody = said("clm_nobody", "harm.killed", "Кажуть про сімох.", speaker="")
    figure = Figure(
        topic="harm.killed",
        unit="persons",
        min=7,
        max=7,
        mode="exact",
        status="current",
        evidence=("clm_nobody",),
    )
    situation = msgspec.structs.replace(night(), evidence=(*night().evidence, nobody))
    view = view_of(only(situation, figures=(figure,)))
    assert view.places[0].figures == ()
    assert "number-without-speaker" in {item.rule for item in view.withheld}


def test_a_figure_takes_its_speakers_from_its_claims_where_it_names_none() -> None:
    figure = msgspec.structs.replace(night().places[0].figures[0], speakers=())
    view = view_of(only(night(), figures=(figure,)))
    assert view.places[0].figures[0].speakers == ("ДСНС",)


def test_figures_times_and_incidents_of_withdrawn_words_do_not_pass() -> None:
    situation = night()
    incident = situation.incidents[0]
    secret = ("clm_secret",)
    bad = msgspec.structs.replace(
        incident,
        figures=(msgspec.structs.replace(incident.figures[0], evidence=secret),),
        times=(
            SaidTime(
                earliest=at("20 15:00"),
                latest=at("20 15:01"),
                surface="Таємна пора",
                speakers=(MVA,),
                evidence=secret,
            ),
        ),
    )
    gone = msgspec.structs.replace(incident, id="inc_gone", evidence=secret, unsourced=())
    question = msgspec.structs.replace(situation.questions[0], id="q_gone", evidence=secret)
    view = view_of(msgspec.structs.replace(situation, incidents=(bad, gone), questions=(question,)))
    assert [item.id for item in view.incidents] == ["inc_night"]
    assert view.incidents[0].figures == ()
    assert view.incidents[0].times == ()
    assert view.questions == ()
    assert "Таємна пора".encode() not in to_json(view)


def test_a_note_of_withdrawn_words_does_not_pass() -> None:
    notes = tuple(
        Note(code="forecast", speaker=MVA, at=None, quote=SECRET, claim=claim)
        for claim in ("clm_secret", "clm_part")
    )
    state = DimensionState(
        dimension="power", phase="out", evidence=("clm_out",), note=f"x: {SECRET}", notes=notes
    )
    view = view_of(only(night(), dimensions=(state,)))
    assert SECRET.encode() not in to_json(view)
    power = view.places[0].dimensions[DIMENSIONS.index("power")]
    assert [note.said for note in power.notes] == ["clm_part"]


def test_every_dimension_is_told_and_the_unsaid_ones_stand_at_unknown() -> None:
    view = view_of(only(night(), dimensions=()))
    found = {item.dimension: item.phase for item in view.places[0].dimensions}
    assert found == UNSAID
    assert not {"normal", "none", "none_stated", "over"} & set(found.values())


def test_a_place_that_nobody_named_is_there_when_asked_for() -> None:
    view = view_of(night(), RAION)
    place = view.place(RAION)
    assert place is not None
    power = next(item for item in place.dimensions if item.dimension == "power")
    assert power.phase == "partial"  # one of its communities is out
    assert power.share is not None
    assert power.share.parts == 1
    assert not any(item.is_said for item in place.dimensions if item is not power)


def test_an_unknown_policy_is_refused() -> None:
    with pytest.raises(ConfigError, match="there is no policy 'public'"):
        gate(night(), policy="public", gazetteer=GAZETTEER)
    with pytest.raises(ConfigError):
        gate(night(), policy="../operator-only", gazetteer=GAZETTEER)


def test_the_view_of_one_place_holds_what_the_place_refers_to_and_no_more() -> None:
    other = said("clm_other", "threat.air", "Загроза в іншому місті.", place=RAION)
    elsewhere = PlaceState(place=RAION, dimensions=(), timeline=("clm_other",))
    situation = msgspec.structs.replace(
        night(), places=(*night().places, elsewhere), evidence=(*night().evidence, other)
    )
    part = about(view_of(situation), IZIUM)
    assert [place.place for place in part.places] == [IZIUM]
    claims = {item.claim for item in part.said}
    assert "clm_other" not in claims
    assert {"clm_ten", "clm_two", "clm_morning"} <= claims
    with pytest.raises(KeyError):
        about(view_of(situation), "UA00000000000000000")


@given(st.lists(st.sampled_from(range(len(EVIDENCE))), unique=True))
def test_whatever_is_taken_back_none_of_its_words_pass(taken: list[int]) -> None:
    """The share of withdrawn evidence is at least a fifth: every example holds clm_secret."""
    marked = tuple(
        msgspec.structs.replace(
            item,
            quote=f"words#{index}#",
            speaker=f"speaker#{index}#",
            standing=Standing.WITHDRAWN
            if index in taken or item.standing is Standing.WITHDRAWN
            else item.standing,
        )
        for index, item in enumerate(EVIDENCE)
    )
    situation = msgspec.structs.replace(night(now="21 12:00"), evidence=marked)
    out = to_json(view_of(situation)).decode()
    gone = {*taken, len(EVIDENCE) - 1}
    for index in range(len(EVIDENCE)):
        assert (f"words#{index}#" in out) == (index not in gone)
        if index in gone:
            assert f"speaker#{index}#" not in out
    view = msgspec.json.decode(out, type=PublicView)
    shown = {item.claim for item in view.said}
    for incident in view.incidents:
        for part in (*incident.figures, *incident.times):
            assert set(part.said) <= shown
            assert part.said
    for figure in (figure for incident in view.incidents for figure in incident.figures):
        assert figure.speakers


def test_a_gate_that_lets_everything_through_would_be_caught(monkeypatch) -> None:
    from vidomo.disclosure import gate as module, policy

    lax = msgspec.structs.replace(policy.load_policy("operator-only"), rules=())
    monkeypatch.setattr(module, "load_policy", lambda _, **__: lax)
    assert SECRET.encode() in to_json(view_of(night()))
