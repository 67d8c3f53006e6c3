"""The tree of files: whole at every instant, rewritten only where it tells something else."""

import gzip
import json
import threading
import time
from contextlib import contextmanager
from pathlib import Path

import msgspec
import pytest

from disclosure.night import IZIUM, SECRET, night
from disclosure.served import NightHouse
from publish.residents.leaves import alert, outage
from vidomo.app.web import tree as trees, tree_keeping
from vidomo.app.web.tree import KEPT, Tree, places_of
from vidomo.app.web.tree_keeping import TreeKeeper
from vidomo.core.errors import MachineRefused
from vidomo.gazetteer import Gazetteer
from vidomo.situation.model import Situation

VILLAGE = "UA63040090040096120"
MANY = tuple(
    code
    for raion in Gazetteer.open().children("UA63000000000041885")
    for code in Gazetteer.open().children(raion)
)
SOME = ("UA63000000000041885", "UA63040090010029555", "UA63040090000021240")
"""The oblast, the city and the community: a tree of three thousand pages takes its time."""


class Changing(NightHouse):
    """A house whose situation a test can set."""

    def __init__(self) -> None:
        super().__init__()
        self.is_demo = False
        self.found = night()

    def set(self, found: Situation) -> None:
        self.found = found
        self.written += 1

    def situation(self, **_: object) -> Situation:
        return msgspec.structs.replace(self.found, valid_at=self.now(), known_at=self.now())


@pytest.fixture
def few(monkeypatch) -> None:
    monkeypatch.setattr(trees, "places_of", lambda *_, **__: SOME)


def place(folder: Path, code: str = IZIUM, lang: str = "") -> Path:
    return folder / lang / "place" / code / "index.html"


def test_every_file_has_a_compressed_copy_that_says_the_same(few, tmp_path: Path) -> None:
    Tree(Changing(), tmp_path).render()
    pages = list(tmp_path.rglob("*.html"))
    assert len(pages) > 10
    for path in (*pages, tmp_path / "app.js", tmp_path / "sw.js"):
        assert gzip.decompress(path.with_name(f"{path.name}.gz").read_bytes()) == path.read_bytes()
    assert "Частина без світла" in place(tmp_path).read_text("utf-8")
    assert "Part has no power" in place(tmp_path, lang="en").read_text("utf-8")
    assert not list(tmp_path.rglob(".new-*"))


def test_only_what_tells_something_else_is_rewritten(few, tmp_path: Path) -> None:
    house = Changing()
    tree = Tree(house, tmp_path)
    tree.render()
    before = {path: path.stat().st_mtime_ns for path in tmp_path.rglob("*.html")}
    house.set(night(power="out"))
    done = tree.render(whole=False)
    after = {path: path.stat().st_mtime_ns for path in tmp_path.rglob("*.html")}
    changed = {path for path in before if before[path] != after[path]}
    assert {place(tmp_path), place(tmp_path, lang="en")} <= changed
    assert place(tmp_path, SOME[2]) not in changed
    assert done.written == len(changed)


def test_nothing_is_written_where_nothing_changed(few, tmp_path: Path) -> None:
    house = Changing()
    Tree(house, tmp_path).render()
    assert Tree(house, tmp_path).render().written == 0
    again = Tree(house, tmp_path)
    again.render()
    assert again.render(whole=False).written == 0


def test_a_page_under_an_alert_keeps_its_minute(few, tmp_path: Path) -> None:
    house = Changing()
    house.found = alert("on")
    tree = Tree(house, tmp_path)
    tree.render()
    house.now = lambda: NightHouse.now(house).replace(minute=31)
    assert "22:31" not in place(tmp_path).read_text("utf-8")
    tree.render(whole=False)
    assert "22:31" in place(tmp_path).read_text("utf-8")


def test_a_promise_whose_hour_goes_by_changes_the_page_by_itself(few, tmp_path: Path) -> None:
    house = Changing()
    house.found = outage(promise="22:45")
    tree = Tree(house, tmp_path)
    tree.render()
    assert "Обіцяють до" in place(tmp_path).read_text("utf-8")
    house.now = lambda: NightHouse.now(house).replace(minute=50)
    tree.render(whole=False)
    assert "Обіцяли до" in place(tmp_path).read_text("utf-8")


def test_what_is_no_part_of_the_tree_goes_and_what_is_not_ours_stays(few, tmp_path: Path) -> None:
    Tree(Changing(), tmp_path, offered=("uk", "en", "ru")).render()
    (tmp_path / "robots.txt").write_text("ours\n")
    assert place(tmp_path, lang="ru").is_file()
    done = Tree(Changing(), tmp_path).render()
    assert done.removed == 5
    assert not place(tmp_path, lang="ru").exists()
    assert not place(tmp_path, lang="ru").with_name("index.html.gz").exists()
    assert (tmp_path / "robots.txt").is_file()


def test_the_list_of_our_files_leads_nowhere_else(few, tmp_path: Path) -> None:
    outside = tmp_path / "outside.txt"
    outside.write_text("stays\n")
    folder = tmp_path / "tree"
    folder.mkdir()
    (folder / KEPT).write_text("../outside.txt\n")
    Tree(Changing(), folder).render()
    assert outside.read_text() == "stays\n"


def test_no_byte_of_words_taken_back_is_in_the_tree(few, tmp_path: Path) -> None:
    Tree(Changing(), tmp_path).render()
    for path in tmp_path.rglob("*"):
        if path.is_file():
            body = path.read_bytes()
            body = gzip.decompress(body) if path.suffix == ".gz" else body
            assert SECRET.encode() not in body


def test_which_places_have_pages_tells_nothing_of_what_is_known() -> None:
    atlas = Gazetteer.open()
    found = places_of(atlas)
    assert VILLAGE not in found
    assert IZIUM in found
    assert 2_000 < len(found) < 2_500
    assert len(places_of(atlas, every=True)) > 31_000


def test_a_static_page_has_no_search_and_says_where_to_look_for_what_is_fresh(
    few, tmp_path: Path
) -> None:
    Tree(Changing(), tmp_path).render()
    page = place(tmp_path).read_text("utf-8")
    assert "<form" not in page
    assert 'data-static="1"' in page
    assert int((tmp_path / "beat.txt").read_text()) > 1_700_000_000
    short = (tmp_path / "p" / "29555" / "index.html").read_text("utf-8")
    assert f"url=/place/{IZIUM}/" in short


def test_notices_and_plain_texts_lie_beside_where_the_address_is_known(few, tmp_path: Path) -> None:
    Tree(Changing(), tmp_path / "bare").render()
    assert not list((tmp_path / "bare").rglob("notice.html"))
    assert "notice" not in place(tmp_path / "bare").read_text("utf-8")
    Tree(Changing(), tmp_path, address="https://vidomo.example/").render()
    beside = place(tmp_path, lang="en").parent
    assert "https://vidomo.example/en/p/29555" in (beside / "text.txt").read_text("utf-8")
    assert "https://vidomo.example/en/p/29555" in (beside / "notice.html").read_text("utf-8")
    assert f'href="/en/place/{IZIUM}/notice.html"' in place(tmp_path, lang="en").read_text("utf-8")


def test_a_folder_that_cannot_be_written_is_refused_with_what_to_do(tmp_path: Path) -> None:
    taken = tmp_path / "file"
    taken.write_text("")
    with pytest.raises(MachineRefused, match="cannot write to") as refused:
        Tree(Changing(), taken)
    assert refused.value.hint


def test_a_keeper_follows_what_is_written_and_stops_when_told(few, tmp_path: Path) -> None:
    house = Changing()
    said: list[str] = []

    @contextmanager
    def opened():
        yield house, Tree(house, tmp_path)

    keeper = TreeKeeper(opened, say=said.append)
    with keeper.beside():
        _until(lambda: place(tmp_path).is_file() and (tmp_path / "beat.txt").is_file())
        house.set(night(power="out"))
        _until(lambda: "Світла немає" in place(tmp_path).read_text("utf-8"))
    assert not said
    assert not [one for one in threading.enumerate() if one.name == "tree"]


def test_a_whole_rendering_gives_way_to_what_is_new(monkeypatch, tmp_path: Path) -> None:
    monkeypatch.setattr(trees, "places_of", lambda *_, **__: (*SOME, *MANY))
    monkeypatch.setattr(tree_keeping, "REST_S", 0.2)
    house = Changing()

    @contextmanager
    def opened():
        yield house, Tree(house, tmp_path)

    with TreeKeeper(opened, say=print).beside():
        _until(lambda: place(tmp_path).is_file())
        house.set(night(power="out"))
        begun = time.monotonic()
        _until(lambda: "Світла немає" in place(tmp_path).read_text("utf-8"))
        assert time.monotonic() - begun < 0.2 * len(MANY)


def test_a_keeper_says_what_hinders_it_and_goes_on(few, tmp_path: Path) -> None:
    house = Changing()
    said: list[str] = []
    works = house.situation

    def refuses(**_: object) -> Situation:
        raise MachineRefused("the disk is full", hint="")

    house.situation = refuses

    @contextmanager
    def opened():
        yield house, Tree(house, tmp_path)

    with TreeKeeper(opened, say=said.append).beside():
        _until(lambda: bool(said))
        house.situation = works
        house.written += 1
        _until(lambda: place(tmp_path).is_file())
    assert said[0] == "pages: the disk is full"


def test_the_command_writes_the_tree_and_counts(few, run_vidomo, tmp_path: Path) -> None:
    target = tmp_path / "pages"
    ran = run_vidomo("publish", str(target), "--json")
    assert ran.code == 0
    done = json.loads(ran.out)
    assert done["written"] > 10
    assert done["removed"] == 0
    assert run_vidomo("publish", str(target)).out.startswith("0 written, ")
    assert "Навчальний сценарій" in place(target).read_text("utf-8")


def test_an_operators_own_numbers_are_in_the_tree_and_a_broken_table_is_told(
    few, run_vidomo, tmp_path: Path
) -> None:
    data, target = tmp_path / "own", tmp_path / "pages"
    data.mkdir()
    (data / "calls.toml").write_text(
        '[[calls]]\nnumber = "0 800 000 000"\nurl = "https://operator.example"\n'
        'who = { uk = "Обленерго", en = "Grid operator", ru = "Облэнерго" }\n'
        "checked = 2026-11-25\n",
        "utf-8",
    )
    assert run_vidomo("publish", str(target), "--data", str(data)).code == 0
    assert "0 800 000 000" in place(target).read_text("utf-8")
    (data / "calls.toml").write_text("[[calls]]\n")
    for command in (("publish", str(target)), ("run", "--port", "0")):
        ran = run_vidomo(*command, "--data", str(data))
        assert ran.code == 2
        assert "the table of calls cannot be read" in ran.err


def test_what_two_people_release_early_is_on_the_page_after_the_second_one(
    few, run_vidomo, tmp_path: Path
) -> None:
    posts, target = tmp_path / "posts.jsonl", tmp_path / "pages"
    row = {
        "id": "1",
        "source": "izium_mva",
        "posted_at": "2026-01-10T09:10:00+02:00",
        "url": "https://post.example/1",
        "text": "Внаслідок обстрілу в Ізюмі пошкоджено підстанцію.",
    }
    posts.write_text(json.dumps(row, ensure_ascii=False) + "\n", "utf-8")
    assert run_vidomo("import", posts).code == 0
    told = json.loads(run_vidomo("gate", "explain", "Izium", "--json").out)["withheld"]
    claim = next(one for one in told if one["topic"] == "impact.damage")["what"].split()[-1]

    def is_told() -> bool:
        assert run_vidomo("publish", str(target)).code == 0
        return "Є руйнування" in place(target).read_text("utf-8")

    assert not is_told()
    run_vidomo("gate", "release", claim, "--by", "Олена", "--reason", "вже в ефірі")
    assert not is_told()
    run_vidomo("gate", "release", claim, "--by", "Петро", "--confirm")
    assert is_told()
    assert "підстанц" not in place(target).read_text("utf-8")


def _until(is_so, seconds: float = 10) -> None:
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline:
        if is_so():
            return
        time.sleep(0.02)
    raise AssertionError("it never became so")
