"""Review protective measures: alerts, warnings before attacks, outages, answers."""

from datetime import datetime, timedelta
from pathlib import Path

import click
import msgspec

from vidomo.app.cli.options import (
    data_option,
    folder_or_default,
    json_option,
    kyiv,
    place_code,
    print_json,
)
from vidomo.app.counts import read_counts
from vidomo.app.house import House
from vidomo.app.measures import is_silent, reviews
from vidomo.core.errors import ConfigError, InputError, MachineRefused
from vidomo.core.time import Interval, parse_posted_at
from vidomo.gazetteer import Gazetteer
from vidomo.outlook.review.chart import chart
from vidomo.outlook.review.customers import indices
from vidomo.outlook.review.model import Bounds, Review, Warned

NOTHING_KNOWN, REFUSED = 3, 5
DEFAULT_PERIOD = timedelta(days=30)
_HOUR_S, _MINUTE_S = 3600.0, 60.0


@click.command()
@click.argument("place", required=False)
@click.option(
    "--from", "start", metavar="T", help="Begin of the period. Default: 30 days before its end."
)
@click.option("--to", "end", metavar="T", help="End of the period, itself left out. Default: now.")
@click.option(
    "--chart",
    "picture",
    type=click.Path(path_type=Path, dir_okay=False),
    help="Write one picture of PLACE to this SVG file.",
)
@click.option("--lang", default="uk", show_default=True, help="Language of the picture: uk or en.")
@click.option(
    "--counts",
    type=click.Path(path_type=Path, dir_okay=False),
    help="An operator's interruptions in PLACE: CSV with start, end, customers, cause.",
)
@click.option("--served", type=click.IntRange(min=1), help="Customers that the operator serves.")
@data_option
@json_option
def measures(
    place: str | None,
    start: str | None,
    end: str | None,
    picture: Path | None,
    lang: str,
    counts: Path | None,
    served: int | None,
    folder: Path | None,
    as_json: bool,
) -> int:
    """Review how a place was warned, how long it was without power, how long answers took.

    Without PLACE: the country, and every oblast of which anything is known. For the desk only.

    \b
    Example: vidomo measures Izium --from 2026-01-01 --to 2026-02-01
    """
    code = place_code(place) if place else None
    if picture and code is None:
        raise ConfigError(
            "a picture shows one place", hint="name the place: measures PLACE --chart"
        )
    if bool(counts) != bool(served) or (counts and code is None):
        raise ConfigError(
            "counts need a place and its customers", hint="PLACE --counts FILE --served N"
        )
    with House.open(folder_or_default(folder), read_only=True) as house:
        period = _period(start, end, house)
        oblasts = [unit.code for unit in house.gazetteer.oblasts()]
        found = reviews(house, [code] if code else ["UA", *oblasts], period=period)
    refused = 0
    if counts and served:
        with_counts, refused = _counted(found[0], counts, served)
        found = (with_counts,)
    found = tuple(one for one in found if code or one.place == "UA" or not is_silent(one))
    if picture:
        _draw(found[0], picture, lang)
    if as_json:
        print_json({"audience": "desk", "reviews": found})
    else:
        click.secho("For the desk only: not to be published.", bold=True)
        for one in found:
            _show(one)
    if refused:
        return REFUSED
    return NOTHING_KNOWN if all(is_silent(one) for one in found) else 0


def _counted(found: Review, path: Path, served: int) -> tuple[Review, int]:
    """Return a review with the operator's indices, and how many rows were refused."""
    interruptions, problems = read_counts(path, period=found.period)
    for problem in problems:
        click.echo(f"{problem.where}: {problem.found}", err=True)
    measured = indices(interruptions, customers_served=served)
    return msgspec.structs.replace(found, indices=measured), len(problems)


def _period(start: str | None, end: str | None, house: House) -> Interval:
    last = _begin(end, "--to") or house.now()
    first = _begin(start, "--from") or last - DEFAULT_PERIOD
    if last <= first:
        raise ConfigError("the period ends before it begins", hint="--from must come before --to")
    return Interval(first, last)


def _begin(text: str | None, option: str) -> datetime | None:
    """Return the instant of an option; a bare date stands for its beginning."""
    if text is None:
        return None
    try:
        return parse_posted_at(text).start
    except InputError as error:
        raise ConfigError(f"{option}: {error.message}", hint=error.hint) from error


def _draw(found: Review, path: Path, lang: str) -> None:
    drawn = chart(found, name=Gazetteer.open().label(found.place, lang=lang, full=True), lang=lang)
    try:
        path.write_text(drawn, encoding="utf-8")
    except OSError as error:
        raise MachineRefused(
            f"cannot write {path}: {error.strerror}", hint="name a file you may write to"
        ) from error
    click.echo(f"wrote {path}", err=True)


def _show(found: Review) -> None:
    alerts, period = found.alerts, found.period
    click.echo()
    click.secho(Gazetteer.open().label(found.place, full=True), bold=True)
    click.echo(f"  {kyiv(period.start)} to {kyiv(period.end)}")
    levels = ", ".join(f"{level} {count}" for level, count in alerts.by_level.items())
    _row("alerts announced", f"{alerts.named}" + (f" ({levels})" if levels else ""))
    _row("  median, longest", f"{_minutes(alerts.median_s)}, {_minutes(alerts.longest_s)}")
    _row("alerts over the place", f"{alerts.over_place}, {_hours(alerts.under_alert_s)}")
    if alerts.open:
        _row("  of them not ended", f"{alerts.open}, counted up to the end of the period")
    if not alerts.is_watched:
        _row("", "no alarm source is heard here: no alert does not mean that there was none")
    _row("attacks reported", str(len(found.attacks)) if found.attacks else "none known")
    for kind in Warned:
        if count := found.count(kind):
            _row(f"  {kind.value.replace('_', ' ')}", str(count))
    for attack in found.attacks:
        lead = _bounds(attack.lead, _MINUTE_S, "min") if attack.lead else "-"
        _row(f"  {kyiv(attack.earliest)}", f"{attack.warned.value} {attack.by} lead {lead}")
    _row(
        "alerts without an attack",
        f"{found.warnings_without_attack} of {found.warnings} ended; none known is not none",
    )
    _show_power(found)
    _show_indices(found)
    for answer in found.answers:
        took = "-" if answer.took_s is None else f"{answer.took_s / _HOUR_S:.1f} h"
        _row(f"question on {answer.subject}", f"{answer.status}, answered after {took}")


def _show_power(found: Review) -> None:
    if found.without_power is None:
        _row("without power", "no outage reported; that does not say that there was power")
        return
    _row("without power", _bounds(found.without_power, _HOUR_S, "h"))
    for outage in found.outages:
        back = _bounds(outage.to_restoration, _HOUR_S, "h") if outage.to_restoration else "not yet"
        _row(f"  from {kyiv(outage.began.start)}", f"restored after: {back}")


def _show_indices(found: Review) -> None:
    measured = found.indices
    if measured is None:
        return
    _row("SAIDI, SAIFI", f"{measured.saidi_min:.2f} min, {measured.saifi:.4f}")
    for cause in measured.causes:
        _row(
            f"  {cause.cause or 'no cause given'}", f"{cause.saidi_min:.2f} min, {cause.saifi:.4f}"
        )
    for day in measured.days:
        if day.is_major:
            _row(f"  major event day {day.day}", f"{day.saidi_min:.2f} min, in the sums")


def _row(what: str, figure: str) -> None:
    click.echo(f"  {what:<26}{figure}")


def _minutes(seconds: float | None) -> str:
    return "-" if seconds is None else f"{seconds / _MINUTE_S:.2f} min"


def _hours(seconds: float) -> str:
    return f"{seconds / _HOUR_S:.1f} h under alert"


def _bounds(bounds: Bounds, unit_s: float, word: str) -> str:
    return (
        f"at least {bounds.low_s / unit_s:.1f} {word}, at most {bounds.high_s / unit_s:.1f} {word}"
    )
