"""Check a batch of labels and print every problem found.

Run: python -m bench.reading.check BATCH [LABEL_FILE] [--texts FOLDER]
Example: python -m bench.reading.check r1
"""

import sys
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

from bench.reading.addressed import read_addresses, take_texts
from bench.reading.corpus import LABELS, batch_ids, read_posts, read_sample
from bench.reading.labels import LabelClaim, Labelled, LabelNumber, LabelPlace, read_labels
from bench.reading.vocabulary import vocabulary

from vidomo.core.problems import Problem
from vidomo.gazetteer import Gazetteer

_WIDE = {"UA", "RU"}


def check_rows(
    rows: list[Labelled], *, ids: list[str], texts: dict[str, str], gazetteer: Gazetteer
) -> list[Problem]:
    """Return every problem of a batch: ids missing or twice, and all that a claim has wrong."""
    counts = Counter(row.id for row in rows)
    problems = [
        Problem(code="not_once", found=f"{counts[key]} lines", where=key)
        for key in ids
        if counts[key] != 1
    ]
    problems += [
        Problem(code="not_of_batch", found=key, where=key) for key in counts if key not in set(ids)
    ]
    for row in rows:
        if row.labeller not in {"A", "B"}:
            problems.append(Problem(code="labeller", found=row.labeller, where=row.id))
        seen: Counter[LabelClaim] = Counter(row.claims)
        for number, claim in enumerate(row.claims, start=1):
            where = f"{row.id}, claim {number}"
            if seen[claim] > 1:
                problems.append(Problem(code="twice", found=claim.topic, where=where))
            length = len(texts.get(row.id, ""))
            problems += [
                Problem(code=code, found=found, where=where)
                for code, found in _claim_problems(claim, length, gazetteer)
            ]
    return problems


def _claim_problems(
    claim: LabelClaim, length: int, gazetteer: Gazetteer
) -> Iterator[tuple[str, str]]:
    words = vocabulary()
    checks = [
        ("topic", claim.topic, words.topics),
        ("kind", claim.kind, words.kinds),
        ("polarity", claim.polarity, words.polarities),
    ]
    if claim.speaker_kind is not None:
        checks.append(("speaker_kind", claim.speaker_kind, words.speakers))
    if claim.unknown is not None:
        checks.append(("subject", claim.unknown.subject, words.subjects))
        checks.append(("status", claim.unknown.status, words.statuses))
    for name, value, allowed in checks:
        if value not in allowed:
            yield name, value
    if not 0 <= claim.start < claim.end <= length:
        yield "offsets", f"{claim.start}:{claim.end} of {length}"
    if (claim.kind == "unknown") != (claim.unknown is not None):
        yield "unknown", f"kind {claim.kind} with unknown {claim.unknown}"
    if claim.number is not None:
        yield from _number_problems(claim.number, claim)
    for place in claim.places:
        yield from _place_problems(place, length, gazetteer)


def _number_problems(number: LabelNumber, claim: LabelClaim) -> Iterator[tuple[str, str]]:
    words = vocabulary()
    if number.mode not in words.modes:
        yield "mode", number.mode
    if number.unit not in words.units:
        yield "unit", number.unit
    if number.min is not None and number.max is not None and number.min > number.max:
        yield "number", f"min {number.min} above max {number.max}"
    if claim.kind == "unknown":
        yield "number", "a number on a statement of kind unknown"
    if (number.mode == "none") != (number.min == 0 and number.max == 0):
        yield "number", f"mode {number.mode} with {number.min}..{number.max}"
    if number.mode == "none" and claim.polarity != "negated":
        yield "number", f"mode none with polarity {claim.polarity}"


def _place_problems(
    place: LabelPlace, length: int, gazetteer: Gazetteer
) -> Iterator[tuple[str, str]]:
    if place.role not in vocabulary().roles:
        yield "role", place.role
    if place.code is not None and place.candidates:
        yield "candidates", f"{place.code} is decided and has candidates"
    for code in (place.code, *place.candidates):
        if code is not None and code not in _WIDE and gazetteer.get(code) is None:
            yield "code", code
    if (place.start, place.end) != (-1, -1) and not 0 <= place.start < place.end <= length:
        yield "place_offsets", f"{place.start}:{place.end} of {length}"


def main(arguments: list[str]) -> int:
    """Print the problems of a batch; return how the command ends."""
    arguments = take_texts(arguments)
    batch = arguments[0]
    path = Path(arguments[1]) if len(arguments) > 1 else LABELS / f"{batch}.jsonl"
    # A text that is only named by address is checked by its length.
    texts = {key: " " * row.length for key, row in read_addresses().items()}
    texts |= {key: post.text for key, post in read_posts().items()}
    problems = check_rows(
        read_labels(path),
        ids=batch_ids(batch, read_sample()),
        texts=texts,
        gazetteer=Gazetteer.open(),
    )
    for problem in problems:
        print(f"{problem.where}: {problem.code}: {problem.found}")
    print(f"{batch}: {len(problems)} problems")
    return 5 if problems else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
