"""How many people a message needs; each rule with a message that breaks it."""

import msgspec
import pytest

from desk.alerts.worlds import (
    IZIUM,
    KHARKIV,
    LVIV,
    NOW,
    OWN,
    RAION,
    approved,
    atlas,
    drafted,
    ended,
    made,
    person,
    tried,
    within,
)
from vidomo.core.errors import DisclosureForbidden
from vidomo.desk.alerts.findings import Findings, look
from vidomo.desk.alerts.life import alert_of
from vidomo.desk.alerts.model import Kind, WordingApproval
from vidomo.desk.alerts.who import (
    ALONE,
    Why,
    counted,
    raises_caution,
    second_person,
    why_two,
    writer,
)
from vidomo.desk.alerts.wordings import wordings
from vidomo.desk.entry import entry
from vidomo.desk.people import Role
from vidomo.publish.alerts.model import ResponseType, Severity, Urgency

ALL_APPROVED = tuple(
    (
        WordingApproval(id=one.id, version=one.ref.version, territory=RAION),
        entry("alert.wording", subject=one.id, by="usr_boss", at=NOW),
    )
    for one in wordings().values()
)


def why(draft, **changed):
    given = {
        "findings": look(draft.alert, gazetteer=atlas()),
        "is_word_for_word": True,
        "is_released": False,
        "approved": ALL_APPROVED,
        "before": None,
        "within": within,
    }
    return set(why_two(draft, **{**given, **changed}))


def life(draft, alert="alr_one", *, is_issued=False, entries=()):
    trying = tried(alert, draft)
    out = (trying, ended(trying)) if is_issued else ()
    return alert_of([drafted(alert, draft), *out, *entries], alert, now=NOW)


def text(draft, **changed):
    infos = tuple(msgspec.structs.replace(info, **changed) for info in draft.alert.infos)
    return msgspec.structs.replace(draft, alert=msgspec.structs.replace(draft.alert, infos=infos))


@pytest.mark.parametrize("name", ["shelter", "advice", "being_verified"])
def test_one_person_issues_what_was_approved_beforehand(name: str) -> None:
    assert why(made(name)) == set()


def test_only_four_kinds_are_for_one_person() -> None:
    assert {kind.value for kind in ALONE} == {"shelter", "advice", "being_verified", "correction"}


def test_a_wording_that_nobody_approved_needs_two() -> None:
    assert why(made(), approved=()) == {Why.WORDING_NOT_APPROVED}


def test_a_wording_that_was_changed_since_needs_two() -> None:
    old = [(msgspec.structs.replace(one, version="old"), made_by) for one, made_by in ALL_APPROVED]
    assert why(made(), approved=old) == {Why.WORDING_NOT_APPROVED}


def test_a_wording_approved_for_another_place_or_afterwards_needs_two() -> None:
    assert why(made(places=[IZIUM, LVIV])) == {Why.WORDING_NOT_APPROVED}
    later = [
        (one, entry("alert.wording", subject=one.id, by="usr_boss", at=NOW.replace(hour=19)))
        for one, _ in ALL_APPROVED
    ]
    assert why(made(), approved=later) == {Why.WORDING_NOT_APPROVED}


def test_changed_words_need_two() -> None:
    assert why(made(), is_word_for_word=False) == {Why.BY_HAND}


def test_own_words_need_two() -> None:
    draft = msgspec.structs.replace(made(), wordings=(), kind=Kind.FREE)
    assert why(draft) >= {Why.BY_HAND, Why.NOT_OF_THAT_KIND}


@pytest.mark.parametrize(
    "words",
    [
        "Троє людей поранено.",
        "Обійшлося без постраждалих.",
        "Є загиблі.",
        "Евакуйовано 20 людей.",
        "Пострадали двое.",
        "Two people were killed.",
        "Casualties are feared.",
    ],
)
def test_a_casualty_figure_needs_two(words: str) -> None:
    assert Why.CASUALTY_FIGURE in why(text(made("advice"), description=words))


@pytest.mark.parametrize("name", ["shelter", "advice", "being_verified", "cancel"])
def test_no_wording_of_ours_is_taken_for_a_casualty_figure(name: str) -> None:
    before = life(made(), is_issued=True)
    draft = made(name, follows=before if name == "cancel" else None)
    assert look(draft.alert, gazetteer=atlas()) == Findings()


@pytest.mark.parametrize(
    "words",
    [
        "Відбій тривоги в Ізюмі.",
        "Загроза минула, можна виходити з укриттів.",
        "Отбой тревоги.",
        "Опасность миновала.",
        "The threat is over.",
        "It is safe to leave shelter.",
    ],
)
def test_words_that_end_a_warning_need_two(words: str) -> None:
    assert Why.ALL_CLEAR in why(text(made("advice"), description=words))


def test_a_cancellation_needs_two() -> None:
    before = life(made(), is_issued=True)
    assert Why.CANCELLATION in why(made("cancel", follows=before), before=before)


def test_an_early_release_needs_two() -> None:
    assert why(made(), is_released=True) == {Why.EARLY_RELEASE}


@pytest.mark.parametrize(
    ("first", "later", "is_raised"),
    [
        ("shelter", "shelter", True),
        ("advice", "shelter", True),
        ("being_verified", "shelter", True),
        ("being_verified", "advice", True),
        ("shelter", "advice", False),
        ("shelter", "being_verified", False),
        ("advice", "being_verified", False),
    ],
)
def test_a_correction_that_lowers_caution_needs_two(first, later, is_raised) -> None:
    before = life(made(first), is_issued=True)
    draft = made(later, at=NOW.replace(minute=1))
    assert raises_caution(draft.alert, before.draft.alert) is is_raised
    assert (Why.LOWERS_CAUTION in why(draft, before=before)) is not is_raised


def test_a_correction_that_leaves_a_place_out_lowers_caution() -> None:
    both, one = made(places=[IZIUM, LVIV]), made(at=NOW.replace(minute=1))
    assert not raises_caution(one.alert, both.alert)
    assert raises_caution(msgspec.structs.replace(both).alert, made().alert)


def test_less_time_less_severity_or_another_cover_lowers_caution() -> None:
    first = made()
    short = text(first, expires=NOW.replace(hour=19))
    mild = text(first, severity=Severity.UNKNOWN)
    slow = text(first, urgency=Urgency.UNKNOWN)
    leave = text(first, response_type=(ResponseType.EVACUATE,))
    assert not any(raises_caution(one.alert, first.alert) for one in (short, mild, slow, leave))
    endless = text(first, expires=None)
    assert not raises_caution(endless.alert, first.alert)
    assert raises_caution(first.alert, text(first, response_type=()).alert)
    lone = msgspec.structs.replace(first.alert, infos=first.alert.infos[:1])
    assert not raises_caution(first.alert, lone)


def test_who_writes_needs_the_role_over_every_place() -> None:
    writer(person("ann", Role.EDITOR, RAION), [IZIUM], within=within)
    for who, places in (
        (person("eve", Role.VIEWER), [IZIUM]),
        (person("ann", Role.EDITOR, RAION), [IZIUM, LVIV]),
        (person("ann", Role.EDITOR, RAION), []),
    ):
        with pytest.raises(DisclosureForbidden):
            writer(who, places, within=within)


def test_the_second_person_is_another_one_with_the_role() -> None:
    one = life(made())
    second_person(person("bob", Role.APPROVER, KHARKIV), one, authority=OWN, within=within)
    for who in (
        person("ann", Role.ADMIN),  # wrote it
        person("bob", Role.EDITOR),
        person("bob", Role.APPROVER, LVIV),
    ):
        with pytest.raises(DisclosureForbidden):
            second_person(who, one, authority=OWN, within=within)


def test_where_it_is_configured_the_second_person_needs_a_second_factor() -> None:
    strict = msgspec.structs.replace(OWN, second_factor_in=(KHARKIV,))
    one = life(made())
    bare, strong = (person("bob", Role.APPROVER, factor=has) for has in (False, True))
    second_person(strong, one, authority=strict, within=within)
    with pytest.raises(DisclosureForbidden, match="second factor"):
        second_person(bare, one, authority=strict, within=within)
    elsewhere = msgspec.structs.replace(OWN, second_factor_in=(LVIV,))
    second_person(bare, one, authority=elsewhere, within=within)


def test_an_approval_counts_while_its_bytes_and_its_person_are_what_they_were() -> None:
    draft = made()
    one = life(draft, entries=[approved("alr_one", draft)])
    bob = person("bob", Role.APPROVER)

    def is_counted(shown, *people):
        known = {each.id: each for each in people}
        return counted(one, shown=shown, people=known.get, within=within, authority=OWN)

    assert is_counted("s", bob)
    assert not is_counted("other bytes", bob)
    assert not is_counted("s")
    assert not is_counted("s", msgspec.structs.replace(bob, is_disabled=True))
    assert not is_counted("s", person("bob", Role.EDITOR))
