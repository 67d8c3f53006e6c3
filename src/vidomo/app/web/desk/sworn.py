"""Asks an officer for the password once more, before a signature."""

from datetime import datetime

from vidomo.app.web.desk.desk_site import DeskSite
from vidomo.app.web.desk.sign_in import REFUSED, STRANGER
from vidomo.core.clock import Clock, system_clock
from vidomo.desk.attempts import FREE_LOGIN, LONGEST_LOGIN, after_failure, wait_s
from vidomo.desk.entry import entry
from vidomo.desk.factor import step_of
from vidomo.desk.passwords import LONGEST, is_right
from vidomo.desk.people import Person


def sworn(
    desk: DeskSite,
    *,
    login: str,
    password: str,
    code: str,
    at: datetime,
    true_clock: Clock = system_clock,
) -> Person | None:
    """Return whose login, password and code these are; None where something is not right.

    Wrong tries count together with those of signing in, so that this is no way around the wait.

    Args:
        desk: The desk.
        login: As typed.
        password: As typed.
        code: As typed; empty without a second factor.
        at: The clock of the desk.
        true_clock: The machine's own clock: authenticators know no exercise time.
    """
    table = desk.table
    login = login.strip().lower()[:60]
    key = f"login:{login}"
    before = table.attempts(key)
    if wait_s(before, at=at):
        return None
    # Counted before the password is looked at: tries sent all at once are counted, too.
    failed = after_failure(before, at=at, free=FREE_LOGIN, longest=LONGEST_LOGIN)
    table.set_attempts(key, failed)
    person = table.called(login)
    kept = table.password_hash(person.id) if person else None
    is_proven = is_right(password[: LONGEST + 1], kept)
    if person is None:
        return None
    secret, last = table.factor(person.id)
    if is_proven and secret:
        step = step_of(code, secret, at=true_clock(), after=last)
        is_proven = step is not None and table.use_step(person.id, step)
    if not is_proven or person.is_disabled:
        table.keep_entry(entry(REFUSED, subject=person.id, by=STRANGER, at=at))
        return None
    table.set_attempts(key, None)
    return person
