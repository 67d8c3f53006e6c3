"""All forms at hand: the shipped ones and the operator's own."""

from importlib.resources import files
from pathlib import Path

import pytest

from desk.forms.test_read import SOUND
from vidomo.core.errors import NothingKnown
from vidomo.desk.forms import forms_for, load_forms
from vidomo.desk.forms.model import PURPOSES
from vidomo.desk.forms.read import LARGEST

SHIPPED = files("vidomo.desk.forms").joinpath("data")


def own(folder: Path, text: str, name: str = "town/heat.toml") -> Path:
    path = folder / "forms" / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")
    return path


def test_no_shipped_form_has_a_fault_and_each_authority_has_one_for_every_purpose() -> None:
    shelf = load_forms()
    assert shelf.problems == ()
    for authority in ("community", "oblast"):
        purposes = {form.purpose for form in shelf.forms if form.authority == authority}
        assert purposes == set(PURPOSES)
    assert shelf.authorities == ("community", "oblast")


def test_every_shipped_form_is_an_unofficial_example() -> None:
    for form in load_forms().forms:
        assert not form.is_confirmed
        assert not form.is_own
        assert form.confirmed_by == ""


def test_an_own_form_stands_beside_the_shipped_ones(tmp_path: Path) -> None:
    own(tmp_path, SOUND)
    shelf = load_forms(tmp_path)
    assert shelf.problems == ()
    assert shelf.get("town/heat").is_own
    assert shelf.get("community/power") is not None
    assert shelf.get("community/nothing") is None


def test_an_own_form_takes_the_place_of_the_shipped_one_of_its_name(tmp_path: Path) -> None:
    text = SHIPPED.joinpath("community/power.toml").read_text(encoding="utf-8")
    own(tmp_path, text.replace('version = "1"', 'version = "2"'), "community/power.toml")
    assert load_forms(tmp_path).get("community/power").version == "2"
    assert load_forms().get("community/power").version == "1"


def test_a_faulty_own_form_leaves_nobody_with_the_shipped_words(tmp_path: Path) -> None:
    own(tmp_path, "id = ", "community/power.toml")
    shelf = load_forms(tmp_path)
    assert [problem.where for problem in shelf.problems] == ["community/power.toml"]
    assert shelf.get("community/power") is None
    with pytest.raises(NothingKnown, match="no form for 'power'"):
        forms_for("power", "community", folder=tmp_path)


def test_a_form_in_the_folder_of_another_authority_is_a_fault(tmp_path: Path) -> None:
    own(tmp_path, SOUND, "village/heat.toml")
    assert [one.code for one in load_forms(tmp_path).problems] == ["form_folder"]


def test_two_own_files_of_one_form_are_a_fault(tmp_path: Path) -> None:
    own(tmp_path, SOUND)
    own(tmp_path, SOUND, "town/heating.toml")
    assert [one.code for one in load_forms(tmp_path).problems] == ["form_twice"]


def test_what_cannot_be_read_as_a_file_is_a_problem(tmp_path: Path) -> None:
    (tmp_path / "forms/town/folder.toml").mkdir(parents=True)
    own(tmp_path, "#" * (LARGEST + 1), "town/large.toml")
    assert [one.code for one in load_forms(tmp_path).problems] == [
        "form_unreadable",
        "form_too_large",
    ]


def test_a_form_is_found_by_its_purpose_and_the_own_one_first(tmp_path: Path) -> None:
    assert forms_for("shelter", "community").id == "shelter"
    assert {"shelter", "advice", "being_verified", "correction", "all_clear"} <= {
        forms_for(purpose, authority).purpose
        for purpose in PURPOSES
        for authority in ("community", "oblast")
    }
    text = SHIPPED.joinpath("community/shelter.toml").read_text(encoding="utf-8")
    own(tmp_path, text.replace('id = "shelter"', 'id = "zz"'), "community/zz.toml")
    assert forms_for("shelter", "community", folder=tmp_path).id == "zz"


def test_a_form_for_alerts_has_its_sections_in_both_languages() -> None:
    for purpose in ("shelter", "advice", "being_verified", "correction", "all_clear"):
        for authority in ("community", "oblast"):
            form = forms_for(purpose, authority)
            for lang in ("uk", "en"):
                for section in ("headline", "description", "instruction"):
                    assert form.words[lang].section(section).strip()
            assert len(form.digest) == 64
