"""Laws 2 to 7 over made-up histories, and broken folds that each law must catch."""

import random
import re
from collections.abc import Callable
from datetime import timedelta

import msgspec
import pytest

from situation.histories import BEGIN, HOURS, Entry, Fold, History, history, real_fold
from situation.lawbook import MATTERS, catches, held_in, keeps, put_right
from situation.testimonies import COUNTRY, REGISTRY, VILLAGE, poll
from vidomo.claims.model import Kind, Polarity
from vidomo.core.time import instant_interval
from vidomo.reports.model import Version
from vidomo.situation.decision import Decision, in_force
from vidomo.situation.fold import Known, state_of
from vidomo.situation.hierarchy import Tree
from vidomo.situation.model import PlaceState, Situation, Standing
from vidomo.situation.rules import dimension_rules
from vidomo.situation.standing import judge
from vidomo.sources.model import Outcome, Poll

Law = Callable[[Fold, int], None]
FEATURES = ("conflict", "edit", "deletion", "silence", "skew", "decision")
SOURCES = ("izium_mva", "ova_channel", "air_alarm")


def written(found: Situation) -> bytes:
    return msgspec.json.encode(found)


# the laws ------------------------------------------------------------------------------------


def order_does_not_matter(by: Fold, seed: int) -> None:
    told = history(seed)
    dice = random.Random(seed + 1)
    shuffled = [*told.known, *dice.choices(told.known, k=3)]
    dice.shuffle(shuffled)
    decided = [*told.decisions, *told.decisions[:1]]
    dice.shuffle(decided)
    assert written(told.folded(by)) == written(told.folded(by, known=shuffled, decisions=decided))


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
    for claim, given in put_right(found, told.decisions).items():
        numbers.setdefault(claim, set()).update(low for low, _ in given)
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
                assert all(
                    claims[claim].polarity is Polarity.NEGATED or 0.0 in numbers[claim]
                    for claim in row.evidence
                )


def only_an_authority_ends_a_warning(by: Fold, seed: int) -> None:
    told = history(seed)
    found = told.folded(by)
    for state in found.places:
        for row in state.dimensions:
            if row.phase in ("ended", "over"):
                feed, voices, person = _all_clears(told, state.place)
                assert feed or len(voices) > 1 or (person and voices)


def test_a_body_whose_text_repeats_one_sentence_and_adds_another_is_one_body() -> None:
    # The oblast repeats the city's all-clear for the raion and adds a village: not two voices.
    only_an_authority_ends_a_warning(real_fold, 122140)


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
    # Whoever splits an incident by hand decides on one text; its echo stays where it was.
    confirmed = [one for one in told.decisions if one.kind == "confirm"]
    before = told.folded(by, decisions=confirmed)
    after = told.folded(by, known=[*told.known, *echoes], decisions=confirmed)
    assert _picture(before) == _picture(after)
    for incident in after.incidents:
        for figure in incident.figures:
            numbers = _numbers([*told.known, *echoes])
            assert any(figure.min in numbers[claim] for claim in figure.evidence)


def no_decision_is_dropped(by: Fold, seed: int) -> None:
    told = history(seed)
    found = told.folded(by)
    wanted = {
        one.id
        for one in in_force(told.decisions)
        if one.kind != "confirm" or one.at <= told.valid_at
    }
    kept = [one.id for one in found.decisions] + [one.id for one in found.orphaned]
    assert sorted(kept) == sorted(wanted)
    claims = {item.claim: item for item in found.evidence}
    values = {one.id: one.value for one in told.decisions}
    for one in found.decisions:
        assert all(claim in claims for claim in one.claims)
        if one.kind == "overrule" and not values[one.id]:
            assert all(claims[claim].standing is Standing.WITHDRAWN for claim in one.claims)


def a_copy_is_no_second_witness(by: Fold, seed: int) -> None:
    told = history(seed)
    before = told.folded(by)
    changed = {
        one.version.report
        for one in told.known
        if one.version.post.edited_at or one.version.post.deleted_at
    }
    copies = [
        _copied(one, number)
        for number, one in enumerate(told.known)
        if _is_own_words(one) and one.version.report not in changed
    ]
    after = told.folded(by, known=[*told.known, *copies])
    assert _picture(before) == _picture(after)


def _is_own_words(known: Known) -> bool:
    post = known.version.post
    return post.source == "monitor" and len(re.findall(r"\w+", post.text)) >= 12


def _copied(known: Known, number: int) -> Known:
    """Return the same words in another channel whose home is declared, a second later."""
    echo = _echo(known, number)
    post = echo.version.post
    later = instant_interval(post.posted_at.start + timedelta(seconds=1))
    post = msgspec.structs.replace(post, source="monitor_copy", posted_at=later)
    return msgspec.structs.replace(echo, version=msgspec.structs.replace(echo.version, post=post))


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


def _all_clears(told: History, place: str) -> tuple[bool, set[str], bool]:
    """Return who gave the all-clear: the alarm source, voices of competence, and with a person."""
    confirmed = {
        anchor.claim
        for one in in_force(told.decisions)
        if one.kind == "confirm" and one.at <= told.valid_at
        for anchor in one.on
    }
    tree = Tree(COUNTRY)
    feed = person = False
    voices = set()
    gone = {
        known.version.report
        for known in told.known
        if known.version.post.deleted_at and known.version.post.deleted_at <= told.valid_at
    }
    for known in told.known:
        if known.version.report in gone:
            continue
        for claim in known.reading.claims:
            judged = judge(claim, version=known.version, reading=known.reading, registry=REGISTRY)
            body = judged.body
            sound = claim.topic == "alert.end" and claim.kind is Kind.REPORT and body
            if not sound or not body or "alarm" not in body.competence:
                continue
            is_vouched = claim.id in confirmed
            if not is_vouched and (
                not judged.is_faithful or known.is_ahead or known.version.post.edited_at
            ):
                continue
            named = [ref.code for ref in claim.places if ref.code and tree.within(place, ref.code)]
            if any(tree.serves(body, code) for code in named):
                voices.add(body.voice)
                feed = feed or judged.is_alarm_feed
                person = person or is_vouched
    return feed, voices, person


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
        sorted(
            (
                incident.place,
                incident.origins,
                [(row.topic, row.unit, row.min, row.status) for row in incident.figures],
            )
            for incident in found.incidents
        ),
        [(question.subject, question.status) for question in found.questions],
    )


# folds over a journal, for law 3 ----------------------------------------------------------------


def _asked_of(entries: tuple[Entry, ...], **ask: object) -> Situation:
    known_at = ask["known_at"]
    seen = [entry for entry in entries if entry.recorded_at <= known_at]
    return real_fold(
        [entry.known for entry in seen if entry.known],
        polls=[entry.poll for entry in seen if entry.poll],
        decisions=[entry.decision for entry in seen if entry.decision],
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
        decisions=[entry.decision for entry in entries if entry.decision],
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


def forgetting_the_lost(known: list[Known], **more: object) -> Situation:
    """Drop a decision whose claim is no longer read."""
    return msgspec.structs.replace(real_fold(known, **more), orphaned=())


def overruling_nothing(
    known: list[Known], *, decisions: list[Decision], **more: object
) -> Situation:
    """List a decision and let its claim stand."""
    found = real_fold(known, decisions=decisions, **more)
    left = real_fold(known, decisions=[one for one in decisions if one.kind != "overrule"], **more)
    return msgspec.structs.replace(left, decisions=found.decisions, orphaned=found.orphaned)


def confirming_by_any_clock(known: list[Known], **more: object) -> Situation:
    """Believe every clock."""
    return real_fold([msgspec.structs.replace(one, is_ahead=False) for one in known], **more)


def every_channel_a_witness(known: list[Known], **more: object) -> Situation:
    """Take the words of each channel for its own."""
    return real_fold(
        [
            msgspec.structs.replace(
                one,
                version=msgspec.structs.replace(
                    one.version,
                    post=msgspec.structs.replace(one.version.post, text=one.version.id),
                ),
            )
            for one in known
        ],
        **more,
    )


LAWS: list[tuple[str, Law, Fold, list[Fold]]] = [
    ("2 order", order_does_not_matter, real_fold, [first_come]),
    ("3 the past", the_past_does_not_change, _asked_of, [hindsight]),
    ("4 silence", silence_is_not_news, real_fold, [silence_as_news]),
    ("5 unknown", unknown_is_not_zero, real_fold, [quiet_as_calm, unknown_as_zero]),
    (
        "6 all-clear",
        only_an_authority_ends_a_warning,
        real_fold,
        [any_all_clear, confirming_by_any_clock],
    ),
    ("7 repetition", repetition_is_not_confirmation, real_fold, [adding_up, counting_texts]),
    ("7 copies", a_copy_is_no_second_witness, real_fold, [every_channel_a_witness]),
    ("10 decisions", no_decision_is_dropped, real_fold, [forgetting_the_lost, overruling_nothing]),
]
SOUND = [pytest.param(name, law, sound, id=name) for name, law, sound, _ in LAWS]
BROKEN = [
    pytest.param(law, mutant, id=f"{name}: {mutant.__name__}")
    for name, law, _, broken in LAWS
    for mutant in broken
]


def counted(law: Law) -> Callable[[Fold, int], set[str]]:
    """Return a law that tells what the history of its example held."""

    def tried(by: Fold, seed: int) -> set[str]:
        law(by, seed)
        told = history(seed)
        return held_in(told.folded(real_fold)) | (told.features & {"skew", "copy"})

    return tried


@pytest.mark.parametrize(("name", "law", "sound"), SOUND)
def test_the_fold_keeps_the_law(name: str, law: Law, sound: Fold) -> None:
    keeps(name, counted(law), sound)


@pytest.mark.soak
@pytest.mark.timeout(1800)
@pytest.mark.parametrize(("name", "law", "sound"), SOUND)
def test_the_fold_keeps_the_law_for_long(name: str, law: Law, sound: Fold) -> None:
    keeps(name, counted(law), sound)


@pytest.mark.parametrize(("law", "mutant"), BROKEN)
def test_the_law_catches_the_broken_fold(law: Law, mutant: Fold) -> None:
    catches(law, mutant)


def test_a_fifth_of_the_histories_hold_each_thing_that_matters() -> None:
    told = [history(seed) for seed in range(300)]
    for feature in FEATURES:
        share = sum(feature in one.features for one in told) / len(told)
        assert share >= 0.2, feature
    found = [held_in(one.folded(real_fold)) for one in told]
    for feature in MATTERS:
        assert sum(feature in one for one in found) >= 60, feature


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
