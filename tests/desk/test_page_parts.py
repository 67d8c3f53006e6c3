"""Words and files of the desk."""

import hashlib
import re
from importlib.resources import files

import pytest

from vidomo.desk.assets import HTMX_SHA256, asset
from vidomo.desk.words import desk_words
from vidomo.publish.words import LANGUAGES


def test_every_word_of_the_desk_is_there_in_every_language() -> None:
    uk, *others = (desk_words(lang).keys for lang in LANGUAGES)
    for other in others:
        assert uk == other


def test_every_place_for_a_value_is_there_in_every_language() -> None:
    uk, en = (desk_words(lang) for lang in LANGUAGES)
    for key in uk.keys:
        both = [table._flat.get(key) for table in (uk, en)]
        if all(isinstance(one, str) for one in both):
            named = [sorted(re.findall(r"\{(\w*)\}", one)) for one in both]
            assert named[0] == named[1], key


def test_an_unknown_language_is_the_first_one() -> None:
    assert desk_words("xx").lang == LANGUAGES[0]


def test_htmx_is_the_file_that_its_makers_published() -> None:
    assert hashlib.sha256(asset("htmx.min.js").body).hexdigest() == HTMX_SHA256


def test_a_file_has_an_address_that_changes_with_its_content() -> None:
    found = asset("desk.css")
    assert found.href.startswith("/desk/assets/desk.css?v=")
    assert found.kind == "text/css"
    with pytest.raises(KeyError):
        asset("../words.py")


def test_no_template_runs_a_script_or_a_style_of_its_own() -> None:
    folder = files("vidomo.desk") / "templates"
    for one in folder.iterdir():
        if one.name.endswith(".html"):
            text = one.read_text("utf-8")
            if 'extends "desk_base.html"' not in text and one.name != "desk_base.html":
                continue
            assert not re.search(r"<script(?![^>]*\bsrc=)|<style|\son[a-z]+=|\sstyle=", text), (
                one.name
            )
