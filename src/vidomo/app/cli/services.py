"""Show which services are at risk, and which regimes of supply are announced."""

from collections.abc import Callable, Iterable
from pathlib import Path

import click

from vidomo.app.cli.options import (
    FiniteRange,
    data_option,
    folder_or_default,
    instant,
    json_option,
    kyiv,
    print_json,
    time_options,
)
from vidomo.app.facilities import (
    MOST_UNSAID_H,
    RiskReport,
    inventory_file,
    inventory_in,
    regimes_now,
    risks_now,
    store_inventory,
    synthetic_risks,
)
from vidomo.app.house import House
from vidomo.core.clock import system_clock
from vidomo.core.errors import MachineRefused
from vidomo.core.problems import Problem
from vidomo.gazetteer import Gazetteer
from vidomo.outlook.regimes.map import regime_map
from vidomo.outlook.regimes.model import Announced, Board, BoardRow
from vidomo.outlook.regimes.words import board_words, speaker_told
from vidomo.outlook.services.chart import risk_chart
from vidomo.outlook.services.inventory import TEMPLATE
from vidomo.outlook.services.model import Assumed, Phase, Risk
from vidomo.outlook.services.risk import gravest_first
from vidomo.outlook.services.words import assumed_told, backup_told, risk_words, unknown_told

NOTHING_KNOWN, REFUSED = 3, 5


@click.group(invoke_without_command=True)
@click.option("--example", is_flag=True, help="Show a made-up district instead.")
@click.option(
    "--unsaid-h",
    type=FiniteRange(0, MOST_UNSAID_H),
    help="Take it that no outage goes unsaid for longer than so many hours. Default: nothing of the kind.",
)
@click.option(
    "--chart",
    "picture",
    type=click.Path(path_type=Path, dir_okay=False),
    help="Write the timeline to this SVG file.",
)
@click.option("--lang", default="uk", show_default=True, help="Language of the words: uk or en.")
@time_options
@data_option
@json_option
@click.pass_context
def services(
    context: click.Context,
    example: bool,
    unsaid_h: float | None,
    picture: Path | None,
    lang: str,
    valid_at: str | None,
    known_at: str | None,
    folder: Path | None,
    as_json: bool,
) -> int:
    """Say which facilities of the inventory are at risk, and when they fail.

    Intervals, never instants; what is not known is said. docs/services.md tells what it rests on.
    For the desk only.

    \b
    Example: vidomo services --example --lang en
    """
    if context.invoked_subcommand is not None:
        return 0
    risk_words(lang)
    assumed = Assumed(unsaid_h=unsaid_h)
    if example:
        moment = instant(valid_at, "--valid-at") or system_clock()
        report = synthetic_risks(moment, units=Gazetteer.open(), assumed=assumed)
    else:
        place = folder_or_default(folder)
        inventory = inventory_in(place, units=Gazetteer.open())
        with House.open(place, read_only=True) as house:
            report = risks_now(
                house,
                inventory.facilities,
                valid_at=instant(valid_at, "--valid-at"),
                known_at=instant(known_at, "--known-at"),
                assumed=assumed,
                problems=inventory.problems,
            )
    _tell(report.problems)
    if picture:
        _write(
            picture,
            risk_chart(
                gravest_first(report.risks),
                now=report.valid_at,
                lang=lang,
                name=_label(lang),
                is_synthetic=report.is_synthetic,
            ),
        )
    if as_json:
        print_json(report)
    else:
        _show(report, lang)
    if report.problems:
        return REFUSED
    return 0 if any(one.phase is not Phase.UNKNOWN for one in report.risks) else NOTHING_KNOWN


@services.command()
def template() -> int:
    """Print an inventory to fill in.

    \b
    Example: vidomo services template
    """
    click.echo(TEMPLATE, nl=False)
    return 0


@services.command()
@click.argument("file", type=click.Path(path_type=Path, dir_okay=False))
@json_option
def check(file: Path, as_json: bool) -> int:
    """Say everything that is wrong with an inventory; store nothing.

    \b
    Example: vidomo services template > facilities.csv; vidomo services check facilities.csv
    """
    found = inventory_file(file, units=Gazetteer.open())
    if as_json:
        print_json({"facilities": len(found.facilities), "problems": found.problems})
    else:
        _tell(found.problems)
        click.echo(f"{len(found.facilities)} facilities, {len(found.problems)} problems")
    return REFUSED if found.problems else 0


@services.command("import")
@click.argument("file", type=click.Path(path_type=Path, dir_okay=False))
@data_option
def import_inventory(file: Path, folder: Path | None) -> int:
    """Store a sound inventory in the data folder, in place of the one there.

    Only what the risk needs is written down. A table with problems is refused whole.

    \b
    Example: vidomo services template > facilities.csv; vidomo services import facilities.csv
    """
    found = inventory_file(file, units=Gazetteer.open())
    if found.problems:
        _tell(found.problems)
        click.echo("nothing was stored", err=True)
        return REFUSED
    target = store_inventory(found.facilities, folder_or_default(folder))
    click.echo(f"{len(found.facilities)} facilities in {target}")
    return 0


@services.command()
@click.option(
    "--map",
    "picture",
    type=click.Path(path_type=Path, dir_okay=False),
    help="Write the map to this SVG file.",
)
@click.option("--lang", default="uk", show_default=True, help="Language of the words: uk or en.")
@time_options
@data_option
@json_option
def regimes(
    picture: Path | None,
    lang: str,
    valid_at: str | None,
    known_at: str | None,
    folder: Path | None,
    as_json: bool,
) -> int:
    """Show which regime of power supply is announced in each oblast, by whom and since when.

    "Not announced" never means that all is well. For the desk only.

    \b
    Example: vidomo services regimes --lang en
    """
    board_words(lang)
    with House.open(folder_or_default(folder), read_only=True) as house:
        board = regimes_now(
            house,
            valid_at=instant(valid_at, "--valid-at"),
            known_at=instant(known_at, "--known-at"),
        )
    if picture:
        shape = Gazetteer.open().shape
        _write(picture, regime_map(board, shape=shape, name=_label(lang), lang=lang))
    if as_json:
        print_json({"audience": "desk", "board": board})
    else:
        _show_board(board, lang)
    return 0 if any(row.announced or row.over or row.parts for row in board.rows) else NOTHING_KNOWN


def _show(report: RiskReport, lang: str) -> None:
    words, label = risk_words(lang), _label(lang)
    if report.is_synthetic:
        click.secho(words["synthetic"], bold=True)
    click.secho(words["desk_only"], bold=True)
    phases = {one.facility: one.phase for one in report.risks}
    for one in gravest_first(report.risks):
        click.echo()
        kind = words[f"kind.{one.kind}"]
        click.secho(f"{one.facility}, {kind}, {label(one.place)}", bold=True)
        click.echo(f"  {words[f'phase.{one.phase.value}']}{_when(one, lang)}")
        for cause in one.causes:
            need = words[f"service.{cause.service}"]
            said, source = words[f"hold.{cause.hold.value}"], ""
            if cause.supplier:
                source = f" < {cause.supplier}"
                said = words[f"phase.{phases.get(cause.supplier, Phase.UNKNOWN).value}"]
            backup = f"{words['without']} {backup_told(cause.backup, lang=lang)}"
            click.echo(f"    {need}{source}: {said}; {backup}")
            for code in cause.unknown:
                if code == "backup_unknown":
                    continue  # the hours say so
                click.echo(f"      ? {unknown_told(code, lang=lang)}")
    click.echo()
    for code in dict.fromkeys(code for one in report.risks for code in one.assumptions):
        click.echo(f"  {assumed_told(code, lang=lang, unsaid_h=report.unsaid_h)}")


def _when(one: Risk, lang: str) -> str:
    words = risk_words(lang)
    if one.phase in (Phase.HOLDING, Phase.UNKNOWN):
        return ""
    start = words["any_time"]
    if one.fails_from is not None:
        start = f"{words['from']} {kyiv(one.fails_from)}"
    end = words["never_sure"]
    if one.fails_until is not None:
        end = f"{words['until']} {kyiv(one.fails_until)}"
    return f": {start}, {end}"


def _show_board(board: Board, lang: str) -> None:
    words, label = board_words(lang), _label(lang)
    click.secho(words["desk_only"], bold=True)
    for row in board.rows:
        click.echo(f"{label(row.oblast)}")
        for line in _row_lines(row, board, lang):
            click.echo(f"  {line}")
    click.echo()
    click.echo(words["none_note"])
    for code in board.lacks:
        click.echo(words[code])


def _row_lines(row: BoardRow, board: Board, lang: str) -> Iterable[str]:
    words, label = board_words(lang), _label(lang)

    def who(speaker: str) -> str:
        return speaker_told(speaker, board, lang=lang, name=label)

    if not row.announced:
        yield words["none"]
    for one in row.announced:
        yield _announced(one, who(one.speaker), lang)
    for one in row.over:
        state = f"{words['ended']}: {who(one.ended_by)} {kyiv(one.ended_at)}"
        yield f"{words[one.regime.value]}: {state if one.ended_at else words['run_out']}"
    if row.parts:
        kinds = dict.fromkeys(words[one.regime.value] for one in row.parts)
        yield f"{words['parts']}: {', '.join(kinds)}"
    for end in row.unclear:
        yield f"{words['unclear']}: {who(end.speaker)} {kyiv(end.said_at)}"


def _announced(one: Announced, speaker: str, lang: str) -> str:
    words = board_words(lang)
    parts = [f"{words[one.regime.value]}: {speaker}, {words['said']} {kyiv(one.said_at)}"]
    if one.since is not None and one.until is not None:
        parts.append(f"{kyiv(one.since)} \u2013 {kyiv(one.until)}")
    if one.place == "UA":
        parts.append(words["country"])
    if one.is_old:
        parts.append(words["old"])
    return ", ".join(parts)


def _label(lang: str) -> Callable[[str], str]:
    gazetteer = Gazetteer.open()

    def label(code: str) -> str:
        return gazetteer.label(code, lang=lang) if gazetteer.get(code) else code

    return label


def _write(path: Path, drawn: str) -> None:
    try:
        path.write_text(drawn, encoding="utf-8")
    except OSError as error:
        raise MachineRefused(f"cannot write {path}: {error.strerror}") from error
    click.echo(f"wrote {path}", err=True)


def _tell(problems: Iterable[Problem]) -> None:
    for problem in problems:
        click.echo(f"{problem.where}: {problem.found}", err=True)
        click.echo(f"  hint: {problem.hint}", err=True)
