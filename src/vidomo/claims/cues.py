"""Finds the words that say what a clause is about."""

import msgspec

from vidomo.claims.document import Document
from vidomo.claims.hits import CueHit
from vidomo.claims.instruments import without_instruments
from vidomo.claims.lexicon import Entry, lexicon

BLOCKED = "none"
_SUPPLY = (".outage", ".restored")
_CLEAR = "alert.end"
_ALARM = "alert.start"
_DANGER = "threat."
_CUTS, _CUTS_OVER = "power.emergency_shutdown", "power.emergency_end"
_FLYING = frozenset({"threat.uav", "threat.missile"})
# Entries that tell of what was shot down on its way.
_SHOT_ON_WAY = (".flown_down", ".downed_on_way")
_FIRE = "impact.fire"
# For a language the other one that shares most of its words.
_OTHER = {"ru": "uk.", "uk": "ru."}
_FEW_LETTERS = 3
_COORDINATED = ("impact.", "service.")


class MeansHit(msgspec.Struct, frozen=True, kw_only=True):
    """Words that name a weapon.

    Attributes:
        start: Offset of the words in the normalised text.
        end: End offset, exclusive.
        rule: Id of the table entry.
        means: The weapons; more than one when the words leave it open.
        unit: Unit of a count of them.
        tokens: The tokens that the words are.
    """

    start: int
    end: int
    rule: str
    means: tuple[str, ...]
    unit: str = ""
    tokens: tuple[int, ...] = ()


def find_cues(doc: Document, *, table: str = "cues") -> tuple[CueHit, ...]:
    """Return the cues of a text in order; where two share a word, the longer one stands.

    An entry whose topic is ``none`` is found like any other and then left out:
    it takes its words away from shorter entries.
    """
    found: list[CueHit] = []
    words = lexicon(table)
    for clause in doc.clauses:
        if matches := words.matches(doc, clause):
            hits = [
                _cue(doc, entry, taken)
                for entry, taken in matches
                if taken and not _is_false_friend(doc, entry, taken)
            ]
            found.extend(without_instruments(doc, _longest(hits, doc.lang)))
    return tuple(sorted(found, key=lambda hit: (hit.start, hit.end, hit.rule)))


def _is_false_friend(doc: Document, entry: Entry, taken: tuple[int, ...]) -> bool:
    """Whether words of a danger are Ukrainian in a Russian text, or the other way round.

    The two share the names of weapons and "on": "drones on the north-west" are a danger in one
    and a place in the other. Of a few letters, nothing is certain in the other language, and
    an entry of its ``own_language`` shares words that mean something else there ("supplied" in
    one, "asked" in the other).
    """
    spoken = _OTHER.get(doc.lang)
    if spoken is None or not entry.id.startswith(spoken):
        return False
    if str(entry.fields["topic"]).startswith(_DANGER) or entry.fields.get("own_language"):
        return True
    return len(taken) == 1 and len(doc.tokens[taken[0]].key) <= _FEW_LETTERS


def _cue(doc: Document, entry: Entry, taken: tuple[int, ...]) -> CueHit:
    template = _TEMPLATES.get(entry.id)
    if template is None:
        template = _TEMPLATES[entry.id] = _template(entry)
    start, end = doc.tokens[taken[0]].start, doc.tokens[taken[-1]].end
    return msgspec.structs.replace(template, start=start, end=end, tokens=taken)


# For each entry of the tables the cue that it gives, still without a place in a text.
_TEMPLATES: dict[str, CueHit] = {}


def _template(entry: Entry) -> CueHit:
    fields = entry.fields
    return CueHit(
        start=0,
        end=0,
        rule=entry.id,
        topic=fields["topic"],
        means=tuple(fields.get("means", ())),
        unit=fields.get("unit", ""),
        kind=fields.get("kind", ""),
        polarity=fields.get("polarity", ""),
        extent=fields.get("extent", ""),
        is_weak=bool(fields.get("weak", False)),
        subject=fields.get("subject", ""),
        services=tuple(fields.get("services", ())),
        regime=fields.get("regime", ""),
        needs=fields.get("needs", ""),
        same=fields.get("same", ""),
    )


def _longest(hits: list[CueHit], lang: str) -> list[CueHit]:
    """Keep the longest of the cues that share a token; equal ones of different topics all stay."""
    if not _overlap(hits):
        return [hit for hit in hits if hit.topic != BLOCKED]
    ranked = sorted(
        hits,
        key=lambda hit: (
            -len(hit.tokens),
            bool(hit.same),
            -hit.topic.count("."),
            _width(hit),
            hit.start,
            not hit.rule.startswith(lang),
            hit.rule,
        ),
    )
    owners: dict[int, int] = {}
    blocked: dict[int, int] = {}
    kept: list[CueHit] = []
    seen: set[tuple[str, tuple[int, ...]]] = set()
    talks = [set(hit.tokens) for hit in hits if _is_no_clear(hit)]
    for hit in ranked:
        is_plain = not (hit.polarity or hit.kind)
        if hit.topic == _CLEAR and is_plain and _is_talk(hit, talks):
            continue  # an all-clear that is talked about is none
        if any(blocked.get(token, 0) > len(hit.tokens) for token in hit.tokens):
            continue  # "attack drones are heading": the drones are told in full, an attack is not
        rivals = {owners[token] for token in hit.tokens if token in owners}
        if rivals and max(rivals) > len(hit.tokens) and not _shares_verb(hit, kept):
            if hit.topic == BLOCKED:
                blocked.update(dict.fromkeys(hit.tokens, len(hit.tokens)))
            continue
        if (hit.topic, hit.tokens) in seen or (rivals and _is_told_in_full(hit, kept)):
            continue
        if rivals and any(
            (other.topic == BLOCKED or other.topic.startswith(hit.topic))
            and set(other.tokens) & set(hit.tokens)
            and not _begins_before(hit, other)
            for other in kept
        ):
            continue
        seen.add((hit.topic, hit.tokens))
        kept.append(hit)
        for token in hit.tokens:
            owners[token] = max(owners.get(token, 0), len(hit.tokens))
    return [
        hit
        for hit in kept
        if hit.topic != BLOCKED and not (_is_told_ended(hit, kept) or _is_downed(hit, hits))
    ]


def _is_downed(hit: CueHit, hits: list[CueHit]) -> bool:
    """Whether what flies is what was shot down: "three drones flying to the city were downed"."""
    return hit.topic in _FLYING and any(
        other.rule.endswith(_SHOT_ON_WAY)
        and not other.polarity
        and set(other.tokens) & set(hit.tokens)
        for other in hits
    )


def _begins_before(hit: CueHit, other: CueHit) -> bool:
    """Whether words of its own open what the other only ends: "a fire broke out, it was put out"."""
    return hit.topic == _FIRE != other.topic != BLOCKED and (
        hit.tokens[0] < other.tokens[0] == hit.tokens[-1]
    )


def _is_told_ended(hit: CueHit, kept: list[CueHit]) -> bool:
    """Whether the alarm that a cue names is the one that is over: "the air alert is lifted".

    So with emergency cuts: "the emergency power cuts are lifted".
    """
    if hit.kind or hit.polarity or hit.topic not in {_ALARM, _CUTS}:
        return False
    over = _CLEAR if hit.topic == _ALARM else _CUTS_OVER
    ends = [one for one in kept if one.topic == over and not (one.polarity or one.kind)]
    if over == _CUTS_OVER:
        own = set(hit.tokens)
        return any(own.intersection(one.tokens) and not own.issuperset(one.tokens) for one in ends)
    return any(
        len(one.tokens) >= len(hit.tokens)
        and len(set(one.tokens).intersection(hit.tokens)) == 1  # the noun; not its verb too
        for one in ends
    )


def _overlap(hits: list[CueHit]) -> bool:
    """Whether two cues share a token: where none do, all of them stand."""
    taken: set[int] = set()
    for hit in hits:
        if not taken.isdisjoint(hit.tokens):
            return True
        taken.update(hit.tokens)
    return False


def _is_talk(hit: CueHit, talks: list[set[int]]) -> bool:
    """Whether some of its words, and others, say that an all-clear is only talked about.

    Words that all are among its own say no more than it does: "the signal of the all-clear for
    the alarm has sounded" has "the signal of the alarm" in it.
    """
    own = set(hit.tokens)
    return any(own & talk and not talk < own for talk in talks)


def _is_no_clear(hit: CueHit) -> bool:
    """Whether words talk about an all-clear, or end one danger only ("no more ballistics")."""
    if hit.topic == _CLEAR:
        return bool(hit.polarity or hit.kind)
    return hit.topic == BLOCKED or (hit.topic.startswith(_DANGER) and hit.polarity == "negated")


def _is_told_in_full(hit: CueHit, kept: list[CueHit]) -> bool:
    """Whether words that leave out what is supplied share a word with some that name it."""
    return bool(hit.same) and any(
        other.topic.endswith(_SUPPLY) and set(other.tokens) & set(hit.tokens) for other in kept
    )


def _shares_verb(hit: CueHit, kept: list[CueHit]) -> bool:
    """Whether a cue only shares its predicate with others: "water and gas supply are cut"."""
    if hit.topic.startswith(_DANGER):
        return False
    if hit.polarity == "negated" and all(
        other.polarity == "negated" and other.topic != hit.topic
        for other in kept
        if set(other.tokens) & set(hit.tokens)
    ):
        return True  # "no dead, no injured, no damage"
    if hit.topic.endswith(_SUPPLY) and all(
        other.topic.endswith(_SUPPLY) and _supply(other) != _supply(hit)
        for other in kept
        if set(other.tokens) & set(hit.tokens)
    ):
        return True  # "without light and water" says both
    shared = [(other, set(other.tokens) & set(hit.tokens)) for other in kept]
    return all(
        len(common) * 2 <= len(hit.tokens)
        and other.topic.startswith(_COORDINATED)
        and hit.topic.startswith(_COORDINATED)
        for other, common in shared
        if common
    )


def _supply(hit: CueHit) -> str:
    return hit.topic.rpartition(".")[0]


def _width(hit: CueHit) -> int:
    return hit.end - hit.start


def find_means(doc: Document) -> tuple[MeansHit, ...]:
    """Return the weapons that a text names, in order; the longer of two that share a word."""
    words = lexicon("means")
    found: list[MeansHit] = []
    for clause in doc.clauses:
        matches = words.matches(doc, clause)
        if not matches:
            continue
        ranked = sorted(
            matches,
            key=lambda pair: (-len(pair[1]), pair[1], not pair[0].id.startswith(doc.lang)),
        )
        taken: set[int] = set()
        for entry, tokens in ranked:
            if taken.isdisjoint(tokens):
                taken.update(tokens)
                found.append(
                    MeansHit(
                        start=doc.tokens[tokens[0]].start,
                        end=doc.tokens[tokens[-1]].end,
                        rule=entry.id,
                        means=tuple(entry.fields["means"]),
                        unit=entry.fields.get("unit", ""),
                        tokens=tokens,
                    )
                )
    return tuple(sorted(found, key=lambda hit: (hit.start, hit.rule)))
