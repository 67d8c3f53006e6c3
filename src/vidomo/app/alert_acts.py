"""What people do to alerts, over one data folder: each act checks every rule, then writes it down."""

import hashlib
from pathlib import Path

import msgspec

from vidomo.app.alert_book import shown_of
from vidomo.app.alert_rules import AlertRules, Views
from vidomo.app.desk_book import write_entries
from vidomo.app.house import House
from vidomo.core.clock import Clock
from vidomo.core.errors import (
    ConflictError,
    DisclosureForbidden,
    MachineRefused,
)
from vidomo.desk.alerts.authority import SET, SUBJECT, Authority
from vidomo.desk.alerts.confirm import confirmed
from vidomo.desk.alerts.life import (
    APPROVED,
    DRAFTED,
    DROPPED,
    EDITED,
    ISSUED,
    ISSUING,
    NOT_ISSUED,
    PREFIX,
    Life,
)
from vidomo.desk.alerts.model import (
    Approval,
    Draft,
    Dropped,
    Issue,
    State,
    WordingApproval,
)
from vidomo.desk.alerts.who import second_person, writer
from vidomo.desk.alerts.wordings import APPROVED as WORDING, wording
from vidomo.desk.entry import Entry, entry, new_id
from vidomo.desk.people import COUNTRY, Person, Role, may
from vidomo.publish.alerts.keys import SigningKey, keys_folder, load_key, new_key
from vidomo.publish.alerts.sign import signed

_RELOAD = "open it again and look at it as it stands now"


class AlertDesk(AlertRules):
    """What can be done to the alerts of a data folder; its journal must be open for writing.

    Attributes:
        index_problem: Why the index could not be written after the last act; empty when it was.
    """

    index_problem = ""

    def draft(self, by: Person, draft: Draft, *, views: Views | None = None) -> str:
        """Write a new draft down; return the id of the alert.

        Raises:
            DisclosureForbidden: The role is missing, or an all-clear that no authority has given.
            ConflictError: What it updates or cancels is not in force any more.
        """
        self.may_stand(by, draft, views or {})
        alert = new_id(PREFIX, draft, by.id)
        self._write(DRAFTED, alert, by, body=draft, place=draft.places[0])
        return alert

    def edit(
        self, by: Person, alert: str, draft: Draft, *, seen: str, views: Views | None = None
    ) -> None:
        """Put another draft in the place of the one that stands; every approval is void then.

        Raises:
            ConflictError: Somebody else changed it since it was looked at.
        """
        life = self._unchanged(alert, seen)
        writer(by, self.touched(life.draft), within=self.atlas.within)
        draft = msgspec.structs.replace(draft, revises=life.digest)
        self.may_stand(by, draft, views or {})
        self._write(EDITED, alert, by, body=draft, place=draft.places[0])

    def drop(self, by: Person, alert: str, *, seen: str, reason: str) -> None:
        """Write down that a draft will not be issued.

        Raises:
            ConflictError: Somebody else changed it since it was looked at.
        """
        life = self._unchanged(alert, seen)
        writer(by, self.touched(life.draft), within=self.atlas.within)
        body = Dropped(digest=life.digest)
        self._write(DROPPED, alert, by, body=body, place=life.draft.places[0], reason=reason)

    def approve(self, by: Person, alert: str, *, seen: str, typed: str) -> None:
        """Write down that a second person approves exactly the message that was shown.

        Raises:
            DisclosureForbidden: A person who may not, or a message that is held.
            InputError: Other words than the place and the effect, or a message that breaks a rule.
            ConflictError: Somebody else changed it since it was looked at.
        """
        life = self._unchanged(alert, seen)
        self.not_held(life)
        second_person(
            by,
            life,
            authority=self.authority,
            within=self.atlas.within,
            places=self.touched(life.draft),
        )
        confirmed(typed, life.draft, gazetteer=self.atlas)
        body = Approval(digest=life.digest, shown=shown_of(life.draft))
        self._write(APPROVED, alert, by, body=body, place=life.draft.places[0])

    def issue(
        self, by: Person, alert: str, *, seen: str, typed: str, views: Views | None = None
    ) -> Life:
        """Sign a message and put it where it belongs; return the alert as it stands then.

        First it is written down that these bytes are about to go out, then they go out in one
        step, then it is written down that they did. Whatever fails, nothing unsigned leaves.

        Raises:
            DisclosureForbidden: A rule forbids it.
            InputError: Other words were typed, or the message breaks schema or profile.
            ConfigError: The key is missing, unreadable or the wrong one; nothing went out.
            MachineRefused: The file could not be written; nothing went out.
            ConflictError: Somebody else changed or issued it.
        """
        self.repair()
        life = self._unchanged(alert, seen)
        writer(by, self.touched(life.draft), within=self.atlas.within)
        self.may_go_out(life, views or {})
        confirmed(typed, life.draft, gazetteer=self.atlas)
        need = self.need(life)
        if not need.is_met:
            reasons = ", ".join(need.why)
            raise DisclosureForbidden(
                f"this message needs a second person: {reasons}",
                hint="somebody with the role of an approver, who did not write it, approves it",
            )
        key = self._key()
        message = life.draft.alert
        body = signed(message, key)
        issue = Issue(
            digest=life.digest,
            sha256=hashlib.sha256(body).hexdigest(),
            name=f"{message.identifier}.xml",
        )
        self._put(by, life, issue, body)
        self._index()
        return self.life(alert)

    def _index(self) -> None:
        """Bring the index up to what is out; a disk that refuses is told, and undoes nothing."""
        try:
            self.files.index(self.lives, authority=self.authority, now=self.now())
        except MachineRefused as error:
            self.index_problem = error.message

    def _key(self) -> SigningKey:
        """Return the key; an exercise makes its own, which can sign nothing but exercises."""
        keys = keys_folder(self.folder, is_exercise=self.is_exercise)
        if self.is_exercise and not keys.exists():
            return new_key(keys, holder="Exercise", is_exercise=True, now=self.now())
        return load_key(keys)

    def _put(self, by: Person, life: Life, issue: Issue, body: bytes) -> None:
        place = life.draft.places[0]
        tried = self._write(ISSUING, life.id, by, body=issue, place=place)
        issue = msgspec.structs.replace(issue, attempt=tried.id)
        try:
            self.files.put(life.draft, issue.name, body)
        except MachineRefused as error:
            failed = msgspec.structs.replace(issue, problem=error.message)
            self._write(NOT_ISSUED, life.id, by, body=failed, place=place)
            raise
        self._write(ISSUED, life.id, by, body=issue, place=place)

    def repair(self) -> int:
        """Finish what a stop in the middle left: issued where the file lies there, else not.

        Only whoever writes calls it, so no other try can be under way. Returns how many were
        found so.
        """
        stopped = [one for one in self.lives if one.state is State.ISSUING]
        for life in stopped:
            if life.trying is None:
                continue
            issue = msgspec.structs.replace(life.trying, attempt=life.trying_id)
            is_there = self.files.holds(life.draft, issue.name, issue.sha256)
            body = issue if is_there else msgspec.structs.replace(issue, problem="stopped")
            self._record(
                entry(
                    ISSUED if is_there else NOT_ISSUED,
                    subject=life.id,
                    by=life.trying_by,
                    at=self.clock(),
                    body=body,
                    place=life.draft.places[0],
                )
            )
        if self.lives:
            self._index()
        return len(stopped)

    def approve_wording(self, by: Person, name: str, *, version: str) -> tuple[str, ...]:
        """Write down that one version of a wording may be used where this person approves.

        Returns:
            The territories.

        Raises:
            ConflictError: The wording is another one by now.
            DisclosureForbidden: The person approves nowhere.
        """
        if wording(name, self.wordings).ref.version != version:
            raise ConflictError(f"the wording {name} was changed", hint=_RELOAD)
        found = tuple(
            dict.fromkeys(one.territory for one in by.grants if one.role >= Role.APPROVER)
        )
        if not found or by.is_disabled:
            raise DisclosureForbidden("approving wordings needs the role of an approver")
        for territory in found:
            body = WordingApproval(id=name, version=version, territory=territory)
            self._write(WORDING, name, by, body=body, place=territory)
        return found

    def set_authority(self, by: Person, authority: Authority) -> None:
        """Put the authority on record; for an admin of its territory, or of the country.

        Raises:
            DisclosureForbidden: The role is missing.
            InputError: Such a territory is not in the codifier.
        """
        places = [authority.territory] if authority.territory else [COUNTRY]
        for code in (*places, *authority.second_factor_in):
            self.atlas.unit(code)
        standing = [self.authority.territory] if self.authority.territory else []
        if not may(by, Role.ADMIN, [*places, *standing], within=self.atlas.within):
            raise DisclosureForbidden("the authority is put on record by an admin of its territory")
        self._write(SET, SUBJECT, by, body=authority, place=places[0])
        self._index()

    def _unchanged(self, alert: str, seen: str) -> Life:
        life = self.life(alert)
        if life.state not in {State.DRAFT, State.HELD, State.APPROVED} or life.digest != seen:
            raise ConflictError(
                f"it is {life.state}, or was changed since you looked", hint=_RELOAD
            )
        return life

    def _write(
        self,
        what: str,
        subject: str,
        by: Person,
        *,
        body: msgspec.Struct,
        place: str,
        reason: str = "",
    ) -> Entry:
        made = entry(
            what,
            subject=subject,
            by=by.id,
            at=self.clock(),
            body=body,
            place=place,
            reason=reason,
        )
        self._record(made)
        return made

    def _record(self, made: Entry) -> None:
        write_entries(self._journal, [made])
        for name in ("entries", "lives", "authority"):
            self.__dict__.pop(name, None)


def repair_alerts(folder: Path, *, clock: Clock, is_exercise: bool = False) -> int:
    """Finish what a stop in the middle of an issue left in a data folder; return how many.

    Raises:
        MachineRefused: The folder cannot be written.
    """
    with House.open(folder, clock=clock) as house:
        desk = AlertDesk(
            house.journal,
            folder=folder,
            gazetteer=house.gazetteer,
            people=lambda _: None,
            clock=clock,
            is_exercise=is_exercise,
        )
        return desk.repair()
