"""The answers of people as labels in the form of the reading benchmark: offsets, no words."""

from collections.abc import Iterator

import msgspec

from vidomo.app.house import House
from vidomo.app.labels import LabelClaim, Labelled, LabelNumber, LabelPlace, LabelUnknown
from vidomo.app.review import standing
from vidomo.app.reviewed import reviewed_in
from vidomo.claims.model import Claim, Number
from vidomo.situation.decision import Decision, in_force
from vidomo.sources.model import Post

_LABELLER = "desk"


class Label(Labelled, frozen=True, kw_only=True):
    """One post: the reader's claims with every decision applied.

    Its id has the source before it where it has one; its labeller is always ``desk``: who
    decided stays inside.

    Attributes:
        decided: How many decisions a person took on the post.
    """

    decided: int


def labels(house: House) -> Iterator[Label]:
    """Yield a label for every post that a person has decided anything about.

    Claims that nobody has looked at stand as the reader has them; whoever uses the labels as
    gold looks through the posts once more.
    """
    now = house.now()
    situation = house.situation()
    decisions = {one.id: one for one in in_force(house.decisions(now))}
    by_claim: dict[str, list[Decision]] = {}
    for decided in situation.decisions:
        for claim in decided.claims:
            by_claim.setdefault(claim, []).append(decisions[decided.id])
    reviewed: dict[str, int] = {}
    for one in reviewed_in(house.journal, known_at=now):
        reviewed[one.report] = reviewed.get(one.report, 0) + 1
    for known in standing(house.known(now)):
        claims = known.reading.claims
        own = [each for claim in claims for each in by_claim.get(claim.id, ())]
        count = len({each.id for each in own}) + reviewed.get(known.version.report, 0)
        if count:
            post = known.version.post
            yield Label(
                id=_id_of(post),
                labeller=_LABELLER,
                claims=tuple(
                    label
                    for claim in claims
                    if (label := _label(claim, by_claim.get(claim.id, []))) is not None
                ),
                decided=count,
            )


def _id_of(post: Post) -> str:
    """Return the native id of a post, with its source before it where a file names one."""
    is_unnamed = post.source.partition(":")[0] == "file"
    return post.native_id if is_unnamed else f"{post.source}/{post.native_id}"


def _label(claim: Claim, decisions: list[Decision]) -> LabelClaim | None:
    """Return a claim as people left it, None where they set it aside."""
    places = tuple(
        LabelPlace(
            code=ref.code,
            role=ref.role.value,
            start=ref.start,
            end=ref.end,
            candidates=() if ref.code else ref.candidates,
        )
        for ref in claim.places
    )
    topic, kind = claim.topic, claim.kind.value
    number, polarity = _number(claim.number), claim.polarity.value
    for one in decisions:
        if one.kind != "overrule":
            continue
        if not one.value:
            return None
        if "place" in one.value:
            places = _replaced(places, one.value["place"])
        topic, kind = one.value.get("topic", topic), one.value.get("kind", kind)
        polarity = one.value.get("polarity", polarity)
        if "number" in one.value:
            number, polarity = _corrected(float(one.value["number"]), number)
    unknown = claim.unknown
    return LabelClaim(
        topic=topic,
        kind=kind,
        polarity=polarity,
        start=claim.start,
        end=claim.end,
        places=places,
        number=number,
        unknown=LabelUnknown(subject=unknown.subject, status=unknown.status) if unknown else None,
        speaker_kind=claim.speaker.kind.value,
    )


def _number(number: Number | None) -> LabelNumber | None:
    if number is None:
        return None
    return LabelNumber(min=number.min, max=number.max, mode=number.mode, unit=number.unit)


def _corrected(count: float, number: LabelNumber | None) -> tuple[LabelNumber, str]:
    unit = number.unit if number else ""
    mode = "exact" if count else "none"
    return LabelNumber(min=count, max=count, mode=mode, unit=unit), (
        "affirmed" if count else "negated"
    )


def _replaced(places: tuple[LabelPlace, ...], code: str) -> tuple[LabelPlace, ...]:
    """Return the places with the ambiguous one decided; with none such, the one place."""
    unsettled = [place for place in places if place.code is None]
    if not unsettled:
        first = places[0] if places else LabelPlace(code=code, role="affected", start=-1, end=-1)
        return (msgspec.structs.replace(first, code=code, candidates=()),)
    return tuple(
        msgspec.structs.replace(place, code=code, candidates=()) if place.code is None else place
        for place in places
    )
