"""The rules that every act on an alert keeps, over the alerts of one data folder."""

from collections.abc import Mapping
from datetime import timedelta

from vidomo.app.alert_book import AlertBook
from vidomo.core.errors import (
    ConflictError,
    DisclosureForbidden,
    InputError,
)
from vidomo.desk.alerts.all_clear import all_clears_for
from vidomo.desk.alerts.findings import look
from vidomo.desk.alerts.life import (
    Life,
    has_expired,
)
from vidomo.desk.alerts.model import (
    Draft,
    Kind,
    State,
)
from vidomo.desk.alerts.outlets import is_for_residents, outlets_of
from vidomo.desk.alerts.who import writer
from vidomo.desk.people import Person
from vidomo.disclosure.model import PublicView
from vidomo.publish.alerts.model import Status

OLDEST = timedelta(minutes=60)
"""How old a draft may be when it goes out; what it says is as of when it was written (own choice)."""
Views = Mapping[str, PublicView]
"""What residents may see of each place, by its code, as of now."""
_RELOAD = "open it again and look at it as it stands now"


class AlertRules(AlertBook):
    """The alerts of a data folder, with what may stand and what may go out."""

    def may_stand(self, by: Person, draft: Draft, views: Views) -> None:
        """Return when a person may write a draft down; raise why not.

        Raises:
            DisclosureForbidden: The role is missing, or an all-clear that no authority has given.
            ConflictError: What it follows is not in force any more.
            InputError: It would go elsewhere than what it follows.
        """
        writer(by, self.touched(draft), within=self.atlas.within)
        self._follows(draft)
        if draft.kind is Kind.ALL_CLEAR:
            self._all_clear(draft, views)
        elif look(draft.alert, gazetteer=self.atlas).all_clears:
            raise DisclosureForbidden(
                "the words announce an all-clear, and the message is none",
                hint="use the wording for an all-clear: it passes on an authority's own words",
            )

    def may_go_out(self, life: Life, views: Views) -> None:
        """Return when a message may go out now, whoever issues it; raise why not.

        Raises:
            DisclosureForbidden: It is held, goes nowhere, or nobody may say it in this name.
            ConflictError: It is too old, over, out already, or follows what is over.
        """
        draft, now = life.draft, self.now()
        self.not_held(life)
        self._follows(draft)
        if now - draft.alert.sent > OLDEST:
            raise ConflictError(
                "this was written more than an hour ago and says what was known then",
                hint="write it anew; that takes one key",
            )
        if has_expired(draft, now):
            raise ConflictError("its time is over", hint="write it anew")
        outlets = outlets_of(draft.alert.status, draft.alert.scope, is_exercise=self.is_exercise)
        if not outlets:
            raise DisclosureForbidden(
                f"status {draft.alert.status} with scope {draft.alert.scope} goes nowhere here"
            )
        if is_for_residents(outlets):
            self._in_the_name_of(draft)
        if draft.kind is Kind.ALL_CLEAR:
            self._all_clear(draft, views)
        named = draft.alert.identifier
        if any(one.is_out and one.draft.alert.identifier == named for one in self.lives):
            raise ConflictError("exactly this message is out already", hint=_RELOAD)

    def _in_the_name_of(self, draft: Draft) -> None:
        """Refuse to warn the public in nobody's name, or where the authority is not competent."""
        if draft.alert.status is not Status.ACTUAL:
            return
        authority = self.authority
        if not authority.is_complete:
            raise DisclosureForbidden(
                "no authority is on record: nothing goes to the public in earnest",
                hint="put legal basis, sender and contact on record: vidomo desk authority set",
            )
        if draft.alert.sender != authority.sender:
            raise ConflictError("the authority was changed since it was written", hint=_RELOAD)
        outside = [one for one in draft.places if not self.atlas.within(one, authority.territory)]
        if outside:
            raise DisclosureForbidden(
                f"{', '.join(outside)} is outside the authority's territory",
                hint="ask the authority of that place",
            )

    def _all_clear(self, draft: Draft, views: Views) -> None:
        said = all_clears_for(
            draft.places, [views.get(code) for code in draft.places], gazetteer=self.atlas
        )
        standing = {one.claim: one for one in said}
        texts = " ".join(info.description for info in draft.alert.infos)
        if not draft.claims or not all(
            one in standing and standing[one].quote in texts for one in draft.claims
        ):
            raise DisclosureForbidden(
                "the all-clear does not cite the words that an authority has given and that stand",
                hint="write it anew from the wording for an all-clear",
            )

    def _follows(self, draft: Draft) -> None:
        if not draft.follows:
            return
        before = self.life(draft.follows)
        if before.state is not State.ISSUED:
            raise ConflictError(f"what it follows is {before.state} by now", hint=_RELOAD)
        mine, theirs = draft.alert, before.draft.alert
        if (mine.status, mine.scope) != (theirs.status, theirs.scope):
            raise InputError(
                f"{mine.status} {mine.scope} cannot follow {theirs.status} {theirs.scope}",
                hint="whoever got the first one must get what follows",
            )

    def not_held(self, life: Life) -> None:
        """Return when nothing in a message disagrees; raise what does.

        Raises:
            DisclosureForbidden: It waits for a person to write it anew.
        """
        if life.held:
            raise DisclosureForbidden(
                f"this message is held: {', '.join(life.held)}",
                hint="its fields or words disagree; write it anew",
            )
