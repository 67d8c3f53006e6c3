"""Makes a message out of an approved wording, out of what officials said, or by hand."""

import dataclasses
from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta

import msgspec

from vidomo.core.errors import InputError
from vidomo.core.ids import content_id
from vidomo.desk.alerts.area import areas_of
from vidomo.desk.alerts.authority import UNOFFICIAL_WEB
from vidomo.desk.alerts.life import Life, chain_of
from vidomo.desk.alerts.model import Draft, Kind, WordingRef
from vidomo.desk.alerts.press import LANGS, TAGS, Press, clock_time
from vidomo.desk.alerts.wordings import (
    CORRECTION,
    AlertWording,
    Text,
    mark_of,
)
from vidomo.desk.words import desk_words
from vidomo.disclosure.model import Said
from vidomo.publish.alerts.model import (
    Alert,
    Category,
    Certainty,
    Info,
    MsgType,
    NamedValue,
    Reference,
    ResponseType,
    Scope,
    Severity,
    Urgency,
)
from vidomo.publish.alerts.profile import EVENT_LIST, PROFILE, identifier_for

LONGEST_H = 48
"""Hours that a message may stand at most; what holds longer is said again (our own choice)."""
_MOST_QUOTES = 6


class Codes(msgspec.Struct, frozen=True, kw_only=True):
    """The codes of a message that are the same in every language, and how long it stands."""

    category: tuple[Category, ...]
    response: tuple[ResponseType, ...]
    urgency: Urgency
    severity: Severity
    certainty: Certainty
    event_code: str = ""
    hours: int = 3


class Behind(msgspec.Struct, frozen=True, kw_only=True):
    """What a message rests on.

    Attributes:
        said: Statements of officials from the public view, for words that quote.
        follows: The alert that it updates, corrects or cancels.
        lives: All alerts, for the chain of references.
    """

    said: tuple[Said, ...] = ()
    follows: Life | None = None
    lives: tuple[Life, ...] = ()


_NOTHING = Behind()


def codes_of(given: AlertWording) -> Codes:
    """Return the codes of a wording."""
    return Codes(
        category=tuple(map(Category, given.category)),
        response=tuple(map(ResponseType, given.response)),
        urgency=Urgency(given.urgency),
        severity=Severity(given.severity),
        certainty=Certainty(given.certainty),
        event_code=given.event_code,
        hours=given.hours,
    )


def from_wording(
    press: Press,
    name: str,
    places: Sequence[str],
    *,
    behind: Behind = _NOTHING,
) -> Draft:
    """Return a message in the words of one wording.

    Args:
        press: What every message is made with.
        name: Id of the wording.
        places: KATOTTG codes.
        behind: What it rests on.

    Raises:
        InputError: No such wording, place or value.
    """
    given = press.wording(name)
    if name == CORRECTION:
        raise InputError("a correction goes before another wording", hint="use correct()")
    if given.kind is Kind.CANCELLATION and behind.follows is None:
        raise InputError("nothing is named to cancel", hint="open the alert and cancel it there")
    texts = {lang: _filled(press, given, places, lang, behind) for lang in LANGS}
    return _draft(
        press,
        codes_of(given),
        texts,
        places,
        kind=given.kind,
        wordings=(given.ref,),
        behind=behind,
    )


def correct(
    press: Press, wrong: Life, name: str, places: Sequence[str], *, lives: Sequence[Life]
) -> Draft:
    """Return the correction of an issued alert: what was wrong, then another wording.

    Raises:
        InputError: No such wording, or one that cannot stand in a correction.
    """
    before, given = press.wording(CORRECTION), press.wording(name)
    behind = Behind(follows=wrong, lives=tuple(lives))
    if given.kind not in {Kind.SHELTER, Kind.ADVICE, Kind.BEING_VERIFIED}:
        raise InputError(
            f"{name} cannot stand in a correction", hint="shelter, advice, being_verified"
        )
    texts = {}
    for lang in LANGS:
        first = before.text(lang).filled(_values(press, places, lang, behind))
        then = _filled(press, given, places, lang, behind)
        texts[lang] = Text(
            event=then.event,
            headline=first.headline + then.headline,
            description=first.description + then.description,
            instruction=then.instruction,
        )
    return _draft(
        press,
        codes_of(given),
        texts,
        places,
        kind=Kind.CORRECTION,
        wordings=(before.ref, given.ref),
        behind=behind,
    )


def by_hand(
    press: Press,
    codes: Codes,
    texts: Mapping[str, Text],
    places: Sequence[str],
    *,
    behind: Behind = _NOTHING,
) -> Draft:
    """Return a message in words that a person typed; it always needs a second one."""
    ends_it = ResponseType.ALL_CLEAR in codes.response
    return _draft(
        press,
        codes,
        {lang: texts[lang] for lang in LANGS},
        places,
        kind=Kind.ALL_CLEAR if ends_it else Kind.FREE,
        wordings=(),
        behind=behind,
    )


def is_word_for_word(draft: Draft, press: Press, *, lives: Sequence[Life]) -> bool:
    """Return whether a message says exactly what its wordings say, remade from them now."""
    names = [one.id for one in draft.wordings]
    follows = next((one for one in lives if one.id == draft.follows), None)
    then = dataclasses.replace(
        press, now=draft.alert.sent, status=draft.alert.status, scope=draft.alert.scope
    )
    try:
        if draft.kind is Kind.CORRECTION and follows is not None:
            again = correct(then, follows, names[-1], draft.places, lives=lives)
        else:
            behind = Behind(follows=follows, lives=tuple(lives))
            again = from_wording(then, names[0], draft.places, behind=behind)
    except (InputError, IndexError):
        return False
    return (again.alert.infos, again.wordings, again.kind) == (
        draft.alert.infos,
        draft.wordings,
        draft.kind,
    )


def quoted(said: Sequence[Said], lang: str) -> str:
    """Return statements word for word, each with speaker, time and link."""
    shown = [one for one in said if one.quote][:_MOST_QUOTES]
    marks = ("\u00ab", "\u00bb") if lang == "uk" else ("\u201c", "\u201d")
    lines = []
    for one in shown:
        when = f", {clock_time(one.said_at)}" if one.said_at else ""
        link = f", {one.url}" if one.url else ""
        lines.append(f"{marks[0]}{one.quote}{marks[1]} ({one.speaker}{when}{link}).")
    return " ".join(lines)


def _filled(
    press: Press, given: AlertWording, places: Sequence[str], lang: str, behind: Behind
) -> Text:
    return given.text(lang).filled(_values(press, places, lang, behind, until_h=given.hours))


def _values(
    press: Press, places: Sequence[str], lang: str, behind: Behind, *, until_h: int = 0
) -> dict[str, str]:
    values = {
        "place": press.places(places, lang),
        "at": clock_time(press.now),
        "until": clock_time(press.now + timedelta(hours=until_h)),
    }
    if behind.said:
        values["said"] = quoted(behind.said, lang)
    if behind.follows is not None:
        earlier = behind.follows.draft.alert
        values["wrong_at"] = clock_time(earlier.sent)
        values["wrong"] = next(
            (one.headline for one in earlier.infos if one.language == TAGS[lang]), ""
        )
    return values


def _draft(
    press: Press,
    codes: Codes,
    texts: Mapping[str, Text],
    places: Sequence[str],
    *,
    kind: Kind,
    wordings: tuple[WordingRef, ...],
    behind: Behind,
) -> Draft:
    follows = behind.follows
    sent = press.now.replace(microsecond=0)
    if not 0 < codes.hours <= LONGEST_H:
        raise InputError(f"a message cannot stand {codes.hours} hours", hint=f"1 to {LONGEST_H}")
    earlier = (*chain_of(behind.lives, follows), follows) if follows else ()
    msg_type = MsgType.CANCEL if kind is Kind.CANCELLATION else MsgType.UPDATE
    infos = tuple(
        _info(press, codes, texts[lang], places, lang, ends=sent + timedelta(hours=codes.hours))
        for lang in LANGS
    )
    is_restricted = press.scope is Scope.RESTRICTED
    alert = Alert(
        identifier=identifier_for(
            sender=press.sender,
            sent=sent,
            status=press.status,
            token=content_id("m", infos, places).removeprefix("m_"),
        ),
        sender=press.sender,
        sent=sent,
        status=press.status,
        msg_type=msg_type if follows else MsgType.ALERT,
        scope=press.scope,
        restriction=desk_words("uk")("alerts.restriction") if is_restricted else "",
        code=(PROFILE,),
        note=_note(press),
        references=tuple(_reference(one) for one in earlier),
        infos=infos,
    )
    return Draft(
        alert=alert,
        kind=kind,
        places=tuple(places),
        wordings=wordings,
        claims=tuple(one.claim for one in behind.said),
        follows=follows.id if follows else "",
        is_exercise=press.is_exercise,
    )


def _reference(life: Life) -> Reference:
    return life.draft.alert.as_reference


def _info(
    press: Press, codes: Codes, text: Text, places: Sequence[str], lang: str, *, ends: datetime
) -> Info:
    return Info(
        language=TAGS[lang],
        category=codes.category,
        event=text.event,
        response_type=codes.response,
        urgency=codes.urgency,
        severity=codes.severity,
        certainty=codes.certainty,
        event_code=(NamedValue(EVENT_LIST, codes.event_code),) if codes.event_code else (),
        effective=press.now.replace(microsecond=0),
        expires=ends,
        sender_name=press.sender_name(lang),
        headline=mark_of(press.status, lang) + text.headline,
        description=text.description,
        instruction=text.instruction,
        web=press.authority.web or UNOFFICIAL_WEB,
        contact=press.authority.contact,
        area=areas_of(places, gazetteer=press.gazetteer, shapes=press.shapes, lang=lang),
    )


def _note(press: Press) -> str:
    """Return what stands beside the message: that it is an exercise, that it is unofficial."""
    parts = [mark_of(press.status, lang).strip() for lang in LANGS]
    if not press.authority.is_complete:
        parts += [press.sender_name(lang) for lang in LANGS]
    return " ".join(part for part in parts if part)
