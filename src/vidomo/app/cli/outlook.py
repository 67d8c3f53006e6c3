"""Say how likely a network comes apart in the next hours."""

from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING

import click

from vidomo.app.cli.options import (
    data_option,
    folder_or_default,
    instant,
    json_option,
    kyiv,
    print_json,
)
from vidomo.core.clock import system_clock
from vidomo.core.errors import ConfigError

if TYPE_CHECKING:
    from vidomo.outlook.fragmentation.model import (
        Estimate,
        HorizonOutlook,
        Outlook,
        ScenarioOutlook,
    )

NOTHING_KNOWN = 3
_MOST_PLACES = 12


@click.command()
@click.argument("network", required=False, type=click.Path(path_type=Path))
@click.option("--purpose", default="", help="Why it is run; kept in the audit trail.")
@click.option(
    "--weight",
    "weights",
    multiple=True,
    metavar="SCENARIO=SHARE",
    help="How much you believe a scenario. Without weights nothing is mixed.",
)
@click.option("--samples", default=4000, show_default=True, type=click.IntRange(1, 10_000_000))
@click.option("--seed", default=1, show_default=True, type=click.IntRange(0, 2**63 - 1))
@click.option("--workers", default=1, show_default=True, type=click.IntRange(1, 256))
@click.option("--cluster", default="", metavar="ADDRESS", help="Scheduler of a Dask cluster.")
@click.option(
    "--picture",
    type=click.Path(path_type=Path, file_okay=False),
    help="Write a picture of each scenario into this folder.",
)
@click.option("--lang", default="uk", show_default=True, help="Language of the words: uk or en.")
@click.option("--example", is_flag=True, help="Take a small made-up network.")
@click.option("--known-at", metavar="T", help="As far as it was known at T. Default: now.")
@data_option
@json_option
def outlook(
    network: Path | None,
    purpose: str,
    weights: tuple[str, ...],
    samples: int,
    seed: int,
    workers: int,
    cluster: str,
    picture: Path | None,
    lang: str,
    example: bool,
    known_at: str | None,
    folder: Path | None,
    as_json: bool,
) -> int:
    """Say how likely a network comes apart within 6, 24 and 72 hours, if the assumptions hold.

    NETWORK is a folder with bus.csv and branch.csv, or a file; without it the folder "grid" of
    the data folder. Without a network of your own the answer is that the information is
    insufficient. docs/outlook.md says what it rests on. For the desk only.

    \b
    Example: vidomo outlook --example --lang en --samples 200
    """
    from vidomo.app.cluster import workers as opened  # noqa: PLC0415 - late like its neighbours
    from vidomo.app.network import FOLDER  # noqa: PLC0415 - numpy is slow to load
    from vidomo.app.outlook import Order, example_outlook  # noqa: PLC0415 - beside it
    from vidomo.app.outlook_heard import outlook_here  # noqa: PLC0415 - beside it
    from vidomo.outlook.fragmentation.words import outlook_words  # noqa: PLC0415 - beside it

    outlook_words(lang)
    shares = dict(_weight(one) for one in weights)
    at = instant(known_at, "--known-at")
    path = folder_or_default(folder)
    with opened(cluster=cluster, count=workers) as (executor, chunks):
        order = Order(
            purpose=purpose or ("example" if example else "command line"),
            at=at or system_clock(),
            seed=seed,
            samples=samples,
            weights=shares,
            executor=executor,
            chunks=chunks,
        )
        found = (
            example_outlook(order)
            if example
            else outlook_here(path, network or path / FOLDER, order, is_past=at is not None)
        )
    if as_json:
        print_json(found)
    else:
        _show(found, lang)
    if picture is not None and not found.insufficient:
        _draw(found, picture, lang)
    return NOTHING_KNOWN if found.insufficient else 0


def _weight(text: str) -> tuple[str, float]:
    name, _, share = text.partition("=")
    try:
        return name.strip(), float(share.replace(",", "."))
    except ValueError as error:
        raise ConfigError(
            f"--weight {text!r} has no number", hint="write it as severe=0.2"
        ) from error


def _show(found: "Outlook", lang: str) -> None:
    from vidomo.outlook.fragmentation.words import (  # noqa: PLC0415 - late
        headings,
        outlook_words,
        told,
    )

    words = outlook_words(lang)
    for line in headings(found, lang=lang):
        click.echo(line)
    if found.insufficient:
        click.echo(found.insufficient)
    for one in (*found.scenarios, *((found.mixed,) if found.mixed else ())):
        click.echo()
        click.echo(words["mixed"] if one is found.mixed else one.scenario)
        for line in told(one, lang=lang):
            click.echo(f"  {line}")
        for line in _dark(one, words):
            click.echo(f"    {line}")
    click.echo()
    for said in found.assumptions:
        click.echo(f"  {said}")
    run = found.run
    click.echo(f"  {run.model_hash or '-'}, {kyiv(run.at)}, seed {run.seed}, {run.samples}")


def _dark(one: "ScenarioOutlook", words: Mapping[str, str]) -> list[str]:
    """Return the places and services of the last horizon that are most likely without power."""
    last: HorizonOutlook = one.horizons[-1]
    lines = []
    for place in last.places[:_MOST_PLACES]:
        past = "  ".join(
            f">{hours} h {_percent(chance)}"
            for hours, chance in place.p_without_power_past_h.items()
        )
        lines.append(f"{place.place}  {past}")
    for service in last.services:
        chance = service.p_past_backup
        unknown = words["backup_unknown" if service.p_without_mains else "place_unknown"]
        told = unknown if chance is None else _percent(chance)
        lines.append(f"{service.service} ({service.place}): {told}")
    return lines


def _percent(chance: "Estimate") -> str:
    """Return a probability with the error of the draw."""
    return f"{100 * chance.value:.0f} % (\u00b1{100 * chance.mc_se:.1f})"


def _draw(found: "Outlook", folder: Path, lang: str) -> None:
    from vidomo.outlook.fragmentation.chart import band_chart  # noqa: PLC0415 - late

    folder.mkdir(parents=True, exist_ok=True)
    for one in (*found.scenarios, *((found.mixed,) if found.mixed else ())):
        picture = band_chart(found, one, name=one.scenario, lang=lang)
        name = "".join(letter if letter.isalnum() else "-" for letter in one.scenario)
        (folder / f"outlook-{name}.svg").write_text(picture + "\n", "utf-8")
