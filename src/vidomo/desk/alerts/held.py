"""Why a message waits for a person: its fields disagree, or its words say what its status denies."""

from collections.abc import Iterator

from vidomo.desk.alerts.model import Draft, Kind
from vidomo.desk.alerts.outlets import outlets_of
from vidomo.publish.alerts.model import (
    Info,
    MsgType,
    ResponseType,
    Severity,
    Status,
    Urgency,
)
from vidomo.publish.alerts.profile import texts_of
from vidomo.publish.alerts.words import exercise_words, trial_words

LANGUAGES = ("uk-UA", "en-US")
_CALM = frozenset({ResponseType.ALL_CLEAR, ResponseType.NONE})


def reasons_held(draft: Draft) -> tuple[str, ...]:
    """Return the codes of everything that disagrees in a message; empty when it may go on.

    Held messages are mended by writing them anew; nobody can wave them through. On 6 February
    2018 a test whose header said so was passed on as real, because one side read only the codes.
    """
    return tuple(dict.fromkeys(_found(draft)))


def says_exercise(text: str) -> bool:
    """Return whether words say that this is an exercise or a test, in any of three languages."""
    return bool(exercise_words(text) or trial_words(text))


def _found(draft: Draft) -> Iterator[str]:
    alert = draft.alert
    if not outlets_of(alert.status, alert.scope, is_exercise=draft.is_exercise):
        yield "no_outlet"
    said = any(says_exercise(text) for text in texts_of(alert))
    if alert.status is Status.ACTUAL and said:
        yield "actual_says_exercise"
    if alert.status in {Status.EXERCISE, Status.TEST} and not all(
        says_exercise(text) for text in (alert.note, *(info.headline for info in alert.infos))
    ):
        yield "exercise_does_not_say_so"
    if bool(draft.follows) != (alert.msg_type in {MsgType.UPDATE, MsgType.CANCEL}):
        yield "type_and_chain"
    if bool(draft.follows) != bool(alert.references):
        yield "references"
    if (draft.kind is Kind.CANCELLATION) != (alert.msg_type is MsgType.CANCEL):
        yield "type_and_kind"
    if tuple(info.language for info in alert.infos) != LANGUAGES:
        yield "languages"
    if len({_core(info) for info in alert.infos}) > 1:
        yield "languages_disagree"
    for info in alert.infos:
        yield from _of_info(draft, info)


def _of_info(draft: Draft, info: Info) -> Iterator[str]:
    ends_it = ResponseType.ALL_CLEAR in info.response_type
    if ends_it != (draft.kind is Kind.ALL_CLEAR):
        yield "response_and_kind"
    if ends_it and (info.urgency is not Urgency.PAST or len(info.response_type) > 1):
        yield "all_clear_is_not_past"
    if not ends_it and info.urgency is Urgency.PAST:
        yield "past_without_all_clear"
    if info.severity in {Severity.EXTREME, Severity.SEVERE} and set(info.response_type) & _CALM:
        yield "severe_but_calm"
    if draft.kind is Kind.SHELTER and ResponseType.SHELTER not in info.response_type:
        yield "shelter_without_shelter"
    if info.expires is None:
        yield "no_end"
    elif info.expires <= (info.effective or draft.alert.sent):
        yield "ends_before_it_begins"
    codes = {
        one.value for area in info.area for one in area.geocodes if one.value_name == "KATOTTG"
    }
    if codes != set(draft.places) or not codes:
        yield "places_disagree"
    if not info.headline.strip() or not info.description.strip():
        yield "no_words"


def _core(info: Info) -> tuple[object, ...]:
    """Return what must be the same in every language."""
    return (
        info.category,
        info.response_type,
        info.urgency,
        info.severity,
        info.certainty,
        info.event_code,
        info.effective,
        info.onset,
        info.expires,
        tuple((area.polygons, area.circles, area.geocodes) for area in info.area),
    )
