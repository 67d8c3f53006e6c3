"""No byte that the public is sent holds anything withheld: pages, answers, files, digests, logs."""

import json
import re
import sys
from collections.abc import Iterable, Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import given, settings, strategies as st

from disclosure.leaks import in_bytes
from disclosure.planted import ALL, GAZETTEER, IZIUM, world
from disclosure.rendered import WorldHouse, answers, files, overheard
from vidomo.app.house import House
from vidomo.app.live import LiveHouse
from vidomo.app.web.tree import Tree
from vidomo.disclosure.gate import PublicGate
from vidomo.publish.digest import as_mesh, as_sms, as_text, as_voice, tell
from vidomo.publish.digest_notice import render_notice
from vidomo.sources.files import read_posts

SEEDS = st.integers(min_value=0, max_value=2**40)
PROFILE = settings.get_current_profile_name()
FEW = settings(max_examples=8 if PROFILE == "short" else 300)
NOW = datetime(2026, 1, 10, 12, 0, tzinfo=UTC)
STREET = "вулиці Цукроварів, 17"
PLAIN = "На Галявині світло вимкнули зранку"


@FEW
@given(SEEDS)
def test_no_answer_of_the_server_and_no_log_holds_anything_withheld(seed: int) -> None:
    some = world(seed)
    for name, body in answers(WorldHouse(some), ALL):
        text = body.decode("utf-8", "replace")
        assert list(in_bytes(some, text, name, page_of=place_of(name))) == []


def place_of(name: str) -> str:
    """Return the place whose own page an address or a file is; empty for all else."""
    found = re.search(r"(?<!api/)place/(UA\d+)(?:/?(?:\?.*)?|/index\.html(?:\.gz)?)\Z", name)
    return found.group(1) if found and GAZETTEER.get(found.group(1)) else ""


@given(SEEDS)
def test_no_digest_holds_anything_withheld(seed: int) -> None:
    some = world(seed)
    opened = PublicGate(some.situation(), gazetteer=GAZETTEER)
    for code in ALL:
        for lang in ("uk", "en"):
            for text in digests(opened, code, lang):
                assert list(in_bytes(some, text, f"digest of {code}")) == []


def digests(opened: PublicGate, code: str, lang: str) -> Iterator[str]:
    told = tell(opened.view(code), code, lang=lang, atlas=GAZETTEER)
    yield from (make(told) for make in (as_sms, as_mesh, as_voice, as_text, render_notice))


def test_no_file_of_the_static_tree_holds_anything_withheld(tmp_path: Path) -> None:
    with_withheld = [some for some in map(world, range(40)) if some.hidden() and some.shown()]
    tree = tmp_path / "tree"
    for some in with_withheld[:2]:
        Tree(WorldHouse(some), tree, address="https://pages.example").render()
        for name, body in files(tree):
            text = body.decode("utf-8", "replace")
            assert list(in_bytes(some, text, name, page_of=place_of(name))) == []


@pytest.fixture(autouse=True)
def _few_pages(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let a tree have the pages of the places that matter here; a whole one takes half a minute."""
    monkeypatch.setattr("vidomo.app.web.tree.places_of", lambda *_, **__: ALL)


class Folder:
    """A data folder, the server over it, and the tree beside it."""

    def __init__(self, tmp_path: Path) -> None:
        self.data, self.tree, self.posts = (
            tmp_path / "data",
            tmp_path / "tree",
            tmp_path / "p.jsonl",
        )
        self._now = NOW

    def clock(self) -> datetime:
        return self._now

    def take_in(self, **post: str) -> None:
        row = {"source": "izium_mva", "id": "7", "posted_at": "2026-01-10T09:00:00+02:00"}
        self.posts.write_text(json.dumps({**row, **post}, ensure_ascii=False) + "\n", "utf-8")
        with House.open(self.data, clock=self.clock) as house:
            house.take_in(list(read_posts(self.posts, now=self.clock())))
        self._now += timedelta(minutes=1)

    def everything(self) -> list[tuple[str, bytes]]:
        with LiveHouse(self.data, clock=self.clock) as house:
            found = list(answers(house, (IZIUM, *GAZETTEER.ancestors(IZIUM)[:-1])))
            with overheard() as heard:
                Tree(house, self.tree, address="https://pages.example").render()
            return [*found, *files(self.tree), ("logs", heard.getvalue().encode())]


def holding(found: Iterable[tuple[str, bytes]], *words: str) -> list[str]:
    every = [*words, *(word.encode("unicode_escape").decode() for word in words)]
    return [name for name, body in found if any(word.encode() in body for word in every)]


def test_a_street_leaves_no_byte_before_or_after_its_source_edits_it_away(tmp_path: Path) -> None:
    folder = Folder(tmp_path)
    folder.take_in(text=f"Влучання на {STREET}. В Ізюмі немає світла.")
    first = folder.everything()
    assert holding(first, "Цукровар") == []
    assert holding(first, "немає світла")
    folder.take_in(text="В Ізюмі немає світла.", edited_at="2026-01-10T09:30:00+02:00")
    assert holding(folder.everything(), "Цукровар") == []


@pytest.mark.parametrize("how", ["edited", "deleted"])
def test_words_that_were_shown_leave_no_byte_once_their_source_takes_them_back(
    how: str, tmp_path: Path
) -> None:
    folder = Folder(tmp_path)
    words = "Електропостачання в Ізюмі відновлено повністю"
    folder.take_in(text=f"{words}.")
    assert holding(folder.everything(), words)
    if how == "edited":
        folder.take_in(text="Працюємо далі.", edited_at="2026-01-10T09:30:00+02:00")
    else:
        folder.take_in(text=f"{words}.", deleted_at="2026-01-10T09:30:00+02:00")
    found = folder.everything()
    assert holding(found, words, "відновлено повністю") == []
    assert any(b"2026" in body and re.search(rb"\.gz$", name.encode()) for name, body in found)


def test_words_that_an_edit_changes_in_place_leave_no_byte_not_even_in_a_copy(
    tmp_path: Path,
) -> None:
    folder = Folder(tmp_path)
    words = "Електропостачання в Ізюмі відновлено повністю"
    folder.take_in(text=f"{words}.")
    folder.take_in(
        source="agency",
        id="9",
        url="https://agency.example/9",
        posted_at="2026-01-10T09:10:00+02:00",
        text=f"Ізюмська міська військова адміністрація: «{words}».",
    )
    assert holding(folder.everything(), f"«{words}»")
    partly = words.replace("повністю", "частково")
    folder.take_in(text=f"{partly}.", edited_at="2026-01-10T09:30:00+02:00")
    found = folder.everything()
    assert holding(found, partly)
    assert holding(found, words, "відновлено повністю") == []


# ---- real and written posts, taken for official ones so that as much as can be is shown --------

AIMED = {
    "a street": r"\b(?:вул\.|вулиц[іяюї]|просп\.|проспект\w*|пров\.|бульвар\w*|ул\.|улиц[аеыу])\s+(?-i:[А-ЯІЇЄҐ])"
    r"|\b(?-i:[А-ЯІЇЄҐ])\w+(?:ій|ої|ой|ей) (?:вулиц|площ|улиц)",
    "a point": r"\b\d{2}[.,]\d{4,}\b|\d{2}°\d{2}",
    "a unit": r"\b\d+-?(?:ї|й|та|го|ма|ша|а|я|ій|ой)?\s*(?:окрем\w+ |отдельн\w+ )?\w*\s*бригад",
    "a figure": r"\d[\d\s]*(?:тис\w*\.?\s*)?(?:абонент|споживач|потребител|МВт|customers)",
    "an age": r"\b\d{1,3}-(?:річн|летн)|\b\d{1,3}-year-old",
    "an object": r"підстанці|подстанци|\bТЕС\b|\bТЕЦ\b|\bТЭЦ\b|\bТЭС\b|substation",
}


def shown_of(rows: list[dict], tmp_path: Path) -> tuple[list[str], int, int]:
    """Return what residents are shown of some texts as official posts, with counts."""
    now = datetime(2026, 3, 1, 12, 0, tzinfo=UTC)
    later = now + timedelta(minutes=1)
    path = tmp_path / "rows.jsonl"
    lines = [
        {
            "source": "izium_mva",
            "id": str(number),
            "posted_at": "2026-02-20T09:00:00+02:00",
            "url": f"https://post.example/{number}",
            "text": row["text"],
        }
        for number, row in enumerate(rows)
    ]
    path.write_text("".join(json.dumps(line, ensure_ascii=False) + "\n" for line in lines), "utf-8")
    with House.open(tmp_path / "data", clock=lambda: now) as house:
        house.take_in(list(read_posts(path, now=now)))
        found = house.situation(valid_at=later, known_at=later)
        opened = PublicGate(found, gazetteer=house.gazetteer)
        quotes = [
            item.quote for code in opened.told() for item in opened.view(code).said if item.quote
        ]
        statements = len(found.evidence)
    return sorted(set(quotes)), statements, len(rows)


def rows_of(path: Path) -> list[dict]:
    return [json.loads(line) for line in path.read_text("utf-8").splitlines() if line.strip()]


def aimed(quotes: Iterable[str]) -> list[str]:
    return [
        f"{what}: {quote}"
        for quote in quotes
        for what, pattern in AIMED.items()
        if re.search(pattern, quote, re.IGNORECASE)
    ]


def test_of_the_texts_on_izium_nothing_that_aims_is_shown(shared: Path, tmp_path: Path) -> None:
    rows = rows_of(shared / "izium" / "texts.jsonl")
    rows.append({"text": (shared / "seed" / "article.txt").read_text("utf-8")})
    quotes, statements, posts = shown_of(rows, tmp_path)
    assert statements > posts
    assert quotes
    assert aimed(quotes) == []


def test_of_written_and_real_posts_nothing_that_aims_is_shown(shared: Path, tmp_path: Path) -> None:
    rows = rows_of(shared / "corpus" / "labelled_start.jsonl")
    rows += rows_of(shared / "corpus" / "posts.jsonl")[::20]
    quotes, statements, _ = shown_of(rows, tmp_path)
    assert len(quotes) > 100
    assert statements > len(quotes)
    assert aimed(quotes) == []


@pytest.mark.soak
@pytest.mark.timeout(1200)
def test_of_all_real_posts_nothing_that_aims_is_shown(shared: Path, tmp_path: Path) -> None:
    quotes, statements, posts = shown_of(rows_of(shared / "corpus" / "posts.jsonl"), tmp_path)
    sys.stdout.write(f"{posts} posts, {statements} statements, {len(quotes)} quoted\n")
    assert aimed(quotes) == []
