"""What a person can see and change about themselves: rights, language, password."""

from collections.abc import Sequence

from starlette.responses import Response

from vidomo.app.desk_book import write_entries
from vidomo.app.web.desk.desk_site import DeskSite
from vidomo.app.web.desk.doorkeeper import SIGN_IN, Turned
from vidomo.app.web.desk.route import DeskRoute, DeskWorld, Visit
from vidomo.core.errors import ConfigError
from vidomo.desk.attempts import FREE_LOGIN, LONGEST_LOGIN, after_failure, wait_s
from vidomo.desk.entry import entry
from vidomo.desk.passwords import checked_password, hash_of, is_right

EXAMPLE_PASSWORD = "long enough for a test"  # noqa: S105 - what people of the tests sign in with


def routes(_: DeskSite) -> Sequence[DeskRoute]:
    """Return the paths."""
    return (
        DeskRoute("/desk/me", show),
        DeskRoute(
            "/desk/me/password",
            change_password,
            method="POST",
            anywhere=True,
            in_scenario=True,
            example=_example,
        ),
    )


async def show(visit: Visit) -> Response:
    """Answer with what the person may do and where."""
    return visit.page("me.html")


async def change_password(visit: Visit) -> Response:
    """Change the person's own password; every sign-in ends, this one too."""
    table, person = visit.desk.table, visit.person
    old, new = visit.form.get("old", ""), visit.form.get("new", "")
    if new != visit.form.get("again", ""):
        raise Turned(400, "passwords_differ")
    try:
        checked_password(new, login=person.login)
    except ConfigError as error:
        raise Turned(400, "password_weak") from error
    await visit.keep(lambda: _proven(visit, old))
    hashed = await visit.keep(lambda: hash_of(new))
    done = entry("person.password", subject=person.id, by=person.id, at=visit.now)
    await visit.act(lambda house: write_entries(house.journal, [done]))
    await visit.keep(lambda: table.set_password(person.id, hashed))
    return visit.back(SIGN_IN)


def _proven(visit: Visit, password: str) -> None:
    """Return when the old password is right; wrong tries count with those of signing in.

    Else whoever finds a desk left alone could try passwords here as fast as they can be hashed.

    Raises:
        Turned: It is wrong, or it is too early to try again.
    """
    table, key, now = visit.desk.table, f"login:{visit.person.login}", visit.now
    before = table.attempts(key)
    if wait_s(before, at=now):
        raise Turned(429, "tries")
    failed = after_failure(before, at=now, free=FREE_LOGIN, longest=LONGEST_LOGIN)
    table.set_attempts(key, failed)
    if not is_right(password, table.password_hash(visit.person.id)):
        raise Turned(400, "password_wrong")
    table.set_attempts(key, None)


def _example(_: DeskWorld) -> dict[str, str]:
    new = f"{EXAMPLE_PASSWORD} and more"
    return {"old": EXAMPLE_PASSWORD, "new": new, "again": new}
