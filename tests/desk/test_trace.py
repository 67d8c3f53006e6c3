"""The trace: a claim, its exact words, every version of the post."""

from datetime import UTC, datetime, timedelta

import msgspec

from vidomo.claims.model import (
    Claim,
    ClaimTime,
    Kind,
    Number,
    PlaceRef,
    Reading,
    Speaker,
    SpeakerKind,
)
from vidomo.core.time import instant_interval
from vidomo.desk.trace import SHOWN, Trace, VersionAt, render_trace
from vidomo.gazetteer import Gazetteer
from vidomo.publish.page import Frame
from vidomo.reports.model import Version
from vidomo.sources.model import Post

GAZETTEER = Gazetteer.open()
IZIUM = "UA63040090010029555"
NOON = datetime(2025, 12, 20, 12, 0, tzinfo=UTC)
TEXT = "🚨 Ізюм.\nБлизько 10 вибухів чули <b>всі</b>."
QUOTE = "Близько 10 вибухів"


def claim(text: str = TEXT, **changes) -> Claim:
    start = text.index(QUOTE)
    fields = {
        "id": "clm_1",
        "topic": "event.explosion",
        "kind": Kind.REPORT,
        "quote": QUOTE,
        "start": start,
        "end": start + len(QUOTE),
        "places": (PlaceRef(code=IZIUM, surface="Ізюм"),),
        "number": Number(min=10, max=10, mode="about", unit="explosions"),
        "time": ClaimTime(earliest=NOON, latest=NOON + timedelta(hours=1)),
        "rules": ("uk.explosion.1",),
    }
    return Claim(**(fields | changes))


def version(number: int, text: str = TEXT, **changes) -> VersionAt:
    fields = {
        "source": "izium_mva",
        "native_id": "42",
        "text": text,
        "posted_at": instant_interval(NOON),
        "lang": "uk",
        "url": "https://channel.example/42",
    }
    return VersionAt(
        version=Version(
            id=f"ver_{number}", report="rep_1", post=Post(**(fields | changes)), digest="d"
        ),
        recorded_at=NOON + timedelta(minutes=number),
    )


def trace(*claims: Claim, asked: Claim | None, versions: tuple[VersionAt, ...]) -> Trace:
    reading = Reading(
        report="rep_1", version="ver_1", reader_version="reader-1", lang="uk", claims=claims
    )
    return Trace(claim=asked, reading=reading, versions=versions)


def page(it: Trace, lang: str = "uk") -> str:
    frame = Frame(lang=lang, path="/desk/trace/clm_1")
    return render_trace(it, frame=frame, atlas=GAZETTEER)


def test_the_quotation_is_marked_where_it_stands_in_the_post() -> None:
    asked = claim()
    html = page(trace(asked, asked=asked, versions=(version(1),)))
    assert "🚨 Ізюм.\n<mark>Близько 10 вибухів</mark> чули &lt;b&gt;всі&lt;/b&gt;." in html


def test_every_version_is_shown_with_its_times() -> None:
    asked = claim()
    versions = (
        version(1),
        version(2, "Інші слова.", edited_at=NOON + timedelta(minutes=2)),
        version(3, "Інші слова.", deleted_at=NOON + timedelta(minutes=3)),
    )
    html = page(trace(asked, asked=asked, versions=versions))
    assert html.count("Інші слова.") == 2
    assert "змінено <time" in html
    assert "вилучено <time" in html
    assert "Версія 3" in html
    assert html.count("(ця версія)") == 1


def test_what_was_read_is_told_with_its_rules() -> None:
    asked = claim()
    html = page(trace(asked, asked=asked, versions=(version(1),)))
    for words in ("Вибухи", "близько 10 вибухів", "Ізюм, Ізюмський район", "uk.explosion.1"):
        assert words in html
    assert "саме джерело" in html
    assert "reader-1" in html


def test_an_ambiguous_place_is_shown_as_ambiguous() -> None:
    ref = PlaceRef(code=None, surface="Шевченкове", candidates=(IZIUM,))
    abroad = PlaceRef(code="XX", surface="хтозна-де")
    speaker = Speaker(kind=SpeakerKind.NAMED_OFFICIAL, name="Хтось", role="голова")
    asked = claim(places=(ref, abroad), speaker=speaker, number=None, time=ClaimTime())
    html = page(trace(asked, asked=asked, versions=(version(1),)))
    assert "Шевченкове (неоднозначно: Ізюм" in html
    assert "XX" in html
    assert "Хтось" in html


def test_other_claims_of_the_post_are_a_link_away() -> None:
    asked = claim()
    other = claim(id="clm_2", topic="impact.damage", speaker=Speaker(kind=SpeakerKind.UNNAMED))
    html = page(trace(asked, other, asked=asked, versions=(version(1),)), lang="en")
    assert '<a href="/desk/trace/clm_2?lang=en">Damage</a>' in html
    assert 'href="/desk/trace/clm_1?lang=en">' not in html


def test_a_report_without_claims_says_so() -> None:
    html = page(trace(asked=None, versions=(version(1, url="javascript:alert(1)"),)))
    assert "не прочитано жодного твердження" in html
    assert "<mark>" not in html
    assert "javascript:" not in html


def test_a_very_long_post_is_cut_around_the_quotation() -> None:
    text = "а" * (2 * SHOWN) + TEXT + "я" * (2 * SHOWN)
    asked = claim(text)
    html = page(trace(asked, asked=asked, versions=(version(1, text),)))
    assert f"<mark>{QUOTE}</mark>" in html
    assert len(html) < 6 * SHOWN


def test_a_reading_whose_version_is_gone_shows_what_there_is() -> None:
    asked = claim()
    it = msgspec.structs.replace(trace(asked, asked=asked, versions=()), versions=())
    assert it.read_version is None
    assert "clm_1" in page(it)
