"""Signing in: who gets in, for how long, and what a stranger learns."""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pyotp
import pytest

from app.desk_world import IZIUM, NOW, Client, Desk, night_folder, whole
from vidomo.app.house import House
from vidomo.app.web.desk.desk_site import MOST_SIGN_INS, DeskBusy, checked_address
from vidomo.app.web.desk.me import EXAMPLE_PASSWORD
from vidomo.core.clock import system_clock
from vidomo.core.errors import ConfigError
from vidomo.desk.attempts import Attempts
from vidomo.desk.people import Grant, Role
from vidomo.desk.sessions import ABSOLUTE, IDLE

REMOTE = {"x-forwarded-proto": "https", "x-forwarded-for": "203.0.113.9, 198.51.100.7"}


@pytest.fixture(scope="module")
def kept_night(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("night") / "kept"
    night_folder(folder.parent / "first", folder)
    return folder


@pytest.fixture
def desk(tmp_path: Path, kept_night: Path) -> Iterator[Desk]:
    with Desk(night_folder(tmp_path / "data", kept_night)) as it:
        yield it


@pytest.fixture
def remote(tmp_path: Path, kept_night: Path) -> Iterator[Desk]:
    folder = night_folder(tmp_path / "data", kept_night)
    with Desk(folder, address="https://desk.example") as it:
        yield it


def from_elsewhere(desk: Desk) -> Client:
    return Client(desk.app, host="desk.example", origin="https://desk.example", extra=dict(REMOTE))


def sign_in(client: Client, login: str = "olena", password: str = EXAMPLE_PASSWORD, **more):
    return client.post("/desk/sign-in", {"login": login, "password": password, **more})


def test_without_people_the_desk_shows_and_says_how_to_add_the_first(desk: Desk) -> None:
    stranger = desk.client()
    assert stranger.get("/desk/").status == 200
    assert stranger.get(f"/desk/place/{IZIUM}").status == 200
    for path in ("/desk/inbox", "/desk/audit", "/desk/sign-in"):
        answer = stranger.get(path)
        assert answer.status == 403
        assert "vidomo desk user add" in answer.text
    assert stranger.post("/desk/inbox/take", {}).status == 403


def test_a_person_signs_in_and_out(desk: Desk) -> None:
    desk.person("olena", whole(Role.EDITOR), password=True)
    client = desk.client()
    asked = client.get("/desk/audit?thing=clm_1")
    assert asked.headers["location"] == "/desk/sign-in?next=/desk/audit%3Fthing%3Dclm_1"
    form = client.get(asked.headers["location"])
    assert 'value="/desk/audit?thing=clm_1"' in form.text
    answer = sign_in(client, next="/desk/audit?thing=clm_1")
    assert (answer.status, answer.headers["location"]) == (303, "/desk/audit?thing=clm_1")
    cookie = answer.headers["set-cookie"]
    assert "HttpOnly" in cookie
    assert "SameSite=strict" in cookie
    assert "Secure" not in cookie
    page = client.get("/desk/audit")
    assert page.status == 200
    client.csrf = page.text.partition('name="csrf" value="')[2].partition('"')[0]
    token = dict(client.cookies)
    assert client.post("/desk/sign-out").status == 303
    client.cookies = token
    assert client.get("/desk/audit").status == 303


def test_the_token_of_a_session_is_nowhere_in_the_folder(desk: Desk) -> None:
    desk.person("olena", whole(Role.EDITOR), password=True)
    client = desk.client()
    sign_in(client)
    token = client.cookies["vidomo-desk"].encode()
    for path in desk.folder.rglob("*"):
        if path.is_file():
            kept = path.read_bytes()
            assert token not in kept
            assert EXAMPLE_PASSWORD.encode() not in kept


@pytest.mark.parametrize(
    ("login", "password"),
    [
        ("olena", "not the password"),
        ("nobody", EXAMPLE_PASSWORD),
        ("", ""),
        ("gone", EXAMPLE_PASSWORD),
    ],
)
def test_a_stranger_does_not_learn_what_was_wrong(desk: Desk, login: str, password: str) -> None:
    desk.person("olena", whole(Role.EDITOR), password=True)
    gone = desk.person("gone", whole(Role.EDITOR), password=True)
    desk.table.set_disabled(gone.id, is_disabled=True)
    answer = sign_in(desk.client(), login, password)
    assert answer.status == 401
    assert "set-cookie" not in answer.headers
    assert "Логін, пароль або код неправильні" in answer.text


def test_wrong_tries_make_one_wait_and_say_how_long(desk: Desk) -> None:
    desk.person("olena", whole(Role.EDITOR), password=True)
    client = desk.client()
    assert [sign_in(client, password="wrong wrong wrong").status for _ in range(4)] == [401] * 4
    waiting = sign_in(client)
    assert waiting.status == 429
    assert "через 2 с" in waiting.text
    desk.clock.move(seconds=3)
    assert sign_in(client).status == 303
    assert desk.table.attempts("login:olena") is None


def test_tries_on_many_logins_make_an_address_wait(desk: Desk) -> None:
    desk.person("olena", whole(Role.EDITOR), password=True)
    client = desk.client()
    desk.table.set_attempts("address:127.0.0.1", Attempts(9, NOW, NOW))
    assert [sign_in(client, f"guess{number}").status for number in range(2)] == [401, 401]
    assert sign_in(client).status == 429


@pytest.mark.parametrize(
    "wanted",
    [
        "https://elsewhere.example/",
        "//elsewhere.example",
        "/desk//elsewhere.example",
        "/desk/\\e",
        "/",
    ],
)
def test_a_sign_in_leads_nowhere_but_to_the_desk(desk: Desk, wanted: str) -> None:
    desk.person("olena", whole(Role.EDITOR), password=True)
    assert sign_in(desk.client(), next=wanted).headers["location"] == "/desk/"


def test_a_form_of_another_site_signs_nobody_in(desk: Desk) -> None:
    desk.person("olena", whole(Role.EDITOR), password=True)
    client = desk.client()
    client.origin = "https://elsewhere.example"
    assert sign_in(client).status == 403


def test_a_second_factor_is_asked_for_and_a_code_opens_once(desk: Desk) -> None:
    person = desk.person("olena", whole(Role.EDITOR), password=True)
    secret = pyotp.random_base32()
    desk.table.set_factor(person.id, secret)
    assert sign_in(desk.client()).status == 401
    code = pyotp.TOTP(secret).at(system_clock())
    assert sign_in(desk.client(), code=code).status == 303
    assert sign_in(desk.client(), code=code).status == 401


def test_a_session_ends_when_left_alone_and_after_a_shift(desk: Desk) -> None:
    person = desk.person("olena", whole(Role.EDITOR))
    client = desk.client(person)
    desk.clock.move(seconds=IDLE.total_seconds() - 1)
    assert client.get("/desk/me").status == 200
    desk.clock.move(seconds=IDLE.total_seconds())
    assert client.get("/desk/me").status == 303
    client = desk.client(person)
    for _ in range(int(ABSOLUTE.total_seconds() // 3600)):
        assert client.get("/desk/me").status == 200
        desk.clock.move(hours=1)
    assert client.get("/desk/me").status == 303


def test_a_person_who_is_disabled_is_out_at_once(desk: Desk) -> None:
    person = desk.person("olena", whole(Role.ADMIN))
    client = desk.client(person)
    assert client.get("/desk/me").status == 200
    desk.table.set_disabled(person.id, is_disabled=True)
    assert client.get("/desk/me").status == 303
    assert client.get("/desk/").status == 303


def test_a_new_password_ends_every_session_and_is_written_down_without_it(desk: Desk) -> None:
    person = desk.person("olena", whole(Role.EDITOR), password=True)
    first, second = desk.client(person), desk.client(person)
    new = "another four words here"
    form = {"old": EXAMPLE_PASSWORD, "new": new, "again": new}
    assert first.post("/desk/me/password", form | {"again": "x"}).status == 400
    assert first.post("/desk/me/password", form | {"old": "x"}).status == 400
    assert first.post("/desk/me/password", form).status == 303
    assert [one.get("/desk/me").status for one in (first, second)] == [303, 303]
    assert sign_in(desk.client(), password=new).status == 303
    with House.open(desk.folder, clock=desk.clock, read_only=True) as house:
        bodies = [one.body for one in house.journal.records(kind="desk")]
    assert len(bodies) == 2  # and that the new one opened
    assert new.encode() not in bodies[0]


def test_the_old_password_cannot_be_tried_faster_than_at_the_door(desk: Desk) -> None:
    client = desk.client(desk.person("olena", whole(Role.EDITOR), password=True))
    new = "another four words here"
    form = {"old": "wrong wrong wrong", "new": new, "again": new}
    found = [client.post("/desk/me/password", form).status for _ in range(5)]
    assert found == [400, 400, 400, 400, 429]
    right = form | {"old": EXAMPLE_PASSWORD}
    assert client.post("/desk/me/password", right).status == 429
    desk.clock.move(minutes=2)
    assert client.post("/desk/me/password", right).status == 303


def test_the_language_is_kept_for_the_session(desk: Desk) -> None:
    client = desk.client(desk.person("olena", whole(Role.VIEWER)))
    assert "Хто що робив" in client.get("/desk/audit").text
    assert "Audit trail" in client.get("/desk/audit?lang=en").text
    assert "Audit trail" in client.get("/desk/audit").text
    assert 'lang="en"' in client.get("/desk/").text
    assert "Audit trail" in client.get("/desk/audit?lang=xx").text


def test_what_was_done_is_told_once_on_the_next_page(desk: Desk) -> None:
    person, other = (desk.person(name, whole(Role.ADMIN)) for name in ("olena", "petro"))
    world = desk.world(person, other)
    claim = next(one.claim for one in world.house.situation().evidence if one.place == IZIUM)
    world.house.close()
    client = desk.client(person)
    done = client.post(f"/desk/claim/{claim}/confirm", {"reason": "asked by telephone"})
    assert done.headers["location"] == f"/desk/claim/{claim}"
    assert "Підтверджено." in client.get(f"/desk/claim/{claim}").text
    assert "Підтверджено." not in client.get(f"/desk/claim/{claim}").text
    assert "Особа olena" in client.get("/desk/audit").text


def test_a_refusal_says_what_was_wrong_and_writes_nothing(desk: Desk) -> None:
    client = desk.client(desk.person("olena", whole(Role.ADMIN)))
    before = desk.last_seq
    for path, form, status in (
        ("/desk/claim/clm_0/confirm", {"reason": "x"}, 404),
        ("/desk/inbox/take", {"item": "", "reason": "x"}, 400),
        ("/desk/incident/inc_0/merge", {"reason": "x"}, 404),
    ):
        answer = client.post(path, form)
        assert (answer.status, "Нічого не записано" in answer.text) == (status, True)
    assert client.get("/desk/claim/clm_0").status == 404
    assert client.get("/desk/place/UA0").status == 404
    assert desk.last_seq == before


def test_a_form_that_is_too_long_or_broken_is_refused(desk: Desk) -> None:
    client = desk.client(desk.person("olena", whole(Role.ADMIN)))
    assert client.post("/desk/inbox/take", {"reason": "x" * 300_000}).status == 413
    broken = client.send(
        "POST", "/desk/inbox/take", body=b"\xff=%ff", headers={"origin": client.origin}
    )
    assert broken.status == 400
    many = {f"f{number}": "x" for number in range(400)}
    assert client.post("/desk/inbox/take", many).status == 400


def test_an_act_waits_for_another_writer_and_says_when_it_gives_up(desk: Desk) -> None:
    client = desk.client(desk.person("olena", whole(Role.ADMIN), password=True))
    form = {"old": EXAMPLE_PASSWORD, "new": "another four words", "again": "another four words"}
    with House.open(desk.folder, clock=desk.clock):
        answer = client.post("/desk/me/password", form)
        assert answer.status == 503
        assert "Зараз записує хтось інший" in answer.text
        with pytest.raises(DeskBusy):
            desk.site.write_now(lambda house: house)
    assert client.post("/desk/me/password", form).status == 303


def test_a_desk_beyond_this_machine_needs_a_proxy_that_speaks_https(remote: Desk) -> None:
    remote.person("olena", whole(Role.EDITOR), password=True)
    stranger = from_elsewhere(remote)
    assert stranger.get("/desk/sign-in").status == 200
    for wrong in (
        {"x-forwarded-proto": "http"},
        {"x-forwarded-proto": ""},
        {"x-forwarded-for": ""},
        {"host": "desk.example:8443"},
        {"host": "desk.example.elsewhere"},
    ):
        assert stranger.get("/desk/sign-in", **wrong).status == 421
    assert stranger.get("/").status == 421
    here = remote.client()
    assert here.get("/desk/sign-in").status == 200
    assert here.get("/desk/sign-in", **REMOTE).status == 421


def test_from_elsewhere_only_a_second_factor_lets_in(remote: Desk) -> None:
    person = remote.person("olena", whole(Role.APPROVER), password=True)
    client = from_elsewhere(remote)
    answer = sign_in(client)
    assert (answer.status, "set-cookie" in answer.headers) == (403, False)
    secret = pyotp.random_base32()
    remote.table.set_factor(person.id, secret)
    answer = sign_in(client, code=pyotp.TOTP(secret).at(system_clock()))
    assert answer.status == 303
    cookie = answer.headers["set-cookie"]
    assert cookie.startswith("__Host-vidomo-desk=")
    assert "Secure" in cookie
    assert "Path=/;" in f"{cookie};"
    assert client.get("/desk/inbox").status == 200


def test_from_elsewhere_nothing_is_shown_while_nobody_was_added(remote: Desk) -> None:
    assert from_elsewhere(remote).get("/desk/").status == 403


def test_the_address_that_waits_is_the_one_that_our_proxy_saw(remote: Desk) -> None:
    remote.person("olena", whole(Role.EDITOR), password=True)
    client = from_elsewhere(remote)
    sign_in(client, "guess")
    assert remote.table.attempts("address:198.51.100.7") is not None


@pytest.mark.parametrize(
    "address", ["http://desk.example", "desk.example", "https://", "https://a/b", "https://u@a"]
)
def test_an_address_of_a_desk_is_https_and_a_host(address: str) -> None:
    with pytest.raises(ConfigError):
        checked_address(address)


def test_an_address_of_a_desk_has_one_form() -> None:
    assert checked_address("https://Desk.Example/") == "https://desk.example"
    assert checked_address("https://desk.example:443") == "https://desk.example"
    assert checked_address("https://desk.example:8443") == "https://desk.example:8443"


def test_an_exercise_says_so_and_has_its_own_cookie(tmp_path: Path, kept_night: Path) -> None:
    with Desk(night_folder(tmp_path / "data", kept_night), is_exercise=True) as desk:
        client = desk.client(desk.person("olena", Grant(Role.EDITOR, IZIUM)))
        page = client.get("/desk/inbox").text
        assert 'class="exercise"' in page
        assert "НАВЧАННЯ" in page
        assert list(client.cookies) == ["vidomo-exercise"]


def test_every_answer_of_the_desk_forbids_frames_and_foreign_scripts(desk: Desk) -> None:
    client = desk.client(desk.person("olena", whole(Role.ADMIN)))
    headers = client.get("/desk/inbox").headers
    policy = headers["content-security-policy"]
    assert "default-src 'none'" in policy
    assert "script-src 'self'" in policy
    assert "frame-ancestors 'none'" in policy
    assert "unsafe" not in policy
    assert headers["cache-control"] == "no-store"
    assert headers["x-content-type-options"] == "nosniff"


def test_files_of_the_desk_are_checked_before_they_run(desk: Desk) -> None:
    page = desk.client(desk.person("olena", whole(Role.ADMIN))).get("/desk/inbox").text
    assert page.count('integrity="sha384-') == page.count("<script") + page.count(
        'rel="stylesheet"'
    )
    stranger = desk.client()
    assert stranger.get("/desk/assets/desk.js?v=1").headers["cache-control"].endswith("immutable")
    assert stranger.get("/desk/assets/desk.js").headers["cache-control"] == "no-cache"
    for name in ("nothing.js", "..", "desk.txt", "DESK.js"):
        assert stranger.get(f"/desk/assets/{name}").status == 404
    assert NOW


def test_a_flood_of_sign_ins_is_turned_away_and_holds_up_nobody(desk: Desk) -> None:
    person = desk.person("olena", whole(Role.EDITOR), password=True)
    desk.site._weighing = MOST_SIGN_INS
    assert sign_in(desk.client()).status == 503
    assert desk.client(person).get("/desk/inbox").status == 200
    desk.site._weighing = 0
    assert sign_in(desk.client()).status == 303


def test_whoever_signs_in_anew_leaves_no_session_behind(desk: Desk) -> None:
    desk.person("olena", whole(Role.EDITOR), password=True)
    client = desk.client()
    sign_in(client)
    before = dict(client.cookies)
    sign_in(client)
    assert client.cookies != before
    assert Client(desk.app, before).get("/desk/me").status == 303
    assert client.get("/desk/me").status == 200


def test_a_session_of_this_machine_is_none_from_elsewhere(remote: Desk) -> None:
    person = remote.person("olena", whole(Role.EDITOR))
    here = remote.client(person)
    there = from_elsewhere(remote)
    there.cookies = {"__Host-vidomo-desk": here.cookies["vidomo-desk"]}
    assert here.get("/desk/me").status == 200
    assert there.get("/desk/me").status == 303


def test_tries_that_are_sent_all_at_once_are_all_counted(desk: Desk) -> None:
    desk.person("olena", whole(Role.EDITOR), password=True)
    clients = [desk.client() for _ in range(6)]
    with ThreadPoolExecutor(max_workers=6) as many:
        statuses = list(many.map(lambda one: sign_in(one, password="wrong wrong").status, clients))
    assert sorted(statuses) == [401] * 4 + [429] * 2
