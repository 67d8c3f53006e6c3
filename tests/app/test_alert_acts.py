"""What people do to alerts in a folder: every rule, with somebody who breaks it."""

from pathlib import Path

import msgspec
import pytest

from app.alert_desks import ANN, BOB, BOSS, CAT, EVE, TEXT, Office, hand, is_signed
from desk.alerts.test_compose import said, view
from desk.alerts.worlds import IZIUM, LVIV, OWN, RAION, person
from vidomo.app.alert_acts import repair_alerts
from vidomo.app.alert_outlet import ATOM, RSS
from vidomo.core.errors import (
    ConflictError,
    DisclosureForbidden,
    InputError,
    NothingKnown,
    VidomoError,
)
from vidomo.desk.alerts.all_clear import all_clears_for
from vidomo.desk.alerts.authority import Authority
from vidomo.desk.alerts.compose import Behind, by_hand, codes_of, from_wording
from vidomo.desk.alerts.model import State
from vidomo.desk.alerts.wordings import wording
from vidomo.desk.people import Role
from vidomo.gazetteer import Gazetteer
from vidomo.publish.alerts.model import Scope, Status


@pytest.fixture
def office(tmp_path: Path) -> Office:
    return Office(tmp_path).ready()


def test_one_person_issues_a_shelter_warning_alone(office: Office) -> None:
    alert = office.write()
    assert office.issue(alert).state is State.ISSUED
    (name,) = office.out
    assert is_signed(office, name)
    for index in (ATOM, RSS):
        assert name.encode() in (office.folder / "alerts" / index).read_bytes()
    assert "негайно в укриття" in (office.folder / "alerts/index.html").read_text("utf-8")


def test_one_person_corrects_a_wrong_alert_upwards_alone(office: Office) -> None:
    wrong = office.write("advice")
    office.issue(wrong)
    office.later(minutes=1)
    right = office.write("shelter", follows=wrong, is_correction=True)
    assert office.issue(right).state is State.ISSUED
    assert office.life(wrong).state is State.UPDATED
    assert office.life(wrong).followed_by == right


def test_an_all_clear_needs_two_people_and_the_words_of_an_authority(office: Office) -> None:
    views = {IZIUM: view(said())}
    words = all_clears_for([IZIUM], [views[IZIUM]], gazetteer=Gazetteer.open())
    alert = office.write("all_clear", said=words, views=views)
    for who in (ANN, BOB):
        with pytest.raises(DisclosureForbidden, match="second person"):
            office.issue(alert, who, views=views)
    with pytest.raises(DisclosureForbidden, match="never approves"):
        office.approve(alert, ANN)
    office.approve(alert, BOB)
    with pytest.raises(DisclosureForbidden, match="no official source"):
        office.issue(alert, views={IZIUM: view(said(), phase="on")})
    with pytest.raises(DisclosureForbidden, match="no official source"):
        office.issue(alert)
    with pytest.raises(DisclosureForbidden, match="does not cite"):
        office.issue(alert, views={IZIUM: view(said("clm_2"))})
    assert office.out == []
    assert office.issue(alert, views=views).state is State.ISSUED


def test_an_approver_who_wrote_the_draft_never_approves_it(office: Office) -> None:
    alert = hand(office, BOB)
    with pytest.raises(DisclosureForbidden, match="never approves"):
        office.approve(alert, BOB)
    office.approve(alert, CAT)
    assert office.issue(alert, BOB).state is State.ISSUED


def test_a_cancellation_needs_two_people(office: Office) -> None:
    first = office.write()
    office.issue(first)
    office.later(minutes=2)
    cancel = office.write("cancel", follows=first)
    with pytest.raises(DisclosureForbidden, match="cancellation"):
        office.issue(cancel)
    office.approve(cancel)
    office.issue(cancel)
    assert office.life(first).state is State.CANCELLED
    office.later(minutes=1)
    with pytest.raises(ConflictError, match="cancelled"):
        office.write("shelter", follows=first)


def test_own_words_that_announce_an_all_clear_are_refused(office: Office) -> None:
    with pytest.raises(DisclosureForbidden, match="announce an all-clear"):
        hand(office, description="Загроза минула, можна виходити з укриттів.")


def test_a_casualty_figure_by_hand_needs_two_people(office: Office) -> None:
    alert = hand(office, description="Троє людей поранено.")
    with pytest.raises(DisclosureForbidden, match="casualty_figure"):
        office.issue(alert)
    office.approve(alert)
    assert office.issue(alert).state is State.ISSUED


def test_an_edit_voids_the_approval(office: Office) -> None:
    alert = hand(office)
    office.approve(alert)
    seen = office.life(alert).digest
    with office.desk() as desk:
        other = msgspec.structs.replace(TEXT, headline="Ізюм: інше")
        codes = codes_of(wording("being_verified"))
        draft = by_hand(desk.press(), codes, {"uk": other, "en": other}, [IZIUM])
        desk.edit(ANN, alert, draft, seen=seen)
    assert office.life(alert).state is State.DRAFT
    with pytest.raises(DisclosureForbidden, match="second person"):
        office.issue(alert)
    with pytest.raises(ConflictError):
        office.approve(alert, seen=seen)


def test_two_desks_at_once_the_later_one_is_told_to_reload(office: Office) -> None:
    alert = office.write()
    seen = office.life(alert).digest
    office.issue(alert, seen=seen)
    for act in (
        lambda: office.issue(alert, BOB, seen=seen),
        lambda: office.approve(alert, seen=seen),
    ):
        with pytest.raises(ConflictError):
            act()
    assert len(office.out) == 1


def test_the_same_message_written_twice_goes_out_once(office: Office) -> None:
    one, two = office.write(by=ANN), office.write(by=BOB)
    assert one != two
    office.issue(one)
    with pytest.raises(ConflictError, match="out already"):
        office.issue(two)


@pytest.mark.parametrize("typed", ["так", "Ізюм", "Ізюм відбій", "Харків в укриття"])
def test_other_words_than_place_and_effect_issue_nothing(office: Office, typed: str) -> None:
    alert = office.write()
    with pytest.raises(InputError):
        office.issue(alert, typed=typed)
    assert office.out == []


def test_a_viewer_and_a_stranger_to_the_place_write_and_issue_nothing(office: Office) -> None:
    alert = office.write()
    for who in (EVE, msgspec.structs.replace(ANN, is_disabled=True)):
        with pytest.raises(DisclosureForbidden):
            office.write(by=who)
        with pytest.raises(DisclosureForbidden):
            office.issue(alert, who)


def test_nothing_goes_to_the_public_in_earnest_without_an_authority(tmp_path: Path) -> None:
    office = Office(tmp_path).ready(authority=None)
    alert = office.write()
    with pytest.raises(DisclosureForbidden, match="no authority"):
        office.issue(alert)
    with office.desk() as desk:
        desk.set_authority(BOSS, Authority(name="Ізюм"))  # a name alone is no authority
    with pytest.raises(DisclosureForbidden, match="no authority"):
        office.issue(alert)


def test_an_authority_that_was_changed_asks_for_the_message_anew(office: Office) -> None:
    alert = office.write()
    with office.desk() as desk:
        desk.set_authority(BOSS, msgspec.structs.replace(OWN, sender="new@izium.example"))
    with pytest.raises(ConflictError, match="authority"):
        office.issue(alert)


def test_an_authority_warns_only_its_own_territory(office: Office) -> None:
    alert = office.write(places=(IZIUM, LVIV))
    with pytest.raises(DisclosureForbidden, match="outside"):
        office.issue(alert)


def test_what_is_for_the_desk_alone_stays_there(office: Office) -> None:
    alert = office.write(scope=Scope.RESTRICTED)
    assert office.issue(alert).state is State.ISSUED
    assert office.out == []
    assert len(list((office.folder / "alerts-desk").glob("*.xml"))) == 1
    assert not (office.folder / "alerts" / ATOM).exists()


@pytest.mark.parametrize("status", [Status.TEST, Status.SYSTEM, Status.EXERCISE, Status.DRAFT])
def test_nothing_but_earnest_is_public_in_the_live_folder(office: Office, status: Status) -> None:
    alert = office.write(status=status)
    assert office.life(alert).state is State.HELD
    with pytest.raises(DisclosureForbidden, match="held"):
        office.issue(alert)
    with pytest.raises(DisclosureForbidden, match="held"):
        office.approve(alert)
    assert office.out == []


def test_an_exercise_has_its_own_key_and_says_so_everywhere(tmp_path: Path) -> None:
    office = Office(tmp_path / "exercise", is_exercise=True).ready(key=False, authority=None)
    alert = office.write()
    assert office.issue(alert).state is State.ISSUED
    (name,) = office.out
    assert name.startswith("exercise.")
    assert is_signed(office, name)
    page = (office.folder / "alerts/index.html").read_text("utf-8")
    assert "НАВЧАННЯ. Усе тут вигадане." in page
    assert "EXERCISE. Nothing here is real." in page
    assert "Неофіційна добірка" in page
    held = office.write(status=Status.ACTUAL)
    with pytest.raises(DisclosureForbidden, match="held"):
        office.issue(held)


def test_a_draft_of_an_exercise_cannot_be_issued_in_the_live_folder(office: Office) -> None:
    with office.desk() as desk:
        press = desk.press(status=Status.EXERCISE)
        draft = from_wording(press, "shelter", [IZIUM], behind=Behind())
        alert = desk.draft(ANN, msgspec.structs.replace(draft, is_exercise=True))
    with pytest.raises(VidomoError):
        office.issue(alert)
    assert office.out == []


def test_an_old_draft_is_written_anew_before_it_goes_out(office: Office) -> None:
    alert = office.write()
    office.later(minutes=61)
    with pytest.raises(ConflictError, match="more than an hour"):
        office.issue(alert)


def test_an_expired_alert_is_neither_updated_nor_issued(office: Office) -> None:
    alert = office.write()
    office.issue(alert)
    office.later(hours=4)
    assert office.life(alert).state is State.EXPIRED
    with pytest.raises(ConflictError, match="expired"):
        office.write("shelter", follows=alert)


def test_a_dropped_draft_cannot_be_issued(office: Office) -> None:
    alert = office.write()
    seen = office.life(alert).digest
    with office.desk() as desk:
        desk.drop(ANN, alert, seen=seen, reason="помилка")
    with pytest.raises(ConflictError, match="dropped"):
        office.issue(alert, seen=seen)


def test_what_follows_goes_to_whom_the_first_one_went(office: Office) -> None:
    first = office.write(scope=Scope.RESTRICTED)
    office.issue(first)
    office.later(minutes=1)
    with pytest.raises(InputError, match="cannot follow"):
        office.write(follows=first)
    second = office.write(follows=first, scope=Scope.RESTRICTED)
    assert office.issue(second).state is State.ISSUED
    assert office.out == []


def test_nobody_ends_an_alert_for_places_that_are_not_theirs(office: Office) -> None:
    local = person("local", Role.EDITOR, RAION)
    chief = person("chief", Role.APPROVER, RAION)
    office.people |= {one.id: one for one in (local, chief)}
    with office.desk() as desk:
        desk.set_authority(BOSS, msgspec.structs.replace(OWN, territory="UA"))
    office.later(seconds=1)
    first = office.write(places=(IZIUM, LVIV))
    office.approve(first)
    office.issue(first)
    office.later(minutes=1)
    with pytest.raises(DisclosureForbidden):
        office.write(follows=first, by=local)
    update = office.write(follows=first)  # leaves Lviv out
    with pytest.raises(DisclosureForbidden):
        office.approve(update, chief)
    with pytest.raises(DisclosureForbidden, match="lowers_caution"):
        office.issue(update)


def test_an_index_that_cannot_be_written_undoes_nothing_and_is_told(office: Office) -> None:
    alert = office.write()
    (office.folder / "alerts" / ATOM).mkdir(parents=True)
    seen, typed = office.life(alert).digest, office.typed(alert)
    with office.desk() as desk:
        assert desk.issue(ANN, alert, seen=seen, typed=typed).state is State.ISSUED
        assert "cannot be written" in desk.index_problem
    (office.folder / "alerts" / ATOM).rmdir()
    assert repair_alerts(office.folder, clock=office.now) == 0
    assert (office.folder / "alerts" / ATOM).is_file()


def test_an_unknown_alert_is_nothing_known(office: Office) -> None:
    with pytest.raises(NothingKnown):
        office.life("alr_nothing")


def test_only_an_approver_approves_wordings_and_only_the_version_that_was_shown(
    tmp_path: Path,
) -> None:
    office = Office(tmp_path)
    with office.desk() as desk:
        version = wording("shelter").ref.version
        with pytest.raises(DisclosureForbidden):
            desk.approve_wording(ANN, "shelter", version=version)
        with pytest.raises(ConflictError):
            desk.approve_wording(BOB, "shelter", version="old")
        assert desk.approve_wording(BOB, "shelter", version=version) == ("UA",)


def test_only_an_admin_of_its_territory_puts_an_authority_on_record(office: Office) -> None:
    with office.desk() as desk:
        for who in (BOB, ANN):
            with pytest.raises(DisclosureForbidden):
                desk.set_authority(who, OWN)
        with pytest.raises(InputError):
            desk.set_authority(BOSS, msgspec.structs.replace(OWN, territory="UA00"))
