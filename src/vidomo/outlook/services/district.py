"""A made-up district: invented facilities over codes of real settlements, and an invented evening."""

from datetime import datetime, timedelta
from importlib.resources import files

from vidomo.core.errors import InputError
from vidomo.outlook.services.inventory import read_inventory
from vidomo.outlook.services.model import Assumed, Facility, Hold, Spell, Supply
from vidomo.situation.hierarchy import Units

TOWN, VILLAGE = "UA63040090010029555", "UA63040130110044022"
OUTSKIRTS, NEXT_TOWN = "UA63040130010024034", "UA63040030010027594"
_HOUR = timedelta(hours=1)


def made_up_district(units: Units) -> tuple[Facility, ...]:
    """Return the facilities of ``tables/made_up_district.csv``; none of them exists.

    Raises:
        InputError: The table does not fit the codifier.
    """
    name = "made_up_district.csv"
    body = (files("vidomo.outlook.services") / "tables" / name).read_bytes()
    found = read_inventory(body, units=units, name=name)
    if found.problems:
        first = found.problems[0]
        raise InputError(f"{first.where}: {first.found}", hint=first.hint)
    return found.facilities


def made_up_supplies(
    now: datetime,
    *,
    assumed: Assumed = Assumed(),  # noqa: B008 - frozen
) -> dict[tuple[str, str], Supply]:
    """Return what would be known of an evening that never was.

    The town is out since about five hours and was out the night before, the village says so
    without a time, in the outskirts a part is out, in the next town power is back.
    """
    out_h = None if assumed.unsaid_h is None else 2 + assumed.unsaid_h
    return {
        (TOWN, "power"): Supply(
            hold=Hold.OUT,
            from_=now - 5.5 * _HOUR,
            until=now - 5 * _HOUR,
            lasted_until=now - _HOUR,
            before=(Spell(out_h=1.5, up_h=14.0),),
        ),
        (TOWN, "communications"): Supply(hold=Hold.UNKNOWN, unknown=("not_said",)),
        (VILLAGE, "power"): Supply(
            hold=Hold.OUT,
            from_=None if out_h is None else now - out_h * _HOUR,
            until=now - 2 * _HOUR,
            lasted_until=now - 2 * _HOUR,
            unknown=("beginning",) if out_h is None else (),
        ),
        (OUTSKIRTS, "power"): Supply(hold=Hold.PARTLY, from_=now - 3 * _HOUR, unknown=("partly",)),
        (NEXT_TOWN, "power"): Supply(hold=Hold.UP, before=(Spell(out_h=6.0, up_h=1.0),)),
        (NEXT_TOWN, "water"): Supply(hold=Hold.UP),
    }
