"""What everybody sees of issued alerts: files, index, page, and copies beside the pages."""

from collections.abc import Iterator
from pathlib import Path

import feedparser
import pytest

from app.alert_pages import PUBLIC, Pages, text
from app.desk_world import Client, Desk, Hands, night_folder
from vidomo.app.alert_outlet import AlertFolder, copy_alerts
from vidomo.app.server import make_app
from vidomo.app.web.tree import Tree
from vidomo.core.errors import ConfigError, MachineRefused


@pytest.fixture
def pages(tmp_path: Path) -> Iterator[Pages]:
    with Desk(night_folder(tmp_path / "data", tmp_path / "kept"), clock=Hands()) as desk:
        yield Pages(desk)


def test_the_index_is_there_before_the_first_alert(pages: Pages) -> None:
    stranger = Client(pages.desk.app)
    for path, version in (("/alerts.atom", "atom10"), ("/alerts.rss", "rss20")):
        answer = stranger.get(path)
        found = feedparser.parse(answer.body)
        assert (answer.status, found.version, found.entries) == (200, version, [])
        assert not found.bozo
        assert "Неофіційна добірка" in found.feed.title
    pages.ready()
    assert "Неофіційна добірка" not in stranger.get("/alerts.atom").text


def test_an_issued_alert_is_served_to_everybody(pages: Pages) -> None:
    pages.ready()
    assert "не означає, що безпечно" in text(pages.olena.get("/alerts/"))
    path = pages.draft(pages.olena)
    assert pages.send(pages.olena, path, "issue").status == 303
    stranger = Client(pages.desk.app)
    (file,) = (pages.desk.folder / "alerts").glob("*.xml")
    answer = stranger.get(f"/alerts/{file.name}")
    assert answer.body == file.read_bytes()
    assert answer.headers["content-type"].startswith("application/cap+xml")
    for one in PUBLIC:
        found = stranger.get(one)
        assert (found.status, file.name in found.text) == (200, True)
    assert "Ізюм: негайно в укриття" in text(stranger.get("/alerts/"))


@pytest.mark.parametrize(
    "name", ["../desk.sqlite", "%2e%2e/desk.sqlite", ".exercise", "nothing.xml", "key.pem"]
)
def test_nothing_but_issued_files_is_served(pages: Pages, name: str) -> None:
    pages.ready()
    pages.send(pages.olena, pages.draft(pages.olena), "issue")
    assert pages.olena.get(f"/alerts/{name}").status == 404


def test_a_server_without_a_desk_serves_the_files_too(pages: Pages) -> None:
    pages.ready()
    pages.send(pages.olena, pages.draft(pages.olena), "issue")
    folder = AlertFolder(pages.desk.folder)
    app = make_app(pages.desk.house, has_desk=False, alerts=folder)
    assert Client(app).get("/alerts.atom").status == 200
    assert Client(make_app(pages.desk.house, has_desk=False)).get("/alerts.atom").status == 404


def test_the_files_are_copied_beside_the_pages_and_an_exercise_never(
    pages: Pages, tmp_path: Path
) -> None:
    folder, target = pages.desk.folder, tmp_path / "tree"
    assert copy_alerts(folder, target) == 0
    pages.ready()
    pages.send(pages.olena, pages.draft(pages.olena), "issue")
    assert copy_alerts(folder, target) == 4
    (file,) = (folder / "alerts").glob("*.xml")
    assert (target / "alerts" / file.name).read_bytes() == file.read_bytes()
    assert (target / "alerts.atom").exists()
    (folder / "alerts/.exercise").touch()
    with pytest.raises(ConfigError, match="other kind"):
        copy_alerts(folder, target)
    (tmp_path / "file").write_text("x")
    with pytest.raises(MachineRefused):
        copy_alerts(folder, tmp_path / "file")


def test_a_tree_of_pages_takes_the_alerts_first(pages: Pages, tmp_path: Path) -> None:
    pages.ready()
    pages.send(pages.olena, pages.draft(pages.olena), "issue")
    target = tmp_path / "tree"
    tree = Tree(pages.desk.house, target, alerts=pages.desk.folder)
    tree.render(stop=lambda: True)
    assert (target / "alerts.atom").is_file()
    assert list((target / "alerts").glob("izium.example.*.xml"))
