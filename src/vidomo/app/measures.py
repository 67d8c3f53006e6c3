"""Asks a data folder for the review of protective measures."""

from collections.abc import Sequence

from vidomo.app.house import House
from vidomo.core.errors import ConfigError
from vidomo.core.time import Interval
from vidomo.outlook.review.measures import review
from vidomo.outlook.review.model import Review


def reviews(house: House, places: Sequence[str], *, period: Interval) -> tuple[Review, ...]:
    """Return the review of each place, from everything that is known now.

    What lies after now is no part of the period: nothing can be known of it.

    Args:
        house: The data folder.
        places: Codes.
        period: From when to when.

    Raises:
        ConfigError: The period lies ahead, or ends before it begins.
    """
    now = house.now()
    end = min(period.end, now)
    if end <= period.start:
        raise ConfigError(
            "the period is empty or lies ahead", hint="--from must come before --to and before now"
        )
    situation = house.situation(valid_at=now, known_at=now)
    return tuple(
        review(
            situation,
            place,
            period=Interval(period.start, end),
            registry=house.registry_at(now),
            units=house.gazetteer,
        )
        for place in places
    )


def is_silent(found: Review) -> bool:
    """Whether nothing at all is known of a place in a period."""
    alerts = found.alerts
    is_heard = alerts.is_watched or alerts.named or alerts.over_place
    return not (
        is_heard or found.attacks or found.outages or found.answers or found.indices is not None
    )
