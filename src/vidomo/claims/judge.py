"""Decides how a cue is meant, from the words that govern it."""

from collections.abc import Iterable

import msgspec

from vidomo.claims.hits import CueHit, TriggerHit
from vidomo.claims.model import Certainty, Kind, Polarity, UnknownThing
from vidomo.claims.tables import LANGUAGES
from vidomo.claims.topics import topics

_NO_CLEAR = frozenset(
    {
        *("negated", "possible", "likely", "forecast", "speculation", "denied", "condition"),
        *("question", "quoted"),
    }
)
_BARE_NOT = (
    *("uk.discourse.not_said", "ru.discourse.not_said"),
    *("uk.discourse.nor_said", "ru.discourse.nor_said"),
)
_NOT = "en.discourse.verb_not"
_CAN_BE_UNKNOWN = ("harm.", "impact.", "event.", "cause.", "service.", "response.", "power.")
_NO_ACT = ("advice.", "alert.", "threat.", "help.")
_DANGER = ("alert.start", "threat.")
_DIGEST = ".discourse.digest"
# Totals over more than a day: what did not happen in one did not happen until now.
_LONG = frozenset({"times.digest.long", *(f"{lang}.discourse.since" for lang in LANGUAGES)})
_LATER = (".restored", "power.", "response.")
# "Heating will be back within a day": the day is still to come.
_TO_COME = frozenset({Kind.FORECAST, Kind.PLAN})
_PEOPLE, _CLARIFIED = "casualties", "being_clarified"
_PURPOSE = ".discourse.purpose"
# What one does oneself is a plan when it is still to come: schools, buses, evacuation.
_OWN_ACT = (
    *("response.evacuation", "response.repair", "response.rescue", "service.education."),
    *("service.payments.", "service.health."),
    *("service.transport.adapted", "help.point", "help.water"),
)
_MODAL_AUTHOR = ("impact.", "service.", "grid.")

# One table from kind to certainty (CLAIMS.md section 2: derived, not labelled).
CERTAINTY = {
    Kind.REPORT: Certainty.OBSERVED,
    Kind.ASSESSMENT: Certainty.LIKELY,
    Kind.UNKNOWN: Certainty.UNKNOWN,
    Kind.WARNING: Certainty.LIKELY,
    Kind.ADVICE: Certainty.OBSERVED,
    Kind.PLAN: Certainty.LIKELY,
    Kind.FORECAST: Certainty.POSSIBLE,
    Kind.SPECULATION: Certainty.POSSIBLE,
    Kind.BACKGROUND: Certainty.OBSERVED,
}


class Case(msgspec.Struct, frozen=True, kw_only=True):
    """What is to be decided.

    Attributes:
        cue: The cue.
        effects: What governs it, as ``governing`` returns it.
        by_author: Whether modal words are the author's own inference (news without a speaker).
        has_softer: Whether the same stretch holds another cue that "not yet known" fits better.
    """

    cue: CueHit
    effects: dict[str, TriggerHit]
    by_author: bool = False
    has_softer: bool = False


class Verdict(msgspec.Struct, frozen=True, kw_only=True):
    """How a cue is meant.

    Attributes:
        kind: Kind of the claim; None when the words state nothing.
        polarity: Polarity of the claim.
        unknown: What is stated to be unknown.
        why: Word for people when nothing is stated.
        rules: Ids of the triggers that decided.
    """

    kind: Kind | None
    polarity: Polarity = Polarity.AFFIRMED
    unknown: UnknownThing | None = None
    why: str = ""
    rules: tuple[str, ...] = ()


def governing(cue: CueHit, triggers: Iterable[TriggerHit]) -> dict[str, TriggerHit]:
    """Return the triggers whose scope holds a cue, one an effect.

    A trigger whose words are part of the cue governs nothing: the entry of the
    cue has already taken them into account.
    """
    found: dict[str, TriggerHit] = {}
    own, start, end = set(cue.tokens), cue.start, cue.end
    for trigger in triggers:
        if not trigger.scope_start <= start < trigger.scope_end and not (
            start < trigger.start < end and _stands_at_verb(trigger, own)
        ):
            continue
        if trigger.targets and not cue.topic.startswith(trigger.targets):
            continue
        if trigger.tokens and own.issuperset(trigger.tokens):
            continue
        known = found.get(trigger.effect)
        if known is None or _reaches_further(trigger, known, cue):
            found[trigger.effect] = trigger
    return found


def _stands_at_verb(trigger: TriggerHit, own: set[int]) -> bool:
    """Whether a bare "not" stands before the verb of a cue: "the fire is not yet out"."""
    return (
        trigger.effect == "negated"
        and trigger.rule.endswith((*_BARE_NOT, _NOT))
        and trigger.tokens[-1] + 1 in own
        and trigger.tokens[0] not in own
    )


def _reaches_further(trigger: TriggerHit, known: TriggerHit, cue: CueHit) -> bool:
    """Whether a trigger governs a cue sooner than the one known: further, or from nearer by.

    "Nobody was killed and not wounded": the second "not" stands at the second verb.
    """
    if known.reach < 0 or trigger.reach < 0:
        return known.reach >= 0
    is_nearer = known.end <= trigger.start and trigger.end <= cue.start
    return trigger.reach > known.reach or (trigger.reach == known.reach and is_nearer)


def judge(case: Case) -> Verdict:
    """Return how a cue is meant."""
    cue, effects = case.cue, case.effects
    for decide in (_silenced, _unknown, _conditional, _denied, _past, _guessed):
        verdict = decide(case)
        if verdict is not None:
            return verdict
    polarity = _polarity(cue, effects)
    if cue.is_weak:
        return Verdict(kind=None, why="weak")
    if cue.kind:
        return Verdict(kind=Kind(cue.kind), polarity=polarity)
    if "preliminary" in effects:
        return Verdict(
            kind=Kind.ASSESSMENT, polarity=polarity, rules=(effects["preliminary"].rule,)
        )
    rules = (effects["negated"].rule,) if "negated" in effects else ()
    return Verdict(kind=Kind.REPORT, polarity=polarity, rules=rules)


def _polarity(cue: CueHit, effects: dict[str, TriggerHit]) -> Polarity:
    if cue.polarity:
        return Polarity(cue.polarity)
    return Polarity.NEGATED if "negated" in effects else Polarity.AFFIRMED


def _silenced(case: Case) -> Verdict | None:
    cue, effects = case.cue, case.effects
    is_plain = not (cue.polarity or cue.kind)
    is_open = any(effect.startswith("unknown.") for effect in effects)
    if cue.topic == "alert.end" and is_plain and (is_open or not _NO_CLEAR.isdisjoint(effects)):
        # An all-clear that is not plainly stated is none (hard gate: false all-clear 0).
        return Verdict(kind=None, why="suppressed:all_clear_not_stated")
    if is_open and is_plain and _is_relief_without_subject(cue):
        # "Whether the light is back is not known": no supply, no open help point.
        return Verdict(kind=None, why="suppressed:relief_not_stated")
    for effect in ("foreign_subject", "opinion"):
        if effect in effects:
            return Verdict(kind=None, why=f"suppressed:{effects[effect].rule}")
    hit = effects.get("negated")
    if hit is not None and cue.topic.startswith("harm.") and hit.rule.endswith(_BARE_NOT):
        # "Until he died", "did not injure himself": neither a casualty nor a zero.
        return Verdict(kind=None, why=f"suppressed:{hit.rule}")
    if "question" in effects:
        if "possible" in effects and not cue.topic.startswith(_NO_ACT) and not cue.is_weak:
            return Verdict(kind=Kind.SPECULATION, rules=(effects["question"].rule,))
        return Verdict(kind=None, why="question")
    return None


def _is_relief_without_subject(cue: CueHit) -> bool:
    if cue.topic.startswith("help."):
        return True
    return cue.topic.endswith(".restored") and not (cue.subject or topics()[cue.topic].subject)


def _conditional(case: Case) -> Verdict | None:
    cue, effects = case.cue, case.effects
    if "condition" in effects and not cue.topic.startswith(("advice.", "help.")):
        if effects["condition"].rule.endswith(_PURPOSE) and cue.kind in _TO_COME:
            return None  # "after repairs the trams will be back" is expected, not wished
        return Verdict(kind=None, why=f"suppressed:{effects['condition'].rule}")
    return None


def _unknown(case: Case) -> Verdict | None:
    cue, effects = case.cue, case.effects
    effect = next((name for name in sorted(effects) if name.startswith("unknown.")), None)
    if cue.kind == Kind.UNKNOWN:
        subject = cue.subject or topics()[cue.topic].subject
        status = effect.partition(".")[2] if effect and subject == _PEOPLE else _CLARIFIED
        return Verdict(kind=Kind.UNKNOWN, unknown=UnknownThing(subject=subject, status=status))
    if effect is None or not cue.topic.startswith(_CAN_BE_UNKNOWN):
        return None
    is_fact = cue.topic.startswith("event.") or cue.topic.endswith(".outage")
    if is_fact and case.has_softer and not cue.is_weak:
        return None
    subject = cue.subject or topics()[cue.topic].subject
    if not subject:
        return None
    return Verdict(
        kind=Kind.UNKNOWN,
        unknown=UnknownThing(subject=subject, status=effect.partition(".")[2]),
        rules=(effects[effect].rule,),
    )


def _denied(case: Case) -> Verdict | None:
    cue, effects = case.cue, case.effects
    if cue.polarity == Polarity.DENIED:
        return Verdict(kind=Kind.REPORT, polarity=Polarity.DENIED)
    if "denied" not in effects or cue.topic.startswith(("advice.", "help.")):
        return None
    return Verdict(kind=Kind.REPORT, polarity=Polarity.DENIED, rules=(effects["denied"].rule,))


def _past(case: Case) -> Verdict | None:
    cue, effects = case.cue, case.effects
    for effect in ("memorial", "history", "cumulative", "digest"):
        if effect not in effects:
            continue
        if cue.topic.startswith(("advice.", "help.")):
            continue  # what to do holds in whatever text it stands
        if effect != "memorial" and cue.kind in _TO_COME:
            continue
        if effects[effect].rule in _LONG and _holds_still(cue, effects):
            continue
        if effect == "digest" and cue.topic.startswith(_NO_ACT):
            # "Main events of the day": an alert in it is no alert now; "over the day" is
            # also said by a channel that tells of the danger at this moment.
            if effects[effect].rule.endswith(_DIGEST) and cue.topic.startswith(_DANGER):
                return Verdict(kind=Kind.BACKGROUND, rules=(effects[effect].rule,))
            continue
        if cue.topic.startswith(_NO_ACT) or cue.is_weak:
            return Verdict(kind=None, why=f"suppressed:{effects[effect].rule}")
        return Verdict(
            kind=Kind.BACKGROUND, polarity=_polarity(cue, effects), rules=(effects[effect].rule,)
        )
    return None


def _holds_still(cue: CueHit, effects: dict[str, TriggerHit]) -> bool:
    """Whether it is said that there was none: "no strikes this week" holds now as well."""
    return cue.topic.startswith("event.") and _polarity(cue, effects) is Polarity.NEGATED


def _guessed(case: Case) -> Verdict | None:
    """Forecasts, guesses and inferences; a fixed kind of the cue itself stands."""
    cue, effects = case.cue, case.effects
    if cue.is_weak:
        return None
    if "speculation" in effects and not cue.topic.startswith(_NO_ACT):
        return Verdict(
            kind=Kind.SPECULATION,
            polarity=_polarity(cue, effects),
            rules=(effects["speculation"].rule,),
        )
    if cue.kind:
        return None
    for effect, decide in (
        ("forecast", _of_forecast),
        ("possible", _of_possible),
        ("likely", _of_likely),
    ):
        if effect in effects:
            kind = decide(case)
            if kind is not None:
                return Verdict(
                    kind=kind, polarity=_polarity(cue, effects), rules=(effects[effect].rule,)
                )
    return None


def _of_forecast(case: Case) -> Kind | None:
    topic = case.cue.topic
    if topic.startswith(_OWN_ACT) and not topic.endswith(".restored"):
        return Kind.PLAN
    return None if topic.startswith(_NO_ACT) else Kind.FORECAST


def _of_possible(case: Case) -> Kind | None:
    topic = case.cue.topic
    if topic.startswith(_NO_ACT):
        return None
    if topic.startswith(("cause.", "impact.damage", "harm.")):
        return Kind.ASSESSMENT
    if case.by_author and topic.startswith(_MODAL_AUTHOR) and not topic.endswith(_LATER):
        return Kind.SPECULATION
    return Kind.FORECAST


def _of_likely(case: Case) -> Kind | None:
    topic = case.cue.topic
    if topic.startswith(_NO_ACT):
        return None
    if topic == "harm.missing" or topic.startswith("cause."):
        return Kind.ASSESSMENT
    if topic.endswith(".restored") or topic.startswith("power."):
        return Kind.FORECAST
    return Kind.SPECULATION if case.by_author else Kind.ASSESSMENT
