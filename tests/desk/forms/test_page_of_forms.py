"""The page about forms tells what is so."""

import re
from pathlib import Path

from vidomo.desk.forms import load_forms
from vidomo.desk.forms.model import PURPOSES
from vidomo.desk.forms.read import read_form

PAGE = Path(__file__).resolve().parents[3] / "docs/forms.md"


def test_the_form_on_the_page_has_no_fault() -> None:
    text = re.search(r"```toml\n(.*?)```", PAGE.read_text(encoding="utf-8"), re.DOTALL).group(1)
    form, problems = read_form(text.encode(), where="docs/forms.md")
    assert problems == ()
    assert form.is_confirmed


def test_the_page_names_every_form_and_its_promise() -> None:
    page = PAGE.read_text(encoding="utf-8")
    for form in load_forms().forms:
        row = next(line for line in page.splitlines() if f"`{form.id}`" in line and "|" in line)
        promise = f"{form.next_after_min} min" if form.next_after_min else "no promise"
        assert promise in row
    assert all(purpose in page for purpose in PURPOSES)
