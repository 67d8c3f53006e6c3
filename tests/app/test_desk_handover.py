"""The hand-over's pages: frozen when made, signed by two people with their own passwords."""

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pyotp
import pytest

from app.desk_world import IZIUM, IZIUM_RAION, LVIV, Client, Desk, night_folder
from vidomo.app.desk_book import entries_in
from vidomo.app.house import House
from vidomo.app.watch_book import sheet_of
from vidomo.app.web.desk.me import EXAMPLE_PASSWORD
from vidomo.app.web.desk.sworn import sworn
from vidomo.core.clock import system_clock
from vidomo.desk.handover.model import Watch, digest_of, watches_of
from vidomo.desk.people import Grant, Role
from vidomo.store.sqlite import SqliteJournal


@pytest.fixture(scope="module")
def kept(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("night") / "kept"


@pytest.fixture
def desk(tmp_path: Path, kept: Path) -> Iterator[Desk]:
    with Desk(night_folder(tmp_path / "data", kept)) as made:
        made.person("anna", Grant(Role.EDITOR, IZIUM_RAION), password=True)
        made.person("bohdan", Grant(Role.EDITOR, IZIUM_RAION), password=True)
        yield made


def client(desk: Desk, login: str) -> Client:
    return desk.client(desk.table.called(login))


def watches(desk: Desk) -> tuple[Watch, ...]:
    with SqliteJournal.open(desk.folder, clock=desk.clock, read_only=True) as journal:
        return watches_of(entries_in(journal, what_prefix="watch."))


def made(desk: Desk, by: Client) -> str:
    answer = by.post("/desk/handover", {"territory": IZIUM_RAION})
    assert answer.status == 303, answer.text
    desk.clock.move(minutes=1)
    return answer.headers["location"]


def test_one_button_makes_a_sheet_of_what_holds(desk: Desk) -> None:
    anna = client(desk, "anna")
    anna.post("/desk/tasks", {"text": "Подзвонити обленерго", "due": "+20", "owner": "bohdan"})
    desk.clock.move(minutes=25)
    page = anna.get(made(desk, anna)).text
    for words in (
        *("Ізюмський район", "Світло", "Подзвонити обленерго", "прострочено", "Особа bohdan"),
        *("Обіцяні терміни", "Ще не відомо", "Джерела, що мовчать", "Не показуємо мешканцям"),
        watches(desk)[0].digest,
    ):
        assert words in page


def test_a_sheet_stays_as_it_was_made_and_can_be_made_again_to_the_byte(desk: Desk) -> None:
    anna = client(desk, "anna")
    path = made(desk, anna)
    (watch,) = watches(desk)
    before = anna.get(path).text.partition('<article class="sheet">')[2].partition("</article>")[0]
    anna.post("/desk/tasks", {"text": "Пізніша справа"})
    anna.post("/desk/calls", {"place": "Ізюм", "words": "Пожежа в Ізюмі."})
    desk.clock.move(hours=1)
    after = anna.get(path).text.partition('<article class="sheet">')[2].partition("</article>")[0]
    assert before == after
    with House.open(desk.folder, clock=desk.clock, read_only=True) as house:
        again = sheet_of(house, IZIUM_RAION, at=watch.sheet.at, made_by=watch.made_by)
    assert digest_of(again) == watch.digest


def test_two_different_people_sign_and_then_it_is_closed(desk: Desk) -> None:
    anna, bohdan = client(desk, "anna"), client(desk, "bohdan")
    path = made(desk, anna)
    sign = f"{path}/sign"
    assert anna.post(sign, {"side": "giving", "password": EXAMPLE_PASSWORD}).status == 303
    again = anna.post(sign, {"side": "taking", "password": EXAMPLE_PASSWORD})
    assert again.status == 422
    assert "дві різні людини" in again.text
    taken = bohdan.post(sign, {"side": "giving", "password": EXAMPLE_PASSWORD})
    assert taken.status == 422
    assert "уже підписано" in taken.text
    assert not watches(desk)[0].is_closed
    assert bohdan.post(sign, {"side": "taking", "password": EXAMPLE_PASSWORD}).status == 303
    assert watches(desk)[0].is_closed
    assert "Чергування здано" in bohdan.get(path).text
    assert "підписано обома" in bohdan.get("/desk/handover").text


def test_the_second_officer_may_sign_on_the_same_page_with_login_and_password(desk: Desk) -> None:
    anna = client(desk, "anna")
    sign = f"{made(desk, anna)}/sign"
    form = {"side": "taking", "login": "Bohdan", "password": EXAMPLE_PASSWORD}
    assert anna.post(sign, form).status == 303
    assert watches(desk)[0].signed("taking").by == "usr_bohdan"


@pytest.mark.parametrize(
    "form",
    [
        {"login": "bohdan", "password": "wrong"},
        {"login": "nobody", "password": EXAMPLE_PASSWORD},
        {"login": "bohdan", "password": ""},
    ],
)
def test_a_wrong_password_signs_nothing(desk: Desk, form: dict[str, str]) -> None:
    anna = client(desk, "anna")
    answer = anna.post(f"{made(desk, anna)}/sign", {"side": "taking", **form})
    assert answer.status == 422
    assert "не підходять" in answer.text
    assert form["login"] in answer.text
    assert not watches(desk)[0].signatures


def test_somebody_of_another_territory_or_who_only_looks_does_not_sign(desk: Desk) -> None:
    desk.person("lviv", Grant(Role.ADMIN, LVIV), password=True)
    desk.person("viewer", Grant(Role.VIEWER, IZIUM_RAION), password=True)
    anna = client(desk, "anna")
    path = made(desk, anna)
    for login in ("lviv", "viewer"):
        form = {"side": "taking", "login": login, "password": EXAMPLE_PASSWORD}
        answer = anna.post(f"{path}/sign", form)
        assert answer.status == 422
        assert "не відповідає за цю територію" in answer.text
        assert client(desk, login).post(f"{path}/sign", form).status == 403
    assert client(desk, "lviv").get(path).status == 403
    assert IZIUM_RAION not in client(desk, "lviv").get("/desk/handover").text
    assert client(desk, "viewer").post("/desk/handover").status == 403
    assert client(desk, "lviv").post("/desk/handover", {"territory": IZIUM}).status == 403


def test_what_is_no_side_no_place_and_no_watch_is_refused(desk: Desk) -> None:
    anna = client(desk, "anna")
    assert anna.post(f"{made(desk, anna)}/sign", {"side": "both"}).status == 400
    assert anna.post("/desk/handover", {"territory": "UA0"}).status == 400
    assert anna.get("/desk/handover/watch_nobody").status == 404
    assert anna.post("/desk/handover").status == 303  # the person's own territory
    assert watches(desk)[0].sheet.territory == IZIUM_RAION


def test_wrong_tries_of_a_signature_count_like_those_of_signing_in(desk: Desk) -> None:
    def tried(password: str, *, after_s: float = 0.0):
        at = desk.clock() + timedelta(seconds=after_s)
        return sworn(desk.site, login="bohdan", password=password, code="", at=at)

    for _ in range(4):
        assert tried("wrong") is None
    assert tried(EXAMPLE_PASSWORD) is None
    assert tried(EXAMPLE_PASSWORD, after_s=120).login == "bohdan"


def test_a_second_factor_is_asked_for_where_there_is_one_and_opens_once(desk: Desk) -> None:
    secret = pyotp.random_base32()
    desk.table.set_factor("usr_bohdan", secret)
    now = system_clock()

    def tried(code: str):
        return sworn(
            desk.site,
            login="bohdan",
            password=EXAMPLE_PASSWORD,
            code=code,
            at=desk.clock(),
            true_clock=lambda: now,
        )

    assert tried("") is None
    code = pyotp.TOTP(secret).at(now)
    assert tried(code).login == "bohdan"
    assert tried(code) is None
    desk.table.set_factor("usr_bohdan", "")
    desk.table.set_disabled("usr_bohdan", is_disabled=True)
    assert tried("") is None
