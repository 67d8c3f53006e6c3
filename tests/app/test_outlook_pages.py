"""The outlook at the desk: a purpose first, written down, then the answer or that there is none."""

from collections.abc import Iterator

import msgspec
import pytest

from app.desk_world import LVIV, Client, Desk, Hands, night_folder, whole
from vidomo.app.desk_book import entries_in
from vidomo.app.house import House
from vidomo.app.outlook import Order, example_outlook, run_entry
from vidomo.app.web.desk import outlook as page
from vidomo.desk.people import Grant, Role
from vidomo.grid.csv_pair import BRANCH_TEMPLATE, BUS_TEMPLATE

FORM = {"purpose": "вечірня зміна", "samples": "1000"}
EXAMPLE = FORM | {"example": "1"}


@pytest.fixture
def desk(tmp_path, monkeypatch) -> Iterator[Desk]:
    monkeypatch.setattr(page, "SAMPLES", (1000, 60))
    with Desk(night_folder(tmp_path / "data", tmp_path / "kept"), clock=Hands()) as it:
        yield it


@pytest.fixture
def editor(desk: Desk) -> Client:
    return desk.client(desk.person("olena", whole(Role.EDITOR)))


def result(editor: Client, form: dict[str, str]):
    sent = editor.post("/desk/outlook", form | {"samples": "60"})
    assert sent.status == 303, sent.text
    return editor.get(sent.headers["location"])


def test_nothing_is_run_without_a_purpose(desk: Desk, editor: Client) -> None:
    before = desk.last_seq
    assert editor.post("/desk/outlook", EXAMPLE | {"purpose": "  "}).status == 400
    assert desk.last_seq == before


def test_the_made_up_district_is_an_exercise_on_the_screen_and_in_every_picture(
    editor: Client,
) -> None:
    text = result(editor, EXAMPLE).text
    assert "НАВЧАННЯ: мережа з відкритого набору або вигадана" in text
    # Three scenarios, the reliability diagram, the metrics.
    assert text.count("<svg") == 5
    assert text.count("НАВЧАННЯ") >= 6
    for word in ("Без нових пошкоджень", "Як минулого тижня", "Важкий", "hospital South"):
        assert word in text
    assert "невідомо: не знаємо резерву" in text
    assert "години ремонту × 0,5" in text
    assert "пошкодження до повідомлень × 3" in text
    assert "Разом, за вашими вагами" not in text
    editor.get("/desk/me?lang=en")
    english = editor.get("/desk/outlook").text
    assert "EXERCISE: a public benchmark" in english
    assert "hours of repair × 0.5" in english


def test_weights_of_a_person_make_a_mixture(editor: Client) -> None:
    text = result(editor, EXAMPLE | {"weight-severe": "1", "weight-no-new-damage": "0,5"}).text
    assert "Разом, за вашими вагами" in text
    assert text.count("<svg") == 6
    assert editor.post("/desk/outlook", EXAMPLE | {"weight-severe": "багато"}).status == 400


def test_without_a_network_the_information_is_insufficient(desk: Desk, editor: Client) -> None:
    text = result(editor, FORM).text
    assert "Інформації замало" in text
    assert "there is no network" in text
    assert text.count("<svg") == 2  # how good it is, and nothing of an outlook


def test_a_network_of_ones_own_is_read_and_its_problems_are_told(
    desk: Desk, editor: Client
) -> None:
    folder = desk.folder / "grid"
    folder.mkdir()
    (folder / "bus.csv").write_text(BUS_TEMPLATE)
    (folder / "branch.csv").write_text(BRANCH_TEMPLATE)
    text = result(editor, FORM).text
    assert "of the load lies in places that are listened to" in text
    assert "НАВЧАННЯ: мережа" not in text
    (folder / "branch.csv").write_text(BRANCH_TEMPLATE.replace("L1", "L2"))
    answer = editor.post("/desk/outlook", FORM)
    assert answer.status in {400, 422}


def test_a_large_network_is_run_with_few_courses(desk: Desk, editor: Client, monkeypatch) -> None:
    monkeypatch.setattr(page, "LARGE_BUSES", 2)
    folder = desk.folder / "grid"
    folder.mkdir()
    (folder / "bus.csv").write_text(BUS_TEMPLATE)
    (folder / "branch.csv").write_text(BRANCH_TEMPLATE)
    sent = editor.post("/desk/outlook", FORM | {"samples": "1000"})
    assert "Скільки перебігів на сценарій: 60" in editor.get(sent.headers["location"]).text


def test_every_run_is_in_the_audit_trail_with_network_and_purpose(
    desk: Desk, editor: Client
) -> None:
    text = result(editor, EXAMPLE).text
    with House.open(desk.folder, clock=desk.clock, read_only=True) as house:
        (deed,) = entries_in(house.journal, what_prefix="outlook.")
    assert (deed.by, deed.reason, deed.what) == ("usr_olena", "вечірня зміна", "outlook.run")
    assert deed.subject.startswith("net_")
    assert deed.subject in text
    assert b"p_split" not in bytes(deed.body)  # an order, no result
    assert "Особа olena" in text
    assert "вечірня зміна" in text


def test_a_result_is_kept_in_memory_only_and_may_be_gone(
    desk: Desk, editor: Client, monkeypatch
) -> None:
    monkeypatch.setattr(page, "KEPT", 1)
    first = editor.post("/desk/outlook", EXAMPLE | {"samples": "60"}).headers["location"]
    result(editor, FORM)
    gone = editor.get(first).text
    assert "вже немає" in gone
    assert not [path for path in desk.folder.rglob("*") if b"p_without" in _bytes(path)]


def test_services_outside_the_territory_are_not_shown(desk: Desk, editor: Client) -> None:
    made_up = example_outlook(Order(purpose="x", at=desk.clock(), samples=30))
    found = msgspec.structs.replace(made_up, is_exercise=False)
    deed = run_entry(found, by="usr_olena", at=desk.clock())
    page.keep(desk.folder, deed, found)
    path = f"/desk/outlook?run={deed.id}"
    assert "hospital South" in editor.get(path).text
    elsewhere = desk.client(desk.person("lviv", Grant(Role.EDITOR, LVIV))).get(path)
    assert elsewhere.status == 200
    assert "hospital South" not in elsewhere.text


def _bytes(path) -> bytes:
    return path.read_bytes() if path.is_file() else b""


def test_a_viewer_sees_nothing_of_it(desk: Desk) -> None:
    viewer = desk.client(desk.person("gazer", whole(Role.VIEWER)))
    assert viewer.get("/desk/outlook").status == 403
    assert viewer.post("/desk/outlook", EXAMPLE).status == 403
    assert desk.client(desk.person("one", Grant(Role.EDITOR, "UA63"))).get("/desk/outlook").status
    assert desk.client().get("/desk/outlook").status in {303, 401, 403}


def test_the_number_of_courses_is_one_of_those_offered() -> None:
    assert page._samples("1000") == 1000
    assert page._samples("1000000000") == page.SAMPLES[0]


def test_an_editor_of_another_place_neither_runs_nor_sees_the_network(desk: Desk) -> None:
    grid = desk.folder / "grid"
    grid.mkdir()
    (grid / "bus.csv").write_text(BUS_TEMPLATE)
    (grid / "branch.csv").write_text(BRANCH_TEMPLATE)
    person = desk.person("own", whole(Role.EDITOR))
    far = desk.client(desk.person("far", Grant(Role.EDITOR, LVIV)))
    assert far.post("/desk/outlook", FORM | {"samples": "60"}).status == 403
    made = example_outlook(Order(purpose="evening", at=desk.clock(), samples=60))
    real = msgspec.structs.replace(made, is_exercise=False)
    deed = run_entry(real, by=person.id, at=desk.clock())
    page.keep(desk.folder, deed, real)
    where = f"/desk/outlook?run={deed.id}"
    seen, hidden = desk.client(person).get(where).text, far.get(where).text
    assert "hospital South" in seen
    assert "hospital South" not in hidden
    assert hidden.count("<svg") < seen.count("<svg")
    assert far.post("/desk/outlook", EXAMPLE | {"samples": "60"}).status == 303
