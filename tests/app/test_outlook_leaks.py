"""Nothing of a network, of its outlook or of its restoration reaches the public, in any form.

A network with telling names and numbers is loaded as the operator's own, everything that can be
computed from it is computed, and then every public page, feed, file, answer and alert is searched
for any of it; and compared, byte by byte, with those of the same folder without a network.
"""

import json
import re
import shutil
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest

from app.alert_desks import BOSS, Office
from app.api_asking import every_address
from app.desk_world import IZIUM, NOW, Desk, Hands, night_folder, whole
from desk.alerts.worlds import OWN
from disclosure.planted import GAZETTEER
from disclosure.rendered import overheard
from vidomo.app.live import LiveHouse
from vidomo.app.opendata import FOLDER as OPEN, LEDGERS, OpenShelf, open_view
from vidomo.app.sitrep import Order, situation_report, written
from vidomo.app.web import api_past, tree as trees
from vidomo.app.web.site import is_desk
from vidomo.app.web.tree import Tree
from vidomo.desk.alerts.wordings import wordings
from vidomo.desk.forms import Given, fill, load_forms
from vidomo.desk.forms.facts import facts_for
from vidomo.desk.people import Role
from vidomo.disclosure.gate import gate
from vidomo.gazetteer.shapes import bundled_shapes
from vidomo.publish.alerts.keys import keys_folder, new_key
from vidomo.publish.digest import as_mesh, as_sms, as_text, as_voice, tell
from vidomo.publish.digest_notice import render_notice
from vidomo.publish.map_page import ASSETS, SHAPES
from vidomo.publish.residents import short_of

OBLAST, HROMADA = "UA63000000000041885", "UA63040090000021240"
CODES = (IZIUM, HROMADA, OBLAST, "UA")
BUSES = f"""\
bus,place_code,load_mw,generation_mw,capacity_mw,slack
zqneedle-bus-north,{IZIUM},41.2771937,,,
zqneedle-bus-south,{IZIUM},13.6131937,,,
zqneedle-bus-border,,,63.7191937,87.3911937,yes
"""
BRANCHES = """\
branch,from_bus,to_bus,x_pu,rating_mw,in_service
zqneedle-line-1,zqneedle-bus-border,zqneedle-bus-north,0.05171937,71.3371937,yes
zqneedle-line-2,zqneedle-bus-border,zqneedle-bus-south,0.08291937,,yes
zqneedle-line-3,zqneedle-bus-north,zqneedle-bus-south,0.06131937,23.9171937,yes
"""
POSITIONS = (
    "bus,lat,lon\nzqneedle-bus-north,49.218831,37.254913\nzqneedle-bus-south,49.198837,37.283711\n"
)
DAMAGE = "element,median_h,spread,probability,access_from_h\nzqneedle-line-1,7.77,1.5,0.83,\nzqneedle-bus-south,9.31,,,\n"
SERVICES = f"service,place_code,weight_mw,backup_h\nzqneedle-service,{IZIUM},31.771937,8\n"
FACILITIES = (
    "id,kind,place_code,needs,backup_min_h,backup_max_h,backup_origin,backup_source\n"
    f"zqneedle-hospital,hospital,{IZIUM},power,8,12,owner,zqneedle-source\n"
)
NEEDLES = (
    *(
        "zqneedle",
        "41.2771937",
        "13.6131937",
        "63.7191937",
        "87.3911937",
        "71.3371937",
        "23.9171937",
        "54.890387",
        "31.771937",
    ),
    *(
        "49.218831",
        "37.254913",
        "49.198837",
        "37.283711",
        "0.05171937",
        "0.08291937",
        "0.06131937",
        "net_",
        "olk_",
    ),
)


class Standing(Hands):
    """A clock that stands: the two folders are asked at the same moments."""

    def __call__(self):
        return self.at


@pytest.fixture(scope="module")
def plain(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The bundled night with an alert issued, a key, and a package of open data."""
    base = tmp_path_factory.mktemp("plain")
    folder = night_folder(base / "data", base / "kept")
    office = Office(folder)
    office.at = NOW + timedelta(minutes=1)
    _issue(office, first=True)
    _package(folder)
    return folder


def _issue(office: Office, *, first: bool) -> None:
    if first:
        with office.desk() as desk:
            desk.set_authority(BOSS, OWN)
            for name, one in wordings().items():
                desk.approve_wording(BOSS, name, version=one.ref.version)
        keys = keys_folder(office.folder)
        new_key(keys, holder="Izium", is_exercise=False, now=office.at)
        office.later(seconds=1)
    alert = office.write()
    office.later(seconds=1)
    office.approve(alert)
    office.later(seconds=1)
    office.issue(alert)


def _package(folder: Path) -> None:
    with LiveHouse(folder, clock=lambda: NOW) as house:
        shelf = OpenShelf(folder / OPEN, ledgers=folder / LEDGERS)
        shelf.write(open_view(house, now=NOW), atlas=GAZETTEER, publisher="Vidomo", address="")


@pytest.fixture(scope="module")
def loaded(plain: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The same folder with a network, after everything has been computed from it."""
    folder = Path(shutil.copytree(plain, tmp_path_factory.mktemp("loaded") / "data"))
    grid = folder / "grid"
    grid.mkdir()
    for name, text in (
        ("bus.csv", BUSES),
        ("branch.csv", BRANCHES),
        ("damage.csv", DAMAGE),
        ("services.csv", SERVICES),
        ("positions.csv", POSITIONS),  # of no use to us, and nobody's business
    ):
        (grid / name).write_text(text)
    (folder / "facilities.csv").write_text(FACILITIES)
    return folder


@pytest.fixture(scope="module")
def computed(loaded: Path) -> tuple[Path, list[str]]:
    """Run everything; return what the desk and the commands showed of it."""
    shown = []
    with Desk(loaded, clock=Standing(NOW + timedelta(minutes=5)), lock_wait_s=5) as desk:
        editor = desk.client(desk.person("editor", whole(Role.EDITOR)))
        sent = editor.post(
            "/desk/outlook",
            {"purpose": "zqneedle-purpose", "samples": "1000", "weight-severe": "1"},
        )
        assert sent.status == 303, sent.text
        for path in (sent.headers["location"], "/desk/restoration?trips=1", "/desk/services"):
            answer = editor.get(path)
            assert answer.status == 200
            shown.append(answer.text)
    from click.testing import CliRunner

    from vidomo.app.cli.main import vidomo

    grid = str(loaded / "grid")
    for arguments in (
        ["outlook", "--data", str(loaded), "--samples", "300", "--purpose", "zqneedle", "--json"],
        ["grid", "restore", grid, "--damage", f"{grid}/damage.csv", "--json"],
        ["grid", "islands", grid, "--json"],
        ["grid", "cascade", grid, "--out", "zqneedle-line-1", "--json"],
    ):
        ran = CliRunner().invoke(vidomo, arguments, standalone_mode=False)
        assert ran.exception is None, (arguments, ran.output, ran.exception)
        shown.append(ran.stdout)
    return loaded, shown


def test_the_canary_is_loaded_and_there_is_something_to_leak(
    computed: tuple[Path, list[str]],
) -> None:
    _, shown = computed
    page, restoration, services, outlook = *shown[:3], json.loads(shown[3])
    assert not outlook["insufficient"], outlook["insufficient"]
    assert outlook["scenarios"][0]["horizons"][2]["places"]
    assert "zqneedle-hospital" in page
    assert "<svg" in page
    assert "zqneedle-line-1" in restoration
    assert "zqneedle-hospital" in services
    assert outlook["run"]["model_hash"].startswith("net_")


def numbers_of(computed: tuple[Path, list[str]]) -> set[str]:
    """Return the numbers of the outlook that are telling: six digits and more behind the point."""
    found = re.findall(r"\d+\.\d{6,}", computed[1][3])
    assert len(found) > 100
    return set(found)


def published(data: Path, out: Path, *, alerts: bool) -> dict[str, bytes]:
    """Every file that is written for the public of a folder, at one instant."""
    at = NOW + timedelta(minutes=10)
    with LiveHouse(data, clock=lambda: at) as house:
        source = data if alerts else None
        Tree(house, out / "pages", alerts=source, address="https://x.example").render()
        shelf = OpenShelf(out / "open", ledgers=out / "ledgers")
        shelf.write(open_view(house, now=at), atlas=GAZETTEER, publisher="Vidomo", address="")
        for code in CODES[:1] + CODES[2:]:
            order = Order(place=code, start=at - timedelta(hours=24))
            report = situation_report(house, order, shapes=bundled_shapes())
            for kind in ("html", "md", "pdf"):
                (out / f"report-{code}.{kind}").write_bytes(written(report, kind))
        for name, text in (*_digests(house), *_forms(house, data)):
            (out / f"{name}.txt").write_text(text, "utf-8")
    return {
        str(path.relative_to(out)): path.read_bytes()
        for path in sorted(out.rglob("*"))
        if path.is_file() and path.name != "beat.txt"  # the machine's clock
    }


def _digests(house: LiveHouse) -> Iterator[tuple[str, str]]:
    for code in CODES[:1] + CODES[2:]:
        view = gate(house.situation(), policy="ua-public", gazetteer=house.gazetteer, also=(code,))
        for lang in ("uk", "en"):
            told = tell(view, code, lang=lang, atlas=house.gazetteer)
            yield f"digest-{code}-{lang}", as_text(told)
            yield f"digest-{code}-{lang}-sms", as_sms(told)
            yield f"digest-{code}-{lang}-mesh", as_mesh(told)
            yield f"digest-{code}-{lang}-voice", as_voice(told)
            yield f"digest-{code}-{lang}-notice", render_notice(told)


def _forms(house: LiveHouse, data: Path) -> Iterator[tuple[str, str]]:
    """Every form, those for authorities too: none of them asks for anything of a network."""
    for form in load_forms(data).forms:
        for code in CODES[:1]:
            facts = facts_for(
                form,
                house.situation(),
                code,
                gazetteer=house.gazetteer,
                releases=(),
                given=Given(),
            )
            for lang in form.words:
                filled = fill(form, facts, lang, atlas=house.gazetteer, is_exercise=False)
                yield f"form-{form.key.replace('/', '-')}-{lang}", filled.text


def served(data: Path) -> dict[str, tuple[int, bytes]]:
    """Everything that a stranger can ask the server for, what is logged included."""
    with overheard() as heard, Desk(data, clock=Standing(NOW + timedelta(minutes=10))) as desk:
        client = desk.client()
        names = [path.name for path in (data / "alerts").glob("*")]
        files = [path.name for path in (data / OPEN / "latest").glob("*")]
        paths = {path for route in desk.app.routes for path in _paths(route, names + files)}
        paths |= set(every_address(CODES[:2]))
        found = {}
        for path in sorted(paths):
            answer = client.get(path)
            found[path] = (answer.status, answer.body)
        for path in ("/desk/outlook", "/desk/restoration", "/desk/services", "/desk/audit"):
            found[path] = (client.get(path).status, b"")
    found["logs"] = (0, heard.getvalue().encode())
    return found


def _paths(route: object, names: list[str]) -> list[str]:
    path = getattr(route, "path", "")
    if not path or is_desk(path) or "GET" not in (getattr(route, "methods", None) or ()):
        return []
    filled = {
        "{code}": CODES,
        "{short}": tuple(map(short_of, CODES[:1])),
        "{name}": (*ASSETS, SHAPES, *names),
    }
    slot = next((one for one in filled if one in path), "")
    found = [path.replace(slot, value) for value in filled[slot]] if slot else [path]
    return [*found, f"{found[0]}?lang=en"]


@pytest.fixture
def _quick(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(trees, "places_of", lambda *_, **__: CODES[:3])
    monkeypatch.setattr(api_past, "REST", 0)


def _leaks(found: dict[str, bytes], needles: tuple[str, ...]) -> list[str]:
    return [
        f"{needle} in {name}"
        for name, body in found.items()
        for needle in needles
        if needle.encode() in body or needle in name
    ]


@pytest.mark.usefixtures("_quick")
def test_no_file_for_the_public_holds_or_hints_at_any_of_it(
    plain: Path, computed: tuple[Path, list[str]], tmp_path: Path
) -> None:
    found = published(computed[0], tmp_path / "out", alerts=True)
    assert len(found) > 30
    assert sum(name.startswith("digest-") for name in found) == 30
    assert sum(name.startswith("form-") for name in found) > 5
    assert any(name.endswith(".pdf") for name in found)
    assert _leaks(found, (*NEEDLES, *numbers_of(computed))) == []
    assert found == published(plain, tmp_path / "other", alerts=True)


@pytest.mark.usefixtures("_quick")
def test_no_answer_to_a_stranger_holds_or_hints_at_any_of_it(
    plain: Path, computed: tuple[Path, list[str]]
) -> None:
    found = served(computed[0])
    bodies = {name: body for name, (_, body) in found.items()}
    assert sum(status == 200 for status, _ in found.values()) > 60
    assert any(name.startswith("/alerts/") and found[name][0] == 200 for name in found)
    assert _leaks(bodies, (*NEEDLES, *numbers_of(computed))) == []
    desk = {path: found.pop(path)[0] for path in tuple(found) if path.startswith("/desk/")}
    assert set(desk.values()) == {303}
    before = {path: one for path, one in served(plain).items() if path not in desk}
    assert sorted(before) == sorted(found)
    assert [name for name in found if found[name] != before[name]] == []


def test_an_alert_that_is_issued_afterwards_holds_nothing_of_it(
    computed: tuple[Path, list[str]], tmp_path: Path
) -> None:
    folder = Path(shutil.copytree(computed[0], tmp_path / "data"))
    before = {path.name for path in (folder / "alerts").glob("*.xml")}
    office = Office(folder)
    office.at = NOW + timedelta(minutes=20)
    _issue(office, first=False)
    files = {path.name: path.read_bytes() for path in (folder / "alerts").glob("*")}
    assert len({name for name in files if name.endswith(".xml")} - before) == 1
    assert _leaks(files, (*NEEDLES, *numbers_of(computed))) == []


def test_what_makes_things_public_cannot_import_it() -> None:
    root = Path(__file__).resolve().parents[2] / "src" / "vidomo"
    public = [
        *(root / "disclosure").rglob("*.py"),
        *(root / "publish").rglob("*.py"),
        *(root / "app" / "web").glob("*.py"),
        root / "app" / "opendata.py",
        root / "app" / "sitrep.py",
        root / "app" / "alert_acts.py",
        root / "app" / "alert_outlet.py",
    ]
    for path in public:
        text = path.read_text("utf-8")
        for room in ("vidomo.outlook", "vidomo.grid", "app.outlook", "app.network"):
            assert room not in text, (path, room)
