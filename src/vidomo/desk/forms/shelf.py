"""All forms at hand: the shipped ones, and the operator's own."""

from functools import cache
from importlib.resources import files
from pathlib import Path

import msgspec

from vidomo.core.errors import NothingKnown
from vidomo.core.problems import Problem
from vidomo.desk.forms.model import Form
from vidomo.desk.forms.read import LARGEST, read_form

FOLDER = "forms"
"""Name of the folder of the operator's own forms within the data folder."""
MOST = 500
"""Own files that are read; nobody has more, and a wrong folder may."""


class Shelf(msgspec.Struct, frozen=True, kw_only=True):
    """Forms, and what is wrong with the files that are none.

    Attributes:
        forms: By authority and id; an own form stands for a shipped one of the same key.
        problems: Every fault of every file.
    """

    forms: tuple[Form, ...] = ()
    problems: tuple[Problem, ...] = ()

    def get(self, key: str) -> Form | None:
        """Return the form of a key such as ``community/power``, None where there is none."""
        return next((form for form in self.forms if form.key == key), None)

    @property
    def authorities(self) -> tuple[str, ...]:
        """Kinds of authorities that have forms."""
        return tuple(dict.fromkeys(form.authority for form in self.forms))


def load_forms(folder: Path | None = None) -> Shelf:
    """Return all forms at hand.

    A file with a fault is no form: where it stands for a shipped one, that one is not offered
    either, since nobody knows which words the authority meant.

    Args:
        folder: The data folder; its ``forms/AUTHORITY/*.toml`` are the operator's own.
    """
    shipped = _shipped()
    forms = {form.key: form for form in shipped.forms}
    problems = list(shipped.problems)
    keys: dict[str, str] = {}
    for path in _own(folder):
        where = f"{path.parent.name}/{path.name}"
        form, faults = _read(path, where)
        problems += faults
        key = form.key if form is not None else f"{path.parent.name}/{path.stem}"
        if form is None:
            forms.pop(key, None)
        elif key in keys:
            found = f"{key} is in {keys[key]} and in {where}"
            problems.append(Problem(code="form_twice", found=found, hint="keep one", where=where))
        else:
            forms[key] = form
            keys[key] = where
    return Shelf(
        forms=tuple(forms[key] for key in sorted(forms)),
        problems=tuple(problems),
    )


def forms_for(purpose: str, authority: str, *, folder: Path | None = None) -> Form:
    """Return the form of an authority for a purpose, the operator's own before a shipped one.

    Args:
        purpose: One of ``PURPOSES``, such as ``shelter``, ``being_verified`` or ``all_clear``.
        authority: Kind of authority, such as ``community`` or ``oblast``.
        folder: The data folder.

    Raises:
        NothingKnown: The authority has no such form.
    """
    found = [
        form
        for form in load_forms(folder).forms
        if form.purpose == purpose and form.authority == authority
    ]
    if not found:
        raise NothingKnown(
            f"{authority} has no form for {purpose!r}", hint="vidomo form list shows all of them"
        )
    return min(found, key=lambda form: (not form.is_own, form.id))


@cache
def _shipped() -> Shelf:
    forms: list[Form] = []
    problems: list[Problem] = []
    root = files("vidomo.desk.forms").joinpath("data")
    for authority in sorted(root.iterdir(), key=lambda one: one.name):
        for source in sorted(authority.iterdir(), key=lambda one: one.name):
            form, faults = read_form(source.read_bytes(), where=f"{authority.name}/{source.name}")
            problems += faults
            if form is not None:
                forms.append(form)
    return Shelf(forms=tuple(forms), problems=tuple(problems))


def _own(folder: Path | None) -> list[Path]:
    root = folder / FOLDER if folder is not None else None
    if root is None or not root.is_dir():
        return []
    return sorted(root.glob("*/*.toml"))[:MOST]


def _read(path: Path, where: str) -> tuple[Form | None, tuple[Problem, ...]]:
    try:
        if not path.is_file():
            return None, (
                Problem(code="form_unreadable", found=f"{where} is no file", where=where),
            )
        with path.open("rb") as source:
            raw = source.read(LARGEST + 1)
    except OSError as error:
        found = f"{where}: {error.strerror}"
        return None, (Problem(code="form_unreadable", found=found, where=where),)
    form, faults = read_form(raw, where=where, is_own=True)
    if form is not None and form.authority != path.parent.name:
        found = f"authority = {form.authority!r} in the folder {path.parent.name!r}"
        hint = "a form lies in the folder of its authority"
        return None, (Problem(code="form_folder", found=found, hint=hint, where=where),)
    return form, faults
