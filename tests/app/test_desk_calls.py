"""Calls at the desk's pages: taken by the right people, released word by word, never lost."""

import itertools
import re
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest

from app.call_folder import Hands as Stopped
from app.desk_world import (
    IZIUM,
    IZIUM_RAION,
    LVIV,
    NOW,
    Client,
    Desk,
    night_folder,
    whole,
)
from vidomo.app.call_book import calls_in
from vidomo.app.desk_book import write_entries
from vidomo.app.house import House
from vidomo.app.opendata import open_view
from vidomo.app.web.desk import calls, calls_release, handover, tasks
from vidomo.app.web.tree import Tree
from vidomo.core.codec import to_json
from vidomo.core.time import instant_interval
from vidomo.desk.calls.model import TAKEN, Call, Taken
from vidomo.desk.entry import entry
from vidomo.desk.people import Grant, Role
from vidomo.publish.api.table import OPERATIONS
from vidomo.sources.model import Post
from vidomo.store.sqlite import SqliteJournal

MVA = f"city_military_administration@{IZIUM}"
VOICE = f"desk:{MVA}"
CALL = {
    "who": "Параска Вигадана",
    "office": "староста",
    "place": "Ізюм",
    "words": "Немає світла.",
    "call_back": "050 765 43 21",
}


@pytest.fixture(scope="module")
def kept(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("night") / "kept"


@pytest.fixture
def desk(tmp_path: Path, kept: Path) -> Iterator[Desk]:
    with Desk(night_folder(tmp_path / "data", kept)) as made:
        yield made


def client(desk: Desk, login: str, role: Role, territory: str = IZIUM_RAION) -> Client:
    return desk.client(desk.person(login, Grant(role, territory)))


def kept_calls(desk: Desk) -> tuple[Call, ...]:
    with SqliteJournal.open(desk.folder, clock=desk.clock, read_only=True) as journal:
        return calls_in(journal)


def taken(desk: Desk, by: Client, **fields: str) -> Call:
    answer = by.post("/desk/calls", CALL | fields)
    assert answer.status == 303, answer.text
    desk.clock.move(minutes=1)
    return kept_calls(desk)[0]


def admin_with_voice(desk: Desk) -> Client:
    admin = client(desk, "admin", Role.ADMIN, "UA")
    answer = admin.post("/desk/voices", {"body": MVA, "title": "Ізюмська МВА"})
    assert answer.status == 303, answer.text
    return admin


def test_a_call_is_taken_down_and_told_at_the_next_page(desk: Desk) -> None:
    editor = client(desk, "editor", Role.EDITOR)
    call = taken(desk, editor)
    page = editor.get("/desk/calls").text
    assert "Дзвінок записано: Ізюм" in page
    assert call.words in page
    assert "Параска" not in page
    own = editor.get(f"/desk/calls/{call.id}").text
    assert "Параска Вигадана" in own
    assert "050 765 43 21" in own


def test_who_called_is_shown_only_to_those_who_act_there(desk: Desk) -> None:
    call = taken(desk, client(desk, "editor", Role.EDITOR))
    viewer = client(desk, "viewer", Role.VIEWER).get(f"/desk/calls/{call.id}")
    assert viewer.status == 200
    assert call.words in viewer.text
    assert "Параска" not in viewer.text
    assert "765" not in viewer.text
    stranger = client(desk, "lviv", Role.ADMIN, LVIV)
    assert stranger.get(f"/desk/calls/{call.id}").status == 403
    assert call.words not in stranger.get("/desk/calls").text


@pytest.mark.parametrize(
    ("field", "value", "said"),
    [
        ("words", "", "Напишіть, що сказали"),
        ("place", "Ґондурасівка", "немає в кодифікаторі"),
        ("when", "опівночі", "Це не час"),
        ("who", "а" * 121, "Задовго"),
    ],
)
def test_what_cannot_be_taken_down_is_shown_again_with_all_that_was_typed(
    desk: Desk, field: str, value: str, said: str
) -> None:
    editor = client(desk, "editor", Role.EDITOR)
    answer = editor.post("/desk/calls", CALL | {field: value})
    assert answer.status == 422
    assert said in answer.text
    for name, typed in (CALL | {field: value}).items():
        assert typed in answer.text, name
    assert not kept_calls(desk)


def test_several_places_of_a_name_are_offered_and_one_is_chosen(desk: Desk) -> None:
    editor = client(desk, "editor", Role.EDITOR, "UA63000000000041885")
    answer = editor.post("/desk/calls", CALL | {"place": "Шевченкове"})
    assert answer.status == 422
    codes = re.findall(r'name="code" value="(UA\d+)"', answer.text)
    assert len(codes) > 1
    call = taken(desk, editor, place="Шевченкове", code=codes[1])
    assert call.place == codes[1]


def test_the_field_offers_places_of_ones_own_territory_first(desk: Desk) -> None:
    editor = client(desk, "editor", Role.EDITOR, "UA63000000000041885")
    body = editor.get(
        "/desk/calls/places?place=%D0%A8%D0%B5%D0%B2%D1%87%D0%B5%D0%BD%D0%BA%D0%BE%D0%B2%D0%B5"
    ).text
    offered = re.findall(r'<option value="([^"]+)"', body)
    assert "Харківська область" in offered[0]
    assert editor.get("/desk/calls/places?place=").text == ""
    assert editor.get("/desk/calls/places?place=%3Cscript%3E").status == 200


def test_a_call_about_another_territory_is_refused(desk: Desk) -> None:
    editor = client(desk, "editor", Role.EDITOR)
    assert editor.post("/desk/calls", CALL | {"place": "Львів UA46060250010015970"}).status == 403
    viewer = client(desk, "viewer", Role.VIEWER)
    assert viewer.post("/desk/calls", CALL).status == 403
    assert not kept_calls(desk)


@pytest.mark.parametrize(
    "words",
    [
        "<script>alert(1)</script> немає світла",
        "немає \u202eсвітла\u202c",
        "{{ 7 * 7 }} {% raise %}",
        "Немає світла. " * 140,
        "\u0000\u0001немає світла",
    ],
)
def test_hostile_words_are_only_words(desk: Desk, words: str) -> None:
    editor = client(desk, "editor", Role.EDITOR)
    call = taken(desk, editor, words=words, who=words[:100])
    for path in ("/desk/calls", f"/desk/calls/{call.id}"):
        page = editor.get(path)
        assert page.status == 200
        assert "<script>alert" not in page.text
        assert "\u202e" not in page.text
        assert "49" not in re.sub(r"call_\w+|\d\d:\d\d|v=\w+|sha\S+|\w{20,}", "", page.text)


def test_a_call_sent_twice_by_an_impatient_hand_is_one(desk: Desk) -> None:
    editor = client(desk, "editor", Role.EDITOR)
    once = re.search(r'name="once" value="([^"]+)"', editor.get("/desk/calls").text)[1]
    for _ in range(2):
        assert editor.post("/desk/calls", CALL | {"once": once}).status == 303
    assert len(kept_calls(desk)) == 1


def test_while_somebody_else_writes_the_call_stays_in_the_form_and_is_sent_again(
    desk: Desk,
) -> None:
    editor = client(desk, "editor", Role.EDITOR)
    with House.open(desk.folder, clock=desk.clock):
        hindered = editor.post("/desk/calls", CALL | {"once": "mine"})
    assert hindered.status == 503
    assert "надішліть ще раз" in hindered.text
    assert 'name="once" value="mine"' in hindered.text
    for typed in CALL.values():
        assert typed in hindered.text
    assert not kept_calls(desk)
    assert editor.post("/desk/calls", CALL | {"once": "mine"}).status == 303
    assert len(kept_calls(desk)) == 1


def test_a_call_that_a_stopped_machine_left_unread_is_read_when_the_page_is_opened(
    desk: Desk,
) -> None:
    editor = client(desk, "editor", Role.EDITOR)
    body = Taken(words="Немає води.", called_at=desk.clock())
    made = entry(TAKEN, subject="call_9", by="usr_x", at=desk.clock(), place=IZIUM, body=body)
    desk.site.write_now(lambda house: write_entries(house.journal, [made]))
    before = desk.last_seq
    assert "Немає води." in editor.get("/desk/calls").text
    assert desk.last_seq == before + 2
    editor.get("/desk/calls")
    assert desk.last_seq == before + 2


# Release ----------------------------------------------------------------------------------------


def test_a_release_is_checked_first_and_needs_the_place_to_be_typed(desk: Desk) -> None:
    admin_with_voice(desk)
    call = taken(desk, client(desk, "editor", Role.EDITOR))
    approver = client(desk, "approver", Role.APPROVER)
    path = f"/desk/calls/{call.id}/release"
    form = {"voice": VOICE, "words": "В Ізюмі немає світла."}
    checked = approver.post(path, form)
    assert checked.status == 200
    assert "Світла немає" in checked.text
    assert approver.post(path, form | {"confirm": "Харків"}).status == 422
    assert not kept_calls(desk)[0].releases
    done = approver.post(path, form | {"confirm": "ізюм"})
    assert done.status == 303
    desk.clock.move(minutes=1)
    stranger = Client(desk.app)
    page = stranger.get(f"/place/{IZIUM}/").text
    assert "В Ізюмі немає світла" in page
    assert "Параска" not in page
    (released,) = kept_calls(desk)[0].releases
    form = {"release": released.release.id, "reason": "помилка"}
    assert approver.post(f"/desk/calls/{call.id}/withdraw", form).status == 303
    desk.clock.move(minutes=1)
    assert "В Ізюмі немає світла" not in stranger.get(f"/place/{IZIUM}/").text
    assert "відкликано" in approver.get(f"/desk/calls/{call.id}").text


def test_an_editor_releases_nothing_and_an_approver_only_for_bodies_of_the_territory(
    desk: Desk,
) -> None:
    admin_with_voice(desk)
    editor = client(desk, "editor", Role.EDITOR)
    call = taken(desk, editor)
    path = f"/desk/calls/{call.id}/release"
    form = {"voice": VOICE, "words": "Світла немає.", "confirm": "Ізюм"}
    assert editor.post(path, form).status == 403
    assert client(desk, "lviv", Role.APPROVER, LVIV).post(path, form).status == 403
    approver = client(desk, "approver", Role.APPROVER)
    for voice in ("", "desk:nobody@UA", "izium_mva"):
        assert approver.post(path, form | {"voice": voice}).status == 400
    assert not kept_calls(desk)[0].releases


def test_whoever_took_an_all_clear_down_does_not_release_it(desk: Desk) -> None:
    admin_with_voice(desk)
    taker = client(desk, "taker", Role.APPROVER)
    call = taken(desk, taker, words="Відбій тривоги в Ізюмі.")
    path = f"/desk/calls/{call.id}/release"
    form = {"voice": VOICE, "words": call.words, "confirm": "Ізюм"}
    refused = taker.post(path, form)
    assert refused.status == 422
    assert "інша людина" in refused.text
    assert not kept_calls(desk)[0].releases
    assert client(desk, "second", Role.APPROVER).post(path, form).status == 303


def test_words_that_may_name_the_caller_need_a_word_that_they_do_not(desk: Desk) -> None:
    admin_with_voice(desk)
    call = taken(desk, client(desk, "editor", Role.EDITOR))
    approver = client(desk, "approver", Role.APPROVER)
    path = f"/desk/calls/{call.id}/release"
    form = {"voice": VOICE, "words": "За словами Параски, немає світла.", "confirm": "Ізюм"}
    asked = approver.post(path, form)
    assert asked.status == 422
    assert 'name="not_named"' in asked.text
    assert approver.post(path, form | {"not_named": "yes"}).status == 303


def test_a_number_is_refused_whoever_confirms(desk: Desk) -> None:
    admin_with_voice(desk)
    call = taken(desk, client(desk, "editor", Role.EDITOR))
    form = {"voice": VOICE, "words": "Дзвоніть 0507654321.", "confirm": "Ізюм"}
    answer = client(desk, "approver", Role.APPROVER).post(f"/desk/calls/{call.id}/release", form)
    assert answer.status == 422
    assert "номер телефону" in answer.text


def test_nobody_speaks_of_a_place_that_is_not_theirs(desk: Desk) -> None:
    admin_with_voice(desk)
    call = taken(desk, client(desk, "editor", Role.EDITOR))
    form = {"voice": VOICE, "words": "У Харкові немає світла.", "confirm": "Ізюм"}
    answer = client(desk, "approver", Role.APPROVER).post(f"/desk/calls/{call.id}/release", form)
    assert answer.status == 422
    assert "за яке ви не відповідаєте" in answer.text
    assert not kept_calls(desk)[0].releases


def test_a_body_that_was_registered_by_mistake_is_taken_off_the_list(desk: Desk) -> None:
    admin = admin_with_voice(desk)
    assert "Ізюмська МВА" in admin.get("/desk/calls").text
    assert (
        client(desk, "local", Role.ADMIN, LVIV)
        .post("/desk/voices/disown", {"voice": VOICE, "reason": "так"})
        .status
        == 403
    )
    assert admin.post("/desk/voices/disown", {"voice": VOICE}).status == 400
    assert admin.post("/desk/voices/disown", {"voice": VOICE, "reason": "так"}).status == 303
    assert (
        "Ізюмська МВА"
        not in admin.get("/desk/calls").text.partition("<main")[2].partition("voices/disown")[2]
    )
    assert admin.post("/desk/voices/disown", {"voice": VOICE, "reason": "так"}).status == 404


def test_without_a_body_nothing_is_released_and_the_page_says_so(desk: Desk) -> None:
    call = taken(desk, client(desk, "editor", Role.EDITOR))
    approver = client(desk, "approver", Role.APPROVER)
    assert "не говорить від імені" in approver.get(f"/desk/calls/{call.id}").text
    admin = client(desk, "admin", Role.ADMIN, "UA")
    for body in ("", "nobody@UA1", "police@UA", f"wrong_type@{IZIUM}", "city_administration@UA99"):
        assert admin.post("/desk/voices", {"body": body}).status == 400, body
    local = client(desk, "local", Role.ADMIN, LVIV)
    assert local.post("/desk/voices", {"body": MVA}).status == 403


def test_a_call_is_corrected_struck_out_and_its_caller_erased_with_reasons(desk: Desk) -> None:
    editor = client(desk, "editor", Role.EDITOR)
    admin = client(desk, "admin", Role.ADMIN)
    call = taken(desk, editor)
    path = f"/desk/calls/{call.id}"
    assert editor.post(f"{path}/correct", {"words": "Немає води."}).status == 400
    assert editor.post(f"{path}/correct", {"words": " ", "reason": "так"}).status == 400
    done = editor.post(f"{path}/correct", {"words": "Немає води.", "reason": "не розчув"})
    assert done.status == 303
    page = editor.get(path).text
    assert "Немає води." in page
    assert "не розчув" in page
    assert editor.post(f"{path}/erase", {"reason": "прохання"}).status == 403
    assert admin.post(f"{path}/erase", {"reason": "прохання"}).status == 303
    page = editor.get(path).text
    assert "стерто назавжди" in page
    assert "Параска" not in page
    assert admin.post(f"{path}/erase", {"reason": "ще раз"}).status == 404
    assert editor.post(f"{path}/strike", {"reason": "не той"}).status == 303
    assert editor.post(f"{path}/strike", {"reason": "ще раз"}).status == 409
    assert "Викреслено" in editor.get(path).text
    assert editor.get("/desk/calls/call_nobody").status == 404


# Nothing of it is public ------------------------------------------------------------------------


def public_paths() -> list[str]:
    api = [one.path.replace("{code}", IZIUM) for one in OPERATIONS]
    pages = [f"/place/{IZIUM}/", f"/place/{IZIUM_RAION}/", f"/en/place/{IZIUM}/", "/", "/map/"]
    plain = [f"/place/{IZIUM}/text", "/search?q=izium", f"/place/{IZIUM}/notice"]
    return [*api, *pages, *plain, "/api/v1/places?name=izium"]


def test_no_page_no_api_and_no_tree_tells_that_calls_were_taken(tmp_path: Path, kept: Path) -> None:
    told, trees = [], []
    said = ("Відбій тривоги в Ізюмі.", "Мер Ізюма повідомив: загинуло двоє.", "Світло є.")
    for words in ((), said):
        clock = Stopped(NOW)
        with Desk(night_folder(tmp_path / f"data{len(words)}", kept), clock=clock) as desk:
            editor = client(desk, "editor", Role.EDITOR)
            # Anything new makes the folder more than a replay: its clock is then the machine's.
            said_at = instant_interval(desk.clock())
            other = Post(source="somebody", native_id="1", text="Гаразд.", posted_at=said_at)
            desk.site.write_now(lambda house, other=other: house.take_in([other]))
            for one in words:
                taken(desk, editor, words=one)
            desk.clock.at = desk.clock.at.replace(hour=22, minute=30)
            stranger = Client(desk.app)
            told.append({path: stranger.get(path).body for path in public_paths()})
            later = desk.clock.at + timedelta(days=4)
            told[-1]["open data"] = to_json(open_view(desk.house, now=later))
            folder = tmp_path / f"tree{len(words)}"
            # The places that anybody spoke of come first.
            places = itertools.count()
            Tree(desk.house, folder).render(stop=lambda places=places: next(places) > 80)
            trees.append(
                {
                    str(file.relative_to(folder)): file.read_bytes()
                    for file in sorted(folder.rglob("*"))
                    if file.is_file() and file.name != "beat.txt"
                }
            )
    assert all(told[0].values())
    assert told[0] == told[1]
    assert trees[0] == trees[1]


@pytest.mark.parametrize("room", [calls, calls_release, tasks, handover])
def test_the_example_of_every_path_is_a_valid_request(desk: Desk, room: object) -> None:
    one = desk.person("one", whole(Role.ADMIN), password=True)
    other = desk.person("other", whole(Role.ADMIN))
    world, browser = desk.world(one, other), desk.client(one)
    for route in room.routes(desk.site):
        fields = dict(route.example(world))
        path = route.path
        for name in re.findall(r"{(\w+)}", path):
            path = path.replace(f"{{{name}}}", fields.pop(name))
        answer = browser.get(path) if route.method == "GET" else browser.post(path, fields)
        assert answer.status in (200, 303), (route.path, answer.text)
        desk.clock.move(minutes=1)
    world.house.close()
