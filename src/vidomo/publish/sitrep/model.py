"""What a situation report is before it is written as a page, a text or a PDF."""

from datetime import datetime

import msgspec


class Sentence(msgspec.Struct, frozen=True, kw_only=True):
    """One sentence, with the claims behind it or the key of the fixed sentence that it is.

    Attributes:
        text: The sentence, plain; writers escape it.
        claims: Ids of the claims behind it; empty only for a fixed sentence.
        fixed: Key in ``[fixed]`` of the words of reports; such a sentence states nothing that
            anybody said, but that nobody did, what a table holds, or when a source was asked.
    """

    text: str
    claims: tuple[str, ...] = ()
    fixed: str = ""


class Line(msgspec.Struct, frozen=True, kw_only=True):
    """What is told of one thing, under its name; the name may be empty."""

    label: str = ""
    sentences: tuple[Sentence, ...] = ()


class Lines(msgspec.Struct, frozen=True, kw_only=True, tag="lines"):
    """Lines under a title; the title may be empty."""

    title: str = ""
    lines: tuple[Line, ...] = ()


class Picture(msgspec.Struct, frozen=True, kw_only=True, tag="picture"):
    """A drawing, with the same in words.

    Attributes:
        svg: The drawing; needs no style, no script and no further request.
        alt: What it shows, in one or two sentences.
        key: Colours of its key with their meaning, in order.
        notes: Fixed sentences under it.
    """

    name: str
    svg: str
    alt: str
    width: int
    height: int
    key: tuple[tuple[str, str], ...] = ()
    notes: tuple[Sentence, ...] = ()


Block = Lines | Picture


class Section(msgspec.Struct, frozen=True, kw_only=True):
    """One part of a report under its heading."""

    id: str
    title: str
    blocks: tuple[Block, ...] = ()


class Note(msgspec.Struct, frozen=True, kw_only=True):
    """A footnote: who said it, when, where, and the exact words or why they are not there.

    Attributes:
        number: From 1 in the order in which the report names them.
        said: Who said it and when, in words.
        source: Through which source, in words.
        url: Address of the post; only http and https.
        quote: The exact words; empty where they are withheld, then ``withheld`` says so.
        lang: Language of the words.
        claims: Ids of the claims that are read in these words.
    """

    number: int
    said: str
    source: str = ""
    url: str = ""
    quote: str = ""
    lang: str = ""
    withheld: str = ""
    standing: str = ""
    claims: tuple[str, ...] = ()


class Report(msgspec.Struct, frozen=True, kw_only=True):
    """One report of one place over one period; every form of it is written from this alone.

    Attributes:
        is_internal: For the desk; each page of it says so.
        banners: What has to stand on every page: internal, exercise.
        run_by: Who runs this, and that it is unofficial where no authority is on record.
        heads: Name and value of the lines under the title: place, period, as of.
        known_at: As of when it was known; also the date of the PDF.
    """

    lang: str
    title: str
    subtitle: str
    place: str
    start: datetime
    end: datetime
    known_at: datetime
    is_internal: bool
    banners: tuple[str, ...] = ()
    run_by: str = ""
    heads: tuple[tuple[str, str], ...] = ()
    opening: tuple[Sentence, ...] = ()
    sections: tuple[Section, ...] = ()
    notes: tuple[Note, ...] = ()

    def numbers(self) -> dict[str, int]:
        """Return the number of the footnote of each claim."""
        return {claim: note.number for note in self.notes for claim in note.claims}

    def sentences(self) -> tuple[Sentence, ...]:
        """Return every sentence of the report in order, those under pictures too."""
        found = list(self.opening)
        for section in self.sections:
            for block in section.blocks:
                if isinstance(block, Picture):
                    found += block.notes
                else:
                    found += [sentence for line in block.lines for sentence in line.sentences]
        return tuple(found)
