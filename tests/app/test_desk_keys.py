"""One key does one thing: no part of the desk takes a key that a page needs for itself."""

import re
from importlib.resources import files

from vidomo.app.web.desk import links_of_desk

OWN = re.compile(r'(?:data-key|letter)="([a-z0-9])"')
EITHER = re.compile(r'data-key="\{\{ "(\w)" if .* else "(\w)" \}\}"')


def keys_of_pages() -> dict[str, set[str]]:
    """Return the keys of each template beside those of the parts."""
    found = {}
    for one in (files("vidomo.desk") / "templates").iterdir():
        text = one.read_text("utf-8")
        either = {key for pair in EITHER.findall(text) for key in pair}
        found[one.name] = set(OWN.findall(text)) | either
    return found


def test_every_part_of_the_desk_has_a_key_of_its_own() -> None:
    letters = [link.letter for link in links_of_desk() if link.letter]
    assert len(set(letters)) == len(letters)


def test_no_page_uses_the_key_of_a_part() -> None:
    letters = {link.letter for link in links_of_desk()}
    pages = keys_of_pages()
    assert {"g", "k"} <= pages["handover_sheet.html"]
    assert {"e", "o", "s", "x"} <= pages["claim.html"]
    assert not {name: keys & letters for name, keys in pages.items() if keys & letters}
