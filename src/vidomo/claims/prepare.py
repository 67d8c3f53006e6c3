"""Makes a text ready for reading."""

from vidomo.claims.document import Document
from vidomo.claims.language import UNDECIDED, language_of
from vidomo.claims.normalise import lower_evenly, normalise
from vidomo.claims.segments import clauses_of, sentences_of, tokens_of
from vidomo.claims.tables import LANGUAGES


def prepare(text: str, *, lang: str | None = None) -> Document:
    """Return the text normalised and cut into tokens, sentences and clauses.

    Takes any text, empty and broken ones included; time grows with its length only.

    Args:
        text: The text as received.
        lang: Language as stated by the source (``uk``, ``ru-UA``); guessed from the text when
            none is stated, ``und`` when it is stated and not one of ours.
    """
    spelled, offsets = normalise(text)
    stated = (lang or "").partition("-")[0].lower()
    tokens = tokens_of(spelled)
    sentences = sentences_of(spelled, tokens)
    return Document(
        original=text,
        text=spelled,
        lower=lower_evenly(spelled),
        offsets=offsets,
        lang=_language(stated, spelled),
        tokens=tokens,
        sentences=sentences,
        clauses=clauses_of(tokens, sentences),
    )


def _language(stated: str, spelled: str) -> str:
    if not stated:
        return language_of(spelled)
    return stated if stated in LANGUAGES else UNDECIDED
