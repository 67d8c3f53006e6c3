"""Turn a labeller's working file, which quotes, into labels, which only count characters.

Run: python -m bench.reading.draft WORKING_FILE LABEL_FILE LABELLER [--texts FOLDER]

A working file is JSON lines; ``kind`` is report and ``polarity`` affirmed when left out:
{"id": "…", "claims": [{"topic": "harm.killed", "quote": "two people were killed", "nth": 1,
"places": [{"code": "UA…", "quote": "Izium"}], "number": "2 persons"}]}
"""

import re
import sys
from pathlib import Path

import msgspec
from bench.reading.addressed import take_texts
from bench.reading.corpus import read_posts, write_lines
from bench.reading.labels import LabelClaim, Labelled, LabelNumber, LabelPlace, LabelUnknown

from vidomo.core.errors import InputError, VidomoError

_NUMBER = re.compile(r"(none|several|~|>=|<=)?\s*(?:([\d.]+)(?:-([\d.]+))?)?\s*([a-z_]+)")
_MODES = {"~": "about", ">=": "at_least", "<=": "at_most", "several": "several"}


class DraftPlace(msgspec.Struct, kw_only=True, forbid_unknown_fields=True):
    """A place with its words; without a quote it is taken from context."""

    code: str | None = None
    quote: str | None = None
    nth: int | None = None
    role: str = "affected"
    candidates: tuple[str, ...] = ()


class DraftClaim(msgspec.Struct, kw_only=True, forbid_unknown_fields=True):
    """A statement with its words.

    ``number`` is written "2 persons", "~10 explosions", ">=12 persons", "<=5 uavs",
    "5-8 explosions", "several persons" or "none persons"; ``unknown`` "casualties/withheld".
    """

    topic: str
    quote: str
    nth: int | None = None
    kind: str | None = None
    polarity: str = "affirmed"
    places: tuple[DraftPlace, ...] = ()
    number: str | None = None
    unknown: str | None = None
    speaker_kind: str | None = None


class Draft(msgspec.Struct, kw_only=True, forbid_unknown_fields=True):
    """One line of a working file."""

    id: str
    claims: tuple[DraftClaim, ...] = ()


def find_span(
    text: str, quote: str, *, nth: int | None = None, within: tuple[int, int] | None = None
) -> tuple[int, int]:
    """Return where a quotation stands, in code points.

    Args:
        text: The post.
        quote: Words exactly as in the post; a blank also stands for a no-break blank or a line's end.
        nth: Which occurrence, counted from 1.
        within: A stretch that decides when only one occurrence lies in it and nth is not given.

    Raises:
        InputError: The words are not there, or there more than once and nothing decides.
    """
    pattern = r"\s".join(re.escape(word) for word in quote.split(" "))
    starts = [m.start() for m in re.finditer(f"(?={pattern})", text)] if quote else []
    if nth is not None:
        starts = starts[nth - 1 : nth] if nth > 0 else []
    elif within is not None and len(starts) > 1:
        starts = [s for s in starts if within[0] <= s and s + len(quote) <= within[1]] or starts
    if not starts:
        raise InputError(f"{quote!r} is not in the post", hint="copy the words exactly")
    if len(starts) > 1:
        raise InputError(f"{quote!r} is there {len(starts)} times", hint='say which: "nth": 1')
    return starts[0], starts[0] + len(quote)


def parse_number(text: str) -> LabelNumber:
    """Return the number that a labeller's short form stands for.

    Raises:
        InputError: The form is none of those in ``DraftClaim``.
    """
    match = _NUMBER.fullmatch(text.strip())
    if match is None:
        raise InputError(f"{text!r} is not a number", hint='write "2 persons", ">=12 persons"')
    sign, low, high, unit = match.groups()
    if sign == "none":
        return LabelNumber(min=0.0, max=0.0, mode="none", unit=unit)
    if sign is None and low is None:
        raise InputError(f"{text!r} has no figure", hint='write "several persons"')
    first = None if low is None else float(low)
    last = first if high is None else float(high)
    mode = _MODES.get(sign or "", "range" if high else "exact")
    return LabelNumber(
        min=None if mode == "at_most" else first,
        max=None if mode == "at_least" else last,
        mode=mode,
        unit=unit,
    )


def label(draft: Draft, text: str, *, labeller: str) -> Labelled:
    """Return the labels of one post with offsets in place of quotations.

    Raises:
        InputError: A quotation or a number cannot be taken; the message names post and claim.
    """
    claims = []
    for number, claim in enumerate(draft.claims, start=1):
        try:
            claims.append(_claim(claim, text))
        except InputError as error:
            where = f"{draft.id}, claim {number}: {error.message}"
            raise InputError(where, hint=error.hint) from error
    claims.sort(key=lambda claim: (claim.start, claim.end, claim.topic))
    return Labelled(id=draft.id, labeller=labeller, claims=tuple(claims))


def _claim(draft: DraftClaim, text: str) -> LabelClaim:
    span = find_span(text, draft.quote, nth=draft.nth)
    unknown = None
    if draft.unknown is not None:
        subject, _, status = draft.unknown.partition("/")
        unknown = LabelUnknown(subject=subject, status=status)
    return LabelClaim(
        topic=draft.topic,
        kind=draft.kind or ("unknown" if unknown else "report"),
        polarity=draft.polarity,
        start=span[0],
        end=span[1],
        places=tuple(_place(place, text, span) for place in draft.places),
        number=None if draft.number is None else parse_number(draft.number),
        unknown=unknown,
        speaker_kind=draft.speaker_kind,
    )


def _place(draft: DraftPlace, text: str, claim: tuple[int, int]) -> LabelPlace:
    start, end = -1, -1
    if draft.quote is not None:
        start, end = find_span(text, draft.quote, nth=draft.nth, within=claim)
    return LabelPlace(
        code=draft.code, role=draft.role, start=start, end=end, candidates=draft.candidates
    )


def main(arguments: list[str]) -> int:
    """Write the label file, or print every line that cannot be taken; return how it ends."""
    working, target, labeller = take_texts(arguments)
    posts = read_posts()
    rows: list[msgspec.Struct] = []
    failed = 0
    for number, line in enumerate(Path(working).read_bytes().splitlines(), start=1):
        try:
            draft = msgspec.json.decode(line, type=Draft)
            if draft.id not in posts:
                raise InputError(f"there is no post {draft.id!r}", hint="copy the id")
            rows.append(label(draft, posts[draft.id].text, labeller=labeller))
        except (msgspec.DecodeError, VidomoError) as error:
            failed += 1
            print(f"line {number}: {error}")
    if failed:
        print(f"{failed} lines failed; nothing written")
        return 5
    write_lines(Path(target), rows)
    print(f"{len(rows)} posts written to {target}")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
