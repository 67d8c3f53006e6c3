"""Forms at the desk: list them, fill one for a place, check what was changed by hand."""

from collections.abc import Mapping, Sequence
from datetime import UTC, datetime

import msgspec
from starlette.responses import Response

from vidomo.app.web.asked import Refusal
from vidomo.app.web.check import home_code
from vidomo.app.web.desk.desk_site import DeskSite
from vidomo.app.web.desk.route import DeskRoute, DeskWorld, Visit
from vidomo.core.errors import ConfigError, InputError
from vidomo.core.time import KYIV
from vidomo.desk.check.draft import LONGEST
from vidomo.desk.check.model import Checked, Copy
from vidomo.desk.check.words import check_words
from vidomo.desk.forms import Filled, Form, Given, fill, load_forms
from vidomo.desk.forms.facts import facts_for
from vidomo.desk.forms.gaps import NOTE
from vidomo.desk.forms.look import faults_of, look
from vidomo.desk.forms.model import PURPOSES, Basis
from vidomo.desk.forms.phrases import form_words
from vidomo.desk.page import DeskLink
from vidomo.gazetteer import Gazetteer
from vidomo.publish.digest_fit import spoken_seconds, utf16_units

LINKS = (DeskLink("/desk/forms", "forms.title", "f"),)
LONGEST_FIELD = 300
"""Characters of a field beside the text itself."""
_ONE = "/desk/forms/{authority}/{form}"
_NOTE_FIELD = "note_"


class Typed(msgspec.Struct, frozen=True, kw_only=True):
    """What was typed into the form beside the text; it is written back and nowhere else."""

    place: str = ""
    text_lang: str = ""
    body: str = ""
    contact: str = ""
    next_at: str = ""
    notes: Mapping[str, str] = {}


class Row(msgspec.Struct, frozen=True, kw_only=True):
    """One line of a text with what it rests on.

    Attributes:
        basis: claims, hand, unknown, held, or form for words that stand in every such text.
    """

    text: str
    claims: tuple[str, ...]
    basis: str


class Answer(msgspec.Struct, frozen=True, kw_only=True):
    """A filled form with all that stands beside it.

    Attributes:
        draft: The text as it stands in the field, after any edits.
        checked: What the check of drafts found; None for a text that is not for residents.
        faults: What keeps it from going out.
    """

    place: str
    filled: Filled
    draft: str
    rows: tuple[Row, ...]
    checked: Checked | None = None
    faults: tuple[str, ...] = ()
    copies: tuple[tuple[str, Copy], ...] = ()


def routes(_: DeskSite) -> Sequence[DeskRoute]:
    """Return the paths."""
    return (
        DeskRoute("/desk/forms", show_all),
        DeskRoute(_ONE, show_one, example=_example),
        DeskRoute(
            _ONE, fill_one, method="POST", scope=_place, in_scenario=True, example=_filled_example
        ),
    )


async def show_all(visit: Visit) -> Response:
    """Answer with every form at hand, and with what is wrong with the operator's own."""
    shelf = await visit.keep(lambda: load_forms(visit.desk.folder))
    groups = {
        authority: tuple(
            sorted(
                (form for form in shelf.forms if form.authority == authority),
                key=lambda form: (PURPOSES.index(form.purpose), form.id),
            )
        )
        for authority in shelf.authorities
    }
    return visit.page("forms.html", groups=groups, problems=shelf.problems)


async def show_one(visit: Visit) -> Response:
    """Answer with the empty fields of a form."""
    form = await _form(visit)
    typed = Typed(place=visit.given("place")[:LONGEST_FIELD])
    return _page(visit, form, typed, None)


async def fill_one(visit: Visit) -> Response:
    """Answer with the form filled from what is known; nothing is stored."""
    form, typed = await _form(visit), _typed(visit)
    code = (await _place(visit))[0]
    lang = typed.text_lang if typed.text_lang in form.words else next(iter(form.words))
    given = Given(
        body=typed.body,
        contact=typed.contact,
        next_at=_instant(typed.next_at),
        notes=typed.notes,
    )
    edited = visit.form.get("draft", "")[:LONGEST] if "check" in visit.form else None

    def answer() -> Answer:
        house = visit.desk.site.house
        facts = facts_for(
            form,
            house.situation(),
            code,
            gazetteer=house.gazetteer,
            releases=house.releases(),
            given=given,
        )
        filled = fill(form, facts, lang, atlas=house.gazetteer, is_exercise=house.is_demo)
        draft = filled.text if edited is None else edited
        checked = _checked(filled, draft, house.gazetteer, visit.lang) if form.is_public else None
        return Answer(
            place=code,
            filled=filled,
            draft=draft,
            rows=rows_of(filled, draft),
            checked=checked,
            faults=faults_of(checked) if checked else (),
            copies=copies_of(checked, filled, visit.lang) if checked else (),
        )

    return _page(visit, form, typed, await visit.ask(answer))


def rows_of(filled: Filled, draft: str) -> tuple[Row, ...]:
    """Return the lines of a text as it stands now, each with what it rests on.

    A line that was changed by hand rests on the hand that changed it, whatever it said before.
    """
    lines = {line.text: line for line in filled.lines}
    basis = {value.name: value.basis for value in filled.values}
    rows = []
    for text in (part.strip() for part in draft.splitlines()):
        line = lines.get(text)
        if not text:
            continue
        if line is None:
            rows.append(Row(text=text, claims=(), basis=Basis.HAND.value))
            continue
        found = {basis[name] for name in line.gaps}
        order = (Basis.UNKNOWN, Basis.HELD, Basis.HAND, Basis.CLAIMS)
        first = next((one for one in order if one in found), Basis.FORM)
        rows.append(Row(text=text, claims=line.claims, basis=first.value))
    return tuple(rows)


def copies_of(checked: Checked, filled: Filled, lang: str) -> tuple[tuple[str, Copy], ...]:
    """Return the texts to copy by the name of their outlet.

    In an exercise each begins with the word that says so; what it does not fit into is not offered.
    """
    words = check_words(lang)
    mark = form_words(filled.lang)("say.exercise") if filled.is_exercise else ""
    found = []
    for copy in checked.copies:
        text = copy.text
        if text and mark and mark not in text:
            text = f"{mark} {text}"
        measure = spoken_seconds if copy.outlet == "voice" else utf16_units
        size = measure(text) if text != copy.text else copy.size
        if text and size <= copy.limit:
            shown = msgspec.structs.replace(copy, text=text, size=size)
            found.append((words(f"outlet.{copy.outlet}"), shown))
    return tuple(found)


def _checked(filled: Filled, draft: str, atlas: Gazetteer, lang: str) -> Checked:
    return look(filled, atlas=atlas, lang=lang, text=draft)


def _page(visit: Visit, form: Form, typed: Typed, answer: Answer | None) -> Response:
    names = tuple(
        field.source.removeprefix(NOTE) for field in form.fields if field.source.startswith(NOTE)
    )
    return visit.page(
        "form.html",
        form=form,
        typed=typed,
        answer=answer,
        notes=tuple(dict.fromkeys(names)),
        longest=LONGEST,
    )


async def _form(visit: Visit) -> Form:
    key = f"{visit.given('authority')}/{visit.given('form')}"
    shelf = await visit.keep(lambda: load_forms(visit.desk.folder))
    form = shelf.get(key)
    if form is None:
        raise Refusal(404, "page")
    return form


async def _place(visit: Visit) -> Sequence[str]:
    """Return the code of the place that the form speaks for.

    Raises:
        ConfigError: No such place, or more than one.
    """
    atlas, name = visit.desk.site.house.gazetteer, visit.form.get("place", "").strip()
    code = name if atlas.get(name) is not None else home_code(name[:LONGEST_FIELD], atlas)
    if not name or code is None:
        raise ConfigError(
            visit.words("forms.no_place", name=name or "—"), hint=visit.words("forms.no_place_hint")
        )
    return (code,)


def _typed(visit: Visit) -> Typed:
    def field(name: str) -> str:
        return visit.form.get(name, "").strip()[:LONGEST_FIELD]

    return Typed(
        place=field("place"),
        text_lang=field("text_lang"),
        body=field("body"),
        contact=field("contact"),
        next_at=field("next_at"),
        notes={
            name.removeprefix(_NOTE_FIELD): field(name)
            for name in visit.form
            if name.startswith(_NOTE_FIELD)
        },
    )


def _instant(text: str) -> datetime | None:
    """Return the instant of a ``datetime-local`` field, which bears Kyiv time.

    Raises:
        InputError: Nothing of the kind.
    """
    if not text:
        return None
    try:
        return datetime.fromisoformat(text).replace(tzinfo=KYIV).astimezone(UTC)
    except (ValueError, OverflowError) as error:
        raise InputError(f"{text!r} is no time", hint="2025-12-20T18:00") from error


def _example(_: DeskWorld) -> dict[str, str]:
    return {"authority": "community", "form": "power"}


def _filled_example(world: DeskWorld) -> dict[str, str]:
    return _example(world) | {"place": world.place, "text_lang": "uk", "contact": "104"}
