"""Laws 2 to 7 over made-up histories, and broken folds that each law must catch."""

import random
from collections.abc import Callable
from datetime import timedelta

import msgspec
import pytest
from hypothesis import Phase, given, settings, strategies as st

from situation.histories import BEGIN, HOURS, Entry, Fold, History, history, real_fold
from situation.testimonies import COUNTRY, REGISTRY, VILLAGE, poll
from vidomo.claims.model import Kind, Polarity
from vidomo.reports.model import Version
from vidomo.situation.fold import Known, state_of
from vidomo.situation.hierarchy import Tree
from vidomo.situation.model import PlaceState, Situation, Standing
from vidomo.situation.rules import dimension_rules
from vidomo.situation.standing import judge
from vidomo.sources.model import Outcome, Poll

Law = Callable[[Fold, int], None]
SEEDS = st.integers(min_value=0, max_value=2**32 - 1)
SOURCES = ("izium_mva", "ova_channel", "air_alarm")


def written(found: Situation) -> bytes:
    return msgspec.json.encode(found)


# the laws ------------------------------------------------------------------------------------


def order_does_not_matter(by: Fold, seed: int) -> None:
    told = history(seed)
    dice = random.Random(seed + 1)
    shuffled = [*told.known, *dice.choices(told.known, k=3)]
    dice.shuffle(shuffled)
    assert written(told.folded(by)) == written(told.folded(by, known=shuffled))


def the_past_does_not_change(by: Fold, seed: int) -> None:
    told = history(seed)
    cut = BEGIN + timedelta(hours=random.Random(seed + 2).randint(1, HOURS))
    early = tuple(entry for entry in told.entries if entry.recorded_at <= cut)
    ask = {"known_at": cut, "valid_at": told.valid_at}
    assert written(by(early, **ask)) == written(by(told.entries, **ask))


def silence_is_not_news(by: Fold, seed: int) -> None:
    told = history(seed)
    silent = [
        Entry(moment, poll=poll(source, moment, Outcome.NO_ANSWER))
        for source in SOURCES
        for moment in (BEGIN, told.valid_at - timedelta(minutes=1))
    ]
    more = msgspec.structs.replace(told, entries=(*told.entries, *silent))
    before, after = told.folded(by), more.folded(by)
    assert before.places == after.places
    assert before.incidents == after.incidents
    assert before.questions == after.questions
    assert after.sources


def unknown_is_not_zero(by: Fold, seed: int) -> None:
    told = history(seed)
    found = told.folded(by)
    claims = {claim.id: claim for known in told.known for claim in known.reading.claims}
    numbers = _numbers(told.known)
    for figure in (row for incident in found.incidents for row in incident.figures):
        assert figure.evidence
        assert all(figure.min in numbers[claim] for claim in figure.evidence)
    for state in (*found.places, state_of(found, VILLAGE, COUNTRY)):
        for row in state.dimensions:
            default = dimension_rules().dimensions[row.dimension].default
            if row.phase == "none":
                assert row.dimension == "alert"
                assert _alarm_is_fresh(told)
            elif row.phase != default:
                assert row.evidence
            if row.phase == "none_stated":
                assert all(claims[claim].polarity is Polarity.NEGATED for claim in row.evidence)


def only_an_authority_ends_a_warning(by: Fold, seed: int) -> None:
    told = history(seed)
    found = told.folded(by)
    for state in found.places:
        for row in state.dimensions:
            if row.phase in ("ended", "over"):
                feed, voices = _all_clears(told, state.place)
                assert feed or len(voices) > 1


def repetition_is_not_confirmation(by: Fold, seed: int) -> None:
    told = history(seed)
    changed = {
        known.version.report
        for known in told.known
        if known.version.post.edited_at or known.version.post.deleted_at
    }
    echoes = [
        _echo(known, number)
        for number, known in enumerate(told.known)
        if known.version.post.source == "agency_one" and known.version.report not in changed
    ]
    before = told.folded(by)
    after = told.folded(by, known=[*told.known, *echoes])
    assert _picture(before) == _picture(after)
    for incident in after.incidents:
        for figure in incident.figures:
            numbers = _numbers([*told.known, *echoes])
            assert any(figure.min in numbers[claim] for claim in figure.evidence)


def _numbers(known: list[Known]) -> dict[str, set[float | None]]:
    """Return every number that a claim gives in any version of its report."""
    found: dict[str, set[float | None]] = {}
    for one in known:
        for claim in one.reading.claims:
            numbers = found.setdefault(claim.id, set())
            if claim.number:
                numbers.add(claim.number.min)
    return found


def _alarm_is_fresh(told: History) -> bool:
    entry = REGISTRY.source("air_alarm")
    assert entry
    last = [
        one.asked_at
        for one in told.polls
        if one.source == "air_alarm"
        and one.outcome is not Outcome.NO_ANSWER
        and one.asked_at <= told.valid_at
    ]
    for known in told.known:
        post = known.version.post
        if post.source == "air_alarm" and post.posted_at:
            last.append(post.edited_at or post.posted_at.start)
    limit = timedelta(seconds=entry.freshness_s)
    return any(timedelta(0) <= told.valid_at - moment <= limit for moment in last)


def _all_clears(told: History, place: str) -> tuple[bool, set[str]]:
    """Return whether the alarm source gave the all-clear, and all voices of competence that did."""
    tree = Tree(COUNTRY)
    feed = False
    voices = set()
    gone = {
        known.version.report
        for known in told.known
        if known.version.post.deleted_at and known.version.post.deleted_at <= told.valid_at
    }
    for known in told.known:
        if known.version.report in gone or known.version.post.edited_at:
            continue
        for claim in known.reading.claims:
            judged = judge(claim, version=known.version, reading=known.reading, registry=REGISTRY)
            body = judged.body
            sound = claim.topic == "alert.end" and claim.kind is Kind.REPORT and body
            if not sound or not body or "alarm" not in body.competence or not judged.is_faithful:
                continue
            named = [ref.code for ref in claim.places if ref.code and tree.within(place, ref.code)]
            if any(tree.serves(body, code) for code in named):
                voices.add(body.voice)
                feed = feed or judged.is_alarm_feed
    return feed, voices


def _echo(known: Known, number: int) -> Known:
    """Return another paper's copy of what a relay wrote, at the same moment."""
    post = msgspec.structs.replace(known.version.post, native_id=f"echo {number}")
    report = f"rep_echo_{number}"
    version = Version(id=f"ver_echo_{number}", report=report, post=post, digest="")
    claims = tuple(
        msgspec.structs.replace(claim, id=f"clm_echo_{number}_{index}")
        for index, claim in enumerate(known.reading.claims)
    )
    reading = msgspec.structs.replace(
        known.reading, report=report, version=version.id, claims=claims
    )
    return Known(version=version, reading=reading)


def _picture(found: Situation) -> object:
    """Return what a copy may not change: phases, confirmation, incidents, origins, figures."""
    return (
        [
            (state.place, row.dimension, row.phase, row.confirmed_at, row.since)
            for state in found.places
            for row in state.dimensions
        ],
        [
            (
                incident.place,
                incident.origins,
                [(row.topic, row.unit, row.min, row.status) for row in incident.figures],
            )
            for incident in found.incidents
        ],
        [(question.subject, question.status) for question in found.questions],
    )


# folds over a journal, for law 3 ----------------------------------------------------------------


def _asked_of(entries: tuple[Entry, ...], **ask: object) -> Situation:
    known_at = ask["known_at"]
    seen = [entry for entry in entries if entry.recorded_at <= known_at]
    return real_fold(
        [entry.known for entry in seen if entry.known],
        polls=[entry.poll for entry in seen if entry.poll],
        registry=REGISTRY,
        gazetteer=COUNTRY,
        **ask,
    )


# broken folds -----------------------------------------------------------------------------------


def first_come(known: list[Known], **more: object) -> Situation:
    """Keep the version of a report that came first."""
    kept: dict[str, Known] = {}
    for one in known:
        kept.setdefault(one.version.report, one)
    return real_fold(list(kept.values()), **more)


def hindsight(entries: tuple[Entry, ...], **ask: object) -> Situation:
    """Use every record, whenever it was written down."""
    return real_fold(
        [entry.known for entry in entries if entry.known],
        polls=[entry.poll for entry in entries if entry.poll],
        registry=REGISTRY,
        gazetteer=COUNTRY,
        **ask,
    )


def silence_as_news(known: list[Known], *, polls: list[Poll], **more: object) -> Situation:
    """Forget what a source said once it stops answering."""
    silent = {one.source for one in polls if one.outcome is Outcome.NO_ANSWER}
    kept = [one for one in known if one.version.post.source not in silent]
    return real_fold(kept, polls=polls, **more)


def quiet_as_calm(known: list[Known], **more: object) -> Situation:
    """Take nothing heard for no alert."""

    def calm(state: PlaceState) -> PlaceState:
        rows = tuple(
            msgspec.structs.replace(row, phase="none")
            if (row.dimension, row.phase) == ("alert", "unknown")
            else row
            for row in state.dimensions
        )
        return msgspec.structs.replace(state, dimensions=rows)

    found = real_fold(known, **more)
    return msgspec.structs.replace(found, places=tuple(calm(state) for state in found.places))


def unknown_as_zero(known: list[Known], **more: object) -> Situation:
    """Take "not known yet" for a stated zero."""

    def zero(one: Known) -> Known:
        claims = tuple(
            msgspec.structs.replace(claim, kind=Kind.REPORT, polarity=Polarity.NEGATED)
            if claim.kind is Kind.UNKNOWN
            else claim
            for claim in one.reading.claims
        )
        return Known(
            version=one.version, reading=msgspec.structs.replace(one.reading, claims=claims)
        )

    return real_fold([zero(one) for one in known], **more)


def any_all_clear(known: list[Known], **more: object) -> Situation:
    """End a warning on anybody's word."""
    found = real_fold(known, **more)
    ends = {
        item.place
        for item in found.evidence
        if item.topic == "alert.end" and item.standing is not Standing.WITHDRAWN
    }

    def ended(state: PlaceState) -> PlaceState:
        rows = tuple(
            msgspec.structs.replace(row, phase="ended")
            if row.dimension == "alert" and row.phase == "on" and state.place in ends
            else row
            for row in state.dimensions
        )
        return msgspec.structs.replace(state, dimensions=rows)

    return msgspec.structs.replace(found, places=tuple(ended(state) for state in found.places))


def adding_up(known: list[Known], **more: object) -> Situation:
    """Add up the same dead, once for every text that tells of them."""
    found = real_fold(known, **more)
    incidents = tuple(
        msgspec.structs.replace(
            incident,
            figures=tuple(
                msgspec.structs.replace(row, min=(row.min or 0) * len(row.evidence))
                for row in incident.figures
            ),
        )
        for incident in found.incidents
    )
    return msgspec.structs.replace(found, incidents=incidents)


def counting_texts(known: list[Known], **more: object) -> Situation:
    """Take a second text for a second witness."""
    found = real_fold(known, **more)
    said_at = {item.claim: item.said_at for item in found.evidence}

    def confirmed(state: PlaceState) -> PlaceState:
        rows = tuple(
            msgspec.structs.replace(row, confirmed_at=said_at[row.evidence[0]])
            if len(row.evidence) > 1
            else row
            for row in state.dimensions
        )
        return msgspec.structs.replace(state, dimensions=rows)

    return msgspec.structs.replace(found, places=tuple(confirmed(state) for state in found.places))


LAWS = [
    pytest.param(order_does_not_matter, real_fold, [first_come], id="2 order"),
    pytest.param(the_past_does_not_change, _asked_of, [hindsight], id="3 the past"),
    pytest.param(silence_is_not_news, real_fold, [silence_as_news], id="4 silence"),
    pytest.param(unknown_is_not_zero, real_fold, [quiet_as_calm, unknown_as_zero], id="5 unknown"),
    pytest.param(only_an_authority_ends_a_warning, real_fold, [any_all_clear], id="6 all-clear"),
    pytest.param(
        repetition_is_not_confirmation, real_fold, [adding_up, counting_texts], id="7 repetition"
    ),
]


BROKEN = [
    pytest.param(law.values[0], mutant, id=f"{law.id}: {mutant.__name__}")
    for law in LAWS
    for mutant in law.values[2]
]


@pytest.mark.parametrize(("law", "sound", "broken"), LAWS)
def test_the_fold_keeps_the_law(law: Law, sound: Fold, broken: list[Fold]) -> None:
    @given(seed=SEEDS)
    def holds(seed: int) -> None:
        law(sound, seed)

    holds()


@pytest.mark.parametrize(("law", "mutant"), BROKEN)
def test_the_law_catches_the_broken_fold(law: Law, mutant: Fold) -> None:
    @settings(max_examples=300, phases=[Phase.generate], database=None)
    @given(seed=SEEDS)
    def holds(seed: int) -> None:
        law(mutant, seed)

    with pytest.raises(AssertionError):
        holds()


def test_a_fifth_of_the_histories_hold_a_conflict_an_edit_a_deletion_and_a_silence() -> None:
    told = [history(seed) for seed in range(300)]
    for feature in ("conflict", "edit", "deletion", "silence"):
        share = sum(feature in one.features for one in told) / len(told)
        assert share >= 0.2, feature


def test_the_histories_reach_every_phase_that_the_laws_speak_of() -> None:
    phases = {
        (row.dimension, row.phase)
        for seed in range(400)
        for state in history(seed).folded(real_fold).places
        for row in state.dimensions
    }
    for phase in ("unknown", "none", "warned", "on", "ended"):
        assert ("alert", phase) in phases
    assert {("harm", "none_stated"), ("harm", "unknown"), ("attack", "over")} <= phases
    assert {("power", "out"), ("power", "partial"), ("power", "restored")} <= phases
