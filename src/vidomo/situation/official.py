"""Which statements an official has made public: what residents' phases are folded from."""

from collections.abc import Sequence

from vidomo.situation.model import Standing
from vidomo.situation.testimony import Heard


def official_part(heard: Sequence[Heard]) -> tuple[Heard, ...]:
    """Return the statements of bodies of the registry that anybody can look up, in their order.

    A body's own channel is the place of publication itself; what others quote of it needs the
    address of their post. Words that were taken back stay if they could ever be looked up: a
    deletion may come without the address, and copies of the words are told by them.
    """
    return tuple(item for item in heard if item.judged.body is not None and _is_public(item))


def _is_public(item: Heard) -> bool:
    if item.judged.is_direct or item.version.post.url:
        return True
    return item.judged.standing is Standing.WITHDRAWN and item.was_linked
