"""Write what the reader finds in a batch in the form of labels.

Run: python -m bench.reading.predict BATCHES OUT_FILE [--texts FOLDER]
Batches are joined by commas: r1,r2.
"""

import sys
from pathlib import Path

import msgspec
from bench.reading.addressed import take_texts
from bench.reading.corpus import batch_ids, read_posts, read_sample, require, write_lines
from bench.reading.labels import LabelClaim, Labelled, LabelNumber, LabelPlace, LabelUnknown

from vidomo.app.reader import read
from vidomo.claims.model import Claim
from vidomo.core.time import parse_posted_at


def as_label(claim: Claim) -> LabelClaim:
    """Return a claim of the reader as a label; words and names stay behind."""
    number = None
    if claim.number is not None:
        number = LabelNumber(
            min=claim.number.min,
            max=claim.number.max,
            mode=claim.number.mode,
            unit=claim.number.unit,
        )
    unknown = None
    if claim.unknown is not None:
        unknown = LabelUnknown(subject=claim.unknown.subject, status=claim.unknown.status)
    return LabelClaim(
        topic=claim.topic,
        kind=claim.kind.value,
        polarity=claim.polarity.value,
        start=claim.start,
        end=claim.end,
        places=tuple(
            LabelPlace(
                code=place.code,
                role=place.role.value,
                start=place.start,
                end=place.end,
                candidates=() if place.code else place.candidates,
            )
            for place in claim.places
        ),
        number=number,
        unknown=unknown,
        speaker_kind=claim.speaker.kind.value,
    )


def main(arguments: list[str]) -> int:
    """Write one line a post of the batches; return how the command ends."""
    batches, target = take_texts(arguments)
    posts, sample = read_posts(), read_sample()
    rows: list[msgspec.Struct] = []
    for batch in batches.split(","):
        for post in require(posts, batch_ids(batch, sample)):
            posted = parse_posted_at(post.posted_at) if post.posted_at else None
            claims = read(post.text, lang=post.lang, home=post.home, posted_at=posted)
            rows.append(
                Labelled(id=post.id, labeller="reader", claims=tuple(as_label(c) for c in claims))
            )
    write_lines(Path(target), rows)
    print(f"{len(rows)} posts written to {target}")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
