"""Broken gates, one for each rule and for each way in which the code could forget one."""

from collections.abc import Callable

import msgspec
import pytest

from disclosure.planted import GAZETTEER
from vidomo.disclosure import country, gate, invitation, phase, public, sieve
from vidomo.disclosure.desk import DeskPassage
from vidomo.disclosure.model import DimensionView, PlaceView, PublicView, ShareView, SourceView
from vidomo.disclosure.policy import Policy, Rule, load_policy
from vidomo.situation.fold import state_of
from vidomo.situation.model import DimensionState, Situation

Patch = pytest.MonkeyPatch
PUBLIC = load_policy("ua-public")
NOT_BY_RULE = {"no-figures", "no-incidents", "no-comparison", "invitation"}
"""Rules that the gate has no way to leave out: each has a mutant of the code instead."""


def _under(patch: Patch, policy: Policy) -> None:
    for module in (gate, country):
        patch.setattr(module, "load_policy", lambda *_, **__: policy)


def without_rule(patch: Patch, rule: str) -> None:
    """Leave one rule of the policy out."""
    left = tuple(one for one in PUBLIC.rules if one.id != rule)
    _under(patch, msgspec.structs.replace(PUBLIC, rules=left))


def without_value(patch: Patch, rule: str, value: str) -> None:
    """Leave one value of one rule out."""

    def cut(one: Rule) -> Rule:
        values = tuple(each for each in one.values if each != value)
        return msgspec.structs.replace(one, values=values) if one.id == rule else one

    _under(patch, msgspec.structs.replace(PUBLIC, rules=tuple(map(cut, PUBLIC.rules))))


def with_hours(patch: Patch, rule: str, hours: float) -> None:
    """Give one rule other hours."""

    def changed(one: Rule) -> Rule:
        return msgspec.structs.replace(one, hours=hours) if one.id == rule else one

    _under(patch, msgspec.structs.replace(PUBLIC, rules=tuple(map(changed, PUBLIC.rules))))


def shows_figures(patch: Patch) -> None:
    """Show figures beside the places."""
    whole = public.PublicPassage.place

    def place(self: public.PublicPassage, code: str) -> tuple[PlaceView, tuple]:
        view, questions = whole(self, code)
        desk = DeskPassage(self._situation, load_policy("operator-only"))
        seen = desk.place(state_of(self._situation, code, GAZETTEER))
        return msgspec.structs.replace(view, figures=seen.figures), questions

    patch.setattr(public.PublicPassage, "place", place)


def _changed_view(patch: Patch, change: Callable[..., dict[str, object]]) -> None:
    whole = public.PublicPassage.view

    def view(self: public.PublicPassage, code: str | None) -> PublicView:
        return msgspec.structs.replace(whole(self, code), **change(self, code))

    patch.setattr(public.PublicPassage, "view", view)


def shows_incidents(patch: Patch) -> None:
    """Show what belongs to one happening."""
    _changed_view(
        patch,
        lambda self, _: {
            "incidents": DeskPassage(self._situation, load_policy("operator-only")).incidents
        },
    )


def shows_what_is_withheld(patch: Patch) -> None:
    """Send the list of what is withheld along."""
    _changed_view(patch, lambda self, code: {"withheld": self.withheld([code])})


def shows_details_of_sources(patch: Patch) -> None:
    """Send along what the desk saw of a source."""
    _changed_view(
        patch,
        lambda self, _: {
            "sources": tuple(
                SourceView(source=one.source, detail=one.detail) for one in self._situation.sources
            )
        },
    )


def _changed_dimension(patch: Patch, change: Callable[..., DimensionView]) -> None:
    whole = phase.Phases.dimension

    def dimension(self: phase.Phases, code: str, name: str) -> DimensionView:
        return change(whole(self, code, name), self._row(code, name))

    patch.setattr(phase.Phases, "dimension", dimension)


def shows_shares(patch: Patch) -> None:
    """Show how many parts are out."""

    def change(view: DimensionView, _: DimensionState) -> DimensionView:
        share = ShareView(level="hromada", parts=1, of=8) if view.is_from_parts else None
        return msgspec.structs.replace(view, share=share)

    _changed_dimension(patch, change)


def shows_phases_of_the_desk(patch: Patch) -> None:
    """Show every phase as the fold has it, whatever it rests on."""

    def change(view: DimensionView, state: DimensionState) -> DimensionView:
        return msgspec.structs.replace(view, phase=state.phase, since=state.since)

    _changed_dimension(patch, change)


def shows_phases_of_small_places(patch: Patch) -> None:
    """Coarsen statements and forget the phases."""
    patch.setattr(phase.Phases, "_coarsened", phase.Phases._told)
    patch.setattr(phase.Phases, "_is_told", lambda *_: True)


def forgets_shared_words(patch: Patch) -> None:
    """Quote words that carry something withheld, too."""
    patch.setattr(sieve.Sieve, "_hide_shared_words", lambda _: None)


def forgets_copies(patch: Patch) -> None:
    """Withhold what was taken back only at its own source."""
    patch.setattr(sieve.TakenBack, "holds", lambda *_: False)


def forgets_words_under_a_kept_id(patch: Patch) -> None:
    """Take words back only where the edit changed the id of their claim, too."""
    whole = sieve.TakenBack

    def lax(situation: Situation) -> sieve.TakenBack:
        return whole(msgspec.structs.replace(situation, replaced=()))

    patch.setattr(sieve, "TakenBack", lax)


def forgets_near_copies(patch: Patch) -> None:
    """Take copies for copies only where every mark is the same."""
    patch.setattr(sieve.TakenBack, "_is_near", lambda *_: False)


def forgets_the_screen(patch: Patch) -> None:
    """Find nothing in any words."""
    patch.setattr(sieve, "screen", lambda _: ())
    patch.setattr(sieve, "_found_in", sieve._found_in.__wrapped__)


def looks_ahead(patch: Patch) -> None:
    """Count every time to an instant four hours later."""
    from datetime import timedelta

    right = gate.moment_of
    patch.setattr(gate, "moment_of", lambda *args: right(*args) + timedelta(hours=4))


def forgets_attacks(patch: Patch) -> None:
    """Invite people to a place that was attacked since."""
    patch.setattr(invitation, "_last_attack", lambda *_, **__: None)


def forgets_closings(patch: Patch) -> None:
    """Invite people to a place that was closed since."""
    patch.setattr(invitation, "_is_closed", lambda *_: False)


def invites_forever(patch: Patch) -> None:
    """Invite people after the end."""
    with_hours(patch, "invitation", 100_000)


def compares_at_once(patch: Patch) -> None:
    """Let the finer past be of this minute."""
    with_hours(patch, "no-comparison", 0)


def compares_small_places(patch: Patch) -> None:
    """List supply at every place at once."""
    patch.setattr(country._Table, "oblasts", country._Table.named)


def forgets_the_present(patch: Patch) -> None:
    """Show the past as if nothing had been taken back since."""
    whole = country.Sieve

    def lax(*args: object, present: object = None, **more: object) -> sieve.Sieve:
        return whole(*args, **more)

    patch.setattr(country, "Sieve", lax)


BY_CODE = (
    shows_figures,
    shows_incidents,
    shows_what_is_withheld,
    shows_details_of_sources,
    shows_shares,
    shows_phases_of_the_desk,
    shows_phases_of_small_places,
    forgets_shared_words,
    forgets_copies,
    forgets_words_under_a_kept_id,
    forgets_near_copies,
    forgets_the_screen,
    looks_ahead,
    forgets_attacks,
    forgets_closings,
    invites_forever,
    compares_at_once,
    compares_small_places,
    forgets_the_present,
)
