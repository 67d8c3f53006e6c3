"""Puts cues, triggers, numbers, times, places and speakers together into claims."""

from collections.abc import Collection, Sequence

import msgspec

from vidomo.claims.attach import attach_numbers, means_near, number_of, time_near
from vidomo.claims.bracketed import in_brackets
from vidomo.claims.carrying import Carried, carried_on, of_all
from vidomo.claims.casualties import with_casualties
from vidomo.claims.claiming import Draft, build
from vidomo.claims.clear_places import is_borrowed
from vidomo.claims.conditions import with_same_number, without_patients
from vidomo.claims.country_totals import of_country
from vidomo.claims.directions import moved
from vidomo.claims.discourse import is_list_of_news
from vidomo.claims.document import Segment
from vidomo.claims.findings import Findings
from vidomo.claims.glosses import find_false_glosses
from vidomo.claims.groups import Group, groups_of
from vidomo.claims.hits import CueHit, MentionHit, NumberHit, TimeHit, TriggerHit
from vidomo.claims.judge import Case, Verdict, governing, judge
from vidomo.claims.kinds import counted_beside
from vidomo.claims.listing import told_on
from vidomo.claims.localities import (
    is_of_place,
    is_of_things,
    places_of,
    residents_of,
    usable,
)
from vidomo.claims.meant import as_meant
from vidomo.claims.merging import merge
from vidomo.claims.model import Claim, Kind, Number, Polarity
from vidomo.claims.named import named
from vidomo.claims.parts import parts_of
from vidomo.claims.people import PEOPLE, joined, listed, of_children, opening
from vidomo.claims.railway import is_about_lines, on_rails
from vidomo.claims.settle import asked_about, one_asked, without_conditions, without_guesses
from vidomo.claims.shares import shares_by_place
from vidomo.claims.takebacks import undenied
from vidomo.claims.weighing import weighed
from vidomo.core.time import Interval

_SOFT = ("harm.", "impact.damage", "cause.")
_CARRIES_TIME = ("event.", "harm.", "impact.damage", "impact.fire", "cause.")
# "The consequences of the explosions are not yet known": at most one small word between.
_ADJACENT = 5
# "After", one adjective, and the cue; how far before the cue the word may begin.
_GIVEN_REACH = 18
_GIVEN_AWAY = 40
_TO_COME, _PROVISIONAL = frozenset({"forecast", "possible"}), frozenset({"preliminary"})


def assemble(
    found: Findings, *, report: str, posted: Interval | None
) -> tuple[tuple[Claim, ...], dict[int, str]]:
    """Return the claims of a text, and why cues that state nothing were left out.

    Args:
        found: What was found in the text.
        report: Id of the report; part of the ids of the claims.
        posted: Start and end of the time of publication, None when nobody says.

    Returns:
        Claims in the order of their start; reasons by the offset of the cue.
    """
    reasons = dict(found.muted)
    drafts: list[Draft] = []
    places = usable(found.doc, found.mentions, found.cues, found.triggers)
    countable = _countable(found)
    carried = Carried()
    last_time: TimeHit | None = None
    paragraph = -1
    is_list = is_list_of_news(found.doc, found.triggers)
    for number, sentence in enumerate(found.doc.sentences):
        if sentence.paragraph != paragraph:
            paragraph, last_time = sentence.paragraph, None
            if is_list and paragraph > 1:
                carried = Carried()  # each piece of news has places of its own
        cues = [cue for cue in found.cues if sentence.start <= cue.start < sentence.end]
        named_here = [m for m in places if sentence.start <= m.start < sentence.end]
        before = carried if named_here else of_country(found, number, cues, carried)
        inside = named_here or residents_of(found, sentence, before)
        groups = groups_of(found.doc, number, found.chunks, cues)
        counts, others = _counts(found, groups, countable, sentence)
        for group in groups:
            for one in group.cues:
                cue = asked_about(one, drafts)
                verdict = _judge(found, cue, group)
                if verdict.kind is None:
                    reasons[cue.start] = verdict.why
                    continue
                hit = counts.get((cue.start, cue.topic))
                made = _draft(found, cue, group, verdict, hit=hit, others=others)
                made.places = moved(found, cue, places_of(found, one, groups, inside, before))
                made.time = _time(found, cue, group, last_time)
                drafts.append(_lent(found, made, groups))
                drafts.extend(parts_of(found, made, group, [*counts.values()]))
                drafts.extend(
                    counted_beside(found, made, group, {one.start for one in counts.values()})
                )
                shares = shares_by_place(found, made, group, places, taken=[*counts.values()])
                drafts.extend(shares)
                if shares:
                    rest = [place for place in inside if not _is_of_part(place, shares, made)]
                    made.places = places_of(found, one, groups, rest, before)
        carried = of_all(
            found,
            number + 1,
            places,
            carried_on(found.doc, told_on(found.doc, named_here, cues, carried.places), carried),
        )
        last_time = next(
            (
                hit
                for hit in found.times
                if sentence.start <= hit.start < sentence.end and hit.role == "at"
            ),
            last_time,
        )
    drafts = as_meant(
        found, without_guesses(without_conditions(one_asked(in_brackets(found, drafts))))
    )
    drafts, passed = weighed(
        found, without_patients(found, with_casualties(found, with_same_number(found, drafts)))
    )
    reasons.update(passed)
    if is_about_lines(found.doc):
        drafts = on_rails(found, drafts, places)
    claims = [*_merged(found, drafts, report, posted), *_errors(found, report=report)]
    return tuple(sorted(claims, key=lambda claim: (claim.start, claim.end, claim.topic))), reasons


def _is_of_part(place: MentionHit, shares: Sequence[Draft], made: Draft) -> bool:
    """Whether a place is only that of a part: a total is not of those."""
    told = [one for share in shares if share.places != made.places for one in share.places]
    return any(place.start == one.start for one in told)


def _counts(
    found: Findings, groups: Sequence[Group], countable: Sequence[NumberHit], sentence: Segment
) -> tuple[dict[tuple[int, str], NumberHit], frozenset[int]]:
    """Return the counts of the cues of a sentence, and where the counts begin that are taken."""
    opened = opening(found, groups)
    subsets = found.has_effect("subset", sentence.start, sentence.end)
    counts = attach_numbers(groups, countable, subsets, opened=opened)
    return counts, opened | {one.start for one in counts.values()}


def _lent(found: Findings, made: Draft, groups: Sequence[Group]) -> Draft:
    """Return a draft that knows whether its places are of another statement."""
    made.is_borrowed = is_borrowed(found, made.cue, groups, made.places)
    return made


def _merged(
    found: Findings, drafts: Sequence[Draft], report: str, posted: Interval | None
) -> list[Claim]:
    """Return the claims of the drafts, every fact once, no two with one id.

    Two statements of one kind in one stretch ("five wounded yesterday, eight wounded today")
    are told apart by narrower quotations.
    """
    made: dict[str, Claim] = {}
    for draft in drafts:
        claim = build(found, draft, report=report, posted=posted)
        if claim.id in made and claim.number != made[claim.id].number:
            draft.is_narrow = True
            claim = build(found, draft, report=report, posted=posted)
        made.setdefault(claim.id, claim)
    return merge(list(made.values()))


def _countable(found: Findings) -> list[NumberHit]:
    """Leave out the children of somebody: "the mother of two children was killed"."""
    persons = {word.end for word in found.triggers if word.effect == "person"}
    return [
        hit
        for hit in found.numbers
        if not (hit.unit == "children" and any(0 <= hit.start - end <= 1 for end in persons))
    ]


def _judge(found: Findings, cue: CueHit, group: Group) -> Verdict:
    effects = _near_enough(found, cue, governing(cue, found.triggers))
    if _is_given(found, cue):
        is_event = cue.topic.startswith("event.")
        dropped = _TO_COME | _PROVISIONAL if is_event else _TO_COME
        effects = {name: hit for name, hit in effects.items() if name not in dropped}
    speaker = found.speaker_at(cue.start)
    by_author = found.genre == "news" and (
        speaker is None or speaker.kind in {"unnamed", "unspecified_authority"}
    )
    if cue.topic == "harm.injured" and (is_of_place(found, cue) or is_of_things(found, cue)):
        return Verdict(kind=None, why="suppressed:place_hurt")
    softer = any(
        other is not cue
        and (other.is_weak or other.topic.startswith(_SOFT) or other.topic.endswith("restored"))
        for other in group.cues
    )
    if (
        cue.topic.startswith("event.")
        and any(0 <= cue.start - other.end <= _ADJACENT for other in group.cues if other.is_weak)
        and any(effect.startswith("unknown.") for effect in effects)
    ):
        return Verdict(kind=None, why="suppressed:part_of_unknown")
    if cue.topic == "harm.rescued" and not _is_of_people(found, group):
        return Verdict(kind=None, why="suppressed:nobody_named")
    if cue.is_weak and (_has_count(found, cue, group) or _is_of_somebody(found, cue, group)):
        cue = msgspec.structs.replace(cue, is_weak=False)
    verdict = judge(Case(cue=cue, effects=effects, by_author=by_author, has_softer=softer))
    if _may_be_zero(found, cue, group, verdict):
        return Verdict(kind=None, why="suppressed:perhaps_none")
    return verdict


def _is_given(found: Findings, cue: CueHit) -> bool:
    """Whether words such as "after" stand right before a cue: what follows has happened.

    "Power will be back after the damage to a line": the damage is no forecast.
    """
    return any(
        0 <= cue.start - hit.end <= _GIVEN_REACH and "," not in found.doc.text[hit.end : cue.start]
        for hit in found.has_effect("given", cue.start - _GIVEN_AWAY, cue.start)
    )


def _may_be_zero(found: Findings, cue: CueHit, group: Group, verdict: Verdict) -> bool:
    """Whether "dead" in the case that "there are no" asks for stands uncounted beside a "no".

    The tables know the usual ways to say so; in any other, silence is better than a casualty.
    """
    if (
        verdict.kind not in {Kind.REPORT, Kind.ASSESSMENT}
        or verdict.polarity is not Polarity.AFFIRMED
        or not cue.topic.startswith(("harm.", "impact.damage"))
        or _has_count(found, cue, group)
        or not found.has_effect("genitive", cue.start, cue.end)
    ):
        return False
    sentence = found.doc.sentences[group.sentence]
    return bool(found.has_effect("nay", cue.end, sentence.end))


def _is_of_people(found: Findings, group: Group) -> bool:
    """Whether a rescue names people: what else is rescued (a mood, a country) is no matter."""
    return bool(found.has_effect("person", group.start, group.end)) or any(
        number.role == "count" and number.unit in {*PEOPLE, ""} and group.holds(number.start)
        for number in found.numbers
    )


def _is_of_somebody(found: Findings, cue: CueHit, group: Group) -> bool:
    """Whether a weak cue of harm stands beside a person ("a man was wounded in the leg")."""
    return (
        cue.topic.startswith("harm.")
        and bool(cue.unit)
        and bool(found.has_effect("person", group.start, group.end))
    )


def _has_count(found: Findings, cue: CueHit, group: Group) -> bool:
    """Whether figures count what a weak cue names ("five victims")."""
    return bool(cue.unit) and any(
        number.role == "count"
        and group.holds(number.start)
        and cue.start <= number.unit_start < cue.end
        for number in found.numbers
    )


def _near_enough(
    found: Findings, cue: CueHit, effects: dict[str, TriggerHit]
) -> dict[str, TriggerHit]:
    """Drop a bare "not" that stands too far before the cue to be meant for it.

    So does one that is meant for something else: "no light after the strike".
    """
    effects = undenied(found, cue, effects)
    hit = effects.get("negated")
    if hit is None or hit.reach < 0 or not hit.tokens or not cue.tokens:
        return effects
    between = range(hit.tokens[-1] + 1, cue.tokens[0])
    causes = found.has_effect("because", hit.end, cue.start)
    inner = found.has_effect("given", max(cue.start, hit.end), cue.end)
    is_cause = bool(inner) or any(one.tokens[-1] + 1 == cue.tokens[0] for one in causes)
    words = sum(found.doc.tokens[number].kind == "word" for number in between)
    if words <= hit.reach and not is_cause:
        return effects
    return {effect: other for effect, other in effects.items() if effect != "negated"}


def _draft(
    found: Findings,
    cue: CueHit,
    group: Group,
    verdict: Verdict,
    *,
    hit: NumberHit | None,
    others: Collection[int],
) -> Draft:
    negated = verdict.polarity is Polarity.NEGATED
    number: Number | None = None
    more = 0.0
    if hit is not None:
        more = joined(found, hit, group, cue=cue) + listed(found, hit, cue=cue, others=others)
    if verdict.kind is not Kind.UNKNOWN and (
        verdict.polarity is not Polarity.DENIED or cue.topic.startswith("harm.")
    ):
        is_named = hit is None and not negated and cue.topic.startswith("harm.")
        persons = named(found, group, cue, others=others) if is_named else ()
        number = number_of(cue, hit, persons=persons, is_negated=negated)
        if number is not None and hit is not None and of_children(found, hit, cue=cue):
            number = msgspec.structs.replace(number, unit="children")
        if more and number is not None and number.mode == "exact":
            number = msgspec.structs.replace(
                number, min=(number.min or 0) + more, max=(number.max or 0) + more, unit="persons"
            )
    effects = governing(cue, found.triggers)
    is_led_to = "update" in effects or cue.topic.endswith(".restored")
    if number is not None and number.mode == "at_most" and is_led_to:
        # "Rose to 11", "heat is back to 20 houses": in two languages "to" and "up to" are one word.
        number = msgspec.structs.replace(number, min=number.max, mode="exact")
    if number is not None and number.max == 0 and cue.topic.startswith("event."):
        number = msgspec.structs.replace(number, mode="none")  # "0 downed": none was
        verdict = msgspec.structs.replace(verdict, polarity=Polarity.NEGATED)
    return Draft(
        cue=cue,
        verdict=verdict,
        group=group,
        number=_with_total(number, effects),
        hit=hit if number is not None else None,
        means=means_near(cue, group, found.means),
        effects=effects,
    )


def _with_total(number: Number | None, effects: dict[str, TriggerHit]) -> Number | None:
    """Say what a total counts from: a figure over a day or a war is not one event's."""
    if number is None or number.mode == "none":
        return number
    since = "invasion" if "cumulative" in effects else None
    if since is None and "digest" in effects:
        since = "day"
    return msgspec.structs.replace(number, cumulative_since=since) if since else number


def _time(found: Findings, cue: CueHit, group: Group, last: TimeHit | None) -> TimeHit | None:
    sentence = found.doc.sentences[group.sentence]
    hit = time_near(cue, group, found.times, sentence=(sentence.start, sentence.end))
    if hit is None and cue.topic.startswith(_CARRIES_TIME):
        return last
    return hit


def _errors(found: Findings, *, report: str) -> list[Claim]:
    made = []
    for gloss in find_false_glosses(found.doc):
        cue = CueHit(start=gloss.start, end=gloss.end, rule=gloss.rule, topic="source.error")
        number = found.chunks.at(gloss.start)
        group = Group(
            chunks=(number,),
            start=gloss.start,
            end=gloss.end,
            cues=(cue,),
            sentence=found.chunks.all[number].sentence,
        )
        draft = Draft(cue=cue, verdict=Verdict(kind=Kind.ASSESSMENT), group=group, is_exact=True)
        made.append(build(found, draft, report=report, posted=None))
    return made
