"""Who runs this stands on every page and in every file, and that it is unofficial until then."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from app.desk_world import IZIUM, Desk, night_folder
from vidomo.app.alert_acts import AlertDesk
from vidomo.app.house import House
from vidomo.app.publisher import publisher_at
from vidomo.desk.alerts.authority import Authority
from vidomo.desk.people import Grant, Person, Role
from vidomo.publish.publisher import UNKNOWN, Publisher

UNOFFICIAL = "Неофіційна добірка, веде особа, яка не назвалася."
WHOLE = Authority(
    name="Ізюмська міська рада",
    name_en="Izium City Council",
    legal_basis="Кодекс, ст. 30",
    sender="cap@izium.example",
    contact="+380 00 000 00 00",
    web="https://izium.example",
    territory=IZIUM,
)
PAGES = (
    "/",
    "/map/",
    "/search?q=zzz",
    f"/place/{IZIUM}/",
    f"/place/{IZIUM}/text",
    f"/place/{IZIUM}/notice",
    f"/api/v1/places/{IZIUM}/state",
    "/api/v1/country",
    "/alerts/",
    "/api/",
    "/check",
    "/nowhere",
)


@pytest.fixture(scope="module")
def kept(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("night") / "kept"


@pytest.fixture
def desk(tmp_path: Path, kept: Path) -> Iterator[Desk]:
    with Desk(night_folder(tmp_path / "data", kept)) as made:
        yield made


def put_on_record(desk: Desk, authority: Authority) -> None:
    admin = Person(id="usr_x", login="x", name="X", grants=(Grant(Role.ADMIN, "UA"),))

    def write(house: House) -> None:
        AlertDesk(
            house.journal,
            folder=desk.folder,
            gazetteer=house.gazetteer,
            people=lambda _: admin,
            clock=desk.clock,
        ).set_authority(admin, authority)

    desk.site.write_now(write)
    desk.clock.move(minutes=1)


@pytest.mark.parametrize("path", PAGES)
def test_every_page_says_that_it_is_unofficial_while_no_authority_is_on_record(
    desk: Desk, path: str
) -> None:
    stranger = desk.client()
    stranger.get("/")
    assert UNOFFICIAL in stranger.get(path).text


@pytest.mark.parametrize("path", PAGES)
def test_every_page_names_the_authority_from_when_it_is_on_record(desk: Desk, path: str) -> None:
    put_on_record(desk, WHOLE)
    stranger = desk.client()
    stranger.get("/")
    page = stranger.get(path).text
    assert "Неофіційна добірка" not in page
    assert "Ізюмська міська рада" in page


def test_a_name_alone_makes_nothing_official(desk: Desk) -> None:
    put_on_record(desk, Authority(name="Добра сусідка"))
    stranger = desk.client()
    assert "Неофіційна добірка, веде Добра сусідка." in stranger.get("/").text
    assert "Unofficial compilation, run by Добра сусідка." in stranger.get("/en/").text
    put_on_record(desk, WHOLE)
    put_on_record(desk, Authority(name="Добра сусідка"))
    assert "Неофіційна добірка, веде Добра сусідка." in stranger.get("/alerts/").text


def test_a_permanent_address_says_who_was_on_record_then(desk: Desk) -> None:
    path = f"/api/v1/places/{IZIUM}/state?known_at=2025-12-21T09:41:00Z"
    desk.clock.move(minutes=2)
    before = desk.client().get(path)
    assert UNOFFICIAL in before.text
    put_on_record(desk, WHOLE)
    assert desk.client().get(path).body == before.body


def test_a_report_says_who_runs_this_in_every_form(desk: Desk) -> None:
    reader = desk.client(desk.person("reader", Grant(Role.VIEWER, "UA")))
    for kind in ("html", "md"):
        page = reader.get(f"/desk/sitrep/file?place={IZIUM}&as={kind}&for=public&in=uk")
        assert UNOFFICIAL in page.text


def test_a_name_in_one_language_stands_in_for_the_other() -> None:
    assert Publisher(name_en="City").line("uk").endswith("City.")
    assert Publisher(name=" Рада ", is_official=True).line("en") == "Run by Рада."
    assert UNKNOWN.line("en").startswith("Unofficial compilation")
    assert UNKNOWN.line("ru").startswith("Неофициальная")
    assert publisher_at(object()) == UNKNOWN
