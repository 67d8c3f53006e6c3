"""What holds as if nobody had spoken but officials whose words can be looked up."""

import msgspec

from situation.testimonies import (
    DSNS,
    IZIUM,
    MVA,
    OVA,
    Anchor,
    Decision,
    Known,
    at,
    post,
    said,
    situation,
)
from vidomo.claims.model import Extent
from vidomo.core.codec import to_json
from vidomo.situation.model import Situation

OUT = said("impact.power.outage", IZIUM, extent=Extent.ALL)
BACK = said("impact.power.restored", IZIUM, extent=Extent.ALL)
OURS = post(1, at("08:00"), OUT, source="izium_mva")
RUMOUR = post(2, at("12:00"), BACK, source="monitor", home=IZIUM)


def power(found: Situation | None) -> str:
    assert found is not None
    (place,) = (one for one in found.places if one.place == IZIUM)
    return next(row.phase for row in place.dimensions if row.dimension == "power")


def with_url(known: Known, url: str | None) -> Known:
    handed = msgspec.structs.replace(known.version.post, url=url)
    return msgspec.structs.replace(
        known, version=msgspec.structs.replace(known.version, post=handed)
    )


def overruled(known: Known, number: int) -> Decision:
    claim = known.reading.claims[0]
    anchor = Anchor(
        claim=claim.id,
        report=known.version.report,
        start=claim.start,
        end=claim.end,
        quote=claim.quote,
        topic=claim.topic,
    )
    return Decision(
        id=f"dec_{number}",
        kind="overrule",
        on=(anchor,),
        reason="misread",
        by="olena",
        at=at("13:00"),
    )


def test_where_only_officials_spoke_there_is_no_second_fold() -> None:
    assert situation(OURS).official is None


def test_a_rumour_moves_the_desks_phase_and_not_the_officials() -> None:
    found = situation(OURS, RUMOUR)
    assert (power(found), power(found.official)) == ("restored", "out")


def test_the_officials_part_is_the_fold_of_the_officials_posts() -> None:
    found, alone = situation(OURS, RUMOUR), situation(OURS)
    assert to_json(found.official) == to_json(msgspec.structs.replace(alone, incidents=()))


def test_what_is_quoted_without_an_address_is_not_in_it() -> None:
    quoted = post(3, at("09:00"), said("impact.power.outage", IZIUM, body=OVA), source="agency")
    assert situation(quoted).official.evidence == ()
    assert situation(with_url(quoted, "https://agency.example/3")).official is None


def test_words_taken_back_stay_in_it_when_the_deletion_lacks_the_address() -> None:
    quoted = post(3, at("09:00"), said("impact.power.outage", IZIUM, body=DSNS), source="agency")
    gone = post(
        3,
        at("09:00"),
        said("impact.power.outage", IZIUM, body=DSNS),
        source="agency",
        deleted_at=at("10:00"),
    )
    found = situation(with_url(quoted, "https://agency.example/3"), gone, RUMOUR)
    assert [item.reason for item in found.official.evidence] == ["deleted"]
    assert situation(quoted, gone, RUMOUR).official.evidence == ()


def test_a_decision_about_a_rumour_falls_on_no_official_of_the_same_post() -> None:
    mixed = post(
        4,
        at("09:00"),
        said("impact.power.outage", IZIUM, body=MVA, quote="Світла немає"),
        said("impact.power.outage", IZIUM, quote="Світла немає"),
        source="agency",
    )
    first, second = mixed.reading.claims
    same = msgspec.structs.replace(second, start=first.start, end=first.end)
    reading = msgspec.structs.replace(mixed.reading, claims=(first, same))
    known = with_url(msgspec.structs.replace(mixed, reading=reading), "https://agency.example/4")
    about = overruled(known, 1)
    about = msgspec.structs.replace(
        about, on=(msgspec.structs.replace(about.on[0], claim=second.id),)
    )
    found = situation(known, decisions=(about,))
    standing = {item.claim: item.reason for item in found.evidence}
    assert standing[second.id] == "overruled"
    assert [item.reason for item in found.official.evidence] == ["body_speaks"]


def test_a_decision_about_an_official_holds_in_it() -> None:
    found = situation(OURS, RUMOUR, decisions=(overruled(OURS, 1),))
    assert [item.reason for item in found.official.evidence] == ["overruled"]
    assert power(found.official) == "not_reported"
