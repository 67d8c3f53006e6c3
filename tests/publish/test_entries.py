"""The timeline: one entry for what one speaker said in one post."""

from disclosure.night import at, night
from vidomo.disclosure.gate import gate
from vidomo.disclosure.model import ChangeView
from vidomo.gazetteer import Gazetteer
from vidomo.publish.page.entries import changes, entries, fitting
from vidomo.publish.page.frame import Frame

FRAME = Frame(valid_at=at("20 22:30"))
VIEW = gate(night(), gazetteer=Gazetteer.open())


def test_a_change_is_told_with_its_hour_where_that_is_known() -> None:
    change = ChangeView(
        report="rep_1", source="s", url="", how="deleted", changed_at=at("20 16:03")
    )
    (entry,) = changes((change,), frame=FRAME)
    assert "20 грудня, 16:03" in entry.when
    assert (entry.standing, entry.lines) == ("deleted", ())


def test_words_of_one_speaker_in_one_post_stand_together_and_once() -> None:
    claims = ["clm_one", "clm_four", "clm_one", "clm_nobody"]
    (entry,) = entries(claims, view=VIEW, frame=FRAME)
    assert [line.claim for line in entry.lines] == ["clm_one", "clm_four"]


def test_the_newest_words_come_first_and_undated_ones_last() -> None:
    found = entries(["clm_where", "clm_shelter", "clm_two"], view=VIEW, frame=FRAME)
    assert [entry.source for entry in found] == ["agency_two", "izium_mva", "rewrite_two"]


def test_what_fits_is_never_nothing() -> None:
    found = entries(["clm_shelter", "clm_two"], view=VIEW, frame=FRAME)
    assert fitting(found, characters=1) == found[:1]
    assert fitting(found, characters=10_000) == found
    assert fitting((), characters=1) == ()
