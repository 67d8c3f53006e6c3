"""The gate: the only way from a situation to anything that is shown."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from functools import cache, lru_cache
from typing import Generic, TypeVar

from vidomo.core.errors import DisclosureForbidden
from vidomo.disclosure.desk import DeskPassage
from vidomo.disclosure.invitation import Invitation, invitations_at
from vidomo.disclosure.model import PublicView, SourceView, TitleView, Withheld
from vidomo.disclosure.officials import Told, said_by_officials
from vidomo.disclosure.policy import Policy, load_policy
from vidomo.disclosure.public import PublicPassage
from vidomo.disclosure.release import Release
from vidomo.disclosure.sieve import Sieve
from vidomo.gazetteer import Gazetteer
from vidomo.situation.fold import state_of
from vidomo.situation.model import Situation

T = TypeVar("T")
_ONE_PLACE = (
    "residents are shown one place at a time",
    "ask the gate once for each, or compare() for a list or a map",
)


def gate(
    situation: Situation,
    *,
    policy: str = "operator-only",
    gazetteer: Gazetteer,
    also: Sequence[str] = (),
    now: datetime | None = None,
    releases: Iterable[Release] = (),
    present: Situation | None = None,
) -> PublicView:
    """Return what may be shown of a situation.

    Under the operator's policy the view holds every place and a list of what did not pass.
    Under a public one it holds the one place that was asked for and nothing of any other, and
    the list is empty, for that something is withheld somewhere is a finding of its own: the
    desk asks ``PublicGate.withheld``. Lists and maps are made of ``compare`` alone.

    Args:
        situation: What holds.
        policy: Name of a bundled policy; the file in force at ``now`` is taken.
        gazetteer: For places that nobody spoke of by name.
        also: Codes of places to include although nobody spoke of them.
        now: When it is shown; times are counted to it, and never beyond the instants that the
            situation is about, so that nobody can look ahead.
        releases: What two people at the desk let pass before time.
        present: The situation of now, needed where ``situation`` is an earlier one: what was
            taken back since then is withheld, too.

    Raises:
        ConfigError: There is no policy of that name.
        DisclosureForbidden: More than one place at a time under a public policy.
    """
    moment = moment_of(situation, now)
    rules = load_policy(policy, on=moment.date())
    if not rules.is_public:
        return _desk_view(situation, rules, gazetteer=gazetteer, also=also)
    if len(also) > 1:
        raise DisclosureForbidden(_ONE_PLACE[0], hint=_ONE_PLACE[1])
    opened = _opened(
        _Same(situation),
        gazetteer=_Same(gazetteer),
        present=_Same(present),
        policy=policy,
        now=now,
        releases=tuple(releases),
    )
    return opened.view(next(iter(also), None))


class PublicGate:
    """The gate for residents, over one situation: every place for the price of one sifting.

    Args:
        situation: What holds.
        policy: Name of a bundled policy for the public.
        gazetteer: Units of all places.
        now: As in ``gate``; likewise ``releases`` and ``present``.

    Raises:
        ConfigError: There is no policy of that name.
        DisclosureForbidden: The policy is not for the public.
    """

    def __init__(
        self,
        situation: Situation,
        *,
        policy: str = "ua-public",
        gazetteer: Gazetteer,
        now: datetime | None = None,
        releases: Iterable[Release] = (),
        present: Situation | None = None,
    ) -> None:
        moment = moment_of(situation, now)
        rules = load_policy(policy, on=moment.date())
        if not rules.is_public:
            raise DisclosureForbidden(
                f"{policy} is no policy for the public", hint="ask the gate for the desk's view"
            )
        self._gazetteer, self._told = gazetteer, Told(situation)
        given = tuple(releases)

        def passage(of: Situation, now_is: Situation | None) -> PublicPassage:
            sieve = Sieve(of, rules, units=gazetteer, now=moment, releases=given, present=now_is)
            return PublicPassage(of, sieve, gazetteer)

        shown = said_by_officials(situation, rules)
        self._passage = passage(shown, present and said_by_officials(present, rules))
        # Only the desk asks what is withheld, and of everybody.
        self._whole = cache(
            lambda: self._passage if shown is situation else passage(situation, present)
        )

    def view(self, code: str | None) -> PublicView:
        """Return what residents may see of a place; without one only the moment it is about."""
        return self._passage.view(code)

    def told(self) -> tuple[str, ...]:
        """Return the codes of the places of which anything is told, coarsened as the rule asks.

        For those who render pages ahead; it is no list for people, which ``compare`` makes.
        """
        return self._passage.told()

    def invitations(self, code: str) -> tuple[Invitation, ...]:
        """Return the addresses that authorities invite the public to, for the page of a place.

        Never for a list, a map, a feed or open data.
        """
        return invitations_at(code, self._passage.sieve, self._gazetteer, told=self._told)

    def withheld(self, codes: Iterable[str]) -> tuple[Withheld, ...]:
        """Return what is withheld at some places, by which rule and until when.

        For the desk only. Never the words: what, rule, until, topic, when and by which source.
        """
        return self._whole().withheld(codes)


class _Same(Generic[T]):
    """A value that is equal to itself alone; a situation is too large to be compared."""

    def __init__(self, value: T) -> None:
        self.value = value

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Same) and self.value is other.value

    def __hash__(self) -> int:
        return id(self.value)


@lru_cache(maxsize=2)
def _opened(
    situation: _Same[Situation],
    *,
    gazetteer: _Same[Gazetteer],
    present: _Same[Situation | None],
    policy: str,
    now: datetime | None,
    releases: tuple[Release, ...],
) -> PublicGate:
    """Return the gate over a situation; whoever asks for place after place sifts it once."""
    return PublicGate(
        situation.value,
        policy=policy,
        gazetteer=gazetteer.value,
        now=now,
        releases=releases,
        present=present.value,
    )


def moment_of(situation: Situation, now: datetime | None) -> datetime:
    """Return the instant that times are counted to: never later than what is asked about."""
    moments = [situation.valid_at, situation.known_at]
    return min([*moments, now] if now else moments)


def _desk_view(
    situation: Situation, policy: Policy, *, gazetteer: Gazetteer, also: Sequence[str]
) -> PublicView:
    passage = DeskPassage(situation, policy)
    states = {state.place: state for state in situation.places}
    for code in also:
        states[code] = state_of(situation, code, gazetteer)
    return PublicView(
        policy=policy.id,
        valid_at=situation.valid_at,
        known_at=situation.known_at,
        places=tuple(passage.place(states[code]) for code in sorted(states)),
        incidents=passage.incidents,
        questions=passage.questions,
        said=tuple(passage.said.values()),
        sources=tuple(
            SourceView(
                source=health.source,
                answered_at=health.answered_at,
                silent_since=health.silent_since,
                detail=health.detail,
            )
            for health in situation.sources
        ),
        changes=passage.changes(),
        withheld=tuple(passage.withheld),
        names=passage.names(),
        titles=tuple(
            TitleView(source=one.source, title=one.title, en=one.en, place=one.place, home=one.home)
            for one in situation.titles
        ),
    )
