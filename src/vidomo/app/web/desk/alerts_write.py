"""The pages on which alerts are written: from a wording, by hand, anew, as update or correction."""

from collections.abc import Awaitable, Callable, Mapping, Sequence

from starlette.responses import Response

from vidomo.app.alert_acts import AlertDesk
from vidomo.app.alert_book import AlertBook
from vidomo.app.alert_rules import Views
from vidomo.app.alert_views import said_for
from vidomo.app.web.desk.alerts_common import (
    acting,
    book_of,
    example_of_draft,
    life_of,
    places_of_alert,
    typed_places,
    views_for,
    where,
)
from vidomo.app.web.desk.desk_site import DeskSite
from vidomo.app.web.desk.route import DeskRoute, DeskWorld, Visit
from vidomo.core.errors import InputError
from vidomo.desk.alerts.all_clear import all_clears_for
from vidomo.desk.alerts.compose import Behind, Codes, by_hand, correct, from_wording, quoted
from vidomo.desk.alerts.life import Life
from vidomo.desk.alerts.model import Draft, Kind
from vidomo.desk.alerts.press import LANGS, unofficial
from vidomo.desk.alerts.wordings import Text, wording
from vidomo.desk.people import Role
from vidomo.disclosure.model import Said
from vidomo.publish.alerts.model import (
    Category,
    Certainty,
    ResponseType,
    Scope,
    Severity,
    Urgency,
)

Endpoint = Callable[[Visit], Awaitable[Response]]
Example = Callable[[DeskWorld], Mapping[str, str]]
_UNREADABLE = 422
_LONGEST = 4_000
_PARTS = ("event", "headline", "description", "instruction")
_ALONE = ("shelter", "advice", "being_verified")
_QUOTING = ("all_clear", "from_view")
_CHOICES = {
    "category": Category,
    "response": ResponseType,
    "urgency": Urgency,
    "severity": Severity,
    "certainty": Certainty,
}


def write_routes(_: DeskSite) -> Sequence[DeskRoute]:
    """Return the paths."""
    new = {"wording": "shelter"}
    one = "/desk/alerts/{alert}"
    return (
        DeskRoute("/desk/alerts/new", ask_new, needs=Role.EDITOR, example=lambda _: {}),
        _post("/desk/alerts/new", write_new, lambda world: {**new, "places": world.place}),
        DeskRoute("/desk/alerts/hand", ask_hand, needs=Role.EDITOR, example=lambda _: {}),
        _post("/desk/alerts/hand", write_hand, lambda world: {**_HAND, "places": world.place}),
        _ask(f"{one}/edit", ask_edit, is_issued=False),
        _act(f"{one}/edit", write_edit, example_of_draft(fields=_HAND)),
        _act(f"{one}/anew", write_anew, example_of_draft()),
        _ask(f"{one}/update", ask_update),
        _act(f"{one}/update", write_update, example_of_draft(is_issued=True, fields=new)),
        _ask(f"{one}/correct", ask_correct),
        _act(f"{one}/correct", write_correct, example_of_draft(is_issued=True, fields=new)),
        _act(f"{one}/cancel", write_cancel, example_of_draft(is_issued=True)),
    )


def _post(path: str, endpoint: Endpoint, example: Example) -> DeskRoute:
    return DeskRoute(
        path, endpoint, needs=Role.EDITOR, method="POST", scope=typed_places, example=example
    )


def _ask(path: str, endpoint: Endpoint, *, is_issued: bool = True) -> DeskRoute:
    return DeskRoute(
        path,
        endpoint,
        needs=Role.EDITOR,
        scope=places_of_alert,
        example=example_of_draft(is_issued=is_issued),
    )


def _act(path: str, endpoint: Endpoint, example: Example) -> DeskRoute:
    return DeskRoute(
        path, endpoint, needs=Role.EDITOR, method="POST", scope=places_of_alert, example=example
    )


async def ask_new(visit: Visit) -> Response:
    """Answer with the form for a new alert from a wording."""
    chosen = visit.given("wording") or _ALONE[0]
    return await _form(visit, "new", chosen, typed=visit.given("places"))


async def write_new(visit: Visit) -> Response:
    """Write a draft from a wording."""
    name = visit.form.get("wording", "")
    found = where(visit, visit.form.get("places", ""))
    offered = _offered(await book_of(visit), "new")
    if name not in offered or found.unclear or not found.codes:
        return await _form(visit, "new", name, typed=visit.form.get("places", ""))
    return await _from_wording(visit, name, found.codes, None)


async def ask_update(visit: Visit) -> Response:
    """Answer with the form for a newer alert in the place of one that stands."""
    life = await life_of(visit)
    return await _form(visit, "update", life.draft.kind, typed=_places(visit, life), before=life)


async def write_update(visit: Visit) -> Response:
    """Write the draft of an update."""
    return await _following(visit, "update")


async def ask_correct(visit: Visit) -> Response:
    """Answer with the form for a correction, filled from the wrong alert."""
    life = await life_of(visit)
    return await _form(visit, "correct", "shelter", typed=_places(visit, life), before=life)


async def write_correct(visit: Visit) -> Response:
    """Write the draft of a correction."""
    return await _following(visit, "correct")


async def write_cancel(visit: Visit) -> Response:
    """Write the draft of a cancellation; a second person has to approve it."""
    life = await life_of(visit)
    return await _from_wording(visit, "cancel", life.draft.places, life)


async def write_anew(visit: Visit) -> Response:
    """Write the draft anew from its wordings, as of now."""
    life = await life_of(visit)
    seen, draft = visit.form.get("seen", ""), life.draft
    if draft.is_by_hand:
        raise InputError("it was written by hand", hint="change its words")
    name = draft.wordings[-1].id
    views = await views_for(visit, draft.kind, draft.places)

    def act(desk: AlertDesk) -> None:
        before = desk.life(draft.follows) if draft.follows else None
        again = _made(
            desk,
            name,
            draft.places,
            before,
            views,
            scope=draft.alert.scope,
            is_correction=draft.kind is Kind.CORRECTION,
        )
        desk.edit(visit.person, life.id, again, seen=seen, views=views)

    await acting(visit, act)
    return visit.back(f"/desk/alerts/{life.id}", visit.words("alerts.drafted"))


async def ask_hand(visit: Visit) -> Response:
    """Answer with the form for an alert in a person's own words."""
    return await _hand_form(visit, {**_usual(), "places": visit.given("places")})


async def write_hand(visit: Visit) -> Response:
    """Write a draft in a person's own words."""
    found = where(visit, visit.form.get("places", ""))
    if found.unclear or not found.codes:
        return await _hand_form(visit, visit.form, status=_UNREADABLE)
    views = await _views_by_hand(visit, found.codes)

    def act(desk: AlertDesk) -> str:
        draft = _typed(visit, desk, found.codes, views, None)
        return desk.draft(visit.person, draft, views=views)

    alert = await acting(visit, act)
    return visit.back(f"/desk/alerts/{alert}", visit.words("alerts.drafted"))


async def ask_edit(visit: Visit) -> Response:
    """Answer with the words of a draft, to be changed."""
    life = await life_of(visit)
    return await _hand_form(visit, _fields(life), life)


async def write_edit(visit: Visit) -> Response:
    """Put changed words in the place of a draft; every approval of it is void then."""
    life = await life_of(visit)
    places, seen = life.draft.places, visit.form.get("seen", "")
    views = await _views_by_hand(visit, places)

    def act(desk: AlertDesk) -> None:
        before = desk.life(life.draft.follows) if life.draft.follows else None
        draft = _typed(visit, desk, places, views, before)
        desk.edit(visit.person, life.id, draft, seen=seen, views=views)

    await acting(visit, act)
    return visit.back(f"/desk/alerts/{life.id}", visit.words("alerts.drafted"))


async def _following(visit: Visit, what: str) -> Response:
    offered = _offered(await book_of(visit), what)
    life = await life_of(visit)
    name = visit.form.get("wording", "")
    typed = visit.form.get("places", _places(visit, life))
    found = where(visit, typed)
    is_mine = bool(found.codes) and visit.may(Role.EDITOR, found.codes)
    if name not in offered or found.unclear or not is_mine:
        return await _form(visit, what, name, typed=typed, before=life)
    return await _from_wording(visit, name, found.codes, life, is_correction=what == "correct")


async def _from_wording(
    visit: Visit,
    name: str,
    places: Sequence[str],
    before: Life | None,
    *,
    is_correction: bool = False,
) -> Response:
    kind = wording(name, (await book_of(visit)).wordings).kind
    views = await views_for(visit, kind, places)
    scope = Scope.RESTRICTED if visit.form.get("desk_only") else Scope.PUBLIC
    scope = before.draft.alert.scope if before else scope

    def act(desk: AlertDesk) -> str:
        draft = _made(desk, name, places, before, views, scope=scope, is_correction=is_correction)
        return desk.draft(visit.person, draft, views=views)

    alert = await acting(visit, act)
    return visit.back(f"/desk/alerts/{alert}", visit.words("alerts.drafted"))


def _made(
    desk: AlertDesk,
    name: str,
    places: Sequence[str],
    before: Life | None,
    views: Views,
    *,
    scope: Scope,
    is_correction: bool,
) -> Draft:
    press = desk.press(scope=scope)
    if is_correction and before is not None:
        return correct(press, before, name, places, lives=desk.lives)
    kind = wording(name, desk.wordings).kind
    said = said_for(kind, places, views, gazetteer=desk.atlas)
    return from_wording(
        press, name, places, behind=Behind(said=said, follows=before, lives=desk.lives)
    )


async def _views_by_hand(visit: Visit, places: Sequence[str]) -> Views:
    ends_it = visit.form.get("response") == ResponseType.ALL_CLEAR
    return await views_for(visit, Kind.ALL_CLEAR, places) if ends_it else {}


def _typed(
    visit: Visit, desk: AlertDesk, places: Sequence[str], views: Views, before: Life | None
) -> Draft:
    """Return the draft that the form holds; an all-clear gets the authority's words added."""
    codes = _codes(visit.form)
    said: tuple[Said, ...] = ()
    if ResponseType.ALL_CLEAR in codes.response:
        found = [views.get(code) for code in places]
        said = all_clears_for(places, found, gazetteer=desk.atlas)
    texts = {}
    for lang in LANGS:
        parts = {part: visit.form.get(f"{part}_{lang}", "").strip()[:_LONGEST] for part in _PARTS}
        if said and not all(one.quote in parts["description"] for one in said):
            parts["description"] = f"{parts['description']} {quoted(said, lang)}".strip()
        texts[lang] = Text(**parts)
    scope = Scope.RESTRICTED if visit.form.get("desk_only") else Scope.PUBLIC
    scope = before.draft.alert.scope if before else scope
    behind = Behind(said=said, follows=before, lives=desk.lives)
    return by_hand(desk.press(scope=scope), codes, texts, places, behind=behind)


def _codes(form: Mapping[str, str]) -> Codes:
    try:
        return Codes(
            category=(Category(form.get("category", "")),),
            response=(ResponseType(form.get("response", "")),),
            urgency=Urgency(form.get("urgency", "")),
            severity=Severity(form.get("severity", "")),
            certainty=Certainty(form.get("certainty", "")),
            hours=int(form.get("hours", "")),
        )
    except ValueError as error:
        raise InputError(str(error), hint="choose one of the values of the form") from error


def _offered(book: AlertBook, what: str) -> tuple[str, ...]:
    """Return the wordings to choose from: ours, then the operator's own."""
    quoting = () if what == "correct" else _QUOTING
    return (*_ALONE, *quoting, *book.own_wordings.wordings)


async def _form(
    visit: Visit,
    what: str,
    chosen: str,
    *,
    typed: str,
    before: Life | None = None,
) -> Response:
    found = where(visit, typed)
    book = await book_of(visit)
    offered = _offered(book, what)
    is_sent = visit.request.method == "POST"
    return visit.page(
        "alert_new.html",
        status=_UNREADABLE if is_sent else 200,
        what=what,
        path=f"/desk/alerts/{before.id}/{what}" if before else "/desk/alerts/new",
        offered=[book.wordings[name] for name in offered],
        chosen=chosen if chosen in offered else offered[0],
        places=typed,
        unclear=found.unclear,
        is_empty=is_sent and not found.codes,
        before=before,
        unofficial="" if book.authority.is_complete else unofficial(book.authority, visit.lang),
    )


async def _hand_form(
    visit: Visit, form: Mapping[str, str], life: Life | None = None, *, status: int = 200
) -> Response:
    book = await book_of(visit)
    return visit.page(
        "alert_hand.html",
        status=status,
        form=form,
        life=life,
        path=f"/desk/alerts/{life.id}/edit" if life else "/desk/alerts/hand",
        parts=_PARTS,
        choices={name: [one.value for one in kind] for name, kind in _CHOICES.items()},
        unclear={} if life else where(visit, form.get("places", "")).unclear,
        unofficial="" if book.authority.is_complete else unofficial(book.authority, visit.lang),
    )


def _usual() -> dict[str, str]:
    return {
        "category": Category.SAFETY,
        "response": ResponseType.MONITOR,
        "urgency": Urgency.UNKNOWN,
        "severity": Severity.UNKNOWN,
        "certainty": Certainty.UNKNOWN,
        "hours": "3",
    }


def _fields(life: Life) -> dict[str, str]:
    alert = life.draft.alert
    first = alert.infos[0]
    ends = first.expires or alert.sent
    found = {
        "category": str(first.category[0]),
        "response": str(next(iter(first.response_type), ResponseType.MONITOR)),
        "urgency": str(first.urgency),
        "severity": str(first.severity),
        "certainty": str(first.certainty),
        "hours": str(max(1, round((ends - alert.sent).total_seconds() / 3600))),
        "desk_only": "1" if alert.scope is Scope.RESTRICTED else "",
    }
    for lang, info in zip(LANGS, alert.infos, strict=True):
        found |= {f"{part}_{lang}": str(getattr(info, part)) for part in _PARTS}
    return found


def _places(visit: Visit, life: Life) -> str:
    """Return the places of an alert as people read them; by code where a name is not enough."""
    found = []
    for code in life.draft.places:
        label = visit.desk.label(code, lang=visit.lang)
        found.append(label if where(visit, label).codes == (code,) else code)
    return "; ".join(found)


_HAND = {
    **_usual(),
    **{f"{part}_{lang}": f"Words of {part}" for part in _PARTS for lang in LANGS},
}
