"""The page on which a draft is checked; it keeps nothing of it."""

from collections.abc import Sequence
from functools import cache

import msgspec
from jinja2 import Environment, PackageLoader
from markupsafe import Markup

from vidomo.desk.check.draft import LONGEST
from vidomo.desk.check.model import Checked, Copy, Forbidden
from vidomo.desk.check.words import check_words
from vidomo.publish.inline import escaping_templates, squeezed_style, style_source_of
from vidomo.publish.residents.frame import resident_style, resident_style_source
from vidomo.publish.words import LANGUAGES, Words


class Asked(msgspec.Struct, frozen=True, kw_only=True):
    """What was typed into the form."""

    draft: str = ""
    home: str = ""
    sign: str = ""


def render_check(
    *,
    lang: str,
    asked: Asked | None = None,
    found: Checked | None = None,
    problem: str = "",
    run_by: str = "",
) -> str:
    """Return the page as HTML: the form, and what was found in the draft if one was given.

    Args:
        lang: Language of the page.
        asked: What was typed; it is written back into the form and nowhere else.
        found: What the check found; None before there is a draft.
        problem: Why there is no answer.
        run_by: Who runs this; empty where that is not known.
    """
    asked, words = asked or Asked(), check_words(lang)
    other = next(one for one in LANGUAGES if one != lang)
    return (
        _environment()
        .get_template("check.html.j2")
        .render(
            lang=lang,
            t=words,
            style=Markup(resident_style()),  # noqa: S704 - our own file
            own_style=Markup(check_style()),  # noqa: S704 - our own file
            action=check_link(lang),
            home_link="/" if lang == LANGUAGES[0] else f"/{lang}/",
            other={"lang": other, "link": check_link(other), "name": words("check.other_name")},
            longest=LONGEST,
            found=found,
            run_by=run_by,
            pieces=_pieces(asked.draft, found.forbidden) if found else (),
            copies=_copies(found.copies, words) if found else (),
            problem=problem,
            draft=asked.draft,
            home=asked.home,
            sign=asked.sign,
        )
    )


def check_link(lang: str) -> str:
    """Return the address of the page in a language."""
    return "/check" if lang == LANGUAGES[0] else f"/{lang}/check"


@cache
def check_style() -> str:
    """Return what the page adds to the residents' style."""
    return squeezed_style("vidomo.desk.check", "templates/check.css")


@cache
def check_policy() -> str:
    """Return the Content-Security-Policy of the page: two styles, its own form, no scripts."""
    return (
        f"default-src 'none'; style-src {resident_style_source()} {style_source_of(check_style())}; "
        "img-src data:; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
    )


def _pieces(draft: str, forbidden: Sequence[Forbidden]) -> list[tuple[str, bool]]:
    """Return the draft in pieces, with whether each is forbidden; nothing is lost or twice."""
    pieces, done = [], 0
    for one in sorted(forbidden, key=lambda one: one.start):
        if one.end <= done:
            continue
        start = max(one.start, done)
        pieces += [(draft[done:start], False), (draft[start : one.end], True)]
        done = one.end
    return [piece for piece in (*pieces, (draft[done:], False)) if piece[0]]


def _copies(copies: Sequence[Copy], words: Words) -> list[dict[str, object]]:
    """Return the texts, outlets with the same text together."""
    names: dict[str, list[str]] = {}
    for one in copies:
        names.setdefault(one.text, []).append(words(f"outlet.{one.outlet}"))
    shown = []
    for one in copies:
        if one.text not in names:
            continue
        unit = words("check.seconds" if one.outlet == "voice" else "check.units")
        shown.append(
            {
                "name": ", ".join(names.pop(one.text)),
                "text": one.text,
                "size": f"{one.size:g} {words('check.of')} {one.limit:g} {unit}",
                "left_out": one.left_out,
            }
        )
    return shown


@cache
def _environment() -> Environment:
    return escaping_templates(PackageLoader("vidomo.desk.check"))
