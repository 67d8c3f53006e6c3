"""``vidomo services``, its pages at the desk, and that nothing of it gets out."""

import json
import re
import shutil
import stat
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest

from app.desk_world import IZIUM, LVIV, NOW, Desk, night_folder, whole
from disclosure.planted import GAZETTEER
from vidomo.app.facilities import FILE, inventory_in, risks_now, store_inventory
from vidomo.app.house import House
from vidomo.app.live import LiveHouse
from vidomo.app.opendata import OpenShelf, open_view
from vidomo.app.sitrep import Order, situation_report, written
from vidomo.app.web import tree as trees
from vidomo.app.web.tree import Tree
from vidomo.core.errors import MachineRefused, NothingKnown
from vidomo.core.time import parse_posted_at
from vidomo.desk.people import Grant, Role
from vidomo.gazetteer import Gazetteer
from vidomo.gazetteer.shapes import bundled_shapes
from vidomo.sources.model import Post

NAME = "needle-hospital-77"
TABLE = f"""\
id,kind,place_code,needs,backup_min_h,backup_max_h,backup_origin,backup_source,recharge_h,population
{NAME},hospital,{IZIUM},power + water@needle-pump-78,8,12,owner,needle-source,,41234
needle-pump-78,water,{IZIUM},power,,,,,,
"""
LVIV_TOWN = "UA46060250010015970"
WORDS = (
    ("06:10", "Укренерго: у Полтавській області діють графіки погодинних відключень."),
    ("06:20", "Укренерго: на Сумщині введено аварійні відключення."),
    ("06:30", "Укренерго: аварійні відключення на Сумщині скасовано."),
    ("06:40", "Енергосистема Одеської області працює в острівному режимі, повідомляє Укренерго."),
    ("06:45", "Укренерго: в Одеській області обмеження скасовано."),
    ("06:50", "Укренерго: 20 грудня в усіх регіонах України діяли графіки погодинних відключень."),
    (
        "06:55",
        "Укренерго: 21 грудня в усіх регіонах України діятимуть графіки погодинних відключень.",
    ),
    ("07:00", "В Ізюмському районі введено аварійні відключення, повідомляє Харківобленерго."),
)


@pytest.fixture(scope="module")
def kept(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The bundled night with a few announcements, as posts of one's own."""
    folder = tmp_path_factory.mktemp("night")
    night_folder(folder / "first", folder / "kept")
    with House.open(folder / "kept", clock=lambda: NOW - timedelta(minutes=3)) as house:
        house.take_in([_post(number, *one) for number, one in enumerate(WORDS)])
    return folder / "kept"


def _post(number: int, clock: str, text: str) -> Post:
    posted = parse_posted_at(f"2025-12-21T{clock}:00Z")
    return Post(source="transmission", native_id=f"regime-{number}", text=text, posted_at=posted)


@pytest.fixture
def folder(kept: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(kept, tmp_path / "data"))


@pytest.fixture
def desk(folder: Path) -> Iterator[Desk]:
    with Desk(folder) as it:
        yield it


# the command line


def test_the_template_is_checked_stored_and_asked(run_vidomo, tmp_path: Path) -> None:
    file = tmp_path / "mine.csv"
    file.write_text(run_vidomo("services", "template").out, "utf-8")
    ran = run_vidomo("services", "check", file)
    assert (ran.code, ran.out) == (0, "3 facilities, 0 problems\n")
    ran = run_vidomo("services", "import", file)
    assert ran.code == 0
    stored = tmp_path / "data" / FILE
    assert stat.S_IMODE(stored.stat().st_mode) == 0o600
    assert [one.name for one in stored.parent.iterdir()] == [FILE]
    run_vidomo("import", "-", stdin="В Ізюмі немає світла.".encode())
    assert run_vidomo("services", "--lang", "en").code == 3


def test_a_table_with_problems_is_told_whole_and_stored_not_at_all(
    run_vidomo, tmp_path: Path
) -> None:
    file = tmp_path / "mine.csv"
    file.write_text(f"id,kind,place_code\nA,clinic,{IZIUM}\nA,water,UA\n", "utf-8")
    ran = run_vidomo("services", "import", file)
    assert ran.code == 5
    assert "mine.csv, row 2: kind: 'clinic' is no kind" in ran.err
    assert "mine.csv, row 3: place_code" in ran.err
    assert "row 3: id" in ran.err
    assert not (tmp_path / "data" / FILE).exists()
    ran = run_vidomo("services", "check", file, "--json")
    assert ran.code == 5
    assert len(json.loads(ran.out)["problems"]) == 3


def test_an_address_is_refused_with_why(run_vidomo, tmp_path: Path) -> None:
    file = tmp_path / "mine.csv"
    file.write_text(f"id,kind,place_code,address\nA,hospital,{IZIUM},x\n", "utf-8")
    ran = run_vidomo("services", "import", file)
    assert ran.code == 5
    assert "dangerous" in ran.err


def test_the_example_is_an_exercise_in_every_form(run_vidomo, tmp_path: Path) -> None:
    ran = run_vidomo("services", "--example", "--lang", "en", "--chart", tmp_path / "x.svg")
    assert ran.code == 0
    assert ran.out.startswith("EXERCISE")
    assert "EXERCISE" in (tmp_path / "x.svg").read_text("utf-8")
    told = json.loads(run_vidomo("services", "--example", "--json", "--unsaid-h", "2").out)
    assert (told["is_synthetic"], told["audience"]) == (True, "desk")
    assert "unsaid" in told["risks"][0]["assumptions"]


def test_risks_and_regimes_are_told_of_a_folder(run_vidomo, folder: Path, tmp_path: Path) -> None:
    (folder / FILE).write_text(TABLE, "utf-8")
    at = ("--data", folder, "--valid-at", "2025-12-20T18:00Z", "--lang", "en")
    ran = run_vidomo("services", *at)
    assert ran.code == 0
    assert "may have failed" in ran.out
    assert "needle-hospital-77, hospital" in ran.out
    assert "whether this facility is meant cannot be told" in ran.out
    board = ("services", "regimes", "--data", folder, "--valid-at", "2025-12-21T09:00Z")
    ran = run_vidomo(*board, "--lang", "en", "--map", tmp_path / "map.svg")
    assert ran.code == 0
    assert re.search(r"Poltava[^\n]*\n  hourly schedules: ", ran.out)
    assert re.search(r"Sumy[^\n]*\n[^\n]*whole country\n  emergency shutdowns: ended", ran.out)
    assert re.search(r"Odes[^\n]*\n  islanded operation: ", ran.out)
    assert "Ukrenergo, said 21.12.2025" in ran.out
    assert "it is unclear what: nothing was taken away" in ran.out
    assert "in parts of the oblast only: emergency shutdowns" in ran.out
    late = ("services", "regimes", "--data", folder, "--valid-at", "2025-12-24T09:00Z")
    ran = run_vidomo(*late, "--lang", "en")
    assert "old word" in ran.out
    assert "its time has run out" in ran.out
    assert re.search(r"Sumy[^\n]*\n  not announced", ran.out)
    assert "does not mean that all is well" in ran.out
    assert "<svg" in (tmp_path / "map.svg").read_text("utf-8")
    told = json.loads(run_vidomo(*board, "--json").out)
    assert told["audience"] == "desk"
    assert len(told["board"]["rows"]) == 27


@pytest.mark.parametrize("hours", ["nan", "inf", "-1", "73"])
def test_hours_that_are_none_are_refused(run_vidomo, hours: str) -> None:
    assert run_vidomo("services", "--example", "--unsaid-h", hours)[0] == 2


def test_what_is_missing_is_told(run_vidomo, folder: Path, tmp_path: Path) -> None:
    assert run_vidomo("services", "--data", folder).code == 3
    assert run_vidomo("services", "--lang", "ru", "--example").code == 2
    assert run_vidomo("services", "check", tmp_path / "none.csv").code == 6
    target = tmp_path / "none" / "x.svg"
    assert run_vidomo("services", "--example", "--chart", target).code == 6
    (folder / FILE).write_text("id,kind,place_code\nA,clinic,UA\n", "utf-8")
    assert run_vidomo("services", "--data", folder).code == 5


def test_a_disk_that_refuses_leaves_the_old_inventory(folder: Path) -> None:
    (folder / FILE).write_text(TABLE, "utf-8")
    found = inventory_in(folder, units=Gazetteer.open())
    (folder / "file").write_text("")
    with pytest.raises(MachineRefused):
        store_inventory(found.facilities, folder / "file")
    (folder / FILE).unlink()
    (folder / FILE).mkdir()
    with pytest.raises(MachineRefused):
        store_inventory(found.facilities, folder)
    assert not [one for one in folder.iterdir() if one.name.startswith(".facilities")]
    with pytest.raises(NothingKnown):
        inventory_in(folder, units=Gazetteer.open())


# at the desk


def test_the_page_tells_risks_with_their_assumptions_and_links_to_the_words(desk: Desk) -> None:
    (desk.folder / FILE).write_text(TABLE, "utf-8")
    client = desk.client(desk.person("editor", whole(Role.EDITOR)))
    text = client.get("/desk/services?lang=en&unsaid=2").text
    assert NAME in text
    assert "<svg" in text
    assert "No outage goes unsaid for longer than 2 h" in text or "What this rests on" in text
    (desk.folder / FILE).write_text(TABLE.replace(NAME, "renamed"), "utf-8")
    assert "renamed" in client.get("/desk/services").text


def test_a_facility_outside_the_territory_is_counted_and_not_shown(desk: Desk) -> None:
    town = next(one for one in Gazetteer.open().find("Lviv") if one.code.startswith("UA46060"))
    (desk.folder / FILE).write_text(
        TABLE + f"needle-lviv,hospital,{town.code},power + water@needle-pump-78,,,,,,\n", "utf-8"
    )
    client = desk.client(desk.person("editor", Grant(Role.EDITOR, LVIV)))
    text = client.get("/desk/services?lang=en").text
    assert "needle-lviv" in text
    assert NAME not in text
    assert "needle-pump-78" not in text
    assert "2 more facilities" in text


def test_a_viewer_sees_regimes_and_no_facilities(desk: Desk) -> None:
    (desk.folder / FILE).write_text(TABLE, "utf-8")
    client = desk.client(desk.person("viewer", whole(Role.VIEWER)))
    assert client.get("/desk/services").status == 403
    text = client.get("/desk/regimes?lang=en").text
    assert "hourly schedules" in text
    assert "not announced" in text
    assert "does not mean that all is well" in text
    assert NAME not in text


def test_a_missing_and_an_unsound_inventory_are_told(desk: Desk) -> None:
    client = desk.client(desk.person("editor", whole(Role.EDITOR)))
    assert "vidomo services template" in client.get("/desk/services?lang=en").text
    (desk.folder / FILE).write_text(TABLE + "x,clinic,UA,,,,,,,\n", "utf-8")
    text = client.get("/desk/services").text
    assert "is no kind" in text
    assert NAME in text
    for unsaid in ("x", "-1", "1e9", "nan", "\u0662"):
        assert client.get(f"/desk/services?unsaid={unsaid}").status == 200


def test_the_example_says_on_its_page_that_it_is_one(desk: Desk) -> None:
    client = desk.client(desk.person("editor", whole(Role.EDITOR)))
    text = client.get("/desk/services?example=1&lang=en").text
    assert text.count("EXERCISE: a made-up district") == 2


# nothing of it gets out


def _published(data: Path, out: Path) -> dict[str, bytes]:
    """Every file that is written for the public of a folder, at one instant."""
    with LiveHouse(data, clock=lambda: NOW) as house:
        Tree(house, out / "pages").render()
        shelf = OpenShelf(out / "open", ledgers=out / "ledgers")
        shelf.write(open_view(house, now=NOW), atlas=GAZETTEER, publisher="Vidomo", address="")
        for code in (IZIUM, "UA63000000000041885", "UA"):
            order = Order(place=code, start=NOW - timedelta(hours=24))
            report = situation_report(house, order, shapes=bundled_shapes())
            for kind in ("html", "md"):
                (out / f"report-{code}.{kind}").write_bytes(written(report, kind))
    return {
        str(path.relative_to(out)): path.read_bytes()
        for path in sorted(out.rglob("*"))
        if path.is_file() and path.name != "beat.txt"  # the machine's clock
    }


ADDRESSES = (
    "/",
    "/map/",
    "/api/v1/country",
    "/api/v1/places/" + IZIUM,
    f"/place/{IZIUM}/",
    f"/en/place/{IZIUM}/",
    "/place/UA63000000000041885/",
)


def _served(data: Path) -> dict[str, tuple[int, bytes]]:
    """Everything that a stranger can ask the server for."""
    with Desk(data) as desk:
        client = desk.client()
        found = {}
        for path in (*ADDRESSES, "/desk/services", "/desk/regimes", "/desk/"):
            answer = client.get(path)
            found[path] = (answer.status, answer.body)
    return found


def test_no_public_byte_differs_with_an_inventory(kept: Path, tmp_path: Path, monkeypatch) -> None:
    monkeypatch.setattr(trees, "places_of", lambda *_, **__: (IZIUM, "UA63000000000041885"))
    plain = Path(shutil.copytree(kept, tmp_path / "plain"))
    listed = Path(shutil.copytree(kept, tmp_path / "listed"))
    (listed / FILE).write_text(TABLE, "utf-8")
    with House.open(listed, clock=lambda: NOW, read_only=True) as house:
        inventory = inventory_in(listed, units=house.gazetteer)
        assert risks_now(house, inventory.facilities).risks
    before, after = _served(plain), _served(listed)
    assert before == after
    assert {status for path, (status, _) in after.items() if path.startswith("/desk/s")} == {403}
    assert sum(status == 200 for status, _ in after.values()) >= 5
    files = _published(listed, tmp_path / "out")
    assert files == _published(plain, tmp_path / "other")
    assert len(files) > 20
    for body in (*files.values(), *(body for _, body in after.values())):
        for needle in (b"needle-", b"41234"):
            assert needle not in body


def test_rooms_for_the_public_cannot_even_import_the_outlook() -> None:
    root = Path(__file__).resolve().parents[2] / "src" / "vidomo"
    for room in ("disclosure", "publish"):
        for path in (root / room).rglob("*.py"):
            assert "vidomo.outlook" not in path.read_text("utf-8"), path
    public = [*(root / "app" / "web").glob("*.py"), root / "app" / "opendata.py"]
    for path in public:
        assert "app.facilities" not in path.read_text("utf-8"), path
