"""The alerts of one data folder as they stand, read out of the journal."""

import dataclasses
import hashlib
from collections.abc import Callable, Mapping
from datetime import datetime
from functools import cached_property
from pathlib import Path

from vidomo.app.alert_outlet import AlertFolder
from vidomo.app.desk_book import entries_in
from vidomo.app.releases import releases_in
from vidomo.core.clock import Clock
from vidomo.core.errors import NothingKnown
from vidomo.core.problems import Problem
from vidomo.desk.alerts.authority import Authority, authority_in
from vidomo.desk.alerts.compose import is_word_for_word
from vidomo.desk.alerts.findings import look
from vidomo.desk.alerts.life import Life, alerts_of
from vidomo.desk.alerts.model import Draft
from vidomo.desk.alerts.own_wordings import OWN_FILE, OwnWordings, read_own
from vidomo.desk.alerts.press import Press
from vidomo.desk.alerts.who import Need, counted, why_two
from vidomo.desk.alerts.wordings import AlertWording, approvals_in, wordings
from vidomo.desk.entry import Entry
from vidomo.desk.people import Person
from vidomo.disclosure.release import in_effect
from vidomo.gazetteer import Gazetteer
from vidomo.gazetteer.shapes import shapes_in
from vidomo.publish.alerts.model import Scope, Status
from vidomo.publish.alerts.sign import checked
from vidomo.store.journal import Journal


class AlertBook:
    """The alerts of one data folder.

    Args:
        journal: Where it is all written.
        folder: The data folder; of an exercise its own.
        gazetteer: Units.
        people: Returns a person by id, None for nobody.
        clock: When people act.
        is_exercise: Whether it is the data folder of an exercise.
    """

    def __init__(
        self,
        journal: Journal,
        *,
        folder: Path,
        gazetteer: Gazetteer,
        people: Callable[[str], Person | None],
        clock: Clock,
        is_exercise: bool = False,
    ) -> None:
        self._journal, self.folder, self.atlas = journal, folder, gazetteer
        self.people, self.clock, self.is_exercise = people, clock, is_exercise
        self.files = AlertFolder(folder, is_exercise=is_exercise)

    @cached_property
    def entries(self) -> tuple[Entry, ...]:
        """Everything that people did to alerts."""
        return entries_in(self._journal, what_prefix="alert.")

    def now(self) -> datetime:
        """Return the clock of the machine, to the second."""
        return self.clock().replace(microsecond=0)

    @cached_property
    def lives(self) -> tuple[Life, ...]:
        """Every alert as it stands, the newest first."""
        return alerts_of(self.entries, now=self.now())

    @cached_property
    def authority(self) -> Authority:
        """The authority on record; an empty one where there is none."""
        return authority_in(self.entries)

    @cached_property
    def own_wordings(self) -> OwnWordings:
        """The operator's own wordings, with everything that is wrong in their file."""
        path = self.folder / OWN_FILE
        if not path.is_file():
            return OwnWordings()
        try:
            text = path.read_text("utf-8")
        except (OSError, UnicodeDecodeError) as error:
            return OwnWordings(problems=(Problem(code="file", found=str(error), where=OWN_FILE),))
        somewhere = self.atlas.oblasts()[0].code
        return read_own(text, press=self._press(Status.ACTUAL, Scope.PUBLIC), places=[somewhere])

    @cached_property
    def wordings(self) -> Mapping[str, AlertWording]:
        """All wordings by their ids, the operator's own last."""
        return {**wordings(), **self.own_wordings.wordings}

    def life(self, alert: str) -> Life:
        """Return one alert.

        Raises:
            NothingKnown: There is none of that id.
        """
        found = next((one for one in self.lives if one.id == alert), None)
        if found is None:
            raise NothingKnown(f"there is no alert {alert!r}", hint="vidomo alert list")
        return found

    def press(self, *, status: Status | None = None, scope: Scope = Scope.PUBLIC) -> Press:
        """Return what every message is made with now; an exercise where this is one."""
        usual = Status.EXERCISE if self.is_exercise else Status.ACTUAL
        made = self._press(status or usual, scope)
        return dataclasses.replace(made, is_exercise=self.is_exercise, wordings=self.wordings)

    def _press(self, status: Status, scope: Scope) -> Press:
        return Press(
            authority=self.authority,
            gazetteer=self.atlas,
            shapes=shapes_in(self.folder),
            now=self.now(),
            status=status,
            scope=scope,
        )

    def need(self, life: Life) -> Need:
        """Return why a message needs a second person, and whether there was one."""
        draft = life.draft
        before = next((one for one in self.lives if one.id == draft.follows), None)
        why = why_two(
            draft,
            findings=look(draft.alert, gazetteer=self.atlas),
            is_word_for_word=is_word_for_word(draft, self.press(), lives=self.lives),
            is_released=self._is_released(draft),
            approved=approvals_in(self.entries),
            before=before,
            within=self.atlas.within,
        )
        if not why:
            return Need(is_met=True)
        is_met = bool(life.approvals) and counted(
            life,
            shown=shown_of(draft),
            people=self.people,
            authority=self.authority,
            within=self.atlas.within,
            places=self.touched(draft),
        )
        return Need(why=why, is_met=is_met)

    def touched(self, draft: Draft) -> tuple[str, ...]:
        """Return every place that a message changes anything for: its own, and those before it."""
        before = next((one for one in self.lives if one.id == draft.follows), None)
        return tuple(dict.fromkeys((*draft.places, *(before.draft.places if before else ()))))

    def _is_released(self, draft: Draft) -> bool:
        """Return whether two people let a statement behind it pass before its time."""
        released = in_effect(releases_in(self._journal), now=self.clock()) if draft.claims else {}
        return any(claim in draft.claims for claim, _ in released)


def shown_of(draft: Draft) -> str:
    """Return the SHA-256 of the bytes that an approver is shown, in hex.

    Raises:
        InputError: The message breaks schema or profile.
    """
    return hashlib.sha256(checked(draft.alert)).hexdigest()
