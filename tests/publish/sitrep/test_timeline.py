"""The picture of a period, and the stretches that it is drawn from."""

from datetime import timedelta

import lxml.etree
import msgspec
import pytest

from publish.sitrep.reports import ATLAS, IZIUM, OBLAST, material
from vidomo.disclosure.model import UNSAID
from vidomo.publish.page.urgency import Tone
from vidomo.publish.sitrep import Material
from vidomo.publish.sitrep.bands import OPEN_BANDS, Track, tracks
from vidomo.publish.sitrep.telling import Telling
from vidomo.publish.sitrep.timeline import timeline


def drawn_of(found: Material, lang: str = "uk") -> tuple[dict[str, Track], str]:
    telling = Telling(found, lang=lang, atlas=ATLAS)
    rows = tracks(found, telling)
    picture = timeline(rows, material=found, telling=telling)
    lxml.etree.fromstring(picture.svg.encode())
    return {row.dimension: row for row in rows}, picture.svg


def test_bands_of_the_desk_follow_one_another_over_the_whole_period() -> None:
    found = material()
    rows, _ = drawn_of(found)
    for row in rows.values():
        assert row.bands[0].start == found.start
        assert row.bands[-1].end == found.end
        for one, other in zip(row.bands, row.bands[1:], strict=False):
            assert one.end == other.start


def test_a_band_begins_when_somebody_said_so() -> None:
    rows, _ = drawn_of(material())
    power = {band.phase: band for band in rows["power"].bands if not band.is_stale}
    assert f"{power['partial'].start:%H:%M}" == "14:20"
    assert f"{power['restored'].start:%H:%M}" == "09:05"


def test_what_is_out_of_date_is_drawn_like_the_unknown() -> None:
    rows, svg = drawn_of(material())
    stale = [band for band in rows["power"].bands if band.is_stale]
    assert stale
    assert {band.tone for band in stale} == {Tone.UNKNOWN}
    assert stale[0].start - rows["power"].bands[1].start <= timedelta(hours=16)
    assert "url(#t-unknown)" in svg


def test_silence_is_hatched_and_never_in_a_colour() -> None:
    rows, _ = drawn_of(material())
    for name in ("water", "gas", "heat"):
        assert rows[name].is_silent
        assert {(band.phase, band.tone) for band in rows[name].bands} == {
            (UNSAID[name], Tone.UNKNOWN)
        }


def test_an_alert_over_which_an_all_clear_was_announced_is_no_ended_alert() -> None:
    rows, _ = drawn_of(material())
    clearing = [band for band in rows["alert"].bands if band.is_clearing]
    assert clearing
    assert "ended" not in {band.phase for band in rows["alert"].bands}


def test_the_public_sees_stretches_of_alerts_and_attacks_only() -> None:
    rows, svg = drawn_of(material(is_internal=False), "en")
    assert {name for name, row in rows.items() if row.bands} == set(OPEN_BANDS)
    assert rows["power"].marks
    assert "Power outage" in svg


def test_a_state_that_rests_on_parts_is_not_drawn_as_silence() -> None:
    rows, svg = drawn_of(material(OBLAST, is_internal=False, texts=True), "en")
    assert rows["power"].is_told
    assert not rows["power"].is_silent
    assert "said earlier, of parts" in svg


@pytest.mark.parametrize("days", [0.01, 1, 6, 20, 80])
def test_a_period_of_any_length_has_few_ticks(days: float) -> None:
    found = material()
    longer = msgspec.structs.replace(found, start=found.end - timedelta(days=days), moments=())
    _, svg = drawn_of(longer)
    assert 1 <= svg.count('stroke="#c8ccd1"') <= 13


def test_thinned_moments_are_said() -> None:
    found = msgspec.structs.replace(material(), step=timedelta(minutes=61, seconds=2))
    telling = Telling(found, lang="en", atlas=ATLAS)
    picture = timeline(tracks(found, telling), material=found, telling=telling)
    assert any("exact to 62 min" in one.text for one in picture.notes)


def test_a_place_that_a_view_lacks_draws_nothing() -> None:
    found = material()
    bare = msgspec.structs.replace(found, moments=(msgspec.structs.replace(found.view, places=()),))
    rows, _ = drawn_of(bare)
    assert all(row.is_silent for row in rows.values())
    assert found.view.place(IZIUM) is not None
