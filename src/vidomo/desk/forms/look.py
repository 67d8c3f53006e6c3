"""Checks a filled text as residents will read it, before anybody copies it."""

from datetime import datetime

from vidomo.desk.check import check_draft
from vidomo.desk.check.draft import LONGEST
from vidomo.desk.check.model import Checked
from vidomo.desk.forms.model import Filled
from vidomo.gazetteer import Gazetteer


def look(
    filled: Filled,
    *,
    atlas: Gazetteer,
    lang: str = "uk",
    text: str | None = None,
    now: datetime | None = None,
) -> Checked:
    """Return what the check of drafts says of a filled text.

    Args:
        filled: The text.
        atlas: Places.
        lang: Language of the answer, uk or en.
        text: The same text after an officer's edits.
        now: When it is written; the instant that it tells of by default.
    """
    words = filled.text if text is None else text
    return check_draft(
        words[:LONGEST], home=filled.place, lang=lang, now=now or filled.as_of, gazetteer=atlas
    )


def faults_of(checked: Checked) -> tuple[str, ...]:
    """Return what keeps a text from going out: what is forbidden, and what is missing.

    Words that can be read in two ways are shown to the officer and keep nothing back: the place
    that is written from has decided them already.
    """
    return (
        *(f"{' '.join(one.words.split())}: {one.why}" for one in checked.forbidden),
        *(one.text for one in checked.missing),
    )
